"""Quick wins: do they go on, what do judges say, and are their steps done in time?"""

from __future__ import annotations

from typing import Final

import streamlit as st

from config.quick_wins import Judging
from dashboard import assessing, data, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.evidence_cards import done
from warehouse.assessment.comparison import Standing
from warehouse.assessment.continuity import Kept
from warehouse.assessment.milestones import State, steps
from warehouse.queries.quick_win_life import compared, continuity, own_scores
from warehouse.queries.weeks import week_of

_STATES: Final[dict[State, str]] = {
    "done": "selesai tepat waktu", "late": "selesai terlambat", "overdue": "lewat tenggat",
    "open": "belum jatuh tempo", "undated": "tanpa tenggat",
}  # fmt: skip
_STAGES: Final = {
    "direncanakan": "direncanakan", "dibangun": "dibangun", "berjalan": "berjalan", "berhenti": "berhenti",
    "belum_diketahui": "tahap belum diketahui",
}  # fmt: skip


def draw(year: int, dimension: str, *, writing: bool) -> None:
    """All of it: how they live on, then the comparison by judges."""
    config = data.config()
    wanted = [one for one in config.quick_wins if not dimension or one.dimension == dimension]
    names = {one.id: one.name for one in wanted if one.kind == "quick_win"}
    st.subheader("Keberlanjutan", help=terms.CONTINUITY, anchor=False)
    st.caption("Urutan hanya bila datanya membedakan; banyaknya berita tidak dihitung sebagai mutu.")
    found = data.ask(continuity, [one.id for one in wanted])
    if not found:
        ui.empty(
            "Belum ada quick win yang dipantau", "Daftarkan di quick_wins.yaml, lalu jalankan `pati run`."
        )
    for one in found:
        _card(one)
    st.subheader("Perbandingan oleh juri", help=terms.JUDGING, anchor=False)
    if config.judging is None or not names:
        ui.empty("Tidak ada yang dibandingkan", "Isi 'judging' dan quick win dimensi ini di quick_wins.yaml.")
        return
    _standings(config.judging, data.ask(compared, config.judging, year, list(names)), names)
    if writing:
        _judge(config.judging, year, names)


def _card(kept: Kept) -> None:
    life = kept.life
    place = f"peringkat {fmt.number(kept.rank)}" if kept.rank is not None else "belum dapat dinilai"
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{text.markdown(life.name, 80)}** — {place}")
        for flag in life.flags:
            st.markdown(f":material/flag: **Bendera: {text.markdown(flag, 80)}**")
        ui.facts(
            f"{fmt.count(life.n_stories, 'cerita')} dari {fmt.count(life.n_told, 'dokumen')}",
            f"advertorial {fmt.percent(life.advertorial)}",
            ui.tones(life.n_negative, life.n_neutral, life.n_positive),
            f"mulai {fmt.day(life.start)}" if life.start else "tanggal mulai belum diketahui",
        )
        st.markdown("\n".join(f"- {text.markdown(reason, 500)}" for reason in kept.reasons))
        _register(life.quick_win)


def _register(quick_win: str) -> None:
    one = data.config().quick_win_by_id(quick_win)
    ui.facts(
        _STAGES[one.stage],
        ui.named("penanggung jawab", one.owner),
        ui.named("sasaran", one.target),
        "belum dipastikan" if one.status == "verify" else "",
    )
    today = week_of(data.settings().now)
    for step in steps(one, fmt.local_day(data.settings().now)):
        due = f", tenggat {fmt.day(step.due)}" if step.due else ""
        outside = ", di luar satu sampai dua bulan" if step.within is False else ""
        st.caption(
            f":material/flag_circle: {text.markdown(step.name, 120)}: {_STATES[step.state]}{due}{outside}"
        )
    if not one.milestones and today:
        st.caption("Belum ada tahapan yang didaftarkan.")


def _standings(rules: Judging, found: list[Standing], names: dict[str, str]) -> None:
    st.caption(
        f"Sedikitnya {fmt.count(rules.judges, 'juri')} menilai semua kriteria; {fmt.number(rules.best)} "
        f"terbaik dipilih. {text.markdown(rules.note, 200)}"
    )
    chosen = {True: "ya", False: "tidak", None: "terbuka"}
    ui.table(
        {
            "Quick win": [text.cell(names[one.quick_win], 80) for one in found],
            "Peringkat": [fmt.number(one.rank) for one in found],
            "Nilai dari 100": [fmt.number(one.total, 1) for one in found],
            "Juri lengkap": [one.n_judges for one in found],
            "Selisih antarjuri": [fmt.number(one.spread, 1) for one in found],
            "Terpilih": [chosen[one.chosen] for one in found],
        },
        name="perbandingan-quick-win",
    )
    for one in found:
        with st.expander(f"Alasan: {text.markdown(names[one.quick_win], 80)}"):
            st.markdown("\n".join(f"- {text.markdown(_named(said, names), 400)}" for said in one.reasons))


def _named(said: str, names: dict[str, str]) -> str:
    for key, name in names.items():
        said = said.replace(key, name)
    return said


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
