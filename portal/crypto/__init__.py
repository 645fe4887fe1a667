"""Floor 1: bytes in, bytes out. The only importer of `cryptography`; knows nothing of members, notes or databases."""
