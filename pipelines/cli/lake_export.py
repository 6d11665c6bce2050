"""`pati lake export`: rows of the lake as a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.format import number
from pipelines.cli.shared import USAGE, Json, console, errors, failing, print_json, say_error, settings_of
from pipelines.progress import bars

Many = list[str] | None
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Hari (WIB), misalnya 2026-11-02.")]


def register(group: typer.Typer) -> None:
    """Add the command of this module."""
    group.command("export", help="Ekspor dokumen atau sebuah tabel angka ke CSV, XLSX, atau Parquet.")(export)


def export(  # noqa: PLR0913, PLR0917 - one argument per option
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas baru: .csv, .xlsx, atau .parquet.")],
    what: Annotated[
        str, typer.Option("--what", help="documents, atau nama tabel angka (mart_…).")
    ] = "documents",
    kind: Annotated[Many, typer.Option(help="Jenis dokumen; boleh diulang.")] = None,
    source: Annotated[Many, typer.Option(help="Id sumber; boleh diulang.")] = None,
    topic: Annotated[Many, typer.Option(help="Id topik; boleh diulang.")] = None,
    opd: Annotated[Many, typer.Option(help="Id perangkat daerah; boleh diulang.")] = None,
    kecamatan: Annotated[Many, typer.Option(help="Nama kecamatan; boleh diulang.")] = None,
    sentiment: Annotated[Many, typer.Option(help="negatif, netral, atau positif; boleh diulang.")] = None,
    since: Day = None,
    until: Day = None,
    words: Annotated[str, typer.Option(help="Semua kata ini harus ada.")] = "",
    all_: Annotated[bool, typer.Option("--all", help="Juga yang bukan tentang Kabupaten Pati.")] = False,
    authors: Annotated[bool, typer.Option("--authors", help="Sertakan samaran penulis (u-…).")] = False,
    as_stored: Annotated[
        bool, typer.Option("--as-stored", help="Kata-kata seperti tersimpan; tidak disamarkan sekali lagi.")
    ] = False,
    json: Json = False,
) -> None:
    """Export rows."""
    from pipelines.exporting import export_file
    from warehouse.queries.documents import DocumentFilter

    settings = settings_of(context)
    wanted = DocumentFilter(
        words=words,
        kinds=tuple(kind or ()),
        sources=tuple(source or ()),
        topics=tuple(topic or ()),
        opd=tuple(opd or ()),
        kecamatan=tuple(kecamatan or ()),
        sentiments=tuple(sentiment or ()),
        first=since.date() if since else None,
        last=until.date() if until else None,
        relevant_only=not all_,
    )
    if what != "documents" and wanted != DocumentFilter(relevant_only=not all_):
        say_error("Saringan hanya berlaku untuk --what documents; sebuah tabel angka diekspor seluruhnya.")
        raise typer.Exit(USAGE)
    try:
        with failing(), bars(errors) as shown:
            done = export_file(settings, what, file, wanted, shown, authors=authors, as_stored=as_stored)
    except ValueError as error:
        say_error(str(error))
        raise typer.Exit(USAGE) from None
    if json:
        print_json({"file": done.path, "rows": done.n_rows, "sheets": done.n_sheets, "cut_cells": done.n_cut})
        return
    console.print(f"{number(done.n_rows)} baris ditulis ke {done.path}.", markup=False, soft_wrap=True)
    if done.n_sheets > 1:
        console.print(
            f"Satu lembar Excel memuat paling banyak 1.048.576 baris: dibagi ke {done.n_sheets} lembar."
        )
    if done.n_cut:
        console.print(
            f"{done.n_cut} sel lebih panjang daripada yang dimuat Excel dan dipotong; CSV memuat semuanya."
        )
