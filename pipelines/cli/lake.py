"""`pati lake`: look after the lake, back it up, restore, check, derive again, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.format import number
from pipelines.cli.shared import FAILED, Json, console, errors, failing, print_json, say_error, settings_of
from pipelines.progress import bars

if TYPE_CHECKING:
    from pipelines.upkeep import Kept

SHOWN = 20

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder cadangan.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tunjukkan saja; tidak mengubah apa pun.")]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="WAKTU", help="Cadangan yang mana, misalnya 20261128; bawaan: terbaru."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    from pipelines.cli import lake_export

    group = typer.Typer(
        no_args_is_help=True, help="Gudang data: rawat, cadangkan, pulihkan, periksa, ekspor."
    )
    group.command("maintain", help="Rawat: hapus isi utuh dan versi yang habis masanya, rapikan berkas.")(
        maintain
    )
    group.command("backup", help="Cadangkan folder data, juga selagi `pati run` bekerja.")(backup)
    group.command("verify", help="Periksa cadangan, atau gudang data folder ini bila DIR tidak disebut.")(
        verify
    )
    group.command("restore", help="Pulihkan cadangan ke folder baru; tidak menimpa apa pun.")(restore)
    group.command("rebuild", help="Turunkan ulang semuanya dari hasil pengumpulan; koreksi tetap ada.")(
        rebuild
    )
    lake_export.register(group)
    app.add_typer(group, name="lake")


def maintain(context: typer.Context, dry_run: DryRun = False, json: Json = False) -> None:
    """Look after the lake."""
    from pipelines.upkeep import maintain as work

    settings = settings_of(context)
    with failing(), bars(errors) as shown:
        done = work(settings, shown, dry_run=dry_run)
    if json:
        print_json(_kept(done))
        return
    verb = "akan dihapus" if dry_run else "dihapus"
    console.print(f"Isi utuh {verb}: {done.n_texts} teks di gudang, {done.n_landed} di hasil pengumpulan.")
    if done.n_unlabelled:
        console.print(f"{done.n_unlabelled} teks belum berlabel dan tetap utuh; jalankan `pati run`.")
    released = "akan dilepas" if dry_run else "dilepas"
    console.print(f"Versi lama {released}: {done.n_snapshots}. Berkas digabung: {done.n_merged}.")
    console.print(
        f"Berkas lama {verb}: {done.cleared.n_files} ({number(done.cleared.n_bytes)} byte); "
        f"{done.cleared.n_waiting} menunggu pembaca yang mungkin masih memakainya."
    )
    (files, size), (files_after, size_after) = done.before, done.after
    console.print(
        f"Gudang data: {files} berkas {number(size)} byte, "
        f"kini {files_after} berkas {number(size_after)} byte."
    )
    for note in done.notes:
        console.print(note, style="yellow", markup=False, soft_wrap=True)


def backup(
    context: typer.Context,
    folder: Folder,
    landing: Annotated[
        bool, typer.Option("--landing/--no-landing", help="Sertakan hasil pengumpulan yang sudah dimuat.")
    ] = True,
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, help="Berapa cadangan disimpan (bawaan: retention.yaml).")
    ] = None,
    json: Json = False,
) -> None:
    """Back up."""
    from pipelines.safekeeping import back_up_home

    settings = settings_of(context)
    with failing(), bars(errors) as shown:
        done, dropped = back_up_home(settings, folder, shown, landing=landing, keep=keep)
    found = done.manifest
    if json:
        print_json({
            "name": found.name, "snapshot": found.snapshot, "schema": found.schema,
            "counts": dict(found.counts), "files": len(found.files), "new_files": done.n_new,
            "new_bytes": done.n_bytes, "left_out": dict(found.left_out), "dropped": dropped,
        })  # fmt: skip
        return
    console.print(
        f"Cadangan {found.name} selesai: {len(found.files)} berkas, {done.n_new} di antaranya baru "
        f"({number(done.n_bytes)} byte); gudang data versi {found.snapshot}, "
        f"{found.counts.get('document', 0)} dokumen."
    )
    if dropped:
        console.print(f"{dropped} cadangan yang lebih lama dibuang.")
    for name, why in found.left_out.items():
        console.print(f"  tidak dicadangkan: {name} ({why})", markup=False, soft_wrap=True)


def verify(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Folder cadangan.")] = None,
    at: At = None,
    json: Json = False,
) -> None:
    """Check a backup, or the lake of the home folder."""
    from warehouse.maintain.objects import Store
    from warehouse.maintain.restore import verified

    settings = settings_of(context)
    with failing():
        if folder is None:
            what, wrong = str(settings.home), list(verified(settings.home))
        else:
            store = Store(folder)
            manifest = store.manifest(at)
            what, wrong = f"cadangan {manifest.name}", list(store.damaged(manifest))
    if json:
        print_json({"what": what, "problems": [{"name": name, "problem": why} for name, why in wrong]})
    else:
        for name, why in wrong[:SHOWN]:
            console.print(f"  {name}: {why}", markup=False, soft_wrap=True)
        if len(wrong) > SHOWN:
            console.print(f"  … dan {len(wrong) - SHOWN} lagi.")
        if not wrong:
            console.print(f"Tidak ada yang rusak: {what}.", style="green", markup=False)
    if wrong:
        say_error(f"{len(wrong)} hal rusak di {what}; pulihkan dari cadangan yang utuh.")
        raise typer.Exit(FAILED)


def restore(
    context: typer.Context,
    folder: Folder,
    into: Annotated[Path, typer.Option("--into", metavar="HOME", help="Folder data yang baru.")],
    at: At = None,
    json: Json = False,
) -> None:
    """Restore a backup."""
    from pipelines.safekeeping import restore_home

    settings_of(context)
    with failing(), bars(errors) as shown:
        done = restore_home(folder, into.absolute(), shown, at)
    facts = {
        "name": done.manifest.name, "into": into, "files": len(done.manifest.files),
        "counts": dict(done.manifest.counts),
    }  # fmt: skip
    if json:
        print_json(facts)
        return
    console.print(
        f"Cadangan {facts['name']} dipulihkan ke {into} dan diperiksa: {facts['files']} berkas, "
        f"{done.manifest.counts.get('document', 0)} dokumen. Kunci (keys/) tidak dicadangkan: salin dari "
        "tempat penyimpanannya sebelum `pati run`.",
        markup=False,
        soft_wrap=True,
    )


def rebuild(context: typer.Context, dry_run: DryRun = False, json: Json = False) -> None:
    """Derive the lake again from the landing zone."""
    from pipelines.rebuilding import rebuild as work

    settings = settings_of(context)
    with failing(), bars(errors) as shown:
        done = work(settings, shown, dry_run=dry_run)
    if json:
        print_json({
            "same": done.same, "batches": done.n_batches, "wordless": done.n_wordless, "model": done.model,
            "replaced": done.replaced,
            "tables": {
                name: {"before": one.n_before, "after": one.n_after, "gone": one.n_gone, "new": one.n_new}
                for name, one in done.tables.items()
            },
        })  # fmt: skip
        return
    for name, one in done.tables.items():
        said = (
            "sama" if one.same else f"{one.n_gone} baris hilang atau lain, {one.n_new} baris baru atau lain"
        )
        console.print(f"  {name}: {one.n_after} baris, {said}", markup=False)
    if done.n_wordless:
        console.print(f"{done.n_wordless} dokumen tanpa isi utuh dibawa apa adanya.")
    verb = "berbeda" if dry_run else "diganti"
    changed = [name for name, one in done.tables.items() if not one.same]
    console.print(f"Tabel {verb}: {', '.join(changed)}." if changed else "Gudang data sama persis.")


def _kept(done: Kept) -> dict[str, Any]:
    return {
        "texts": done.n_texts, "landing_texts": done.n_landed, "unlabelled": done.n_unlabelled,
        "snapshots": done.n_snapshots, "merged_files": done.n_merged, "deleted_files": done.cleared.n_files,
        "deleted_bytes": done.cleared.n_bytes, "waiting_files": done.cleared.n_waiting,
        "before": {"files": done.before[0], "bytes": done.before[1]},
        "after": {"files": done.after[0], "bytes": done.after[1]},
        "notes": done.notes, "dry_run": done.dry_run,
    }  # fmt: skip
