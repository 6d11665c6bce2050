"""`pati report opd`, `monthly` and `quarterly`: the reports beside the weekly one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.reports import WeekName
from pipelines.cli.shared import FAILED, USAGE, Json, console, failing, print_json, say_error, settings_of

if TYPE_CHECKING:
    from dashboard.report.more import Built
    from pipelines.settings import Settings
    from warehouse import Lake
    from warehouse.queries.calendar_periods import Kind

Out = Annotated[Path | None, typer.Option("--out", help="Folder hasil.")]


def add(group: typer.Typer) -> None:
    """Add the commands of this module to `pati report`."""
    group.command("opd", help="Tulis laporan mingguan satu OPD: dua halaman tentang sektornya sendiri.")(opd)
    group.command("monthly", help="Tulis laporan satu bulan.")(monthly)
    group.command("quarterly", help="Tulis laporan satu triwulan.")(quarterly)


def opd(
    context: typer.Context,
    opd_id: Annotated[str, typer.Option("--opd", help="Id OPD seperti di opd.yaml, misalnya dputr.")],
    week: WeekName = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Write the report of one office."""
    from dashboard.report.more import build_office
    from warehouse.queries import Week, last_complete_week

    settings = settings_of(context)
    try:
        chosen = Week.parse(week) if week else last_complete_week(settings.now())
    except ValueError as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    folder = out or settings.reports
    _write(settings, lambda lake: build_office(lake, settings.config, opd_id, chosen, folder), json=json)


def monthly(
    context: typer.Context,
    month: Annotated[
        str | None, typer.Option("--month", help="Misalnya 2026-10; bawaan: bulan lengkap terakhir.")
    ] = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Write the report of a month."""
    _period(context, "month", month, out, json=json)


def quarterly(
    context: typer.Context,
    quarter: Annotated[
        str | None, typer.Option("--quarter", help="Misalnya 2026-Q3; bawaan: triwulan lengkap terakhir.")
    ] = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Write the report of a quarter."""
    _period(context, "quarter", quarter, out, json=json)


def _period(context: typer.Context, kind: Kind, text: str | None, out: Path | None, *, json: bool) -> None:
    from dashboard.report.more import build_period
    from warehouse.queries import CalendarPeriod, last_complete_period

    settings = settings_of(context)
    try:
        chosen = CalendarPeriod.parse(text) if text else last_complete_period(kind, settings.now())
    except ValueError as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    if chosen.kind != kind:
        wanted = "bulan, misalnya 2026-10" if kind == "month" else "triwulan, misalnya 2026-Q3"
        say_error(f"'{text}' bukan {wanted}.")
        raise typer.Exit(USAGE)
    folder = out or settings.reports
    _write(settings, lambda lake: build_period(lake, settings.config, chosen, folder), json=json)


def _write(settings: Settings, build: Callable[[Lake], Built], *, json: bool) -> None:
    from dashboard.report import ReportError
    from pipelines.run import open_lake
    from warehouse import lake_exists
    from warehouse.errors import LakeMissingError

    with failing():
        if not lake_exists(settings.home):
            raise LakeMissingError(settings.home)
        with open_lake(settings) as lake:
            try:
                done = build(lake)
            except ReportError as problem:
                say_error(str(problem))
                raise typer.Exit(FAILED) from None
    if json:
        print_json(asdict(done))
        return
    console.print(
        f"{done.files['.pdf'].stem}, {done.pages} halaman: {done.files['.pdf']}", markup=False, soft_wrap=True
    )
