"""`pati privacy`: look for personal data, and erase a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from pipelines.cli.shared import (
    FAILED,
    USAGE,
    Json,
    console,
    errors,
    failing,
    print_json,
    say_error,
    settings_of,
)
from pipelines.progress import bars

if TYPE_CHECKING:
    from pipelines.erasure.subjects import Subject
    from pipelines.settings import Settings

Subjects = Annotated[
    list[str] | None,
    typer.Option(
        "--subject",
        help="NIK, nomor HP, surel, nama, akun, samaran (u-…), atau nomor aduan; boleh diulang. "
        "Tanda - membaca satu subjek per baris dari masukan, supaya tidak tercatat di riwayat perintah.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tunjukkan apa yang akan dihapus; tidak menghapus.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Data pribadi: cari sisanya, hapus seseorang.")
    group.command("scan", help="Cari data pribadi di seluruh folder data; kode keluar 1 bila ada.")(scan)
    group.command("erase", help="Hapus seseorang dari semua tempat, lalu buat berita acaranya.")(erase)
    group.command("raw", help="Daftar berkas asli impor yang disimpan terenkripsi, atau buka satu.")(raw)
    app.add_typer(group, name="privacy")


def scan(context: typer.Context, subject: Subjects = None, json: Json = False) -> None:
    """Look for personal data everywhere under the home folder."""
    from pipelines.erasure.certificate import scan_facts
    from pipelines.erasure.scan import scan as look

    settings = settings_of(context)
    subjects = _understood(settings, subject or [])
    with failing(), bars(errors) as shown:
        result = look(settings, shown, subjects)
    facts = scan_facts(result)
    if json:
        print_json(facts)
    else:
        _tell(facts)
    if not result.clean:
        raise typer.Exit(FAILED)


def erase(
    context: typer.Context, subject: Subjects = None, dry_run: DryRun = False, json: Json = False
) -> None:
    """Erase subjects and write the certificate."""
    from pipelines.erasure.certificate import facts, save, sentences
    from pipelines.erasure.erase import erase as work

    settings = settings_of(context)
    subjects = _understood(settings, subject or [])
    if not subjects:
        say_error("Sebutkan siapa yang dihapus dengan --subject (boleh diulang).")
        raise typer.Exit(USAGE)
    with failing(), bars(errors) as shown:
        done = work(settings, subjects, shown, dry_run=dry_run)
        written = facts(done, settings.now())
        path = None if dry_run else save(settings.home, written)
    if json:
        print_json({**written, "certificate": path})
    else:
        console.print(sentences(written), markup=False, soft_wrap=True)
        if path:
            console.print(f"Berita acara: {path}", markup=False, soft_wrap=True)
    if not (done.complete or dry_run):
        raise typer.Exit(FAILED)


def raw(
    context: typer.Context,
    open_: Annotated[str | None, typer.Option("--open", help="Nama berkas yang dibuka.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Tempat hasilnya, di luar folder data.")
    ] = None,
    json: Json = False,
) -> None:
    """List the kept raw files, or decrypt one into a file of its own."""
    from pipelines.raw_files import RawFileError, kept, opened

    settings = settings_of(context)
    if open_ is None:
        rows = [
            {"name": one.path.name, "kept_at": one.kept_at, "expires_at": one.expires_at, "bytes": one.size}
            for one in kept(settings)
        ]
        if json:
            print_json(rows)
            return
        for row in rows:
            console.print(
                f"{row['name']}  sampai {row['expires_at']:%d-%m-%Y}  {row['bytes']} byte", markup=False
            )
        console.print(f"{len(rows)} berkas mentah disimpan.")
        return
    source = settings.raw / Path(open_).name
    if output is None or output.absolute().is_relative_to(settings.home) or not source.exists():
        say_error("Sebutkan nama dari `pati privacy raw` dan --output di luar folder data.")
        raise typer.Exit(USAGE)
    try:
        with failing():
            _, data = opened(settings, source)
            output.touch(mode=0o600, exist_ok=False)
            output.write_bytes(data)
    except RawFileError as err:
        say_error(str(err))
        raise typer.Exit(FAILED) from None


def _understood(settings: Settings, values: list[str]) -> list[Subject]:
    from pipelines.erasure.subjects import SubjectError, subject

    if values == ["-"]:
        values = [line.strip() for line in sys.stdin if line.strip()]
    if values and not settings.key_file.exists() and settings.landing.exists():
        say_error(f"Kunci {settings.key_file} tidak ada, jadi samaran tidak dapat dicari; pulihkan dulu.")
        raise typer.Exit(FAILED)
    key = settings.pseudonym_key()
    try:
        return [subject(value, settings.config, key) for value in dict.fromkeys(values)]
    except SubjectError as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None


def _tell(facts: dict[str, Any]) -> None:
    """Say what was read, found and left out, place by place."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Tempat", "Berkas", "Teks", "Kolom id", "Ditemukan"):
        table.add_column(heading, justify="left" if heading in ("Tempat", "Ditemukan") else "right")
    for one in facts["places"]:
        found = ", ".join(f"{token} {n}" for token, n in one["found"].items()) or "tidak ada"
        counts = (str(one[name]) for name in ("files", "texts", "id_texts"))
        table.add_row(one["place"], *counts, found.replace("[", "\\["))
    console.print(table)
    for one in facts["places"]:
        for where in one["where"]:
            console.print(f"  {where}", markup=False, soft_wrap=True)
        if sum(one["found"].values()) > len(one["where"]):
            console.print(
                f"  … {one['place']}: hanya {len(one['where'])} letak pertama yang disebut.", markup=False
            )
        for name, why in one["skipped"].items():
            console.print(f"  tidak dibaca: {name} ({why})", markup=False, soft_wrap=True)
    console.print(
        "Kolom id dan sidik jari tidak diperiksa untuk nomor (id platform 15-19 angka mirip NIK, samaran u-… "
        "mirip nomor HP); kolom angka tidak dibaca."
    )
    if facts["clean"]:
        console.print("Tidak ada data pribadi yang ditemukan.", style="green")
    else:
        say_error(
            "Ada data pribadi atau berkas yang tidak terbaca. Hapus berkas inbox/ yang sudah diimpor; "
            "untuk seseorang, pakai `pati privacy erase --subject …`."
        )
