"""The tiles of the overview: one week in numbers, each with its comparison and its rows."""

from __future__ import annotations

import streamlit as st

from dashboard import data, filters, labels, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import Week, WeekTotal


def compared(total: WeekTotal, week: Week, kind: str) -> str:
    """What a number is compared with; only with weeks that were collected."""
    past = [row for row in data.records(data.ask(queries.history, week)) if row["kind"] == kind]
    if not any(row["has_before"] for row in past):
        return "belum ada minggu pembanding"
    enough = any(row["has_four"] for row in past)
    usual = f", rata-rata 4 minggu {fmt.number(total.mean_4, 1)}" if enough else ""
    change = f" ({fmt.signed_percent(total.change)})"
    return f"minggu lalu {fmt.number(total.n_before)}{change}{usual}"


def kind_tile(kind: str, label: str, noun: str, definition: str, week: Week) -> ui.Tile:
    """The tile of one kind of documents."""
    total = data.ask(queries.week_total, week, (kind,))
    rows = ui.Link(
        ui.NEWS,
        "Lihat daftarnya",
        {"tampil": "Dokumen", "jenis": labels.KIND[kind], **filters.week_range(week)},
    )
    if kind == "complaint":
        days = {"masuk": week.monday.isoformat(), "hingga": week.sunday.isoformat()}
        rows = ui.Link(ui.COMPLAINTS, "Lihat daftarnya", days)
    return ui.Tile(
        label,
        fmt.number(total.n),
        f"n = {fmt.count(total.n, noun)}",
        definition,
        compared(total, week, kind),
        rows if total.n else None,
    )


def numbers(week: Week) -> None:
    """The row of tiles."""
    news = data.ask(queries.week_total, week, ("news",))
    n = f"n = {fmt.count(news.n, 'artikel')}"
    number = fmt.number(news.n_stories)
    once = "salinan tidak dihitung ulang"
    outlets = fmt.number(news.n_sources)
    stories = ui.Link(ui.NEWS, "Lihat daftarnya", {"tampil": "Cerita", **filters.week_range(week)})
    ui.tiles(
        [
            kind_tile("news", "Artikel berita", "artikel", terms.ARTICLES, week),
            ui.Tile("Cerita", number, n, terms.STORIES, once, stories if news.n else None),
            ui.Tile("Media", outlets, n, terms.OUTLETS, "yang menulis tentang Pati"),
            kind_tile("complaint", "Aduan masuk", "aduan", terms.COMPLAINTS, week),
            kind_tile("comment", "Komentar", "komentar", terms.COMMENTS, week),
            kind_tile("social", "Media sosial", "unggahan", terms.POSTS, week),
        ]
    )  # fmt: skip
    if news.n:
        drawer = st.popover(
            "Media yang menulis minggu ini", icon=":material/list:", key="media_minggu", on_change="rerun"
        )
        if not drawer.open:
            return
        with drawer:
            names = data.ask(queries.week_outlets, week)
            ui.table(
                {
                    "Media": [text.cell(name) for name in names["source_name"]],
                    "Artikel": list(names["n"]),
                    "Menulis sendiri": list(names["n_own"]),
                    "Salinan": list(names["n_copies"]),
                },
            )
