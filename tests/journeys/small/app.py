"""The web layer alone, before a page small enough to say what arrived. One person, in memory, whose name is Robin."""

import os
import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from portal.ui.web.life import lifespan, middleware  # noqa: E402  the root must be known first
from portal.ui.web.quiet import on_script_error  # noqa: E402
from portal.ui.web.routes import routes  # noqa: E402
from tests.ui.web.conftest import MemoryStore  # noqa: E402

app = st.App(
    Path(__file__).with_name("main.py"),
    routes=routes(),
    middleware=middleware(Path(os.environ["PORTAL_DATA"])),
    lifespan=lifespan(lambda _: MemoryStore()),
    on_script_error=on_script_error,
)
