"""The `pati` command: global options, exit statuses, and one place where errors become sentences.

Exit status: 0 it worked; 1 it did not succeed; 2 wrong usage or a broken config.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from config import ConfigError
from pipelines.cli.shared import say_error, use_settings
from pipelines.settings import SettingsError

USAGE = 2
GLOBAL = ("--home", "--config", "--tenant")

app = typer.Typer(
    name="pati",
    help="Pati Maju: memantau berita, media sosial, dan aduan tentang layanan publik Kabupaten Pati.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Home = Annotated[
    Path | None, typer.Option("--home", help="Folder tempat data disimpan (atau variabel PATI_HOME).")
]
ConfigDir = Annotated[
    Path | None,
    typer.Option("--config", help="Folder berkas YAML yang menggantikan bawaan (atau PATI_CONFIG)."),
]

Tenant = Annotated[
    str | None,
    typer.Option("--tenant", help="Satu penyewa: folder tenants/NAMA di folder data (atau PATI_TENANT)."),
]


@app.callback()
def options(
    context: typer.Context, home: Home = None, config: ConfigDir = None, tenant: Tenant = None
) -> None:
    """Global options; `hoist` lets them stand anywhere."""
    use_settings(context, home, config, tenant)


def hoist(arguments: Sequence[str]) -> list[str]:
    """Move global options with their values to the front, so that they may stand anywhere.

    What comes after ``--`` is left alone. Pure.
    """
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in GLOBAL:
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word.partition("=")[0] in GLOBAL:
            front.append(word)
        else:
            rest.append(word)
    return front + rest


@cache
def complete() -> typer.Typer:
    """The application with all its commands."""
    # Importing the modules registers their commands.
    from pipelines.cli import (
        alerts,
        ask,
        assess,
        complaints,
        files,
        init,
        lake,
        language,
        metrics,
        privacy,
        quarantine,
        running,
        search,
        service,
        show,
        sources,
        stages,
        stories,
        texts,
        upgrade,
        users,
    )

    for module in (
        init,
        service,
        stages,
        ask,
        sources,
        texts,
        language,
        files,
        privacy,
        lake,
        show,
        stories,
        alerts,
        search,
        metrics,
        users,
        quarantine,
        assess,
        complaints,
        running,
        upgrade,
    ):
        module.register(app)
    return app


def main() -> None:
    """Entry point of the `pati` script."""
    try:
        complete()(hoist(sys.argv[1:]))
    except (ConfigError, SettingsError) as err:
        say_error(str(err))
        sys.exit(USAGE)
