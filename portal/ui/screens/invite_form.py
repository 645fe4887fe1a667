"""The answers of the six steps of an invitation: taken from the fields, checked a step at a time, made into terms.

The answers live in this tab until the invitation is made, stopped, or its owner signs out. A step that is not
complete says so at its field; what was answered stays.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from portal import clock
from portal.circle import audiences
from portal.circle.consent import OWN_PURPOSE, Terms
from portal.circle.kinds import Kind
from portal.newtypes import ListId
from portal.ui import say, state
from portal.ui.acting import acting
from portal.ui.say import t
from portal.ui.screens import readers

SLOT = "invite"
LAST = 6
LONGEST_DAYS = 730
PERIODS = ("30", "90", "180", "date")


@dataclass(slots=True)
class Answers:
    """What has been answered so far. Nothing is chosen at the start."""

    step: int = 1
    changing: bool = False
    label: str = ""
    relation: str = ""
    template: str | None = None
    lists: list[str] = field(default_factory=list)
    resource: bool = False
    since: str | None = None
    period: str | None = None
    last_day: date | None = None
    event: str = ""
    purposes: list[str] = field(default_factory=list)
    own: str = ""


def begun() -> Answers | None:
    """Return the answers that wait in this tab, or None."""
    found = state.answers(SLOT).get("all")
    return found if isinstance(found, Answers) else None


def answers() -> Answers:
    """Return the answers, begun when there are none."""
    found = begun()
    if found is None:
        found = state.answers(SLOT)["all"] = Answers()
    return found


def drop() -> None:
    """Forget every answer."""
    state.drop_answers(SLOT)


def take(step: int) -> None:
    """Keep what stands in the fields of `step`."""
    TAKE[step](answers())


def check(step: int) -> None:
    """Say at its field what is missing in `step`."""
    CHECK[step](answers())


def terms(of: Answers) -> Terms:
    """Return the terms that the answers make."""
    grouped = of.template == "group"
    lists = (
        frozenset(ListId(bytes.fromhex(code.removeprefix(readers.LIST))) for code in of.lists)
        if grouped
        else frozenset()
    )
    kinds = {int(Kind.NOTE)} | ({int(Kind.RESOURCE)} if of.resource else set())
    own = (OWN_PURPOSE + of.own.strip(),) if of.own.strip() else ()
    return Terms(
        label=of.label.strip(),
        relation=of.relation.strip(),
        kinds=frozenset(kinds),
        lists=lists,
        everything=of.since == "everything",
        purposes=(*of.purposes, *own),
        ends=end_of(last_day(of)) if of.period else 0,
        event=of.event.strip(),
    )


def last_day(of: Answers) -> date:
    """Return the last day of the permission on the reader's calendar."""
    today = state.reader().local(clock.now()).date()
    if of.period == "date":
        return of.last_day or today
    return today + timedelta(days=int(of.period or 0))


def end_of(day: date) -> int:
    """Return the last second of `day` where the reader is."""
    return int(datetime.combine(day, time(23, 59, 59), state.reader().tz).timestamp())


def _texts(key: str) -> list[str]:
    found = state.value(key)
    return [str(one) for one in found] if isinstance(found, list) else []


def _one(key: str) -> str | None:
    return state.text(key) or None


def _take_who(a: Answers) -> None:
    a.label, a.relation = state.text("invite.label"), state.text("invite.relation")


def _take_what(a: Answers) -> None:
    a.template, a.since, a.resource = (
        _one("invite.template"),
        _one("invite.since"),
        bool(state.value("invite.resource")),
    )
    if a.template == "group":
        a.lists = _texts("invite.lists") if state.value("invite.lists") is not None else a.lists
        _new_group(a)


def _new_group(a: Answers) -> None:
    name = state.text("invite.new_group").strip()
    if not name:
        return
    with acting("invite.new_group"):
        made = audiences.add_audience(state.session(), name, now=clock.now())
        a.lists.append(readers.LIST + bytes(made).hex())
        state.clear("invite.new_group")
        readers.begin_anew("invite.lists")


def _take_until(a: Answers) -> None:
    a.period, a.event = _one("invite.period"), state.text("invite.event")
    day = state.value("invite.date")
    a.last_day = day if isinstance(day, date) else a.last_day


def _take_why(a: Answers) -> None:
    a.purposes, a.own = _texts("invite.purposes"), state.text("invite.own")


def _nothing(_: Answers) -> None:
    """Reading through and signing take no answers."""


def _check_who(a: Answers) -> None:
    _need(bool(a.label.strip()), "invite.label", "label")


def _check_what(a: Answers) -> None:
    _need(a.template is not None, "invite.template", "template")
    _need(a.template != "group" or bool(a.lists), "invite.lists", "groups")
    _need(a.since is not None, "invite.since", "since")


def _check_until(a: Answers) -> None:
    _need(a.period is not None, "invite.period", "until")
    if a.period == "date":
        today = state.reader().local(clock.now()).date()
        fits = a.last_day is not None and today < a.last_day <= today + timedelta(days=LONGEST_DAYS)
        _need(fits, "invite.date", "date")


def _check_why(a: Answers) -> None:
    _need(bool(a.purposes or a.own.strip()), "invite.purposes", "purposes")


def _need(there: bool, at: str, word: str) -> None:
    if not there:
        state.problem(at, t(f"invite.wrong.{word}"))


TAKE: dict[int, Callable[[Answers], None]] = {
    1: _take_who,
    2: _take_what,
    3: _take_until,
    4: _take_why,
    5: _nothing,
    LAST: _nothing,
}
CHECK: dict[int, Callable[[Answers], None]] = {
    1: _check_who,
    2: _check_what,
    3: _check_until,
    4: _check_why,
    5: _nothing,
    LAST: _nothing,
}
__all__ = ["LAST", "Answers", "answers", "begun", "check", "drop", "end_of", "say", "take", "terms"]
