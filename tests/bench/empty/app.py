"""An empty Streamlit app: `streamlit run` it as the product is run."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).with_name("main.py"))
