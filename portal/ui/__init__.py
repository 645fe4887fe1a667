"""Floor 4: what people see. The only importer of streamlit."""
