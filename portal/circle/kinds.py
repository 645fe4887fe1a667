"""The kinds of entry. A new kind is one line here, one module and one page."""

from enum import IntEnum


class Kind(IntEnum):
    """What an entry is. Kinds from 200 on never leave the patient's own space."""

    NOTE = 1
    RESOURCE = 2
    CONSENT = 200
    INVITATION = 201


SHAREABLE = (Kind.NOTE, Kind.RESOURCE)
