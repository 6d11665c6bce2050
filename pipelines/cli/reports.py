"""`pati report` beyond writing one: review, approve, send, what was sent, the archive."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipelines.cli.shared import FAILED, USAGE, Json, console, failing, print_json, say_error, settings_of

if TYPE_CHECKING:
    from warehouse import Lake
    from warehouse.queries import Week

STATE = {"draft": "draf", "reviewed": "diperiksa", "approved": "disetujui", "sent": "terkirim"}
DELIVERED = {
    "intended": "sedang dikirim", "sent": "terkirim", "failed": "GAGAL", "unsure": "mungkin sudah terkirim",
    "released": "akan dikirim lagi",
}  # fmt: skip

HEADINGS = (
    "Laporan", "Edisi", "Ke-", "Penerima", "Lewat", "Keadaan", "Percobaan", "Terakhir", "Oleh", "Keterangan",
)  # fmt: skip

WeekName = Annotated[
    str | None, typer.Option("--week", help="Misalnya 2026-W46; bawaan: minggu lengkap terakhir.")
]
Who = Annotated[str | None, typer.Option("--by", help="Siapa; bawaan: nama pengguna komputer ini.")]


def add(group: typer.Typer) -> None:
    """Add the commands of this module to `pati report`."""
    group.command("review", help="Tandai laporan sudah diperiksa; bukan oleh yang menyuntingnya.")(review)
    group.command("approve", help="Setujui laporan dan simpan edisinya di arsip.")(approve)
    group.command("send", help="Kirim edisi yang disetujui, sekali ke tiap penerima.")(send)
    group.command("deliveries", help="Apa yang terkirim, gagal, atau meragukan.")(deliveries)
    group.command("archive", help="Edisi yang disetujui; --out menyalin berkasnya persis seperti aslinya.")(
        archive
    )


def review(context: typer.Context, week: WeekName = None, by: Who = None) -> None:
    """Say that a report was reviewed."""
    from dashboard.report.editions import report_id
    from warehouse.store.report_events import ReportStep, take_step

    with _working(context, week) as (lake, chosen):
        done = take_step(lake, report_id(chosen), ReportStep("reviewed"), by or getpass.getuser())
    console.print(f"Laporan {chosen.iso}: {STATE[done.state]}.")


def approve(context: typer.Context, week: WeekName = None, by: Who = None) -> None:
    """Approve a report: its edition is written and archived."""
    from dashboard.report.editions import approve as settle

    settings = settings_of(context)
    with _working(context, week) as (lake, chosen):
        done = settle(lake, settings.config, chosen, by or getpass.getuser())
    console.print(f"Laporan {chosen.iso}: {STATE[done.state]}, edisi {done.edition} ada di arsip.")


def send(
    context: typer.Context,
    week: WeekName = None,
    due: Annotated[
        bool, typer.Option("--due", help="Untuk penjadwal: kirim bila sudah waktunya dan disetujui.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Kirim sekali lagi ke semua penerima.")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="Kirim lagi yang mungkin sudah terkirim.")] = False,
    by: Who = None,
    json: Json = False,
) -> None:
    """Send a report; status 1 if somebody did not get it."""
    from pipelines.report_sending import send_due, send_report

    if due and (week or again or unsure):
        say_error(
            "--due memilih minggunya sendiri dan tidak mengirim ulang; pakai tanpa --week, --again, --unsure."
        )
        raise typer.Exit(USAGE)
    settings, who = settings_of(context), by or getpass.getuser()
    with _working(context, week) as (lake, chosen):
        if due:
            done = send_due(lake, settings, by or "jadwal")
        else:
            done = send_report(lake, settings, chosen, who, again=again, release=unsure)
    if json:
        print_json({**asdict(done), "message": done.message})
    else:
        console.print(done.message, markup=False, soft_wrap=True)
    if done.n_failed or done.n_unsure or done.problems or (done.said and not due):
        raise typer.Exit(FAILED)


def deliveries(context: typer.Context, week: WeekName = None, json: Json = False) -> None:
    """What became of every message; all reports without `--week`."""
    from dashboard.format import moment
    from dashboard.report.editions import report_id
    from warehouse.queries import records
    from warehouse.queries.report_events import report_deliveries

    with _working(context, week) as (lake, chosen):
        found = report_deliveries(lake, report_id(chosen) if week else None)
    if json:
        print_json(found)
        return
    if found.empty:
        console.print("Belum ada yang dikirim.")
        return
    table = Table(box=None, pad_edge=False)
    for heading in HEADINGS:
        table.add_column(heading)
    for row in records(found):
        table.add_row(
            row["report_id"], str(row["edition"]), str(row["round"]), row["shown"], row["service"],
            DELIVERED[row["state"]], str(row["n_tries"]), moment(row["last_at"]), row["person"],
            row["detail"],
        )  # fmt: skip
    console.print(table)


def archive(
    context: typer.Context,
    week: WeekName = None,
    out: Annotated[Path | None, typer.Option("--out", help="Salin berkas edisi terbaru ke sini.")] = None,
    json: Json = False,
) -> None:
    """List what was approved; with `--out` copy the newest edition of a week, checked by its checksums."""
    from dashboard.report import ReportError
    from dashboard.report.editions import archived, newest_edition, report_id
    from warehouse.queries.report_events import report_files

    with _working(context, week) as (lake, chosen):
        if out is None:
            files = report_files(lake, report_id(chosen) if week else None)
        else:
            files = list(newest_edition(lake, chosen))
            contents = {}
            try:
                contents = {one.name: archived(lake.home, one) for one in files}
            except ReportError as problem:
                say_error(str(problem))
                raise typer.Exit(FAILED) from None
            out.mkdir(parents=True, exist_ok=True)
            for name, content in contents.items():
                (out / Path(name).name).write_bytes(content)
    if json:
        print_json([asdict(one) for one in files])
        return
    for one in files:
        console.print(
            f"{one.report_id} edisi {one.edition}  {one.sha256}  {one.n_bytes} bita  {one.name}",
            markup=False, soft_wrap=True,
        )  # fmt: skip
    if not files:
        console.print("Arsip kosong: belum ada laporan yang disetujui.")


@contextmanager
def _working(context: typer.Context, week: str | None) -> Iterator[tuple[Lake, Week]]:
    """The lake opened for writing, and the week; what goes wrong becomes one sentence."""
    from dashboard.report import ReportError
    from pipelines.run import open_lake
    from warehouse import lake_exists
    from warehouse.errors import LakeMissingError
    from warehouse.queries import Week, last_complete_week

    settings = settings_of(context)
    try:
        chosen = Week.parse(week) if week else last_complete_week(settings.now())
    except ValueError as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    with failing():
        if not lake_exists(settings.home):
            raise LakeMissingError(settings.home)
        with open_lake(settings) as lake:
            try:
                yield lake, chosen
            except (ReportError, ValueError) as problem:
                say_error(str(problem))
                raise typer.Exit(FAILED) from None
