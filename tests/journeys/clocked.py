"""The product with a clock that a journey can move. The product itself knows no such option.

`app.py` with one line more: the clock adds the seconds that stand in a file of the journey's.
"""

import os
import sys
import time
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from portal import clock  # noqa: E402  the root must be known first
from portal.circle.accounts import open_store  # noqa: E402
from portal.folders import data_folder, key_root  # noqa: E402
from portal.ui.web.life import lifespan, middleware  # noqa: E402
from portal.ui.web.quiet import on_script_error  # noqa: E402
from portal.ui.web.routes import routes  # noqa: E402

OFFSET = Path(os.environ["JOURNEY_OFFSET"])

clock.now = lambda: int(time.time()) + int(OFFSET.read_text("ascii"))

app = st.App(
    ROOT / "portal" / "ui" / "main.py",
    routes=routes(),
    middleware=middleware(data_folder()),
    lifespan=lifespan(lambda now: open_store(data_folder(), key_root(), now=now), data_folder()),
    on_script_error=on_script_error,
)
