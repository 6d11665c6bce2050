"""The dashboard: `streamlit run dashboard/app.py`.

Reads `PATI_HOME`, `PATI_CONFIG` and `PATI_NOW` from the environment (`pati dashboard` sets them).
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from config import ConfigError
from dashboard import data, doors, guide, menu, ui
from dashboard.settings import SettingsError, read_settings
from warehouse.errors import LakeError

# An icon of our own: Streamlit fetches those it knows by name from another host.
ICON = Path(__file__).with_name("icon.svg")

st.set_page_config(page_title="Pati Maju", page_icon=str(ICON), layout="wide")

# The address of a page is the name of its file. The pages stand at the side, all of them: along the
# top Streamlit folds those that find no room into an English "more", and with group titles its list
# is not one that screen readers understand.
page = st.navigation(
    [
        st.Page(ui.OVERVIEW, title="Ringkasan", icon=":material/dashboard:", default=True),
        st.Page(ui.NEWS, title="Isu & berita", icon=":material/newspaper:"),
        st.Page(ui.SOCIAL, title="Media sosial", icon=":material/forum:"),
        st.Page(ui.MAP, title="Peta", icon=":material/map:"),
        st.Page(ui.OFFICES, title="OPD", icon=":material/account_balance:"),
        st.Page(ui.COMPLAINTS, title="Aduan per OPD", icon=":material/inbox:"),
        st.Page(
            ui.REPORT,
            title="Laporan mingguan",
            icon=":material/summarize:",
            visibility=menu.place("laporan"),
        ),
        st.Page(ui.SMART_CITY, title="Smart city", icon=":material/location_city:"),
        st.Page(
            ui.CORRECTIONS,
            title="Koreksi label",
            icon=":material/fact_check:",
            visibility=menu.place("koreksi"),
        ),
        st.Page(ui.SOURCES, title="Sumber & kesehatan", icon=":material/health_metrics:"),
        st.Page(
            ui.SETTINGS, title="Pengaturan", icon=":material/settings:", visibility=menu.place("pengaturan")
        ),
        st.Page(ui.STORY, title="Cerita", visibility="hidden"),
        st.Page(ui.VIDEO, title="Komentar video", visibility="hidden"),
        st.Page(ui.HISTORY, title="Riwayat aduan", visibility="hidden"),
    ],
    position="sidebar",
    expanded=True,
)

try:
    doors.gate(read_settings())
    if page.url_path in menu.NEEDS:
        data.admit(menu.NEEDS[page.url_path], page.url_path)
    if page.url_path == "":
        guide.draw()
    page.run()
except (LakeError, ConfigError, SettingsError) as problem:
    ui.error(problem)
