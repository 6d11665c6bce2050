"""The documents behind an indicator: read, pin, reject, comment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from dashboard import assessing, cards, data, filters, labels, recording, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.pack import words
from dashboard.pack.facts import Request
from dashboard.settings import SettingsError
from warehouse.access import may
from warehouse.errors import LakeError
from warehouse.queries import Page
from warehouse.queries.assessment import evidence_comments
from warehouse.queries.evidence_documents import evidence_page
from warehouse.queries.evidence_numbers import Narrowed
from warehouse.store.assessment import Cell
from warehouse.store.evidence import Mark

Row = Mapping[str, Any]
DONE: Final = "smart_city_pesan"
_PAGE: Final = "hal_bukti"
_TURN: Final = "smart_city_putaran"
_MARKS: Final[tuple[tuple[Mark, str, str], ...]] = (
    ("pinned", "Sematkan", ":material/keep:"), ("rejected", "Tolak", ":material/block:"),
    ("cleared", "Lepaskan", ":material/keep_off:"), ("commented", "Catat", ":material/comment:"),
)  # fmt: skip


def draw(asked: Request, cell: Cell, place: Narrowed | None, *, writing: bool) -> None:
    """The documents, a page at a time, and what may be done with those that were chosen.

    Args:
        asked: instrument, year, dimension and period.
        cell: where marks are kept.
        place: the office or kecamatan whose numbers are shown.
        writing: whether to draw the forms.
    """
    st.header("Dokumen di balik angka", help=terms.EVIDENCE, anchor=False)
    [indicator] = [one for one in asked.instrument.indicators if one.id == cell.indicator]
    at = (asked.instrument.id, asked.year, cell.indicator, asked.scope)
    about = (at, asked.codes_of(indicator), asked.span, place)
    offset = filters.offset(_PAGE)
    found = data.ask(evidence_page, *about, (filters.PAGE_SIZE, offset))
    if found.rows.empty and found.total:  # the page of another list
        filters.first_page(_PAGE)
        found = data.ask(evidence_page, *about, (filters.PAGE_SIZE, 0))
    ui.facts(
        f"n = {fmt.count(found.total, 'dokumen')}",
        f"{fmt.number(found.n_pinned)} disematkan",
        f"{fmt.number(found.n_rejected)} ditolak",
        f"{fmt.number(found.n_erased)} lagi dihapus atas permintaan orangnya" if found.n_erased else "",
        ui.through(),
    )
    rows = data.records(found.rows)
    if not rows:
        ui.empty("Tidak ada dokumen di balik angka ini", "Pilih indikator, dimensi, atau tahun lain.")
        return
    said = _comments(at)
    chosen = [
        str(row["doc_id"]) for row in rows if _card(row, said.get(str(row["doc_id"]), []), writing=writing)
    ]
    filters.pager(Page(found.rows, found.total), _PAGE)
    if writing:
        _marking(cell, chosen)


def _comments(at: tuple[str, int, str, str]) -> dict[str, list[Row]]:
    instrument, year, indicator, scope = at
    told: dict[str, list[Row]] = {}
    for row in data.records(data.ask(evidence_comments, instrument, year, indicator, scope)):
        told.setdefault(str(row["doc_id"]), []).append(row)
    return told


def _card(row: Row, said: list[Row], *, writing: bool) -> bool:
    """One document; whether it was chosen."""
    with st.container(border=True, gap="xsmall"):
        title = text.plain(row["title"], 160) or f"{labels.of(labels.KIND, row['kind'])}, tanpa judul"
        chosen = bool(
            writing and st.checkbox(text.markdown(title, 200), key=f"pilih_{_turn()}_{row['doc_id']}")
        )
        if not writing:
            st.markdown(f"**{text.markdown(title, 200)}**")
        if words_of := text.plain(row["excerpt"], 300):
            st.text(words_of)
        ui.facts(
            *cards.labelled(row),
            "advertorial" if row["advertorial"] else "",
            ui.named("dikoreksi oleh", row["corrected_by"]),
            ui.named(words.MARKS[row["mark"]] + " oleh", row["marked_by"]) if row["mark"] else "",
        )
        for one in said:
            st.caption(
                f":material/comment: {text.markdown(one['person'], 60)}, {fmt.day(one['said_at'])}: "
                f"{text.markdown(one['comment'], 300)}"
            )
        if not fmt.is_missing(row["url"]):
            ui.source_link(row["url"])
    return chosen


def _marking(cell: Cell, chosen: list[str]) -> None:
    comment = st.text_input(
        "Catatan (wajib untuk menolak dan mencatat)",
        max_chars=1_000,
        key=f"catatan_bukti_{_turn()}",
        help="Nama, NIK, dan nomor telepon disamarkan sebelum disimpan.",
    )
    st.caption(f"{fmt.count(len(chosen), 'dokumen')} dipilih")
    with st.container(horizontal=True):
        for how, label, icon in _MARKS:
            if st.button(label, icon=icon, key=f"tanda_{how}", disabled=not chosen):
                done(
                    lambda how=how: assessing.mark(cell, chosen, how, comment or ""),  # type: ignore[misc]
                    f"{fmt.count(len(chosen), 'dokumen')} {words.MARKS[how]}.",
                )


def done(work: Callable[[], object], said: str) -> None:
    """Write, and draw the page again with what was done; or say in one sentence why not."""
    try:
        work()
    except (ValueError, LakeError, SettingsError) as problem:
        st.error(text.markdown(problem, 300), icon=":material/error:")
        return
    st.session_state[DONE] = said
    st.session_state[_TURN] = _turn() + 1
    st.rerun()


def _turn() -> int:
    """How often something was done here: after that, what was chosen and typed is empty again."""
    return int(st.session_state.get(_TURN, 0))


def read_only() -> None:
    """Why there is no form here, for those who could have one."""
    if may(data.viewer(), "assess") and not recording.named(data.settings()):
        st.info(recording.READ_ONLY, icon=":material/lock:")
