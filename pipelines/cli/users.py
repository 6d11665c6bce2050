"""`pati user`: accounts of the dashboard, and the audit log.

A password is typed twice or made up, and shown once; it is never an argument, which the shell would keep.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.table import Table

from pipelines.cli.shared import FAILED, Json, console, failing, print_json, say_error, settings_of

Name = Annotated[str, typer.Argument(help="Nama akun, misalnya nama.pegawai.")]
Role = Annotated[str, typer.Option("--role", help="analis, pimpinan, admin, atau opd:<id OPD>.")]
Typed = Annotated[
    bool, typer.Option("--typed", help="Ketik sendiri kata sandi sementaranya; bawaan: dibuatkan acak.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Akun dasbor dan catatan akses.")
    group.command("add", help="Buat akun; kata sandi sementaranya diganti saat masuk pertama.")(add)
    group.command("list", help="Daftar akun.")(listed)
    group.command("disable", help="Nonaktifkan akun; sesi yang terbuka langsung berakhir.")(disable)
    group.command("enable", help="Aktifkan kembali akun.")(enable)
    group.command("reset", help="Beri kata sandi sementara yang baru, dan buka akun yang ditahan.")(reset)
    group.command("log", help="Catatan akses: siapa, kapan, apa, tentang nomor mana.")(log)
    app.add_typer(group, name="user")


def add(context: typer.Context, user: Name, role: Role, typed: Typed = False) -> None:
    """Make an account."""
    from warehouse.access.accounts import add_account

    settings = settings_of(context)
    offices = {opd.id for opd in settings.config.opd}
    kind, _, office = role.partition(":")
    if kind == "opd" and office not in offices:
        say_error(f"OPD '{office}' tidak ada di opd.yaml; misalnya {', '.join(sorted(offices)[:5])}.")
        raise typer.Exit(FAILED)
    with _sentences(), failing():
        made_up = add_account(settings.home, user, role, _asked(typed))
    console.print(f"Akun {user.strip().lower()} dibuat dengan peran {role}.", markup=False)
    _show(made_up)


def listed(context: typer.Context, json: Json = False) -> None:
    """Show all accounts."""
    from dataclasses import asdict

    from dashboard.format import moment
    from warehouse.access.accounts import accounts

    found = accounts(settings_of(context).home)
    if json:
        print_json([asdict(one) for one in found])
        return
    if not found:
        console.print("Belum ada akun; mulai dengan `pati user add NAMA --role admin`.", markup=False)
        return
    table = Table("Akun", "Peran", "Keadaan", "Masuk terakhir", box=None)
    for one in found:
        state = "nonaktif" if not one.enabled else "harus ganti sandi" if one.must_change else "aktif"
        table.add_row(one.user, one.role, state, moment(one.last_at) if one.last_at else "belum pernah")
    console.print(table)


def disable(context: typer.Context, user: Name) -> None:
    """Keep an account out."""
    _switch(context, user, enabled=False)


def enable(context: typer.Context, user: Name) -> None:
    """Let an account in again."""
    _switch(context, user, enabled=True)


def reset(context: typer.Context, user: Name, typed: Typed = False) -> None:
    """Give an account a new password."""
    from warehouse.access.accounts import reset_password

    settings = settings_of(context)
    with _sentences(), failing():
        made_up = reset_password(settings.home, user, _asked(typed))
    console.print(f"Kata sandi akun {user.strip().lower()} diganti; sesinya berakhir.", markup=False)
    _show(made_up)


def log(
    context: typer.Context,
    user: Annotated[str | None, typer.Option("--user", help="Hanya akun ini.")] = None,
    event: Annotated[str | None, typer.Option("--event", help="Hanya jenis ini, misalnya refused.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Berapa baris, yang terbaru dulu.")] = 50,
    check: Annotated[bool, typer.Option("--check", help="Periksa tidak ada baris yang diubah.")] = False,
    json: Json = False,
) -> None:
    """Show the audit log."""
    from dataclasses import asdict

    from dashboard.format import moment
    from warehouse.access.audit import EVENTS, broken_at, entries

    home = settings_of(context).home
    if check:
        broken = broken_at(home)
        if broken is not None:
            say_error(f"Catatan akses tidak utuh mulai baris {broken}; ada baris yang diubah atau hilang.")
            raise typer.Exit(FAILED)
        console.print("Catatan akses utuh.")
        return
    found = entries(home, limit, user=user, event=event)
    if json:
        print_json([asdict(one) for one in found])
        return
    table = Table("Waktu", "Akun", "Peran", "Kejadian", "Tentang", "Keterangan", box=None)
    for one in found:
        table.add_row(
            moment(one.at), one.user, one.role, EVENTS.get(one.event, one.event), one.about, one.detail
        )  # fmt: skip
    console.print(table if found else "Belum ada catatan.")


def _switch(context: typer.Context, user: str, *, enabled: bool) -> None:
    from warehouse.access.accounts import set_enabled

    settings = settings_of(context)
    with _sentences(), failing():
        set_enabled(settings.home, user, enabled)
    console.print(f"Akun {user.strip().lower()} {'aktif' if enabled else 'nonaktif'}.", markup=False)


def _asked(typed: bool) -> str | None:
    """The password as it was typed twice, unseen; None: make one up."""
    if not typed:
        return None
    prompt: Callable[..., str] = typer.prompt
    return prompt("Kata sandi sementara", hide_input=True, confirmation_prompt="Ulangi kata sandi", err=True)


def _show(password: str | None) -> None:
    """Say a made-up password once; on a pipe it is the last line."""
    if password is None:
        return
    console.print("Kata sandi sementara (hanya ditampilkan sekali; harus diganti saat masuk pertama):")
    sys.stdout.write(password + "\n")


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn a refusal of the block into one sentence and status 1."""
    try:
        yield
    except ValueError as problem:
        say_error(str(problem))
        raise typer.Exit(FAILED) from None
