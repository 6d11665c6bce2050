"""Saved searches on the news page: open one, see what it found since, keep the present one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from dashboard import data, recording, text, ui
from dashboard import format as fmt
from warehouse import Lake, queries
from warehouse.access import AccessError, Viewer, may
from warehouse.queries import DocumentFilter
from warehouse.queries.saved_searches import SavedSearch, saved_searches
from warehouse.search.errors import SearchIndexError
from warehouse.store.saved_searches import LONGEST_NAME, delete_search, save_search, share_search, wanted_of

SAID: Final = "pencarian_disimpan"
LISTS: Final = {
    "jenis": "kinds", "sumber": "sources", "topik": "topics", "opd": "opd", "kecamatan": "kecamatan",
    "nada": "sentiments",
}  # fmt: skip
"""Filters of the page (their keys in the address): the field of the question each one is."""


def panel(wanted: DocumentFilter) -> None:
    """The saved searches, and a form to save this one for those who may."""
    who = data.viewer()
    found = data.ask(saved_searches, who.user)
    with st.popover("Pencarian tersimpan", icon=":material/bookmark:"):
        if said := st.session_state.pop(SAID, None):
            st.success(said, icon=":material/check:")
        for position, one in enumerate(found):
            _row(position, one)
            if may(who, "searches") and recording.named(data.settings()) and owned(one, who):
                _own(position, one)
        if not found:
            st.caption("Belum ada pencarian tersimpan.")
        _form(wanted)


def _row(position: int, one: SavedSearch) -> None:
    st.button(
        text.markdown(one.name, 80),
        icon=":material/search:",
        type="tertiary",
        key=f"buka_pencarian_{position}",
        on_click=apply,
        args=(wanted_of(one.words, one.filters),),
    )
    new = f"{fmt.number(one.n_new)} temuan baru" if one.n_new else "tidak ada temuan baru"
    whose = f"dari {text.markdown(one.owner, 64)}" if one.owner else "milik bersama"
    seen = "dibagikan" if one.shared else "hanya untuk pemiliknya"
    ui.facts(f"{new} sejak {fmt.day(one.looked_at)}", whose, seen)


def owned(one: SavedSearch, who: Viewer) -> bool:
    """Whether somebody may change a search: their own, or as admin."""
    return who.role == "admin" or one.owner == who.user


def _own(position: int, one: SavedSearch) -> None:
    """What the owner does with a search: share it or not, drop it."""
    with st.container(horizontal=True):
        share = st.button(
            "Jangan bagikan" if one.shared else "Bagikan",
            icon=":material/lock:" if one.shared else ":material/group:",
            type="tertiary",
            key=f"bagikan_pencarian_{position}",
        )
        drop = st.button(
            "Hapus", icon=":material/delete:", type="tertiary", key=f"hapus_pencarian_{position}"
        )
    name = one.name
    if share:
        data.change(
            "searches",
            lambda lake, _: share_search(lake, name, shared=not one.shared),
            detail="saved_search shared" if not one.shared else "saved_search unshared",
        )
        st.session_state[SAID] = "Dibagikan." if not one.shared else "Tidak dibagikan lagi."
        st.rerun()
    if drop:
        data.change("searches", lambda lake, _: delete_search(lake, name), detail="saved_search deleted")
        st.session_state[SAID] = "Dihapus."
        st.rerun()


def apply(wanted: DocumentFilter) -> None:
    """Set the filters of the page to a question; what is not offered any more is left out."""
    choices = data.ask(queries.choices)
    offered: Mapping[str, Sequence[str]] = {
        "sumber": list(choices["sources"]["key"]), "topik": list(choices["topics"]["key"]),
        "opd": list(choices["opd"]["key"]), "kecamatan": list(choices["kecamatan"]["key"]),
    }  # fmt: skip
    state: dict[str, Any] = {
        key: [code for code in getattr(wanted, field) if code in offered.get(key, getattr(wanted, field))]
        for key, field in LISTS.items()
    }
    state |= {"q": wanted.words, "dari": wanted.first, "sampai": wanted.last, "tanpa_tanggal": wanted.undated}
    for key, value in {**state, "tampil": "Dokumen"}.items():
        st.session_state[key] = value


def respell(words: str) -> None:
    """Ask again with another spelling."""
    st.session_state["q"] = words


def _form(wanted: DocumentFilter) -> None:
    words = data.words()
    if not may(data.viewer(), "searches"):
        st.caption("Akun Anda tidak menyimpan pencarian.")
        return
    if not recording.named(data.settings()) or words is None:
        st.caption('Simpan dengan `pati search "KATA" --save "NAMA"`; dasbor ini dibuka untuk membaca saja.')
        return
    with st.form("simpan_pencarian", border=False, clear_on_submit=True):
        name = st.text_input("Simpan saringan ini dengan nama", max_chars=LONGEST_NAME)
        shared = st.checkbox("Bagikan: terlihat semua orang, dan temuannya ikut dikabarkan")
        sent = st.form_submit_button("Simpan", icon=":material/bookmark_add:")
    if not sent:
        return

    def work(lake: Lake, _: Viewer) -> int:
        return save_search(lake, words, name, wanted, lake.now, shared=shared)

    try:
        recent = data.change("searches", work, detail="saved_search")
    except (ValueError, AccessError, SearchIndexError) as problem:
        st.error(text.markdown(problem, 300), icon=":material/error:")
        return
    st.session_state[SAID] = f"Disimpan; {fmt.number(recent)} dokumen 30 hari terakhir sudah cocok."
    st.rerun()
