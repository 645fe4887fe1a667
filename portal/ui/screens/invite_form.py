"""The six steps of an invitation as a form: answers taken from the fields, what is missing, the terms they make.

A step that is not complete says so at its field; what was answered stays.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from portal import clock
from portal.circle import audiences, begun, naming
from portal.circle.accounts import Session
from portal.circle.bodies import Answers
from portal.circle.consent import OWN_PURPOSE, PURPOSES, Terms
from portal.circle.kinds import Kind
from portal.errors import BadName, NameTaken, TellingName
from portal.newtypes import ListId
from portal.ui import state
from portal.ui.say import t
from portal.ui.screens import readers

WHO, WHAT, UNTIL, WHY, READ, LAST = 1, 2, 3, 4, 5, 6
LONGEST_DAYS = 730
TEMPLATES, SINCE, PERIODS = ("one", "group"), ("from_today", "everything"), ("30", "90", "180", "date")
CHOICES = ("template", "lists", "resource", "since", "period", "date", "purposes")
FIELDS = tuple(f"invite.{name}" for name in (*begun.LONGEST, *CHOICES))

Missing = list[tuple[str, str]]  # field, word


def taken(of: Answers) -> Answers:
    """Return the answers with what stands in the fields of their step."""
    return of.but(**TAKE[of.step](of)) if of.step in TAKE else of


def missing(step: int, of: Answers) -> Missing:
    """Return what `step` still needs: at which field, and the word for it."""
    return [(f"invite.{name}", word) for name, word, there in NEED[step](of) if not there] if step in NEED else []


def first_open(of: Answers) -> int:
    """Return the first step that is not complete; the last one when all are."""
    return next((step for step in NEED if missing(step, of)), LAST)


def check(of: Answers) -> None:
    """Say at its field what is missing in the step of the answers."""
    for at, word in missing(of.step, of):
        state.problem(at, t(f"invite.wrong.{word}"))


def holding(session: Session, of: Answers) -> Answers:
    """Return what can still be chosen of the answers: a group may be gone since."""
    known = {one.id for one in audiences.audiences(session)}
    return of.but(
        template=_among(TEMPLATES, of.template),
        lists=tuple(one for one in of.lists if one in known),
        since=_among(SINCE, of.since),
        period=_among(PERIODS, of.period),
        purposes=tuple(one for one in of.purposes if one in PURPOSES),
    )


def terms(of: Answers) -> Terms:
    """Return the terms that the answers make."""
    kinds = {int(Kind.NOTE)} | ({int(Kind.RESOURCE)} if of.resource else set())
    own = (OWN_PURPOSE + of.own.strip(),) if of.own.strip() else ()
    return Terms(
        label=of.label.strip(),
        relation=of.relation.strip(),
        kinds=frozenset(kinds),
        lists=frozenset(of.lists) if of.template == "group" else frozenset(),
        everything=of.since == "everything",
        purposes=(*of.purposes, *own),
        ends=end_of(last_day(of)) if of.period else 0,
        event=of.event.strip(),
    )


def last_day(of: Answers) -> date:
    """Return the last day of the permission on the reader's calendar."""
    if of.period == "date":
        return of.last_day or today()
    return today() + timedelta(days=int(of.period or 0))


def end_of(day: date) -> int:
    """Return the last second of `day` where the reader is."""
    return int(datetime.combine(day, time(23, 59, 59), state.reader().tz).timestamp())


def today() -> date:
    """Return the day it is where the reader is."""
    return state.reader().local(clock.now()).date()


def names_group(of: Answers) -> bool:
    """Say whether the answers name a group that is to be made on the way."""
    return of.step == WHAT and of.template == "group" and bool(of.new_group.strip())


def _among(known: tuple[str, ...], one: str | None) -> str | None:
    return one if one in known else None


# What stands in the fields: one that is not drawn says nothing, and the answer stays


def _text(name: str, of: Answers) -> str:
    return str(state.value(f"invite.{name}", getattr(of, name)) or "")


def _one(name: str, of: Answers) -> str | None:
    found = state.value(f"invite.{name}", getattr(of, name))
    return str(found) if found else None


def _take_who(of: Answers) -> dict[str, object]:
    return {"label": _text("label", of), "relation": _text("relation", of)}


def _take_what(of: Answers) -> dict[str, object]:
    return {
        "template": _one("template", of),
        "lists": _lists(of),
        "new_group": _text("new_group", of),
        "resource": bool(state.value("invite.resource", of.resource)),
        "since": _one("since", of),
    }


def _lists(of: Answers) -> tuple[ListId, ...]:
    codes = state.value("invite.lists")
    return tuple(sorted(readers.chosen(codes).lists)) if isinstance(codes, list) else of.lists


def _take_until(of: Answers) -> dict[str, object]:
    day = state.value("invite.date", of.last_day)
    return {
        "period": _one("period", of),
        "last_day": day if isinstance(day, date) else None,
        "event": _text("event", of),
    }


def _take_why(of: Answers) -> dict[str, object]:
    chosen = state.value("invite.purposes")
    purposes = tuple(str(one) for one in chosen) if isinstance(chosen, list) else of.purposes
    return {"purposes": purposes, "own": _text("own", of)}


# What a step needs


def _need_who(of: Answers) -> list[tuple[str, str, bool]]:
    wrong = _wrong_label(of.label)
    return [("label", wrong, not wrong)]


def _wrong_label(label: str) -> str:
    """Return the word for what is wrong with a pet name, or nothing."""
    if not label.strip():
        return "label"
    try:
        audiences.check_free(state.session(), naming.check_name(label))
    except (BadName, TellingName):
        return "label_tells"
    except NameTaken:
        return "label_taken"
    return ""


def _need_what(of: Answers) -> list[tuple[str, str, bool]]:
    grouped = of.template == "group"
    return [
        ("template", "template", of.template is not None),
        ("lists", "groups", not grouped or bool(of.lists) or names_group(of)),
        ("since", "since", of.since is not None),
    ]


def _need_until(of: Answers) -> list[tuple[str, str, bool]]:
    latest = today() + timedelta(days=LONGEST_DAYS)
    fits = of.last_day is not None and today() < of.last_day <= latest
    return [("period", "until", of.period is not None), ("date", "date", of.period != "date" or fits)]


def _need_why(of: Answers) -> list[tuple[str, str, bool]]:
    return [("purposes", "purposes", bool(of.purposes or of.own.strip()))]


TAKE: dict[int, Callable[[Answers], dict[str, object]]] = {
    WHO: _take_who,
    WHAT: _take_what,
    UNTIL: _take_until,
    WHY: _take_why,
}
NEED: dict[int, Callable[[Answers], list[tuple[str, str, bool]]]] = {
    WHO: _need_who,
    WHAT: _need_what,
    UNTIL: _need_until,
    WHY: _need_why,
}
