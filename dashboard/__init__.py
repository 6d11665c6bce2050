"""People: the Streamlit pages, the charts and the weekly report, all reading `warehouse.queries`."""
