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
    from crawlers.files.understanding import Column
    from pipelines.importing import Preview, Request
    from pipelines.result import StageResult

SHOWN_REJECTIONS = 20

File = Annotated[Path, typer.Argument(metavar="FILE", help="Berkas yang diimpor.")]
Format = Annotated[str | None, typer.Option("--format", help="Bentuk berkas, bila akhirannya tidak cukup.")]
SourceId = Annotated[str, typer.Option("--source", help="Nama sumber yang dicatat.")]
Map = Annotated[
    Path | None, typer.Option("--map", metavar="MAP.yaml", help="Berkas peta: kolom mana berisi apa.")
]
Order = Annotated[
    str | None,
    typer.Option(
        "--date-order", metavar="DMY|MDY", help="Urutan hari dan bulan, bila berkas tidak menunjukkannya."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Hanya tampilkan apa yang terbaca; tidak menyimpan.")]
Errors = Annotated[
    Path | None, typer.Option("--errors", metavar="FILE", help="Tulis baris yang ditolak ke berkas CSV ini.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Impor berkas: aduan atau kiriman media sosial.")
    group.command("complaints", help="Impor aduan: SP4N-LAPOR!, LaporGub, obrolan WhatsApp, CSV, atau XLSX.")(
        complaints
    )
    group.command("social", help="Impor kiriman media sosial dari CSV atau XLSX.")(social)
    app.add_typer(group, name="import")


def complaints(  # noqa: PLR0913, PLR0917 - one argument per option
    context: typer.Context,
    file: File,
    format_: Format = None,
    source: SourceId = "impor-aduan",
    map_: Map = None,
    date_order: Order = None,
    errors: Errors = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Import complaints."""
    request = _request("complaints", file, format_, source, map_, date_order)
    _import(context, request, errors, dry_run=dry_run, json=json)


def social(  # noqa: PLR0913, PLR0917 - one argument per option
    context: typer.Context,
    file: File,
    format_: Format = None,
    source: SourceId = "impor-medsos",
    map_: Map = None,
    date_order: Order = None,
    errors: Errors = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Import social posts."""
    request = _request("social", file, format_, source, map_, date_order)
    _import(context, request, errors, dry_run=dry_run, json=json)


def _request(
    what: str, file: Path, named: str | None, source: str, map_: Path | None, order: str | None
) -> Request:
    """Check what was asked for.

    Raises:
        typer.Exit: with status 2 after one sentence.
    """
    from config import ConfigError, load_complaint_map, load_social_map
    from pipelines.importing import Request, guess_format

    said = (order or "").lower()
    if said not in {"", "dmy", "mdy"}:
        say_error(f"--date-order '{order}' tidak dikenal; pilih DMY (hari dulu) atau MDY (bulan dulu).")
        raise typer.Exit(USAGE)
    load = load_complaint_map if what == "complaints" else load_social_map
    try:
        mapping = load(map_) if map_ else None
        format_ = guess_format(file, what, named)
    except (ConfigError, ValueError, OSError) as err:  # a broken map, an unknown ending, an unreadable file
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    return Request(file, format_, source, mapping, said or None)  # type: ignore[arg-type]


def _import(
    context: typer.Context, request: Request, errors: Path | None, *, dry_run: bool, json: bool
) -> None:
    from pipelines.importing import look, put, with_columns
    from pipelines.raw_files import keep
    from pipelines.refused import write_refused

    settings = settings_of(context)
    results: list[StageResult] = []
    with failing():
        if dry_run:
            found = look(settings, request)
        elif json:
            found, results = put(settings, request, Silent())
        else:
            with bars(console) as shown:
                found, results = put(settings, request, shown)
        if not dry_run and not found.n_documents:
            found = with_columns(found, settings, request)  # nothing was usable: its columns say why
        if errors is None and not dry_run and found.rejected:
            errors = (
                settings.home / "imports" / f"{settings.now():%Y%m%dT%H%M%S}-{request.path.stem}-ditolak.csv"
            )
        if errors is not None:
            write_refused(errors, found.rejected)
        if results:
            keep(settings, request.path)
    if json:
        print_json({"preview": asdict(found), "results": [asdict(one) for one in results]})
    else:
        tell(found, results, errors, dry_run=dry_run)
    if found.n_in and not found.n_documents:
        raise typer.Exit(FAILED)


def tell(found: Preview, results: list[StageResult], errors: Path | None, *, dry_run: bool) -> None:
    """Say what a file holds and what became of it."""
    read_as = f"{found.n_in} catatan terbaca sebagai {found.format}: {found.n_documents} baik, "
    console.print(f"{read_as}{len(found.rejected)} ditolak.", markup=False)
    for note in found.notes:
        console.print(note, markup=False)
    for column in found.table:
        console.print(_column_line(column), markup=False, soft_wrap=True)
    for one in found.rejected[:SHOWN_REJECTIONS]:
        console.print(f"  ditolak {one.key}: {one.detail}", markup=False, soft_wrap=True)
    if len(found.rejected) > SHOWN_REJECTIONS:
        more = f"  … dan {len(found.rejected) - SHOWN_REJECTIONS} lagi; "
        console.print(more + (f"semuanya di {errors}." if errors else "--errors FILE menulis semuanya."))
    if errors is not None:
        console.print(f"Baris yang ditolak tertulis di {errors}.", markup=False, soft_wrap=True)
    if dry_run:
        kept = f"{found.n_new} akan disimpan, {found.n_changed} diperbarui, {found.n_duplicate} sudah ada, "
        console.print(f"{kept}{len(found.rejected)} ditolak. Belum ada yang disimpan (--dry-run).")
        return
    console.print(results_table(results))
    if found.n_documents and not any(one.stage == "enrich" for one in results):
        console.print("Label topik dan OPD dibuat oleh `pati enrich` atau `pati run` berikutnya.")


def _column_line(one: Column) -> str:
    strange = [f"'{value}' ({count}x)" for value, count in (one.not_understood or {}).items()]
    parts = (
        f"  kolom '{one.header}' → {one.field or 'tidak dibaca'}",
        f"terisi {one.filled:.0%}",
        f"contoh: {' | '.join(one.samples)}" if one.samples else "",
        one.dates,
        one.note if one.field else "",
        f"tidak dipahami: {', '.join(strange)}" if strange else "",
    )
    return "; ".join(filter(None, parts))
