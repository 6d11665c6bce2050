"""`pati import`: put a file from a person into the lake."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.shared import FAILED, USAGE, Json, console, failing, print_json, say_error, settings_of
from pipelines.cli.stages import results_table
from pipelines.progress import Silent, bars

SHOWN_REJECTIONS = 20

File = Annotated[Path, typer.Argument(metavar="FILE", help="Berkas yang diimpor.")]
Format = Annotated[str | None, typer.Option("--format", help="Bentuk berkas, bila akhirannya tidak cukup.")]
SourceId = Annotated[str, typer.Option("--source", help="Nama sumber yang dicatat.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Hanya tampilkan apa yang terbaca; tidak menyimpan.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Impor berkas: aduan atau kiriman media sosial.")
    group.command("complaints", help="Impor aduan: SP4N-LAPOR! xlsx, obrolan WhatsApp, atau CSV.")(complaints)
    group.command("social", help="Impor kiriman media sosial dari CSV.")(social)
    app.add_typer(group, name="import")


def complaints(
    context: typer.Context,
    file: File,
    format_: Format = None,
    source: SourceId = "impor-aduan",
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Import complaints."""
    _import(context, "complaints", file, format_, source, dry_run=dry_run, json=json)


def social(
    context: typer.Context,
    file: File,
    format_: Format = None,
    source: SourceId = "impor-medsos",
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Import social posts."""
    _import(context, "social", file, format_, source, dry_run=dry_run, json=json)


def _import(
    context: typer.Context,
    what: str,
    file: Path,
    named: str | None,
    source: str,
    *,
    dry_run: bool,
    json: bool,
) -> None:
    from pipelines.importing import guess_format, preview, read, store

    settings = settings_of(context)
    try:
        format_ = guess_format(file, what, named)
    except ValueError as err:  # an unknown ending or format
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    with failing():
        records = read(settings, file, format_, source)
        found = preview(records, format_)
        if dry_run:
            results = []
        elif json:
            results = store(settings, records, source, Silent())
        else:
            with bars(console) as shown:
                results = store(settings, records, source, shown)
    if json:
        print_json({"preview": asdict(found), "results": [asdict(one) for one in results]})
    else:
        console.print(
            f"{found.n_in} catatan terbaca sebagai {format_}: {found.n_documents} baik.", markup=False
        )
        for one in found.rejected[:SHOWN_REJECTIONS]:
            console.print(f"  ditolak {one.key}: {one.detail}", markup=False)
        if len(found.rejected) > SHOWN_REJECTIONS:
            console.print(
                f"  … dan {len(found.rejected) - SHOWN_REJECTIONS} lagi; --json menampilkan semuanya."
            )
        if dry_run:
            console.print("Belum ada yang disimpan (--dry-run).")
        else:
            console.print(results_table(results))
    if found.n_in and not found.n_documents:
        raise typer.Exit(FAILED)
