"""Quick wins: do they go on, are their steps done in time, what stands behind the numbers?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from config.quick_wins import QuickWin
from dashboard import cards, data, filters, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse.assessment.continuity import Kept
from warehouse.assessment.milestones import State, steps
from warehouse.queries import Page
from warehouse.queries.quick_win_life import continuity, quick_win_documents

_STATES: Final[dict[State, str]] = {
    "done": "selesai tepat waktu", "late": "selesai terlambat", "overdue": "lewat tenggat",
    "open": "belum jatuh tempo", "undated": "tanpa tenggat",
}  # fmt: skip
_STAGES: Final = {
    "direncanakan": "direncanakan", "dibangun": "dibangun", "berjalan": "berjalan", "berhenti": "berhenti",
    "belum_diketahui": "tahap belum diketahui",
}  # fmt: skip
_KINDS: Final = {"quick_win": "quick win", "innovation": "inovasi lain"}
_PAGE: Final = "hal_quick_win"


def shown(dimension: str = "") -> list[QuickWin]:
    """Those of a dimension (empty: of all); to an office its own."""
    own = data.viewer().opd
    return [
        one
        for one in data.config().quick_wins
        if (not dimension or one.dimension == dimension) and own in (None, one.opd)
    ]


def draw(wanted: Sequence[QuickWin]) -> None:
    """How they live on, in their order, and the documents behind one of them."""
    st.header("Keberlanjutan", help=terms.CONTINUITY, anchor=False)
    st.caption(
        "Peringkat hanya membedakan bila datanya membedakan; banyaknya berita tidak dihitung sebagai mutu."
    )
    known = {one.id: one for one in wanted}
    found = [one for one in data.ask(continuity, list(known)) if one.life.quick_win in known]
    if not found:
        ui.empty(
            "Tidak ada quick win yang dipantau di sini",
            "Pilih dimensi lain, atau minta admin mendaftarkannya di quick_wins.yaml.",
        )
        return
    ranks = [one.rank for one in found if one.rank is not None]
    unheard = [one for one in found if one.life.silence == "never" and _other(known[one.life.quick_win])]
    for one in found:
        if one not in unheard:
            _card(one, known[one.life.quick_win], ranks)
    if unheard:
        names = ", ".join(text.markdown(one.life.name, 80) for one in unheard)
        st.caption(f"Inovasi lain yang belum pernah disebut: {names}.")
    _documents({one.life.quick_win: one.life.name for one in found if one.life.n_told or one.life.n_around})


def _other(one: QuickWin) -> bool:
    return one.kind == "innovation"


def _card(kept: Kept, entry: QuickWin, ranks: Sequence[int]) -> None:
    life = kept.life
    place = "belum dapat dinilai"
    if kept.rank is not None:
        tied = " (seri)" if ranks.count(kept.rank) > 1 else ""
        place = f"peringkat {fmt.number(kept.rank)} dari {fmt.number(len(ranks))}{tied}"
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{text.markdown(life.name, 80)}** · {_KINDS[entry.kind]} · {place}")
        for flag in life.flags:
            st.markdown(f":material/flag: **Bendera: {text.markdown(flag, 80)}**")
        ui.facts(
            f"{fmt.count(life.n_stories, 'cerita')} dari {fmt.count(life.n_told, 'dokumen')}",
            f"{fmt.number(life.n_advertorial)} advertorial ({fmt.percent(life.advertorial)})"
            if life.n_told
            else "",
            ui.tones(life.n_negative, life.n_neutral, life.n_positive) if life.n_toned else "",
            f"mulai {fmt.day(life.start)}" if life.start else "tanggal mulai belum diketahui",
        )
        st.markdown("\n".join(f"- {text.markdown(reason, 500)}" for reason in kept.reasons))
        _register(entry)


def _register(one: QuickWin) -> None:
    ui.facts(
        _STAGES[one.stage],
        ui.named("penanggung jawab", one.owner),
        ui.named("sasaran", one.target),
        "belum dipastikan" if one.status == "verify" else "",
    )
    for step in steps(one.start, one.milestones, fmt.local_day(data.settings().now)):
        due = f", tenggat {fmt.day(step.due)}" if step.due else ""
        outside = ", di luar satu sampai dua bulan" if step.within is False else ""
        st.caption(
            f":material/flag_circle: {text.markdown(step.name, 120)}: {_STATES[step.state]}{due}{outside}"
        )
    if one.kind == "quick_win" and not one.milestones:
        st.caption("Belum ada tahapan yang didaftarkan.")


def _documents(names: dict[str, str]) -> None:
    if not names:
        return
    chosen = filters.one("Dokumen yang menyebut", "sebutan", names, "Pilih quick win")
    if chosen is None:
        return
    found = data.ask(quick_win_documents, chosen, filters.PAGE_SIZE, filters.offset(_PAGE))
    if found.rows.empty and found.total:  # the page of another list
        filters.first_page(_PAGE)
        found = data.ask(quick_win_documents, chosen, filters.PAGE_SIZE, 0)
    ui.facts(f"n = {fmt.count(found.total, 'dokumen')}", ui.through())
    for row in data.records(found.rows):
        cards.document(row)
    filters.pager(Page(found.rows, found.total), _PAGE)
