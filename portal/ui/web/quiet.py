"""What may be said about a failure: its kind and a random reference. Never its text, never a traceback.

Exceptions of libraries can hold what people typed, and Streamlit logs them whole.
"""

import logging
import secrets
import threading
from collections.abc import Callable

import streamlit as st

from portal.ui import words
from portal.ui.web.cookies import LANG
from portal.ui.web.language import choose

LOG = logging.getLogger("portal")
FOREIGN = ("streamlit", "uvicorn", "starlette", "asyncio", "websockets", "concurrent")
Make = Callable[..., logging.LogRecord]


def hush() -> None:
    """From now on no record of the server or its framework carries an exception's text."""
    make = logging.getLogRecordFactory()
    if not isinstance(make, _Quiet):
        logging.setLogRecordFactory(_Quiet(make))
    threading.excepthook = lambda failed: fault(failed.exc_type)


def fault(kind: type[BaseException]) -> str:
    """Log that something of this kind failed; return the reference that the person may be told."""
    reference = secrets.token_hex(4)
    LOG.error("failure %s %s", reference, kind.__name__)
    return reference


def last_words(sentence: str) -> None:
    """Say why the start ends. The framework, which would add that it ended, says nothing more."""
    LOG.error(sentence)
    logging.getLogger("uvicorn.error").disabled = True


def on_script_error(error: Exception) -> bool:
    """Show one neutral sentence in place of Streamlit's own box."""
    reference = fault(type(error))
    lang = choose(st.context.cookies.get(LANG), st.context.headers.get("accept-language"))
    st.error(words.text(lang, "error.unexpected", reference=reference))
    return True


class _Quiet:
    """Makes records as before; those of the framework lose what an exception says."""

    def __init__(self, make: Make) -> None:
        self._make = make

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        record = self._make(*args, **kwargs)
        if record.name.split(".")[0] in FOREIGN:
            _strip(record)
        return record


def _strip(record: logging.LogRecord) -> None:
    if record.exc_info and record.exc_info[0]:
        record.msg, record.args = f"failure {record.exc_info[0].__name__}", ()
    elif "Traceback" in str(record.msg):
        record.msg, record.args = "failure", ()
    elif isinstance(record.args, tuple):
        record.args = tuple(type(arg).__name__ if isinstance(arg, BaseException) else arg for arg in record.args)
    record.exc_info = record.exc_text = record.stack_info = None
