"""`pati schedule` and `pati heartbeat`: what runs when nobody looks, and whether it does."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from pipelines.cli.shared import (
    FAILED,
    OUTCOME,
    USAGE,
    Json,
    console,
    failing,
    print_json,
    say_error,
    settings_of,
)
from pipelines.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(help="Jalankan semua pada waktunya menurut schedule.yaml, sampai dihentikan.")(schedule)
    app.command(help="Tanda hidup: apakah sistem masih bekerja; --check untuk penjadwal lain.")(heartbeat)


def schedule(
    context: typer.Context,
    once: Annotated[
        bool,
        typer.Option("--once", help="Kerjakan yang sudah waktunya, lalu selesai (cron, Task Scheduler)."),
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="Tunjukkan waktu berikutnya tiap pekerjaan.")] = False,
    json: Json = False,
) -> None:
    """Run the stages at their times."""
    from pipelines.logs import to_file
    from pipelines.privacy import key_masker
    from pipelines.scheduling.engine import Engine
    from pipelines.scheduling.serving import served

    settings = settings_of(context)
    if list_:
        _listed(settings, json=json)
        return
    if once and json:
        say_error("--json hanya untuk --list.")
        raise typer.Exit(USAGE)
    with failing():
        to_file(settings.logs, "schedule", key_masker(settings.config), secrets=settings.secrets())
        engine = Engine(settings, _say)
        if once:
            if not engine.once():
                raise typer.Exit(FAILED)
            return
        with served(settings.config.schedule.port, lambda: (engine.settings, engine.known), _say):
            _say(f"Penjadwal bekerja di {settings.home}; Ctrl+C untuk berhenti.")
            engine.serve()
        _say("Penjadwal berhenti.")


def _say(sentence: str) -> None:
    console.print(sentence, markup=False, soft_wrap=True)


def _listed(settings: Settings, *, json: bool) -> None:
    from dashboard.format import moment
    from pipelines.overview import jobs_of
    from pipelines.scheduling import book

    rows = jobs_of(settings, book.read(settings.home))
    if json:
        print_json([asdict(row) for row in rows])
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("Pekerjaan", "Berikutnya", "Berhasil terakhir", "Hasil terakhir"):
        table.add_column(heading)
    for row in rows:
        following = "sekarang" if row.due else moment(row.next_at)
        table.add_row(
            row.job, following, moment(row.success_at), OUTCOME.get(row.outcome or "", "belum pernah")
        )
    console.print(table)


def heartbeat(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Keluar dengan status 1 bila sistem diam terlalu lama.")
    ] = False,
    tell: Annotated[
        bool, typer.Option("--tell", help="Bersama --check: beri tahu penerima peringatan, sekali tiap diam.")
    ] = False,
    json: Json = False,
) -> None:
    """Say whether the system is alive."""
    from dashboard.format import moment
    from pipelines.scheduling import book
    from pipelines.scheduling import heartbeat as pulse
    from pipelines.scheduling.lock import is_alive

    settings = settings_of(context)
    if tell and not check:
        say_error("--tell hanya bersama --check.")
        raise typer.Exit(USAGE)
    fault, known = pulse.silent(settings), book.read(settings.home)
    if json:
        facts = {"alive": is_alive(settings), "last_run": known.success_at("run"), "since": known.since}
        print_json({**facts, "fault": asdict(fault) if fault else None})
    elif fault is None:
        last = known.success_at("run")
        _say(f"Putaran terakhir yang berhasil: {moment(last)}." if last else "Belum ada putaran terjadwal.")
    if fault is not None:
        say_error(fault.sentence)
        if tell:
            with failing():
                sent = pulse.tell(settings, fault)
                _say(
                    sent.message or "Belum ada penerima peringatan."
                    if sent
                    else "Sudah diberitahukan sebelumnya."
                )
        if check:
            raise typer.Exit(FAILED)
