"""The dashboard: `streamlit run dashboard/app.py`.

Reads `PATI_HOME`, `PATI_CONFIG` and `PATI_NOW` from the environment (`pati dashboard` sets them).
"""

from __future__ import annotations

import streamlit as st

from config import ConfigError
from dashboard import ui
from dashboard.settings import SettingsError
from warehouse.errors import LakeError

# The address of a page is the name of its file.
st.set_page_config(page_title="Pati Maju", page_icon=":material/insights:", layout="wide")

page = st.navigation(
    [
        st.Page(ui.OVERVIEW, title="Ringkasan", icon=":material/dashboard:", default=True),
        st.Page(ui.NEWS, title="Berita & video", icon=":material/newspaper:"),
        st.Page(ui.COMPLAINTS, title="Aduan per OPD", icon=":material/inbox:"),
        st.Page(ui.SOURCES, title="Sumber & kesehatan", icon=":material/health_metrics:"),
    ],
    position="top",
)

try:
    page.run()
except (LakeError, ConfigError, SettingsError) as problem:
    ui.error(problem)
