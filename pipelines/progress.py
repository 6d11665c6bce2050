"""How a stage tells people how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as RichProgress


class Progress(Protocol):
    """What a stage may call; all numbers are counts of records."""

    def begin(self, title: str, total: int | None) -> None:
        """A new piece of work; `total` is None when it cannot be known yet."""

    def advance(self, count: int = 1) -> None:
        """That many more records are done."""

    def note(self, text: str) -> None:
        """A short remark beside the bar."""


class Silent:
    """Progress nobody watches."""

    def begin(self, title: str, total: int | None) -> None:
        """See `Progress`."""

    def advance(self, count: int = 1) -> None:
        """See `Progress`."""

    def note(self, text: str) -> None:
        """See `Progress`."""


class Bars:
    """Progress as one rich bar per piece of work."""

    def __init__(self, rich: RichProgress) -> None:
        self._rich = rich
        self._task: TaskID | None = None

    def begin(self, title: str, total: int | None) -> None:
        """See `Progress`."""
        self.end()
        self._task = self._rich.add_task(title, total=total, note="")

    def advance(self, count: int = 1) -> None:
        """See `Progress`."""
        if self._task is not None:
            self._rich.advance(self._task, count)

    def note(self, text: str) -> None:
        """See `Progress`."""
        if self._task is not None:
            self._rich.update(self._task, note=text)

    def end(self) -> None:
        """Mark the current piece of work as done."""
        if self._task is not None:
            done = self._rich.tasks[self._task].completed
            self._rich.update(self._task, total=done or 1, completed=done or 1, note="")


@contextmanager
def bars(console: Console) -> Iterator[Bars]:
    """Show progress on `console` for the duration of the block."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<34}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with RichProgress(*columns, console=console) as rich:
        shown = Bars(rich)
        yield shown
        shown.end()
