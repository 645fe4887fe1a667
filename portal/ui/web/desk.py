"""The running server's memory: the open store, who is signed in where, tickets and codes.

Made when the server starts and reached by `current()`. Cookies and tickets are kept as hashes.
Streamlit's threads and the event loop share it: every method may be called from anywhere. Keys are
dropped outside the desk's own lock, so that a slow store never holds everybody up.
"""

from collections.abc import Iterable, Mapping
from threading import RLock

from portal import clock
from portal.ui.web.cookies import Cookies, digest, fresh
from portal.ui.web.marks import Marks
from portal.ui.web.settings import Host
from portal.ui.web.signed import Locked, Session, Signed, Spot, Store
from portal.ui.web.tickets import Codes, Tickets

LOCKED_SECONDS = 12 * 60 * 60  # after that a lock page is a sign-in page: the name is not kept for ever
WANTED, TOLD = "wanted", "told"  # how a session that is over ended, or that a page has said so


class Desk:
    """One store and the browsers in front of it."""

    def __init__(self, store: Store, *, secure: bool = False, host: Host | None = None) -> None:
        self.store = store
        self.host = host or Host()
        self.cookies = Cookies(store.id, secure)
        self._lock = RLock()
        self._signed: dict[str, Signed] = {}
        self._locked: dict[str, Locked] = {}
        self._tickets: Tickets[Signed] = Tickets()
        self._codes = Codes()
        self._begun = Marks()  # on a browser: each page that showed a spare key which is not in force yet
        self._ended = Marks()  # on a cookie nobody is behind: WANTED, TOLD; what has neither is still to be told

    # Signing in

    def issue(self, session: Session, pre: str, *, page: str = "", sides: Mapping[str, Session] | None = None) -> str:
        """Return a ticket that signs this browser in, once, within 30 seconds. `sides` are those of a sample circle."""
        every = dict(sides or {"": session})
        front = next(name for name, side in every.items() if side is session)
        signed = Signed(sides=every, side=front, pre=digest(pre), seen=clock.now(), page=page)
        with self._lock:
            return self._tickets.issue(signed, pre, clock.now())

    def waits(self, ticket: str) -> bool:
        """Say whether this ticket can still sign its browser in."""
        with self._lock:
            return self._tickets.waits(ticket, clock.now())

    def exchange(self, ticket: str, pre: str, *, was: str | None = None) -> str | None:
        """Sign the browser in and return its new cookie, or None. Whoever the cookie `was` stood for ends."""
        with self._lock:
            signed = self._tickets.take(ticket, pre, clock.now())
            if signed is None:
                return None
            left = self._locked.get(digest(was)) if was else None
            if left and left.account == signed.session.account:
                signed.page, signed.spot = signed.page or left.page, left.spot
            signed.seen, sid = clock.now(), fresh()
            self._signed[digest(sid)] = signed
        if was:
            self.end(was)
        return sid

    def person(self, sid: str | None) -> Signed | None:
        """Return who is signed in here, or None. Never counts as an action; past the idle time nobody is."""
        if not sid:
            return None
        with self._lock:
            signed = self._signed.get(digest(sid))
            if signed is None or self._stands(signed, clock.now()):
                return signed
        self._leave(digest(sid), keep=not signed.session.closed)
        return None

    def signed_in_here(self, pre: str | None) -> bool:
        """Say whether somebody is signed in in this browser."""
        now = clock.now()
        with self._lock:
            return bool(pre) and any(s.pre == digest(pre or "") and self._stands(s, now) for s in self._signed.values())

    def touch(self, sid: str, now: int) -> None:
        """Somebody acted: the idle time begins again. A timer's tick is not an action."""
        with self._lock:
            signed = self._signed.get(digest(sid))
            if signed is not None and self._stands(signed, now):
                signed.seen = max(signed.seen, now)
                self._codes.keep(signed.pre, now)

    # Locking and leaving

    def lock(self, sid: str, page: str = "") -> None:
        """Drop the keys; keep the name and the page for the lock page. A sample circle just ends."""
        self._leave(digest(sid), keep=True, page=page)

    def locked(self, sid: str | None) -> Locked | None:
        """Return what the lock page may show, or None when nobody was here."""
        with self._lock:
            return self._locked.get(digest(sid)) if sid else None

    def end(self, sid: str) -> None:
        """Sign out: keys dropped, nothing kept, and no page need say so."""
        self._leave(digest(sid), keep=False)
        with self._lock:
            self._ended.put(digest(sid), WANTED, clock.now())

    def end_account(self, account: bytes, *, but: str | None = None) -> None:
        """End every other session of this account: its passphrase has changed."""
        spare = digest(but) if but else None
        with self._lock:
            keys = [k for k, s in self._signed.items() if s.session.account == account and k != spare]
            keys += [k for k, left in self._locked.items() if left.account == account and k != spare]
        for key in keys:
            self._leave(key, keep=False)

    def ended(self, sid: str | None) -> bool:
        """Say whether a page that carries this cookie is to be told that its session is over."""
        with self._lock:
            return self._over(sid) and not self._ended.has(digest(sid or ""), WANTED)

    def tell_ended(self, sid: str) -> None:
        """The page has said it: from its next load on nothing is left to be said."""
        with self._lock:
            if not self._marked(digest(sid)):
                self._ended.put(digest(sid), TOLD, clock.now())

    def spent(self, sid: str | None) -> bool:
        """Say whether the browser may lose this cookie: nobody is behind it, and nobody has to be told."""
        with self._lock:
            return self._over(sid) and self._marked(digest(sid or ""))

    def _over(self, sid: str | None) -> bool:
        key = digest(sid) if sid else ""
        return bool(key) and key not in self._signed and key not in self._locked

    def _marked(self, key: str) -> bool:
        return self._ended.has(key, WANTED) or self._ended.has(key, TOLD)

    def _leave(self, key: str, *, keep: bool, page: str = "") -> None:
        with self._lock:
            signed = self._signed.pop(key, None)
            if not keep:
                self._locked.pop(key, None)
            elif signed is not None and signed.session.store is self.store:
                self._locked[key] = _remains(signed, page or signed.page, clock.now())
            elif signed is not None:
                self._ended.put(key, WANTED, clock.now())  # nothing of a sample circle is kept
        if signed is not None:
            self._close([signed])

    def _close(self, several: Iterable[Signed]) -> None:
        for signed in several:
            for session in signed.sides.values():
                session.close()
            for store in {id(s.store): s.store for s in signed.sides.values() if s.store is not self.store}.values():
                store.close()

    @staticmethod
    def _stands(signed: Signed, now: int) -> bool:
        return not signed.session.closed and now < signed.until

    # Invitation codes that came by a link

    def hold_code(self, pre: str, code: str) -> None:
        """Keep an invitation code for this browser."""
        with self._lock:
            self._codes.hold(pre, code, clock.now())

    def code(self, pre: str | None) -> str | None:
        """Return the code this browser brought, or None. Looking does not lengthen its hour: `act` does."""
        with self._lock:
            return self._codes.get(pre, clock.now()) if pre else None

    def act(self, pre: str, now: int) -> None:
        """Somebody who is not signed in acted in this browser: the hour of its code begins again."""
        with self._lock:
            self._codes.keep(digest(pre), now)

    def drop_code(self, pre: str | None) -> None:
        """Forget this browser's code."""
        with self._lock:
            if pre:
                self._codes.drop(pre)

    # Spare keys that were shown and are not in force

    def begin(self, pre: str, page: str) -> None:
        """`page` shows a spare key in this browser. Nothing of the key is kept here."""
        with self._lock:
            if pre:
                self._begun.put(digest(pre), page, clock.now())

    def begun(self, pre: str, page: str) -> bool:
        """Say whether `page` was begun in this browser, has shown a spare key and was not finished."""
        with self._lock:
            return self._begun.has(digest(pre), page)

    def finish(self, pre: str, page: str) -> None:
        """The spare key that `page` has shown is in force."""
        with self._lock:
            self._begun.drop(digest(pre), page)

    def forget_begun(self, pre: str | None, *, but: str) -> None:
        """Somebody left: no page but the one they go to says that anything was begun here."""
        with self._lock:
            if pre:
                self._begun.keep_only(digest(pre), but)

    # Time

    def sweep(self, now: int) -> None:
        """Lock who has been idle, forget what has expired, let the stores do their timed work."""
        with self._lock:
            idle = [(key, s.session.closed) for key, s in self._signed.items() if not self._stands(s, now)]
            late = self._tickets.expired(now)
            self._codes.sweep(now)
            self._begun.sweep(now)
            self._ended.sweep(now)
            for key in [k for k, left in self._locked.items() if now >= left.since + LOCKED_SECONDS]:
                del self._locked[key]
        for key, closed in idle:
            self._leave(key, keep=not closed)
        self._close(late)
        with self._lock:
            stores = {id(s.session.store): s.session.store for s in self._signed.values()}
        for store in ({id(self.store): self.store} | stores).values():
            store.tick(now)

    def close(self) -> None:
        """End everybody and close the store."""
        with self._lock:
            everybody = [*self._signed.values(), *self._tickets.expired(None)]
            self._signed.clear()
            self._locked.clear()
        self._close(everybody)
        self.store.close()


def _remains(signed: Signed, page: str, now: int) -> Locked:
    spot: Spot = signed.spot
    session = signed.session
    return Locked(name=session.name, page=page, account=session.account, spot=spot, since=now)


_now: list[Desk] = []  # the one desk of this process: Streamlit gives its script no other way to the server


def install(desk: Desk | None) -> None:
    """Make `desk` the one that the pages find; None when the server ends."""
    _now[:] = [desk] if desk else []


def current() -> Desk:
    """Return the running server's desk. Raises `RuntimeError` when the server has not started."""
    if not _now:
        raise RuntimeError("the server has not started")
    return _now[0]
