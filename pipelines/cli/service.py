"""`pati service`: the scheduler and the dashboard start by themselves."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli.shared import console, failing, settings_of


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        help="Pasang penjadwal dan dasbor sebagai layanan akun ini, supaya menyala sendiri (systemd)."
    )(service)


def service(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", help="Porta dasbor di komputer ini.")] = 8501,
    take_away: Annotated[
        bool, typer.Option("--remove", help="Hentikan dan lepas layanannya; data tidak disentuh.")
    ] = False,
) -> None:
    """Install the services, or take them away."""
    from pipelines.service import DASHBOARD, SCHEDULE, install, remove

    settings = settings_of(context)
    with failing():
        if take_away:
            said = ["Layanan dilepas." if remove() else "Tidak ada layanan yang terpasang."]
        else:
            done = install(settings, port)
            said = [
                f"Dipasang di {done.folder}: {SCHEDULE} dan {DASHBOARD}.",
                "Keduanya menyala sekarang, dan lagi setiap komputer dinyalakan."
                if done.lingers
                else "Keduanya menyala selama akun ini masuk. Supaya juga tanpa masuk: "
                "`sudo loginctl enable-linger $USER`.",
                f"Dasbor: http://localhost:{port}",
            ]
    for line in said:
        console.print(line, markup=False, soft_wrap=True)
