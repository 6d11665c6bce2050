"""One module per page; Streamlit runs it from top to bottom at every view."""
