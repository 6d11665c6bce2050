"""The scored comparison of quick wins: what judges gave, how far they agree, and the form of a judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from config.quick_wins import Judging, QuickWin
from dashboard import assessing, data, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.evidence_cards import done
from warehouse.assessment.comparison import Standing
from warehouse.queries.quick_win_life import compared, judgement_history, own_scores

_CHOSEN: Final = {True: "ya", False: "tidak", None: "terbuka"}


def draw(wanted: Sequence[QuickWin], year: int, *, writing: bool) -> None:
    """Where quick wins stand, why, and the form of whoever may judge."""
    rules = data.config().judging
    names = {one.id: one.name for one in wanted if one.kind == "quick_win"}
    st.header("Perbandingan oleh juri", help=terms.JUDGING, anchor=False)
    if rules is None or not names:
        ui.empty("Tidak ada yang dibandingkan", "Dimensi ini belum memiliki quick win; pilih dimensi lain.")
        return
    st.caption(
        f"Sedikitnya {fmt.count(rules.judges, 'juri')} menilai semua kriteria; {fmt.number(rules.best)} "
        f"terbaik dipilih. {text.markdown(rules.note, 200)}"
    )
    _standings(data.ask(compared, rules, year, list(names)), names, rules, year)
    if writing:
        _judge(rules, year, names)


def _standings(found: list[Standing], names: dict[str, str], rules: Judging, year: int) -> None:
    ui.table(
        {
            "Quick win": [text.cell(names[one.quick_win], 80) for one in found],
            "Peringkat": [fmt.number(one.rank) for one in found],
            "Nilai dari 100": [fmt.number(one.total, 1) for one in found],
            "Juri lengkap": [one.n_judges for one in found],
            "Selisih antarjuri": [fmt.number(one.spread, 1) for one in found],
            "Terpilih": [_CHOSEN[one.chosen] for one in found],
        },
        name="perbandingan-quick-win",
    )
    criteria = {one.id: one.name for one in rules.criteria}
    for one in found:
        with st.expander(f"Alasan: {text.markdown(names[one.quick_win], 80)}"):
            st.markdown("\n".join(f"- {text.markdown(said, 400)}" for said in one.reasons))
            _history(year, one.quick_win, criteria)


def _history(year: int, quick_win: str, criteria: dict[str, str]) -> None:
    """Who gave what, when, and why: what was given before stays."""
    rows = data.records(data.ask(judgement_history, year, quick_win))
    if not rows:
        return
    ui.table(
        {
            "Waktu": [fmt.moment(row["judged_at"]) for row in rows],
            "Juri": [text.cell(row["judge"], 60) for row in rows],
            "Kriteria": [text.cell(criteria.get(row["criterion"], row["criterion"]), 80) for row in rows],
            "Nilai": ["ditarik" if row["score"] is None else fmt.number(row["score"]) for row in rows],
            "Alasan": [text.cell(row["remark"] or "", 300) for row in rows],
        }
    )


def _judge(rules: Judging, year: int, names: dict[str, str]) -> None:
    with st.expander("Nilai sebagai juri"):
        quick_win = st.selectbox(
            "Quick win", list(names), format_func=names.__getitem__, key="quick_win_juri"
        )
        own = data.ask(own_scores, year, quick_win, data.viewer().user)
        with st.form(f"juri_{year}_{quick_win}", enter_to_submit=False):
            scores = {}
            for one in rules.criteria:
                options = list(range(one.least, one.most + 1))
                at = options.index(own[one.id]) if own.get(one.id) in options else None
                scores[one.id] = st.radio(
                    f"{one.name} (bobot {fmt.number(one.weight)})", options, index=at, horizontal=True
                )
            remark = st.text_input("Alasan juri", max_chars=1_000)
            sent = st.form_submit_button("Simpan penilaian", icon=":material/check:")
        if sent:
            given = {name: score for name, score in scores.items() if score is not None}
            done(lambda: assessing.judge(rules, year, quick_win, given, remark or ""), "Penilaian tersimpan.")
        if own and st.button("Tarik penilaian saya", icon=":material/undo:", key="tarik_penilaian"):
            none = dict.fromkeys(own)
            done(lambda: assessing.judge(rules, year, quick_win, none, ""), "Penilaian ditarik.")
