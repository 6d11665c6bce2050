"""What was looked at and not kept, why, and asking for one more try."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from config.retry_ways import NoWayError, way_back
from dashboard import data, labels, people, recording, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import Lake
from warehouse.access import Viewer, may
from warehouse.queries.quarantine import QuarantineCount, Quarantined, quarantine, quarantine_counts
from warehouse.store.quarantine import ask_again

SHOWN: Final = 100
SAID: Final = "karantina_pesan"


def draw() -> None:
    """The section of the page."""
    st.header("Yang ditolak", help=terms.REJECTED)
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    counts = data.ask(quarantine_counts)
    if not counts:
        ui.empty(
            "Tidak ada yang ditolak", "Catatan yang tidak disimpan akan tampil di sini dengan alasannya."
        )
        return
    ui.table(
        {
            "Sumber": [text.cell(one.source_id, 80) for one in counts],
            "Alasan": [text.cell(labels.of(labels.REASON, one.reason), 80) for one in counts],
            "Banyaknya": [one.n for one in counts],
            "Menunggu dicoba lagi": [one.n_asked for one in counts],
        },
        name="yang-ditolak",
    )
    if not may(data.viewer(), "sources"):
        return
    chosen = st.selectbox(
        "Lihat catatan dan coba lagi",
        range(len(counts)),
        format_func=lambda index: _named(counts[index]),
        index=None,
        placeholder="Pilih sumber dan alasannya",
    )
    if chosen is not None:
        _records(counts[chosen])


def _named(group: QuarantineCount) -> str:
    reason = text.plain(labels.of(labels.REASON, group.reason), 80)
    return f"{text.plain(group.source_id, 80)}: {reason} ({fmt.number(group.n)})"


def _records(group: QuarantineCount) -> None:
    """The records behind one count."""
    found = data.ask(quarantine, group.source_id, group.reason, limit=SHOWN)
    if group.n > len(found):
        st.caption(f"{fmt.number(len(found))} yang terbaru dari {fmt.number(group.n)}; semuanya: "
                   "`pati quarantine list` di peladen.")  # fmt: skip
    ui.table(
        {
            "Catatan": [text.cell(one.record_key, 200) for one in found],
            "Keterangan": [text.cell(one.detail, 200) for one in found],
            "Ditolak": [one.n_times for one in found],
            "Terakhir": [fmt.moment(one.last_at) for one in found],
            "Dicoba lagi": [_asked(one) for one in found],
        },
    )
    _form(found)


def _asked(one: Quarantined) -> str:
    if one.asked_at is None:
        return ""
    state = "dalam antrean" if one.lined_at else "menunggu pengumpulan"
    return f"{state}, diminta {text.cell(one.asked_by, 64)} {fmt.moment(one.asked_at)}"


def ways(found: Sequence[Quarantined]) -> tuple[list[Quarantined], list[str]]:
    """Those that can be tried again, and why the others cannot, each sentence once."""
    sources = {source.id: source for source in data.config().sources}
    able: list[Quarantined] = []
    why: dict[str, None] = {}
    for one in found:
        try:
            way_back(sources.get(one.source_id), one.reason, one.record_key)
        except NoWayError as problem:
            why[str(problem)] = None
            continue
        able.append(one)
    return able, list(why)


def _form(found: Sequence[Quarantined]) -> None:
    able, why = ways(found)
    for sentence in why:
        st.caption(f":material/block: {text.markdown(sentence, 300)}")
    waiting = [one for one in able if one.asked_at is None]
    if not waiting:
        return
    by = people.current("sources")
    if by is None:
        st.info(recording.READ_ONLY, icon=":material/lock:")
        return
    by_id = {one.record_id: one for one in waiting}
    with st.form("coba_lagi", border=False):
        wanted = st.multiselect(
            "Catatan yang dicoba lagi",
            list(by_id),
            format_func=lambda key: text.plain(by_id[key].record_key, 120),
            placeholder="Semua yang di atas",
        )
        sent = st.form_submit_button("Coba lagi", icon=":material/replay:")
    if not sent:
        return
    ids = wanted or list(by_id)

    def work(lake: Lake, _: Viewer) -> int:
        return ask_again(lake, ids, by, lake.now)

    n = data.change("sources", work, detail=f"quarantine retry n={len(ids)}")
    st.session_state[SAID] = (
        f"{fmt.count(n, 'catatan')} dicoba lagi pada pengumpulan berikutnya, atau sekarang juga dengan "
        "`pati run` di peladen. Yang ditolak lagi tetap di sini dengan alasan barunya."
    )
    st.rerun()
