"""`pati complaints`: what falls due, for each office; to be read, or sent in the morning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipelines.cli.shared import FAILED, USAGE, Json, console, failing, print_json, say_error, settings_of

if TYPE_CHECKING:
    from warehouse.queries import Due

Office = Annotated[str | None, typer.Option("--opd", help="Hanya OPD ini (id seperti dalam opd.yaml).")]
Send = Annotated[
    bool, typer.Option("--send", help="Kirim juga ke penerima peringatan, sekali sehari ke tiap alamat.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Aduan: apa yang jatuh tempo.")
    group.command("due", help="Per OPD: jatuh tempo hari ini, hari kerja berikutnya, dan yang terlambat.")(
        due
    )
    app.add_typer(group, name="complaints")


def due(context: typer.Context, opd: Office = None, send: Send = False, json: Json = False) -> None:
    """Print what is due, and send it."""
    from dataclasses import asdict

    from pipelines.alerting.delivery import notify
    from pipelines.alerting.notices import of_due
    from pipelines.run import open_lake
    from warehouse import lake_exists, queries
    from warehouse.errors import LakeMissingError

    settings = settings_of(context)
    if opd is not None and opd not in {one.id for one in settings.config.opd}:
        say_error(f"OPD '{opd}' tidak dikenal; id-nya ada di opd.yaml, misalnya {settings.config.opd[0].id}.")
        raise typer.Exit(USAGE)
    with failing():
        if not lake_exists(settings.home):
            raise LakeMissingError(settings.home)
        with open_lake(settings) as lake:
            found = [one for one in queries.due_by_office(lake) if opd in (None, one.opd_id)]
            notices = (
                of_due(found, opd, settings.now(), settings.config.alerts.delivery.dashboard) if send else []
            )
            sent = notify(lake, settings, notices)
    if json:
        print_json({"due": [asdict(one) for one in found], "n_sent": sent.n_sent, "n_failed": sent.n_failed})
    else:
        _show(found)
        if send:
            console.print(sent.message or _unsent(bool(found)), markup=False, soft_wrap=True)
    if sent.n_failed or sent.problems:
        raise typer.Exit(FAILED)


def _unsent(found: bool) -> str:
    if not found:
        return "Tidak ada yang perlu dikirim."
    return "Tidak ada pesan baru: sudah terkirim hari ini, atau belum ada penerima (lihat docs/alerts.md)."


def _show(found: list[Due]) -> None:
    if not found:
        console.print("Tidak ada aduan yang jatuh tempo atau terlambat.")
        return
    table = Table("OPD", box=None, pad_edge=False)
    for heading in ("Hari ini", f"Sampai {found[0].next_day:%d-%m-%Y}", "Terlambat"):
        table.add_column(heading, justify="right")
    for one in found:
        table.add_row(
            one.opd_short or "(OPD belum ditentukan)", str(one.n_today), str(one.n_next), str(one.n_overdue)
        )
    console.print(table)
