"""Start here: `streamlit run app.py`. Wires the server; decides nothing."""

from pathlib import Path

import streamlit as st

from portal.circle.accounts import open_store
from portal.folders import data_folder, key_root
from portal.ui.web.life import lifespan, middleware
from portal.ui.web.quiet import on_script_error
from portal.ui.web.routes import routes

# `streamlit run` looks for these very letters: `app = st.App(`.
app = st.App(
    Path(__file__).parent / "portal" / "ui" / "main.py",
    routes=routes(),
    middleware=middleware(data_folder()),
    lifespan=lifespan(lambda now: open_store(data_folder(), key_root(), now=now), data_folder()),
    on_script_error=on_script_error,
)
