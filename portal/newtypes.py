"""Names for bytes and numbers that must not be mixed up."""

from typing import NewType

Secret = NewType("Secret", bytes)  # 32 bytes that `place` derives from: seed, item key, L, root, pepper, code hash
Location = NewType("Location", int)  # signed 64 bits, pseudorandom
ItemId = NewType("ItemId", bytes)  # 16 random bytes
PersonId = NewType("PersonId", bytes)  # 8 random bytes: one person of one circle
ListId = NewType("ListId", bytes)  # 8 bytes: one audience of one circle
LinkId = NewType("LinkId", bytes)  # 8 random bytes: one circle that a member belongs to
InvitationId = NewType("InvitationId", bytes)  # 8 random bytes
