"""`pati run` and one command per stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table

from config.zones import WIB
from crawlers.context import Period
from pipelines.cli.shared import Json, console, failing, print_json, settings_of
from pipelines.progress import Silent, bars
from pipelines.result import STAGES, StageResult
from pipelines.scope import Scope

HELP = {
    "collect": "Kumpulkan berita, video, dan berkas dari semua sumber aktif.",
    "load": "Muat hasil pengumpulan ke gudang data.",
    "enrich": "Beri label topik, OPD, tempat, dan sentimen.",
    "link": "Rangkai berita yang sama menjadi satu cerita.",
    "watch": "Periksa lonjakan dan sumber yang diam.",
    "publish": "Tulis laporan mingguan.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("run", help="Jalankan semua tahap, dari pengumpulan sampai laporan.")(run)
    app.command(help="Isi berita lama dari suatu rentang tanggal; dapat dihentikan dan dilanjutkan.")(
        backfill
    )
    for name in STAGES:
        app.command(name, help=HELP[name])(collect if name == "collect" else _single(name))


BACKFILL = ("collect", "load", "enrich", "link")
"""Stages that old articles go through; they open no alert and change no report that was sent."""

Due = Annotated[
    bool, typer.Option("--due", help="Hanya umpan yang sudah waktunya dibaca (untuk putaran terjadwal).")
]
Sources = Annotated[list[str] | None, typer.Option("--source", help="Hanya sumber ini (boleh diulang).")]


def run(
    context: typer.Context,
    only: Annotated[list[str] | None, typer.Option("--only", help="Hanya tahap ini (boleh diulang).")] = None,
    source: Sources = None,
    due: Due = False,
    json: Json = False,
) -> None:
    """Run all stages in order."""
    unknown = [name for name in only or () if name not in STAGES]
    if unknown:
        raise typer.BadParameter(f"Tahap '{unknown[0]}' tidak dikenal; yang ada: {', '.join(STAGES)}.")
    perform(context, tuple(only) if only else STAGES, source, json=json, scope=Scope(due_only=due))


def backfill(
    context: typer.Context,
    since: Annotated[str, typer.Option("--from", help="Hari pertama, misalnya 2026-01-01.")],
    until: Annotated[str, typer.Option("--to", help="Hari terakhir (ikut diambil).")],
    source: Sources = None,
    json: Json = False,
) -> None:
    """Collect what sources published in a range of days, and take it into the lake.

    The same command goes on where an interrupted one stopped.
    """
    perform(context, BACKFILL, source, json=json, scope=Scope(period=period_of(since, until)))


def period_of(since: str, until: str) -> Period:
    """Whole days of WIB, both ends included.

    Raises:
        typer.BadParameter: a day is not readable, or the range ends before it begins.
    """
    try:
        first, last = (datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=WIB) for day in (since, until))
        return Period(first.astimezone(UTC), (last + timedelta(days=1)).astimezone(UTC))
    except ValueError:
        raise typer.BadParameter(
            f"Rentang '{since}' sampai '{until}' tidak sah; tulis hari sebagai 2026-01-31, "
            "yang awal lebih dulu."
        ) from None


def perform(
    context: typer.Context,
    stages: tuple[str, ...],
    sources: list[str] | None,
    *,
    json: bool,
    scope: Scope | None = None,
) -> None:
    """Run stages with a progress bar and print what they did."""
    from pipelines.run import run_stages

    settings = settings_of(context)
    with failing():
        if json:
            print_json([asdict(result) for result in run_stages(settings, stages, Silent(), sources, scope)])
            return
        with bars(console) as shown:
            results = run_stages(settings, stages, shown, sources, scope)
        console.print(results_table(results))


def results_table(results: list[StageResult]) -> Table:
    """Counts of each stage; they add up from left to right."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Tahap", "Masuk", "Disimpan", "Sudah ada", "Ditolak", "Keterangan"):
        table.add_column(heading, justify="left" if heading in ("Tahap", "Keterangan") else "right")
    for one in results:
        counts = (one.n_in, one.n_stored, one.n_duplicate, one.n_rejected)
        table.add_row(one.stage, *map(str, counts), one.message)
    return table


def _single(name: str) -> Callable[..., None]:
    def command(context: typer.Context, json: Json = False) -> None:
        perform(context, (name,), None, json=json)

    return command


def collect(context: typer.Context, source: Sources = None, due: Due = False, json: Json = False) -> None:
    """Collect, from all active sources or some."""
    perform(context, ("collect",), source, json=json, scope=Scope(due_only=due))
