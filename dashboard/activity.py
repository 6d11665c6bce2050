"""The audit log on a page: who saw or changed what, when. Metadata only; for admins."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard import data, downloads, filters, text, ui
from dashboard import format as fmt
from warehouse.access.audit import EVENTS, Entry, Wanted, known
from warehouse.queries import Page

PAGER: Final = "hal_catatan"
WHO: Final = ("Akun",)


def draw() -> None:
    """The section of the page."""
    st.header("Catatan kegiatan", anchor=False)
    data.admit("audit")
    wanted = _wanted()
    found, total = data.audit_log(wanted, filters.PAGE_SIZE, filters.offset(PAGER))
    if not total:
        ui.empty("Tidak ada catatan yang cocok", "Longgarkan saringannya.")
        return
    st.caption(
        f"n = {fmt.count(total, 'catatan')} yang cocok, terbaru di atas. Siapa, kapan, dan tentang nomor "
        "mana; isi aduan dan sandi tidak dicatat. Keutuhannya diperiksa dengan `pati user log --check`."
    )
    downloads.offer("catatan-kegiatan", lambda ask: table(ask.log(wanted)), total, WHO)
    ui.table(table(found))
    filters.pager(Page(pd.DataFrame(), total), PAGER)


def _wanted() -> Wanted:
    people, events = known(data.settings().home)
    left, right = st.columns(2)
    with left:
        user = filters.one("Siapa", "catatan_siapa", {name: text.plain(name, 64) for name in people})
    with right:
        event = filters.one("Kejadian", "catatan_kejadian", {key: EVENTS.get(key, key) for key in events})
    first, last = filters.days("catatan_dari", "catatan_sampai")
    return Wanted(user, event, None, first, last)


def table(found: list[Entry]) -> downloads.Columns:
    """Entries as a table, on the page and in the file."""
    return {
        "Waktu": [fmt.moment(one.at) for one in found],
        "Akun": [text.cell(one.user, 64) for one in found],
        "Peran": [text.cell(one.role, 64) for one in found],
        "Kejadian": [EVENTS.get(one.event, one.event) for one in found],
        "Tentang": [text.cell(one.about, 80) for one in found],
        "Keterangan": [text.cell(one.detail, 200) for one in found],
    }
