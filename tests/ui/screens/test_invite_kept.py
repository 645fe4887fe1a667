"""An invitation begun is found again: after a refresh, a lock, a sign-out; what no longer holds is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from portal.circle import accounts, audiences, begun, drafts, inviting
from portal.circle.accounts import Session
from portal.circle.bodies import Answers
from portal.ui.screens import invite_form
from portal.ui.web import desk
from tests.ui.screens.circle_stage import DAY, PASSPHRASE, Stage, full, open_stage, words

stage = pytest.fixture(open_stage)
MOVED = "Something you chose no longer holds"
ELSEWHERE = "You also answered this in another tab."


def kept(stage: Stage) -> Answers:
    found = begun.begun(stage.robin)
    assert found
    return found.answers


def refresh(stage: Stage) -> AppTest:
    """Load the page again: the tab remembers nothing."""
    return stage.open("invite")


def whole(stage: Stage, **changes: object) -> Answers:
    """Answers to everything, at the last step."""
    return Answers(
        step=invite_form.LAST,
        label="Fern",
        template="group",
        lists=(stage.household,),
        since="from_today",
        period="90",
        purposes=("support",),
    ).but(**changes)


def keep(stage: Stage, answers: Answers) -> None:
    """Answer in another tab."""
    found = begun.begun(stage.robin)
    begun.keep(stage.robin, answers, after=found.tag if found else 0, now=stage.now)


def to_step(stage: Stage, step: int, **changes: object) -> AppTest:
    keep(stage, whole(stage, step=step, **changes))
    return refresh(stage)


def come_back(stage: Stage) -> Session:
    """Enter the passphrase again, after a lock or a sign-out."""
    stage.robin = accounts.sign_in(stage.robin.store, "Robin", PASSPHRASE, now=stage.now)
    stage.sit("robin")
    return stage.robin


# Found again


def test_what_is_typed_is_kept_before_anything_is_pressed(stage: Stage) -> None:
    at = stage.open("invite")
    at.text_input(key="invite.label").set_value("Fern")
    at.text_input(key="invite.relation").set_value("sister")
    stage.run(at)
    at = refresh(stage)
    assert at.text_input(key="invite.label").value == "Fern"
    assert at.text_input(key="invite.relation").value == "sister"
    assert "Only you can read it." in words(at)


def test_words_of_every_step_keep_themselves_in_the_browser(stage: Stage) -> None:
    at = to_step(stage, invite_form.WHAT)
    names = {"label": 1, "relation": 1, "new_group": 2, "event": 3, "own": 4}
    for name, step in names.items():
        at = to_step(stage, step)
        at.text_input(key=f"invite.{name}").set_value("Some words")
        stage.run(at)
        assert getattr(kept(stage), name) == "Some words"


def test_a_choice_is_kept_at_once(stage: Stage) -> None:
    at = to_step(stage, 2, template=None, since=None, lists=())
    at.radio(key="invite.template").set_value("group")
    stage.run(at)
    at.button_group(key="invite.lists").set_value([f"list-{stage.household.hex()}"])
    at.checkbox(key="invite.resource").check()
    at.button_group(key="invite.since").set_value("everything")
    stage.run(at)
    at = refresh(stage)
    assert at.radio(key="invite.template").value == "group"
    assert at.button_group(key="invite.lists").value == [f"list-{stage.household.hex()}"]
    assert at.checkbox(key="invite.resource").value
    assert at.button_group(key="invite.since").value == "everything"


def test_a_date_and_the_purposes_are_kept_at_once(stage: Stage) -> None:
    at = to_step(stage, 3, period=None, purposes=())
    at.button_group(key="invite.period").set_value("date")
    stage.run(at)
    day = at.date_input(key="invite.date").min + timedelta(days=5)
    at.date_input(key="invite.date").set_value(day)
    stage.run(at)
    at = refresh(stage)
    assert at.date_input(key="invite.date").value == day
    stage.press(at, "invite.go_on")
    at.button_group(key="invite.purposes").set_value(["care"])
    stage.run(at)
    assert (kept(stage).last_day, kept(stage).purposes) == (day, ("care",))


def test_each_button_keeps_the_step_it_leads_to(stage: Stage) -> None:
    at = to_step(stage, 3)
    stage.press(at, "invite.go_on")
    assert kept(stage).step == 4
    stage.press(at, "invite.back")
    assert kept(stage).step == 3
    at = to_step(stage, invite_form.READ)
    stage.press(at, "invite.to_until")
    assert (kept(stage).step, kept(stage).changing) == (3, True)
    at = refresh(stage)
    stage.press(at, "invite.go_on")
    assert (kept(stage).step, kept(stage).changing) == (invite_form.READ, False)


def test_back_from_a_change_of_the_first_step_leads_to_reading(stage: Stage) -> None:
    at = to_step(stage, invite_form.READ)
    stage.press(at, "invite.to_who")
    stage.press(at, "invite.back")
    assert "Read it through" in words(at)


def test_a_lock_keeps_it(stage: Stage) -> None:
    at = stage.open("invite")
    at.text_input(key="invite.label").set_value("Fern")
    stage.press(at, "invite.go_on")
    desk.current().lock(stage.sid, "invite")
    stage.run(at)
    assert "Fern" not in words(at)
    come_back(stage)
    assert "What may Fern see?" in words(refresh(stage))


def test_save_and_stop_and_a_sign_out_keep_it(stage: Stage) -> None:
    at = stage.open("invite")
    at.text_input(key="invite.label").set_value("Fern")
    stage.press(at, "invite.stop")
    assert "Only you can read them; go on any day in Circle." in words(at)
    desk.current().end(stage.sid)
    come_back(stage)
    at = stage.open("circle")
    assert "An invitation you began, for Fern" in words(at)
    stage.press(at, "circle.begun")
    assert at.text_input(key="invite.label").value == "Fern"


def test_waiting_keeps_it(stage: Stage) -> None:
    at = to_step(stage, invite_form.READ)
    stage.press(at, "invite.wait")
    assert "Your answers wait in Circle." in words(at)
    assert kept(stage).step == invite_form.READ


@pytest.mark.parametrize("press", ["invite.stop", "invite.back"])
def test_nothing_answered_is_nothing_begun(stage: Stage, press: str) -> None:
    at = stage.open("invite")
    stage.press(at, press)
    assert stage.path == "circle"
    assert begun.begun(stage.robin) is None
    assert "are kept" not in words(at)
    assert at.button(key="circle.invite")


def test_the_passphrase_and_the_signature_are_never_in_it(stage: Stage) -> None:
    at = to_step(stage, invite_form.LAST)
    at.text_input(key="invite.passphrase").set_value("not this one at all")
    at.text_input(key="invite.signature").set_value("Robin of old")
    stage.run(at)
    stage.press(at, "invite.make")
    stage.press(at, "invite.stop")
    assert kept(stage) == whole(stage)
    at = refresh(stage)
    assert not at.text_input(key="invite.passphrase").value
    assert not at.text_input(key="invite.signature").value


# On the page of the circle


def test_the_circle_shows_it_in_the_place_of_inviting(stage: Stage) -> None:
    keep(stage, whole(stage, step=3))
    at = stage.open("circle")
    assert "An invitation you began, for Fern" in words(at)
    assert "step 3 of 6 · kept just now" in words(at)
    assert "Only you are here." not in words(at)
    assert "circle.invite" not in {one.key for one in at.button}


def test_one_without_a_name_is_an_invitation_too(stage: Stage) -> None:
    keep(stage, Answers(relation="sister"))
    assert '<h2 class="title">An invitation you began</h2>' in words(stage.open("circle"))


def test_erasing_asks_first(stage: Stage) -> None:
    keep(stage, whole(stage))
    at = stage.open("circle")
    stage.press(at, "circle.ask_erase")
    assert "Nobody can bring them back" in words(at)
    stage.press(at, "circle.erase_begun.keep")
    assert kept(stage) == whole(stage)
    stage.press(at, "circle.ask_erase")
    stage.press(at, "circle.erase_begun.do")
    assert begun.begun(stage.robin) is None
    assert "The answers are erased." in words(at)
    stage.press(at, "circle.invite")
    assert at.text_input(key="invite.label").value == ""


def test_stopping_erases_it(stage: Stage) -> None:
    at = to_step(stage, invite_form.READ)
    stage.press(at, "invite.stop_all")
    assert begun.begun(stage.robin) is None


def test_it_is_no_draft_of_a_note(stage: Stage) -> None:
    keep(stage, whole(stage))
    assert drafts.drafts(stage.robin) == []
    assert "Fern" not in words(stage.open("notes"))


# Made


def make(stage: Stage, at: AppTest) -> AppTest:
    at.text_input(key="invite.passphrase").set_value(PASSPHRASE)
    at.text_input(key="invite.signature").set_value("Robin")
    return stage.press(at, "invite.make")


def test_it_ends_when_the_invitation_is_made(stage: Stage) -> None:
    make(stage, to_step(stage, invite_form.LAST))
    assert stage.path == "code"
    assert begun.begun(stage.robin) is None
    at = stage.open("circle")
    assert "An invitation you began" not in words(at)
    assert at.button(key="circle.invite")


def test_made_in_another_tab_it_is_not_made_again(stage: Stage) -> None:
    at, other = to_step(stage, invite_form.LAST), refresh(stage)
    make(stage, other)
    make(stage, at)
    assert len(inviting.pending(stage.robin, now=stage.now)) == 1
    assert "changed, made or erased in another tab" in words(at)
    assert "Who is it?" in words(at)


def test_changed_in_another_tab_it_is_not_signed_unread(stage: Stage) -> None:
    at = to_step(stage, invite_form.LAST)
    keep(stage, whole(stage, label="Ana", step=invite_form.READ))
    make(stage, at)
    assert not inviting.pending(stage.robin, now=stage.now)
    assert "changed, made or erased in another tab" in words(at)
    assert "Ana" in words(at)


# Two tabs


def test_the_last_tab_to_answer_is_kept_and_says_so(stage: Stage) -> None:
    at = to_step(stage, 1)
    keep(stage, whole(stage, label="Ana", step=1))
    at.text_input(key="invite.label").set_value("Flo")
    stage.run(at)
    assert kept(stage).label == "Flo"
    assert ELSEWHERE in words(at)
    at.text_input(key="invite.label").set_value("Flora")
    stage.run(at)
    assert ELSEWHERE in words(at)
    stage.press(at, "invite.go_on")
    assert ELSEWHERE not in words(at)
    assert kept(stage).label == "Flora"


def test_a_tab_that_comes_back_shows_what_was_kept_last(stage: Stage) -> None:
    at = to_step(stage, 1)
    stage.press(at, "invite.stop")
    keep(stage, whole(stage, label="Ana", step=1))
    stage.press(at, "circle.begun")
    assert at.text_input(key="invite.label").value == "Ana"
    assert ELSEWHERE not in words(at)


def test_what_stands_in_an_open_step_gives_way_when_nothing_was_answered_there(stage: Stage) -> None:
    at = to_step(stage, 1)
    keep(stage, whole(stage, label="Ana", step=1))
    stage.run(at)
    assert at.text_input(key="invite.label").value == "Ana"


# What no longer holds


def test_a_group_that_is_gone_is_asked_again(stage: Stage) -> None:
    keep(stage, whole(stage))
    audiences.remove_audience(stage.robin, stage.household, now=stage.now)
    at = refresh(stage)
    assert "What may Fern see?" in words(at)
    assert MOVED in words(at)
    at.radio(key="invite.template").set_value("one")
    stage.press(at, "invite.go_on")
    assert "Read it through" in words(at)
    assert MOVED not in words(at)


def test_a_group_that_goes_while_the_page_is_open_is_asked_again(stage: Stage) -> None:
    at = to_step(stage, invite_form.READ)
    audiences.remove_audience(stage.robin, stage.household, now=stage.now)
    stage.press(at, "invite.go_on")
    assert MOVED in words(at)
    assert not inviting.pending(stage.robin, now=stage.now)


def test_of_several_groups_those_that_are_there_stay(stage: Stage) -> None:
    near = audiences.add_audience(stage.robin, "Near", now=stage.now)
    keep(stage, whole(stage, lists=(near, stage.household), step=invite_form.READ))
    audiences.remove_audience(stage.robin, near, now=stage.now)
    at = refresh(stage)
    assert "Household" in words(at)
    assert "Near" not in words(at)


def test_a_day_that_has_passed_is_asked_again(stage: Stage) -> None:
    day = (datetime.fromtimestamp(stage.now, UTC) + timedelta(days=3)).date()
    keep(stage, whole(stage, period="date", last_day=day))
    stage.later(4 * DAY)
    come_back(stage)
    at = refresh(stage)
    assert "Until when?" in words(at)
    assert MOVED in words(at)
    assert at.date_input(key="invite.date").value is None
    stage.press(at, "invite.go_on")
    assert words(at).count("Pick a day after today, within 2 years.") == 2


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"label": " "}, "Who is it?"),
        ({"template": "another"}, "What may Fern see?"),
        ({"since": "long ago"}, "What may Fern see?"),
        ({"period": "45"}, "Until when?"),
        ({"purposes": ("another",)}, "What is it for?"),
    ],
    ids=["label", "template", "since", "period", "purposes"],
)
def test_answers_that_this_form_does_not_know_are_asked_again(
    stage: Stage, changes: dict[str, object], title: str
) -> None:
    keep(stage, whole(stage, **changes))
    at = refresh(stage)
    assert title in words(at)
    assert MOVED in words(at)


def test_a_step_that_is_simply_not_done_yet_is_no_news(stage: Stage) -> None:
    at = to_step(stage, 3, period=None, purposes=())
    assert MOVED not in words(at)
    assert "problem" not in words(at)


# Refused


def test_a_step_that_is_refused_keeps_what_was_answered(stage: Stage) -> None:
    at = to_step(stage, 2, since=None, template="one", lists=())
    at.checkbox(key="invite.resource").check()
    stage.press(at, "invite.go_on")
    assert words(at).count("Choose from when.") == 2
    assert (kept(stage).step, kept(stage).resource) == (2, True)


def test_a_full_disk_is_said_and_the_step_stays_with_its_words(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    at = to_step(stage, 1)
    with monkeypatch.context() as patch:
        patch.setattr(begun, "keep", full)
        at.text_input(key="invite.label").set_value("Flo")
        stage.press(at, "invite.go_on")
        assert "This computer is full." in words(at)
        assert "Who is it?" in words(at)
        assert at.text_input(key="invite.label").value == "Flo"
    stage.press(at, "invite.go_on")
    assert (kept(stage).label, kept(stage).step) == ("Flo", 2)


def test_a_group_named_on_the_way_is_made_by_continue_alone(stage: Stage) -> None:
    at = to_step(stage, 2, lists=())
    at.text_input(key="invite.new_group").set_value("Near")
    stage.run(at)
    stage.press(at, "invite.back")
    assert [one.name for one in audiences.audiences(stage.robin)] == ["", "Household"]
    stage.press(at, "invite.go_on")
    assert at.text_input(key="invite.new_group").value == "Near"
    stage.press(at, "invite.go_on")
    near = next(one.id for one in audiences.audiences(stage.robin) if one.name == "Near")
    assert (kept(stage).lists, kept(stage).new_group, kept(stage).step) == ((near,), "", 3)
    stage.press(at, "invite.back")
    assert at.text_input(key="invite.new_group").value == ""
    assert at.button_group(key="invite.lists").value == [f"list-{near.hex()}"]


def test_a_group_that_cannot_be_made_is_refused_at_its_field(stage: Stage) -> None:
    at = to_step(stage, 2, lists=())
    at.text_input(key="invite.new_group").set_value("Household")
    stage.press(at, "invite.go_on")
    assert "problem" in words(at)
    assert (kept(stage).step, kept(stage).new_group) == (2, "Household")


def test_what_cannot_be_signed_leads_back_to_its_step(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invite_form, "_wrong_label", lambda _: "")
    at = to_step(stage, invite_form.LAST, label="fern@example.org")
    make(stage, at)
    assert "Say who this is: a name only you see." in words(at)
    assert (kept(stage).step, kept(stage).changing) == (1, True)
    at.text_input(key="invite.label").set_value("Fern")
    stage.press(at, "invite.go_on")
    assert (kept(stage).step, kept(stage).label) == (invite_form.READ, "Fern")
