"""Smart city: what supports an assessment, what did people enter, and do the quick wins go on?"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from config.instrument import Indicator
from dashboard import (
    assessing,
    data,
    evidence_cards,
    filters,
    judging_form,
    pack_form,
    quick_win_cards,
    text,
    ui,
    worksheet_form,
)
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.pack import Request, request, words
from warehouse import queries
from warehouse.access import may
from warehouse.metrics import footnote
from warehouse.queries.evidence_numbers import Narrowed, evidence_numbers
from warehouse.queries.spans import Span
from warehouse.store.assessment import Cell

INDICATORS, WINS, PACKS = "Indikator", "Quick win", "Paket bukti"
ALL: Final = "Semua dimensi"
YEARS: Final = 6


def choose() -> Request:
    """Instrument, dimension and year, kept in the address."""
    config = data.config()
    known = {one.short: one for one in sorted(config.instruments, key=lambda one: not one.dimensions)}
    left, middle, right = st.columns(3)
    short = left.selectbox("Instrumen", list(known), key="instrumen", bind="query-params")
    instrument = known[short]
    names = {config.dimension_by_id(one.id).label: one.id for one in instrument.dimensions}
    dimension = middle.selectbox("Dimensi", [ALL, *names], key="dimensi", bind="query-params")
    this_year = fmt.local_day(data.settings().now).year
    years = list(range(this_year, this_year - YEARS, -1))
    year = right.selectbox("Tahun", years, key="tahun", bind="query-params")
    return request(config, year, instrument=instrument.id, dimension=names.get(dimension, ""))


def period(asked: Request) -> Request:
    """The period of the numbers: the year of the assessment, one of its months, or the last weeks."""
    months = [f"{asked.year}-{month:02}" for month in range(1, 13)]
    names = {str(asked.year): f"Seluruh {asked.year}"}
    names |= {one: fmt.month(Span.parse(one).days(data.settings().now)[0]) for one in months}
    names |= {"weeks_4": "4 minggu penuh terakhir", "weeks_12": "12 minggu penuh terakhir"}
    chosen = filters.one("Periode angka", "periode", names, f"Seluruh {asked.year}")
    return replace(asked, span=Span.parse(chosen or str(asked.year)))


def place() -> tuple[Narrowed | None, str]:
    """An office or a kecamatan that the numbers are about, and its name."""
    choices = data.ask(queries.choices)
    names = {f"opd:{row['key']}": str(row["label"]) for row in data.records(choices["opd"])}
    names |= {f"kecamatan:{row['key']}": f"Kec. {row['label']}" for row in data.records(choices["kecamatan"])}
    chosen = filters.one("OPD atau kecamatan", "tentang", names, "Seluruh kabupaten")
    if chosen is None:
        return None, ""
    kind, _, key = chosen.partition(":")
    return Narrowed("opd" if kind == "opd" else "kecamatan", key), names[chosen]


def numbers(asked: Request, one: Indicator, about: Narrowed | None, named: str) -> None:
    """What of ours may support an indicator, with interval, n and caveat."""
    if one.note:
        st.caption(text.markdown(one.note, 400))
    codes = asked.codes_of(one)
    if not codes:
        ui.empty("Tidak ada angka kita untuk indikator ini", "Isi lembar kerjanya dari sumber lain.")
        return
    found = data.ask(evidence_numbers, codes, asked.span, asked.scope, about)
    config = data.config()
    dimension = config.dimension_by_id(asked.scope).label if asked.scope else ""
    if not found:
        ui.empty("Belum ada angka pada periode ini", "Pilih periode lain, atau tunggu sampai datanya masuk.")
        return
    ui.table(
        {
            "Angka": [words.name(row) for row in found],
            "Nilai": [words.bare(row, row.value) for row in found],
            "Selang 95%": [words.interval(row, words.bare) for row in found],
            "n": [row.n for row in found],
            "Tentang": [text.cell(words.about(row, dimension, named), 120) for row in found],
            "Periode": [words.span(row, "saat ini") for row in found],
        },
        name="angka-bukti",
    )
    if any(row.withheld == "moments_missing" for row in found):
        st.caption(f"Angka yang {fmt.UNAVAILABLE}: {terms.NO_MOMENTS}.")
    with st.expander("Arti dan batas setiap angka"):
        said = dict.fromkeys(footnote(row.metric_id) for row in found)
        st.markdown("\n".join(f"- {text.markdown(line, 1_500)}" for line in said))


def indicators(asked: Request, *, writing: bool) -> None:
    """One indicator: numbers, documents, worksheet."""
    names = {one.id: one.label for one in asked.instrument.indicators}
    ordered = [one.id for one in asked.indicators]
    ordered += [name for name in names if name not in ordered]
    left, middle, right = st.columns(3)
    chosen = left.selectbox(
        "Indikator", ordered, format_func=names.__getitem__, key="indikator", bind="query-params"
    )
    one = asked.instrument.indicator_by_id(chosen)
    cell = Cell(asked.instrument, asked.year, chosen, asked.scope)
    if one.evidence:
        with middle:
            asked = period(asked)
        with right:
            about, named = place()
        numbers(asked, one, about, named)
        evidence_cards.draw(asked, cell, about, writing=writing)
    else:
        numbers(asked, one, None, "")
    worksheet_form.draw(asked, cell, writing=writing)


def assessment() -> None:
    """Everything, for those who may read the worksheet."""
    asked = choose()
    st.caption(terms.NOT_A_SCORE)
    may_write = assessing.may_write()
    evidence_cards.read_only()
    worksheet_form.index(asked)
    part = st.segmented_control(
        "Tampilan",
        [INDICATORS, WINS, PACKS],
        default=INDICATORS,
        required=True,
        key="tampilan",
        bind="query-params",
    )
    if part == WINS:
        wanted = quick_win_cards.shown(asked.scope)
        quick_win_cards.draw(wanted)
        judging_form.draw(wanted, asked.year, writing=may_write)
    elif part == PACKS:
        pack_form.draw(period(asked), writing=may_write)
    else:
        indicators(asked, writing=may_write)


ui.header("Smart city", "Bukti apa yang mendukung penilaian, dan apa yang sudah diisi orang?")
data.ask(queries.status)
if message := st.session_state.pop(evidence_cards.DONE, None):
    st.success(message, icon=":material/check:")
if may(data.viewer(), "assessment"):
    assessment()
else:
    quick_win_cards.draw(quick_win_cards.shown())
