"""The dashboard: `streamlit run dashboard/app.py`.

Reads `PATI_HOME`, `PATI_CONFIG` and `PATI_NOW` from the environment (`pati dashboard` sets them).
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from config import ConfigError
from dashboard import ui
from dashboard.settings import SettingsError
from warehouse.errors import LakeError

# An icon of our own: Streamlit fetches those it knows by name from another host.
ICON = Path(__file__).with_name("icon.svg")

st.set_page_config(page_title="Pati Maju", page_icon=str(ICON), layout="wide")

# The address of a page is the name of its file.
page = st.navigation(
    [
        st.Page(ui.OVERVIEW, title="Ringkasan", icon=":material/dashboard:", default=True),
        st.Page(ui.NEWS, title="Berita & video", icon=":material/newspaper:"),
        st.Page(ui.COMPLAINTS, title="Aduan per OPD", icon=":material/inbox:"),
        st.Page(ui.SOURCES, title="Sumber & kesehatan", icon=":material/health_metrics:"),
        st.Page(ui.STORY, title="Cerita", visibility="hidden"),
        st.Page(ui.VIDEO, title="Komentar video", visibility="hidden"),
        st.Page(ui.HISTORY, title="Riwayat aduan", visibility="hidden"),
    ],
    position="top",
)

try:
    page.run()
except (LakeError, ConfigError, SettingsError) as problem:
    ui.error(problem)
