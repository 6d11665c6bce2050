"""What all commands share: settings, output, and how failures end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from config import ConfigError
from pipelines.settings import Settings, SettingsError

FAILED, USAGE = 1, 2
OUTCOME = {"ok": "baik", "failed": "GAGAL", "skipped": "belum ada data"}
"""What became of a scheduled job, in words."""
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

Json = Annotated[bool, typer.Option("--json", help="Keluaran JSON untuk program lain.")]


def use_settings(
    context: typer.Context, home: Path | None, config: Path | None, tenant: str | None = None
) -> None:
    """Remember how to load settings; they are loaded when a command first asks for them."""
    context.obj = partial(Settings.load, home, config, tenant)


def settings_of(context: typer.Context) -> Settings:
    """The settings of this call.

    Raises:
        typer.Exit: with status 2 after one sentence, if a setting or the config is broken.
    """
    load: Callable[[], Settings] = context.obj
    try:
        settings = load()
        settings.config  # noqa: B018 - a broken config ends here, whatever the command
    except (ConfigError, SettingsError) as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    return settings


def say_error(sentence: str) -> None:
    """Print one sentence about what went wrong, on standard error, never wrapped."""
    errors.print(sentence, style="red", soft_wrap=True, markup=False)


@contextmanager
def failing() -> Iterator[None]:
    """Turn the expected failures of the block into one sentence and status 1."""
    from pipelines.run import RunError
    from warehouse import LakeError

    try:
        yield
    except (RunError, LakeError, OSError) as err:
        say_error(str(err))
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        say_error("Dihentikan. Yang sudah tersimpan aman; jalankan perintah yang sama untuk melanjutkan.")
        raise typer.Exit(FAILED) from None


def print_json(value: Any) -> None:  # noqa: ANN401 - JSON is any
    """Print a value as JSON on standard output; times become ISO 8601, missing numbers null."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")


def plain(value: Any) -> Any:  # noqa: ANN401 - JSON is any
    """Turn frames, records, times and paths into plain JSON values."""
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.to_dict("records")]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    if isinstance(value, datetime | date):
        return None if pd.isna(value) else value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return None
    return value
