"""`pati import`: put a file from a person into the lake."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.shared import FAILED, USAGE, Json, console, failing, print_json, say_error, settings_of
from pipelines.cli.stages import results_table
from pipelines.progress import Silent, bars

if TYPE_CHECKING:
    from config import SocialMap
    from pipelines.importing import Preview
    from pipelines.result import StageResult

SHOWN_REJECTIONS = 20

File = Annotated[Path, typer.Argument(metavar="FILE", help="Berkas yang diimpor.")]
Format = Annotated[str | None, typer.Option("--format", help="Bentuk berkas, bila akhirannya tidak cukup.")]
SourceId = Annotated[str, typer.Option("--source", help="Nama sumber yang dicatat.")]
Map = Annotated[
    Path | None, typer.Option("--map", metavar="MAP.yaml", help="Berkas peta: kolom mana berisi apa.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Hanya tampilkan apa yang terbaca; tidak menyimpan.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Impor berkas: aduan atau kiriman media sosial.")
    group.command("complaints", help="Impor aduan: SP4N-LAPOR! xlsx, obrolan WhatsApp, atau CSV.")(complaints)
    group.command("social", help="Impor kiriman media sosial dari CSV atau XLSX.")(social)
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
    map_: Map = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Import social posts."""
    _import(context, "social", file, format_, source, map_=map_, dry_run=dry_run, json=json)


def _import(
    context: typer.Context,
    what: str,
    file: Path,
    named: str | None,
    source: str,
    *,
    dry_run: bool,
    json: bool,
    map_: Path | None = None,
) -> None:
    from pipelines.importing import guess_format, preview, read, store, with_columns

    settings = settings_of(context)
    mapping = _mapping(map_)
    try:
        format_ = guess_format(file, what, named)
    except ValueError as err:  # an unknown ending or format
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    with failing():
        records = read(settings, file, format_, source, mapping)
        found = preview(records, format_)
        if what == "social":
            found = with_columns(found, file, mapping)
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
        _tell(found, results, dry_run=dry_run)
    if found.n_in and not found.n_documents:
        raise typer.Exit(FAILED)


def _mapping(path: Path | None) -> SocialMap | None:
    from config import ConfigError, load_social_map

    if path is None:
        return None
    try:
        return load_social_map(path)
    except ConfigError as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None


def _tell(found: Preview, results: list[StageResult], *, dry_run: bool) -> None:
    """Say what a file holds and what became of it."""
    read_as = f"{found.n_in} catatan terbaca sebagai {found.format}: {found.n_documents} baik."
    console.print(read_as, markup=False)
    for name, column in found.columns.items():
        console.print(f"  {name} ← kolom '{column}'", markup=False)
    if found.unread:
        console.print(f"  tidak dibaca: {', '.join(found.unread)}", markup=False)
    for one in found.rejected[:SHOWN_REJECTIONS]:
        console.print(f"  ditolak {one.key}: {one.detail}", markup=False)
    if len(found.rejected) > SHOWN_REJECTIONS:
        console.print(f"  … dan {len(found.rejected) - SHOWN_REJECTIONS} lagi; --json menampilkan semuanya.")
    if dry_run:
        console.print("Belum ada yang disimpan (--dry-run).")
    else:
        console.print(results_table(results))
