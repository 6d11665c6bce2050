"""Ask the lake, remember the answers until it changes.

One reading connection serves all sessions of the process, one question at a time; answers are
kept by lake snapshot and parameters, so a page that somebody has just looked at costs nothing,
and a page after a load shows the new numbers within `CHECK_SECONDS`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import duckdb
import streamlit as st

from config import Config, load_config
from dashboard.format import is_missing
from dashboard.settings import Settings, read_settings
from warehouse.errors import LakeError
from warehouse.lake import Lake
from warehouse.queries import Week, last_complete_week
from warehouse.reading import open_reading

if TYPE_CHECKING:
    import pandas as pd

P = ParamSpec("P")
T = TypeVar("T")

CHECK_SECONDS = 5.0
"""How long a lake snapshot is taken to be the newest before looking again."""


class Reader:
    """The reading connection to one home at one moment; safe to share between threads."""

    def __init__(self, home: Path, now: datetime) -> None:
        self._home, self._now = home, now
        self._lock = threading.Lock()
        self._lake, self._snapshot = open_reading(home, now)
        self._checked = time.monotonic()

    def snapshot(self) -> int:
        """The snapshot that answers rest on; looks for a newer one every `CHECK_SECONDS`."""
        with self._lock:
            if time.monotonic() - self._checked > CHECK_SECONDS:
                if self._lake.snapshot() != self._snapshot:
                    old = self._lake
                    self._lake, self._snapshot = open_reading(self._home, self._now)
                    old.close()
                self._checked = time.monotonic()
            return self._snapshot

    def look_again(self) -> None:
        """Look for a newer snapshot at the next question: this process has just written one."""
        with self._lock:
            self._checked = float("-inf")

    def ask(self, question: Callable[[Lake], T]) -> T:
        """Answer one question.

        Raises:
            LakeError: the lake cannot be read.
        """
        with self._lock:
            try:
                return question(self._lake)
            except duckdb.Error as err:
                raise LakeError(
                    f"Gudang data di {self._home} tidak dapat dibaca; coba lagi sebentar lagi, "
                    "atau jalankan `pati doctor`."
                ) from err


@st.cache_resource(max_entries=2, show_spinner="Membuka data …")
def _reader(home: str, now: datetime) -> Reader:
    return Reader(Path(home), now)


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(key: tuple[str, ...], _question: Callable[[], Any]) -> Any:  # noqa: ANN401, ARG001 - any answer; the key is what the cache reads
    return _question()


@st.cache_resource(max_entries=2, show_spinner=False)
def _config(folder: str | None) -> Config:
    return load_config(Path(folder) if folder else None)


def settings() -> Settings:
    """Settings of this process."""
    return read_settings()


def config() -> Config:
    """The configuration: names of channels and statuses.

    Raises:
        config.ConfigError: a mistake in a YAML file.
    """
    folder = settings().config_dir
    return _config(str(folder) if folder else None)


def ask(question: Callable[Concatenate[Lake, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Ask one question of `warehouse.queries`.

    Args:
        question: the query function; its lake is supplied here.
        args: its other arguments, which must have a telling `repr` (they are the cache key).
        kwargs: same.

    Raises:
        LakeMissingError: there is no lake yet.
        LakeError: it cannot be read.
    """
    where = settings()
    reader = _reader(str(where.home), where.now)
    key = (
        str(where.home), where.now.isoformat(), str(reader.snapshot()),
        question.__module__, question.__qualname__, repr(args), repr(sorted(kwargs.items())),
    )  # fmt: skip
    return cast("T", _answer(key, lambda: reader.ask(lambda lake: question(lake, *args, **kwargs))))


def look_again() -> None:
    """Answer the next question from what was just written."""
    where = settings()
    _reader(str(where.home), where.now).look_again()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries, with None for every missing value."""
    return [
        {str(name): None if is_missing(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def this_week() -> Week:
    """The newest complete week."""
    return last_complete_week(settings().now)
