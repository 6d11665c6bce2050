"""The worksheet of one indicator: what was entered, by whom, and the forms to enter and to review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from config.instrument import Scale
from dashboard import assessing, data, labels, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.evidence_cards import done
from dashboard.pack import words
from dashboard.pack.facts import Request
from warehouse.queries.assessment import Assessed, assessed, worksheet, worksheet_history
from warehouse.queries.evidence_documents import evidence_documents
from warehouse.store.assessment import LONGEST, Cell

Row = Mapping[str, Any]


def index(asked: Request) -> None:
    """The index out of what people entered; open while somebody has yet to enter."""
    found: Assessed = data.ask(assessed, asked.instrument, asked.year, asked.scope)
    now, change = found.index, found.improvement
    missing = len(now.missing)
    filled = (
        f"{fmt.number(len(asked.instrument.indicators) - missing)} dari {len(asked.instrument.indicators)}"
    )
    ui.tiles(
        [
            ui.Tile(
                f"Indeks {now.year}",
                words.score(now.value) if now.value is not None else "terbuka",
                f"diisi {filled}",
                terms.INDEX,
                "" if now.final or now.value is None else "belum semua ditinjau orang lain",
            ),
            ui.Tile(
                f"Perubahan dari {now.year - 1}",
                fmt.signed(change.value, 2) if change.value is not None else "terbuka",
                "selisih dua indeks",
                terms.IMPROVEMENT,
                "" if change.same_weights or change.value is None else "bobot kedua tahun berbeda",
            ),
        ],
        width=240,
    )
    for why in (now.why_open, change.why_open):
        if why:
            st.caption(f":material/info: {text.markdown(why, 300)}")


def draw(asked: Request, cell: Cell, *, writing: bool) -> None:
    """What stands, and the forms of whoever may write."""
    st.header("Lembar kerja", help=terms.WORKSHEET, anchor=False)
    instrument, year, scope = asked.instrument.id, asked.year, asked.scope
    entries = {row["indicator"]: row for row in data.records(data.ask(worksheet, instrument, year, scope))}
    entry = entries.get(cell.indicator)
    history = data.records(data.ask(worksheet_history, instrument, year, cell.indicator, scope))
    _standing(entry)
    if writing:
        if entry:
            _review(cell, entry)
        _enter(asked, cell, entry, history[-1]["position"] if history else -1)
    if history:
        _told(history)


def _standing(entry: Row | None) -> None:
    if entry is None:
        ui.empty("Belum diisi", "Indeks tetap terbuka sampai seseorang mengisinya; kosong bukan nol.")
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**Nilai {words.score(entry['score'])}** — {words.REVIEW[entry['review']]}")
        st.text(text.plain(entry["justification"], LONGEST))
        ui.facts(
            f"diisi {text.markdown(entry['person'], 60)}, {fmt.moment(entry['entered_at'])}",
            f"isian ke-{fmt.number(entry['n_entries'])}",
            f"{fmt.count(len(entry['doc_ids']), 'dokumen')} bukti",
            ui.named("ditinjau", entry["reviewer"]),
        )
        if entry["remark"]:
            st.text(f"Catatan peninjau: {text.plain(entry['remark'], LONGEST)}")


def _review(cell: Cell, entry: Row) -> None:
    position = int(entry["position"])
    if entry["person"].casefold() == data.viewer().user.casefold():
        st.caption("Isian Anda sendiri; orang lain yang meninjaunya.")
        if st.button("Tarik isian", icon=":material/undo:", key="tarik_isian"):
            done(lambda: assessing.withdraw(cell, position), "Isian ditarik; tempatnya terbuka lagi.")
        return
    if entry["review"] is not None:
        return
    remark = st.text_area(
        "Catatan peninjau (wajib bila dikembalikan)", max_chars=LONGEST, key=f"tinjau_{position}"
    )
    with st.container(horizontal=True):
        if st.button("Terima isian", icon=":material/check:", key="terima_isian"):
            done(lambda: assessing.review(cell, position, "accepted", remark or ""), "Isian diterima.")
        if st.button("Kembalikan isian", icon=":material/reply:", key="kembalikan_isian"):
            done(lambda: assessing.review(cell, position, "returned", remark or ""), "Isian dikembalikan.")


def _enter(asked: Request, cell: Cell, entry: Row | None, seen: int) -> None:
    pinned = _pinned(asked, cell)
    with st.form(f"isian_{cell.about}_{seen}", enter_to_submit=False):
        score = _score(cell.instrument.scale_of(cell.indicator), entry)
        why = st.text_area("Alasan", max_chars=LONGEST, help="Data pribadi disamarkan sebelum disimpan.")
        proof = st.multiselect(
            "Bukti yang dilampirkan (yang disematkan)",
            list(pinned),
            default=list(pinned),
            format_func=lambda doc_id: pinned.get(doc_id, doc_id),
            placeholder="Belum ada dokumen yang disematkan",
        )
        sent = st.form_submit_button("Simpan isian", icon=":material/check:")
    if not sent:
        return
    if score is None:
        st.error("Pilih tingkatnya dahulu.", icon=":material/error:")
        return
    done(lambda: assessing.enter(cell, score, why or "", proof, seen), "Isian tersimpan; menunggu tinjauan.")


def _pinned(asked: Request, cell: Cell) -> dict[str, str]:
    """Titles of the pinned documents, by id."""
    at = (asked.instrument.id, asked.year, cell.indicator, asked.scope)
    rows = data.records(data.ask(evidence_documents, [], *at).rows)
    return {
        str(row["doc_id"]): text.cell(row["title"] or row["excerpt"], 60)
        or f"{labels.of(labels.KIND, row['kind'])} {fmt.day(row['dated_at'])}"
        for row in rows
        if row["mark"] == "pinned"
    }


def _score(scale: Scale, entry: Row | None) -> float | None:
    held = None if entry is None else float(entry["score"])
    if scale.levels:
        names = {float(one.level): f"{one.level} {one.name}" for one in scale.levels}
        options = list(names)
        at = options.index(held) if held in names else None
        return st.selectbox(
            scale.name, options, index=at, format_func=lambda one: names[one], placeholder="Pilih"
        )
    ends = f"{scale.name} ({words.score(scale.least)} sampai {words.score(scale.most)})"
    return st.number_input(ends, scale.least, scale.most, value=held, step=0.01, format="%.2f")


def _told(history: list[dict[str, Any]]) -> None:
    with st.expander(f"Riwayat isian ({fmt.count(len(history), 'catatan')})"):
        ui.table(
            {
                "Waktu": [fmt.moment(row["entered_at"]) for row in history],
                "Apa": [words.ACTIONS[row["action"]] for row in history],
                "Nilai": [words.score(row["score"]) for row in history],
                "Oleh": [text.cell(row["person"], 60) for row in history],
                "Alasan": [text.cell(row["justification"], 300) for row in history],
            }
        )
