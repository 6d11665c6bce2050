"""Issue an evidence pack from the page, and list those that left the house."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import assessing, data, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.pack import Issued, PackError, Request
from dashboard.pack.files import zipped
from dashboard.pack.words import ROLES
from dashboard.report import ReportError
from dashboard.settings import SettingsError
from warehouse.errors import LakeError
from warehouse.queries.assessment import issued_packs

_READY: Final = "paket_siap"


def draw(asked: Request, *, writing: bool) -> None:
    """The form, the file once it is made, and the list."""
    st.header("Paket bukti", help=terms.PACK, anchor=False)
    if writing:
        _form(asked)
    _list()


def _form(asked: Request) -> None:
    names = ", ".join(one.label for one in asked.indicators) or "tidak ada"
    st.caption(f"Memuat indikator: {text.markdown(names, 300)}.")
    role = st.radio("Untuk siapa", list(ROLES), format_func=ROLES.__getitem__, key="paket_peran")
    about = (data.viewer().user, repr(asked), role)
    if st.button("Terbitkan paket", icon=":material/inventory_2:", key="terbitkan_paket"):
        try:
            with st.spinner("Menyusun paket …"):
                st.session_state[_READY] = (about, assessing.issue(asked, role or next(iter(ROLES))))
        except (PackError, ReportError, ValueError, LakeError, SettingsError) as problem:
            st.error(text.markdown(problem, 300), icon=":material/error:")
    held: tuple[object, Issued] | None = st.session_state.get(_READY)
    if held and held[0] == about:
        made = held[1]
        st.success(f"Paket {text.markdown(made.pack_id, 120)} tercatat.", icon=":material/check:")
        st.caption(f"Sidik paket: {made.sha256}")
        st.download_button(
            "Unduh paket (ZIP)", zipped(made.pack_id, made.files), f"{made.pack_id}.zip", "application/zip",
            key="unduh_paket", on_click="ignore",
        )  # fmt: skip


def _list() -> None:
    found = data.ask(issued_packs)
    if not found:
        ui.empty(
            "Belum ada paket yang diterbitkan", "Setiap paket yang keluar tercatat di sini: siapa dan kapan."
        )
        return
    ui.table(
        {
            "Paket": [text.cell(one.pack_id, 120) for one in found],
            "Indikator": [text.cell(one.indicators, 200) for one in found],
            "Periode": [fmt.span(one.first_day, one.last_day) for one in found],
            "Oleh": [text.cell(one.person, 60) for one in found],
            "Waktu": [fmt.moment(one.issued_at) for one in found],
            "Dokumen": [one.n_documents for one in found],
            "Sidik": [one.manifest_sha256 for one in found],
        }
    )
