"""Commands that answer a question about the system: status, doctor."""

from __future__ import annotations

from dataclasses import asdict

import typer
from rich.table import Table

from dashboard.format import moment, number
from pipelines.cli.shared import FAILED, Json, console, failing, print_json, settings_of


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(help="Ringkasan keadaan: data, tahap terakhir, sumber.")(status)
    app.command(help="Periksa pemasangan dan sarankan perbaikan.")(doctor)


def status(context: typer.Context, json: Json = False) -> None:
    """Show the state of the data and of the last run of each stage."""
    from warehouse import Lake, queries

    settings = settings_of(context)
    with failing(), Lake(settings.home, now=settings.now()) as lake:
        now, runs = queries.status(lake), queries.last_runs(lake)
        if json:
            print_json({"status": asdict(now), "runs": runs})
            return
        through = moment(now.data_through) if now.data_through else "belum ada"
        console.print(f"Data sampai {through}")
        console.print(
            f"{number(now.n_documents)} dokumen, {number(now.n_relevant)} tentang Kabupaten Pati; "
            f"{now.n_sources_ok} dari {now.n_sources} sumber aktif dalam keadaan baik; "
            f"{now.n_alerts_open} peringatan berlaku."
        )
        table = Table(box=None, pad_edge=False)
        for heading in (
            "Tahap",
            "Selesai",
            "Hasil",
            "Masuk",
            "Disimpan",
            "Sudah ada",
            "Ditolak",
            "Keterangan",
        ):
            table.add_column(heading)
        for row in queries.records(runs):
            counts = (str(row[name]) for name in ("n_in", "n_stored", "n_duplicate", "n_rejected"))
            table.add_row(row["stage"], moment(row["finished_at"]), row["status"], *counts, row["message"])
        console.print(table)


def doctor(context: typer.Context, json: Json = False) -> None:
    """Check the installation; exit status 1 if something needs repair."""
    from pipelines.doctor import checks

    found = checks(settings_of(context))
    if json:
        print_json([asdict(check) for check in found])
    else:
        marks = {"ok": "[green]baik[/]", "warn": "[yellow]perhatikan[/]", "fail": "[red]rusak[/]"}
        for check in found:
            console.print(f"{marks[check.verdict]:<22} {check.subject}: ", end="")
            console.print(check.sentence, markup=False)
    if any(check.verdict == "fail" for check in found):
        raise typer.Exit(FAILED)
