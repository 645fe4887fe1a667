"""The other side of the browser goals: a Streamlit app with nothing in it."""
