"""`pati assess`: evidence for the smart city assessment and its kin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.shared import FAILED, USAGE, Json, console, failing, print_json, say_error, settings_of


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Bukti untuk penilaian smart city dan sejenisnya.")
    group.command("pack", help="Terbitkan paket bukti: PDF, XLSX, dan folder yang dapat diperiksa sendiri.")(
        pack
    )
    group.command("packs", help="Daftar paket bukti yang sudah diterbitkan.")(packs)
    app.add_typer(group, name="assess")


def pack(  # noqa: PLR0913, PLR0917 - one argument per option
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder hasil, di luar folder data.")],
    by: Annotated[str, typer.Option("--by", help="Siapa yang menerbitkan.")],
    year: Annotated[int, typer.Option("--year", help="Tahun penilaian.")],
    dimension: Annotated[str, typer.Option("--dimension", help="Id dimensi; kosong: seluruhnya.")] = "",
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", help="Id indikator, atau kode angka (I10); boleh diulang."),
    ] = None,
    period: Annotated[
        str, typer.Option("--period", help="2026, 2026-11, 2026-W46, weeks_4, weeks_12; bawaan: tahunnya.")
    ] = "",
    instrument: Annotated[str, typer.Option("--instrument", help="Id instrumen.")] = "smart_city",
    role: Annotated[
        str, typer.Option("--role", help="Aduan ditampilkan seperti bagi peran ini: pimpinan atau analis.")
    ] = "pimpinan",
    json: Json = False,
) -> None:
    """Issue a pack."""
    from dashboard.pack import request
    from dashboard.report import ReportError
    from pipelines.assessing import issue_pack

    settings = settings_of(context)
    try:
        asked = request(
            settings.config, year,
            instrument=instrument, dimension=dimension, indicators=tuple(indicator or ()), period=period,
        )  # fmt: skip
        with failing():
            made, folder = issue_pack(settings, asked, out, by=by, role=role)
    except ValueError as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    except ReportError as err:
        say_error(str(err))
        raise typer.Exit(FAILED) from None
    if json:
        print_json(
            {"pack": made.pack_id, "folder": folder, "snapshot": made.snapshot,
             "manifest_sha256": made.sha256,             "documents": made.n_documents}
        )  # fmt: skip
        return
    console.print(
        f"Paket {made.pack_id}: {made.n_documents} dokumen, potret data {made.snapshot}.", markup=False
    )
    console.print(f"{folder}", markup=False, soft_wrap=True)
    console.print(f"Sidik paket: {made.sha256}", markup=False, soft_wrap=True)


def packs(context: typer.Context, json: Json = False) -> None:
    """List the packs that left the house."""
    from dataclasses import asdict

    from pipelines.run import open_lake
    from warehouse import lake_exists
    from warehouse.errors import LakeMissingError
    from warehouse.queries.assessment import issued_packs

    settings = settings_of(context)
    with failing():
        if not lake_exists(settings.home):
            raise LakeMissingError(settings.home)
        with open_lake(settings) as lake:
            found = issued_packs(lake)
    if json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        console.print(
            f"{one.pack_id}  {one.person}  {one.issued_at:%Y-%m-%d %H:%M}  {one.n_documents} dokumen  "
            f"{one.manifest_sha256}",
            markup=False, soft_wrap=True,
        )  # fmt: skip
    if not found:
        console.print("Belum ada paket bukti yang diterbitkan.")
