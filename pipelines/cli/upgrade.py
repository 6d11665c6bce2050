"""`pati upgrade`: the lake of an earlier version is brought to this one, or back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

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
from pipelines.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.upgrading import Plan


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("upgrade", help="Sesudah memasang versi baru: cadangkan, naikkan gudang data, periksa.")(
        upgrade
    )


def upgrade(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Tunjukkan saja apa yang akan dilakukan.")] = False,
    back: Annotated[
        bool, typer.Option("--rollback", help="Kembalikan keadaan sebelum naik versi terakhir.")
    ] = False,
    json: Json = False,
) -> None:
    """Upgrade the lake."""
    from pipelines.upgrading import rollback
    from pipelines.upgrading import upgrade as work

    if check and back:
        say_error("Pilih salah satu: --check atau --rollback.")
        raise typer.Exit(USAGE)
    if check:
        _check(context, json=json)
        return
    settings = settings_of(context)
    if back:
        with failing(), bars(errors) as shown:
            put = rollback(settings, shown)
        if json:
            print_json(asdict(put))
            return
        _say(
            f"Keadaan dari cadangan {put.backup} sudah kembali. Data yang baru saja diganti disimpan di "
            f"{put.aside}; "
            "hapus bila tidak diperlukan lagi. Mulai ulang dasbor."
        )
        return
    with failing(), bars(errors) as shown:
        done = work(settings, shown)
    if json:
        print_json(asdict(done))
    elif done.backup is None:
        _say("Gudang data sudah sesuai dengan program ini; tidak ada yang perlu dilakukan.")
    else:
        _say(
            f"Gudang data dinaikkan {len(done.applied)} langkah dan diperiksa. Cadangan sebelumnya: "
            f"{done.backup}; "
            "kembali dengan `pati upgrade --rollback`."
        )


def _check(context: typer.Context, *, json: bool) -> None:
    """A broken configuration is part of the answer here, so it is not read by `settings_of`."""
    from pipelines.upgrading import plan

    load: Callable[[], Settings] = context.obj
    try:
        settings = load()
    except SettingsError as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    with failing():
        found = plan(settings)
    if json:
        print_json({**asdict(found), "obstacles": found.obstacles, "steps": found.steps})
    else:
        for line in lines(found):
            _say(line)
        for obstacle in found.obstacles:
            say_error(obstacle)
    if found.obstacles:
        raise typer.Exit(FAILED)


def lines(found: Plan) -> list[str]:
    """The plan in words. Pure."""
    from dashboard.format import number
    from pipelines.faults import GIB

    said = [f"Program: {found.program}."]
    if found.schema is None:
        said.append("Gudang data: belum ada; dibuat oleh `pati run`.")
    elif found.steps:
        said.append(
            f"Gudang data: skema nomor {found.schema.present}, program ini memakai {found.schema.known}."
        )
        said.append(f"Yang akan dilakukan: cadangan ke {found.folder}, lalu {len(found.steps)} langkah:")
        said += [f"  {name}" for name in found.steps]
    elif not found.schema.newer:
        said.append(
            f"Gudang data: skema nomor {found.schema.present}, sesuai; tidak ada yang perlu dilakukan."
        )
    free = found.free_bytes
    if free is not None and found.steps:
        said.append(
            f"Ruang disk: {number(free / GIB, 1)} GB tersisa, cadangan paling banyak "
            f"{number(found.needed_bytes / GIB, 1)} GB."
        )
    if found.rollback:
        said.append(f"`pati upgrade --rollback` akan mengembalikan cadangan {found.rollback}.")
    return said


def _say(sentence: str) -> None:
    console.print(sentence, markup=False, soft_wrap=True)
