"""Every refusal the product makes on purpose.

Each class is one thing a person can be told; the words stand in the catalogue
under `error.<ClassName>`. Nothing secret or written by people goes into an error:
a traceback must be safe to paste.
"""

from pathlib import Path


class PortalError(Exception):
    """Base of every error raised on purpose. Never raised itself.

    `where`: at the start, the file or folder it is about. It is for the host's terminal, never for a page.
    """

    where: Path | None = None


# Opening the store


class AlreadyRunning(PortalError):
    """Another server holds this store."""


class UnsafeFolders(PortalError):
    """The key folder lies inside the data folder or around it."""


class KeyFileMissing(PortalError):
    """The key file of an existing store is gone. A new one is never made silently."""


class SettingsMissing(PortalError):
    """The settings of an existing store are gone, and with them the name of its key folder."""


class StoreGone(PortalError):
    """The database is gone, but the number file remembers it. A new one is never made silently."""


class StoreUnreadable(PortalError):
    """The database is not one of ours, or SQLite cannot read it."""


class ReadOnly(PortalError):
    """The files cannot be opened or written."""


class InTheWay(ReadOnly):
    """A file lies where a folder must be, or a folder where a file must be."""


class DiskFull(PortalError):
    """The disk is full; nothing was written."""


class StoreFull(PortalError):
    """The store has reached the size that its host allows."""


class AccountFull(PortalError):
    """This account has reached the size that its host allows."""


# Rows


class Tampered(PortalError):
    """A row did not open: wrong key, wrong place, altered bytes, or not the row we left there."""


class PlaceTaken(PortalError):
    """A first write met a row: nothing is ever overwritten by accident."""


class TooLong(PortalError):
    """A text exceeds its bound, or a payload the largest row. `excess`: characters of a text, bytes of a payload."""

    def __init__(self, excess: int) -> None:
        super().__init__("too long")
        self.excess = excess


# Accounts


class SignInFailed(PortalError):
    """Wrong name, passphrase or recovery code: one answer for all."""


class TooManyTries(PortalError):
    """Throttled. `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__("throttled")
        self.wait = wait


class Busy(PortalError):
    """The queue of derivations is full."""


class ChooseAnotherPassphrase(PortalError):
    """This passphrase cannot be used with this name."""


class SamePassphrase(ChooseAnotherPassphrase):
    """The new passphrase is the one in force: nothing would change."""


class WeakPassphrase(PortalError):
    """The passphrase is soon guessed. `reason`: "short", "long", "name" (made of it) or "common"; nothing typed."""

    def __init__(self, reason: str) -> None:
        super().__init__("weak")
        self.reason = reason


class TellingName(PortalError):
    """The name is an e-mail address or a telephone number."""


class NameTaken(PortalError):
    """A person or a group of this circle is called so already."""


class BadName(PortalError):
    """The name is empty, too long or holds characters that cannot be shown."""


class SignUpsClosed(PortalError):
    """Too many accounts were made within the hour."""


class SessionEnded(PortalError):
    """The session was locked, signed out or ended elsewhere."""


# Codes and invitations


class CodeMistyped(PortalError):
    """The check character does not fit: one character is wrong."""


class CodeOfWrongLength(CodeMistyped):
    """A code has `length` characters, what was typed has `typed`."""

    def __init__(self, length: int, typed: int) -> None:
        super().__init__()
        self.length, self.typed = length, typed


class CodeOpensNothing(PortalError):
    """Unknown, used, expired, cancelled or replaced: one answer for all."""


class OwnCode(PortalError):
    """The code is the joiner's own invitation."""


class AlreadyLinked(PortalError):
    """The joiner already belongs to this circle."""


class TooManyInvitations(PortalError):
    """The number of open invitations has reached its bound."""


class TooManyPeople(PortalError):
    """The number of people in the circle has reached its bound."""


class JoinDamaged(PortalError):
    """The code was used, but what the joiner left does not open."""


# Consent and sharing


class IncompleteConsent(PortalError):
    """A consent lacks an element. `element` names the field."""

    def __init__(self, element: str) -> None:
        super().__init__("incomplete")
        self.element = element


class NotSigned(PortalError):
    """The passphrase or the name typed as signature does not match."""


class NeedsSignature(PortalError):
    """The change gives more than the signed consent: it must be signed anew."""


class NoReaders(PortalError):
    """Nobody in the audience may read this today."""


class ClockBehind(PortalError):
    """The computer's date lies before the last visit: nothing is shared until it is confirmed."""


class Gone(PortalError):
    """The thing is no longer there: withdrawn, removed or changed elsewhere."""


class LinkClosed(PortalError):
    """The circle cannot be read now: paused, ended, put back or removed."""


class DailyLimit(PortalError):
    """Enough for today; it goes on tomorrow."""


# Writing


class EmptyText(PortalError):
    """There is nothing to keep."""


class BadText(PortalError):
    """The text holds characters that cannot be stored."""


class TooManyTags(PortalError):
    """More tags, or longer ones, than an entry holds."""


class TooManyDrafts(PortalError):
    """The number of drafts has reached its bound; none is dropped for a new one."""


class NotHttps(PortalError):
    """An address to leave to that is not plain https, or too long."""


class BadLink(PortalError):
    """The address of a link is not http or https."""


class ChangedElsewhere(PortalError):
    """A draft or entry was changed in another tab; both are kept."""
