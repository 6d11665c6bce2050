"""`pati sources`: which sources there are, how they do, and how to add one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer

from config import ConfigError
from crawlers.onboarding import OnboardingError
from crawlers.onboarding.judge import readiness
from pipelines.cli import sources_show as show
from pipelines.cli.shared import FAILED, Json, console, failing, print_json, say_error, settings_of
from pipelines.onboarding import (
    Wish,
    add,
    adding,
    fixtures,
    look,
    proposal_yaml,
    recheck,
    refuse_known,
)
from pipelines.progress import Silent, bars
from pipelines.settings import Settings

Address = Annotated[str, typer.Argument(metavar="URL", help="Alamat situs, rubrik, umpan, atau id sumber.")]
Activate = Annotated[bool, typer.Option("--activate", help="Langsung dikumpulkan (status active).")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="Daftar sumber: keadaannya, dan cara menambah yang baru.")
    group.callback(invoke_without_command=True)(listed)
    group.command("check", help="Lihat apakah sebuah situs dapat dipantau; tidak mengubah apa pun.")(check)
    group.command("add", help="Periksa sebuah situs lalu tulis ke sources.yaml.")(add_source)
    group.command("test", help="Baca ulang contoh halaman tersimpan; tunjukkan yang berubah.")(retest)
    group.command("health", help="Kesehatan tiap sumber: jumlah, kelengkapan, yang tertunda.")(health)
    app.add_typer(group, name="sources")


def listed(context: typer.Context, json: Json = False) -> None:
    """List every source with its verdict."""
    if context.invoked_subcommand is not None:
        return
    from warehouse import Lake, queries
    from warehouse.errors import LakeMissingError

    settings = settings_of(context)
    with failing():
        try:
            with Lake(settings.home, now=settings.now()) as lake:
                frame = queries.sources(lake)
        except LakeMissingError:
            rows = _configured(settings)
            if json:
                print_json(rows)
            else:
                show.show_configured(rows)
            return
    if json:
        print_json(frame)
    else:
        show.show_sources(queries.records(frame))


def _configured(settings: Settings) -> list[dict[str, str]]:
    """Before the first run only the configuration can be shown."""
    return [
        {
            "source_id": s.id,
            "name": s.name,
            "kind": s.kind,
            "url": s.url,
            "status": s.status,
            "permission": s.permission,
        }
        for s in settings.config.sources
    ]


def check(context: typer.Context, url: Address, activate: Activate = False, json: Json = False) -> None:
    """Look at a site and print the entry to paste; exit status 1 if it cannot be used."""
    settings = settings_of(context)
    with failing(), _telling():
        if json:
            report = look(settings, url, Silent())
        else:
            with bars(console) as shown:
                report = look(settings, url, shown)
    text = proposal_yaml(settings, report, active=activate)
    ready = readiness(report)
    if json:
        print_json({"ready": ready, "yaml": text, "report": asdict(report)})
    else:
        show.show_report(report)
        if ready != "belum":
            console.print("\nUntuk sources.yaml (atau jalankan `pati sources add`):\n")
            show.show_yaml(text)
    if ready == "belum":
        raise typer.Exit(FAILED)


def add_source(  # noqa: PLR0917 - one argument for each option
    context: typer.Context,
    url: Address,
    source_id: Annotated[str | None, typer.Option("--id", help="Id sumber; bawaan: dari alamatnya.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="Nama sumber; bawaan: dari situsnya.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Jangan bertanya dulu.")] = False,
    activate: Activate = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Perbarui entri yang sudah ada untuk situs ini.")
    ] = False,
    json: Json = False,
) -> None:
    """Look at a site, write it into sources.yaml, and keep pages to test it by."""
    settings = settings_of(context)
    wish = Wish(source_id, name, activate, replace)
    if not yes and (json or not sys.stdin.isatty()):
        say_error("Tidak ada yang dapat ditanya di sini; tambahkan --yes untuk menulis tanpa bertanya.")
        raise typer.Exit(FAILED)
    with failing(), _telling(), adding(settings):
        refuse_known(settings.config, url, wish)
        if json:
            report = look(settings, url, Silent(), keep=True)
        else:
            with bars(console) as shown:
                report = look(settings, url, shown, keep=True)
            show.show_report(report)
        if not yes and not typer.confirm("\nTulis ke sources.yaml?"):
            raise typer.Exit(FAILED)
        added = add(settings, report, wish)
    if json:
        print_json({**asdict(added), "ready": readiness(report), "report": asdict(report)})
        return
    console.print(f"\nDitambahkan ke {added.path}:\n", markup=False, soft_wrap=True)
    show.show_yaml(added.yaml)
    console.print(
        f"\n{added.pages} halaman disimpan untuk `pati sources test {added.source_id}`.", markup=False
    )
    console.print(_next_step(added.source_id, active=activate), markup=False, soft_wrap=True)


def retest(
    context: typer.Context,
    source_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Bawaan: semua.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Terima hasil sekarang sebagai yang benar.")
    ] = False,
    json: Json = False,
) -> None:
    """Read kept pages again; exit status 1 if something changed."""
    settings = settings_of(context)
    wanted = [source_id] if source_id else fixtures(settings)
    if source_id and source_id not in fixtures(settings):
        say_error(
            f"Sumber '{source_id}' belum punya contoh halaman; simpan dengan `pati sources add --replace`."
        )
        raise typer.Exit(FAILED)
    with failing(), _telling():
        found = recheck(settings, wanted, accept=accept)
    if json:
        plain = {
            one: {"pages": pages, "differences": [asdict(d) for d in differences]}
            for one, (pages, differences) in found.items()
        }
        print_json(plain)
    elif found:
        show.show_differences(found)
    else:
        console.print("Belum ada contoh halaman; contoh disimpan oleh `pati sources add`.")
    if any(differences for _, differences in found.values()) and not accept:
        raise typer.Exit(FAILED)


def health(context: typer.Context, json: Json = False) -> None:
    """Tell how each source does against its own norm, how complete it is, and what waits."""
    from pipelines.source_health import source_health

    settings = settings_of(context)
    with failing():
        rows = source_health(settings)
    if json:
        print_json(rows)
    else:
        show.show_health(rows)


def _next_step(source_id: str, *, active: bool) -> str:
    if active:
        return f"Sumber aktif. Berikutnya: `pati run --source {source_id}`, lalu `pati sources health`."
    return (
        "Sumber masih 'investigating' dan belum dikumpulkan. Setelah izinnya jelas, jalankan "
        f"`pati sources add {source_id} --replace --activate --yes`."
    )


@contextmanager
def _telling() -> Iterator[None]:
    """Turn failures of looking and writing into one sentence and status 1."""
    try:
        yield
    except (OnboardingError, ConfigError) as err:
        say_error(str(err))
        raise typer.Exit(FAILED) from None
