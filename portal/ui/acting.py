"""The frame of every callback: an action counts, old messages go, a refusal becomes a sentence.

def _share() -> None:
    with acting("write.text"):
        notes.write(state.session(), ..., now=clock.now())
        state.clear("write.text")        # only now: nobody writes it twice
        state.outcome(t("write.shared"))
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from portal.errors import PortalError
from portal.ui import say, state


@contextmanager
def acting(field: str = "", at: Mapping[type[PortalError], str] | None = None) -> Iterator[None]:
    """Do what a button says. A refusal is shown at `field`, or where `at` sends its class; what was typed stays."""
    state.settle_messages()
    state.touch()
    try:
        yield
    except PortalError as error:
        state.problem((at or {}).get(type(error), field), say.sorry(error))
