"""Sumber & kesehatan: may the numbers be trusted, and if not, which source is missing?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from dashboard import data, labels, quarantine, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries


def coverage() -> None:
    """How much of what should be watched is in reach."""
    now = data.ask(queries.status)
    n = f"n = {fmt.count(now.n_sources, 'sumber aktif')}"
    about = f"{fmt.number(now.n_relevant)} tentang Pati"
    undated = ui.Link(ui.NEWS, "Lihat daftarnya", {"tampil": "Dokumen", "tanpa_tanggal": "true"})
    of_about = f"n = {fmt.count(now.n_relevant, 'dokumen')}"
    ui.tiles(
        [
            ui.Tile("Sumber baik", fmt.number(now.n_sources_ok), n, terms.SOURCES_OK),
            ui.Tile("Terbaca", fmt.number(now.n_sources_reachable), n, terms.SOURCES_REACHABLE),
            ui.Tile("Dokumen", fmt.number(now.n_documents), about, terms.DOCUMENTS),
            ui.Tile("Tanpa tanggal", fmt.number(now.n_undated), of_about, terms.UNDATED, rows=undated),
        ]
    )  # fmt: skip
    ui.facts(
        f"Pemuatan terakhir {fmt.moment(now.last_load_at)}",
        ui.named("model", now.model_version) or "belum ada model label",
    )


def seen(moment: datetime | None, shown: Callable[[datetime | None], str]) -> str:
    """When something happened last, or that it never did."""
    return "belum pernah" if moment is None else shown(moment)


def verdicts() -> None:
    """The verdict on every source, worst first."""
    st.header("Keadaan tiap sumber", help=terms.NORM)
    frame = data.ask(queries.sources)
    if frame.empty:
        ui.empty("Belum ada sumber", "Daftar sumber dimuat dari config pada `pati run` pertama.")
        return
    rows = data.records(frame)
    for row in rows:
        if row["verdict"] in ("hilang", "diblokir", "rusak", "sepi"):
            name, meaning = labels.VERDICT[row["verdict"]]
            with st.container(border=True, gap="xsmall"):
                st.markdown(f":material/warning: **{text.markdown(row['name'], 80)}** — {name}: {meaning}.")
                ui.facts(
                    f"terakhir terbaca {seen(row['last_success_at'], fmt.moment)}",
                    f"terbitan terakhir {seen(row['last_item_at'], fmt.day)}",
                    f"biasanya {fmt.number(row['norm_per_week'], 1)} per minggu",
                )
                if problem := text.plain(row["last_error"], 200):
                    st.text(f"Pesan: {problem}")
    st.caption("Pilih baris untuk membuka dokumennya.")
    chosen = ui.table(
        {
            "Sumber": [text.cell(row["name"], 80) for row in rows],
            "Keadaan": [labels.VERDICT[row["verdict"]][0] for row in rows],
            "Jenis": [labels.of(labels.SOURCE_KIND, row["kind"]) for row in rows],
            "Minggu lalu": [row["n_last_week"] for row in rows],
            "Biasanya": [row["norm_per_week"] for row in rows],
            "Dokumen": [row["n_total"] for row in rows],
            "Terbitan terakhir": [fmt.day(row["last_item_at"]) for row in rows],
            "Terakhir terbaca": [fmt.moment(row["last_success_at"]) for row in rows],
        },
        key="tabel_sumber",
        name="keadaan-sumber",
    )
    for row in (rows[index] for index in chosen):
        wanted = {"tampil": "Dokumen", "sumber": str(row["name"])}
        page = ui.COMPLAINTS if row["kind"] == "complaint" else ui.NEWS
        ui.Link(page, f"Lihat dokumen {text.markdown(row['name'], 60)}", wanted).draw()
    completeness(rows)


def completeness(rows: list[dict[str, Any]]) -> None:
    """How much of what was collected lately has a date, a time, a writer and a text."""
    lately = [row for row in rows if row["n_new_28"]]
    if not lately:
        return
    st.markdown("**Kelengkapan, 28 hari terakhir**", help=terms.COMPLETENESS)
    ui.table(
        {
            "Sumber": [text.cell(row["name"], 80) for row in lately],
            "Terkumpul": [row["n_new_28"] for row in lately],
            "Tanggal": [fmt.percent(row["share_dated"]) for row in lately],
            "Jam terbit": [fmt.percent(row["share_timed"]) for row in lately],
            "Penulis": [fmt.percent(row["share_author"]) for row in lately],
            "Isi": [fmt.percent(row["share_text"]) for row in lately],
        },
    )


def runs() -> None:
    """What the stages did last; in = stored + duplicate + rejected."""
    st.header("Proses terakhir", help=terms.RUNS)
    frame = data.ask(queries.runs, 20)
    if frame.empty:
        ui.empty("Belum ada proses", "Jalankan `pati run` untuk memulai.")
        return
    rows = data.records(frame)
    ui.table(
        {
            "Selesai": [fmt.moment(row["finished_at"]) for row in rows],
            "Tahap": [labels.of(labels.STAGE, row["stage"]) for row in rows],
            "Hasil": [labels.of(labels.RUN_STATUS, row["status"]) for row in rows],
            "Masuk": [row["n_in"] for row in rows],
            "Tersimpan": [row["n_stored"] for row in rows],
            "Baru": [row["n_new"] for row in rows],
            "Ganda": [row["n_duplicate"] for row in rows],
            "Ditolak": [row["n_rejected"] for row in rows],
            "Catatan": [text.cell(row["message"], 200) for row in rows],
        },
    )


ui.header("Sumber & kesehatan", "Dapatkah angka dipercaya, dan sumber mana yang sedang hilang?")
coverage()
verdicts()
runs()
quarantine.draw()
