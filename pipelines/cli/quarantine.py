"""`pati quarantine`: records that were not kept, why, and one more try."""

from __future__ import annotations

import getpass
from collections import Counter
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pipelines.cli.shared import FAILED, Json, console, failing, print_json, say_error, settings_of
from pipelines.progress import Silent, bars
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries.quarantine import Quarantined

SHOWN = 50
SourceId = Annotated[
    str | None, typer.Option("--source", help="Hanya dari sumber ini (lihat `pati sources`).")
]
Reason = Annotated[str | None, typer.Option("--reason", help="Hanya karena alasan ini, misalnya no_text.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Catatan yang ditolak: alasannya, dan coba lagi.")
    group.command("list", help="Yang masih ditolak, yang terbaru di atas.")(listed)
    group.command("retry", help="Coba lagi sekarang: menurut nomor, sumber, atau alasan.")(retry)
    app.add_typer(group, name="quarantine")


def listed(
    context: typer.Context,
    source: SourceId = None,
    reason: Reason = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Berapa baris yang ditampilkan.")] = SHOWN,
    json: Json = False,
) -> None:
    """List what is in quarantine."""
    settings = settings_of(context)
    found = _found(settings, source, reason)
    if json:
        print_json([asdict(one) for one in found])
        return
    table = Table("Nomor", "Sumber", "Alasan", "Kali", "Catatan", box=None)
    for one in found[:limit]:
        table.add_row(one.record_id[:12], one.source_id, one.reason, str(one.n_times), escape(one.record_key))
    if found:
        console.print(table)
    more = f"; {len(found) - limit} lagi tidak ditampilkan (--limit)" if len(found) > limit else ""
    console.print(f"{len(found)} catatan ditolak{more}.")


def retry(
    context: typer.Context,
    records: Annotated[list[str] | None, typer.Argument(metavar="[NOMOR]...")] = None,
    source: SourceId = None,
    reason: Reason = None,
    everything: Annotated[bool, typer.Option("--all", help="Semua yang masih ditolak.")] = False,
    json: Json = False,
) -> None:
    """Try records again, now."""
    from pipelines.quarantine import try_again

    if not (records or source or reason or everything):
        say_error("Sebutkan nomor catatan, --source, --reason, atau --all; lihat `pati quarantine list`.")
        raise typer.Exit(2)
    settings = settings_of(context)
    found = [one for one in _found(settings, source, reason) if _named(one, records)]
    if not found:
        say_error("Tidak ada catatan ditolak yang cocok; lihat `pati quarantine list`.")
        raise typer.Exit(FAILED)
    with failing():
        if json:
            done = try_again(settings, found, getpass.getuser(), Silent())
        else:
            with bars(console) as shown:
                done = try_again(settings, found, getpass.getuser(), shown)
    if json:
        print_json(done.counts | {"results": [vars_of(one) for one in done.again]})
        return
    counts = done.counts
    console.print(
        f"{counts['n']} catatan: {counts['settled']} beres, {counts['rejected']} ditolak lagi, "
        f"{counts['waiting']} masih menunggu giliran, {counts['no_way']} tidak dapat diminta lagi.",
        soft_wrap=True,
    )
    for sentence, n in Counter(done.no_way.values()).most_common():
        console.print(f"  {n} catatan: {sentence}", markup=False, soft_wrap=True)
    for one in done.again[:SHOWN]:
        console.print(f"  {one.record_id[:12]}  {one.reason}: {one.detail}", markup=False, soft_wrap=True)
    if len(done.again) > SHOWN:
        console.print(f"  … dan {len(done.again) - SHOWN} lagi; lihat `pati quarantine list`.")


def vars_of(one: Quarantined) -> dict[str, str]:
    """What is told of a record that was rejected again."""
    return {"record_id": one.record_id, "reason": one.reason, "detail": one.detail}


def _found(settings: Settings, source: str | None, reason: str | None) -> list[Quarantined]:
    from warehouse.migrate import migrate
    from warehouse.queries.quarantine import quarantine

    with failing(), Lake(settings.home, now=settings.now()) as lake:
        migrate(lake)
        return quarantine(lake, source, reason)


def _named(one: Quarantined, records: list[str] | None) -> bool:
    return not records or any(len(name) >= 6 and one.record_id.startswith(name) for name in records)
