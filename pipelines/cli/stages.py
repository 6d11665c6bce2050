"""`pati run` and one command per stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from pipelines.cli.shared import Json, console, failing, print_json, settings_of
from pipelines.progress import Silent, bars
from pipelines.result import STAGES, StageResult

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
    for name in STAGES:
        app.command(name, help=HELP[name])(collect if name == "collect" else _single(name))


Sources = Annotated[list[str] | None, typer.Option("--source", help="Hanya sumber ini (boleh diulang).")]


def run(
    context: typer.Context,
    only: Annotated[list[str] | None, typer.Option("--only", help="Hanya tahap ini (boleh diulang).")] = None,
    source: Sources = None,
    json: Json = False,
) -> None:
    """Run all stages in order."""
    unknown = [name for name in only or () if name not in STAGES]
    if unknown:
        raise typer.BadParameter(f"Tahap '{unknown[0]}' tidak dikenal; yang ada: {', '.join(STAGES)}.")
    perform(context, tuple(only) if only else STAGES, source, json=json)


def perform(
    context: typer.Context, stages: tuple[str, ...], sources: list[str] | None, *, json: bool
) -> None:
    """Run stages with a progress bar and print what they did."""
    from pipelines.run import run_stages

    settings = settings_of(context)
    with failing():
        if json:
            print_json([asdict(result) for result in run_stages(settings, stages, Silent(), sources)])
            return
        with bars(console) as shown:
            results = run_stages(settings, stages, shown, sources)
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


def collect(context: typer.Context, source: Sources = None, json: Json = False) -> None:
    """Collect, from all active sources or some."""
    perform(context, ("collect",), source, json=json)
