"""Floor 2: sealed records. The only user of SQL; what people write is bytes here. See PROTOCOL.md."""
