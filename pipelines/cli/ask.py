"""Commands that answer a question about the system: status, doctor."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer
from rich.table import Table

from dashboard.format import moment, number
from pipelines.cli.shared import FAILED, OUTCOME, Json, console, failing, print_json, settings_of

if TYPE_CHECKING:
    from pipelines.overview import Overview


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(help="Ringkasan keadaan: gangguan, data, tahap terakhir, jadwal.")(status)
    app.command(help="Periksa pemasangan dan sarankan perbaikan.")(doctor)


def status(context: typer.Context, json: Json = False) -> None:
    """Show the state of the data, the last run of each stage, the scheduler's jobs, and open faults."""
    from pipelines.overview import overview
    from warehouse import Lake, queries

    settings = settings_of(context)
    seen = overview(settings)
    if not json:
        _faults(seen)
    with failing(), Lake(settings.home, now=settings.now()) as lake:
        now, runs = queries.status(lake), queries.last_runs(lake)
        if json:
            print_json({"status": asdict(now), "runs": runs, **asdict(seen)})
            return
        through = moment(now.data_through) if now.data_through else "belum ada"
        console.print(f"Data sampai {through}")
        console.print(
            f"{number(now.n_documents)} dokumen, {number(now.n_relevant)} tentang Kabupaten Pati; "
            f"{now.n_sources_ok} dari {now.n_sources} sumber aktif dalam keadaan baik; "
            f"{now.n_alerts_open} peringatan berlaku."
        )
        console.print(_runs(queries.records(runs)))
    if seen.jobs:
        console.print(_jobs(seen))


def _faults(seen: Overview) -> None:
    """What is wrong now, and what was wrong lately; first of all, also where there is no lake."""
    state = "bekerja" if seen.scheduler_alive else "tidak bekerja"
    if seen.scheduled:
        console.print(f"Penjadwal {state}; {len(seen.faults)} gangguan terbuka.")
    for one in seen.faults:
        since = f" (sejak {moment(one.first_at)}, {one.n} kali)" if one.n > 1 else ""
        console.print(f"GANGGUAN: {one.sentence}{since}", style="red", markup=False, soft_wrap=True)
    for one in seen.over:
        console.print(
            f"Sudah berakhir {moment(one.over_at)}: {one.sentence}", style="dim", markup=False, soft_wrap=True
        )


def _runs(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Tahap", "Selesai", "Hasil", "Masuk", "Disimpan", "Sudah ada", "Ditolak", "Keterangan"):
        table.add_column(heading)
    for row in rows:
        counts = (str(row[name]) for name in ("n_in", "n_stored", "n_duplicate", "n_rejected"))
        table.add_row(row["stage"], moment(row["finished_at"]), row["status"], *counts, row["message"])
    return table


def _jobs(seen: Overview) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Pekerjaan", "Terakhir", "Hasil", "Berhasil terakhir", "Berikutnya", "Keterangan"):
        table.add_column(heading)
    for one in seen.jobs:
        following = "sekarang" if one.due else moment(one.next_at)
        at_work = f" (bekerja sejak {moment(one.running_at)})" if one.running_at else ""
        table.add_row(
            one.job, moment(one.began_at), OUTCOME.get(one.outcome or "", "belum pernah") + at_work,
            moment(one.success_at), following, one.message,
        )  # fmt: skip
    return table


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
