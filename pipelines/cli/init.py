"""`pati init`: the first command of a new installation."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from config import ConfigError
from pipelines.cli.shared import USAGE, Json, console, failing, print_json, say_error, settings_of
from pipelines.settings import SettingsError

if TYPE_CHECKING:
    from pipelines.beginning import Begun


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(help="Siapkan folder data baru: konfigurasi yang akan Anda ubah, kotak masuk, dan kunci.")(
        init
    )


def init(
    context: typer.Context,
    contact: Annotated[
        str | None,
        typer.Option(
            "--contact",
            metavar="ALAMAT",
            help="Alamat web atau e-mail petugas, yang disebut perayap kepada situs.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Make the home folder; running it again changes nothing."""
    from pipelines.beginning import begin

    settings = settings_of(context)
    try:
        with failing():
            begun = begin(settings, contact)
    except (ConfigError, SettingsError) as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    if json:
        print_json(asdict(begun))
        return
    for line in begun_lines(begun, settings.config.crawl.contact):
        console.print(line, markup=False, soft_wrap=True)


NOTES = {
    "config/": "yang Anda atur; berkas di sini menggantikan bawaan",
    "config/sources.yaml": "apa yang dikumpulkan",
    "config/report.yaml": "kop, penanda tangan, dan pengiriman laporan",
    "config/crawl.yaml": "tata krama perayap, termasuk alamat petugas",
    "inbox/": "taruh berkas untuk diimpor di sini, menurut kanalnya",
    "keys/": "kunci; simpan salinannya terpisah dari data",
    "keys/rahasia.env": "sandi surat, penerima, dan kunci API",
}


def begun_lines(begun: Begun, bundled_contact: str) -> list[str]:
    """What was made, and the three steps that follow. Pure.

    Args:
        begun: what was done.
        bundled_contact: the contact that was in force before.
    """
    if begun.made:
        lines = [f"Folder data: {begun.home}", *(f"  {name:<20} {NOTES[name]}" for name in begun.made)]
    else:
        lines = [f"Folder data {begun.home} sudah ada; isinya dibiarkan."]
    if begun.made and begun.kept:
        lines.append(f"Sudah ada dan dibiarkan: {', '.join(begun.kept)}.")
    if begun.contact != bundled_contact:
        lines.append(f"Perayap memperkenalkan diri dengan {begun.contact}")
    return [
        *lines,
        "Langkah berikutnya:",
        "  1. pati sources add https://…   sebuah situs yang dipantau",
        "  2. pati run                     kumpulkan, beri label, tulis laporan pertama",
        "  3. pati user add NAMA --role admin, lalu pati dashboard",
    ]
