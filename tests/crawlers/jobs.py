"""Jobs for the reader's workers; a module of its own because workers import it."""

from dataclasses import dataclass
from typing import Any

from crawlers.pool import ReadArticle


@dataclass(frozen=True, slots=True)
class Stall(ReadArticle):
    """A page that never ends."""

    def run(self) -> Any:
        while True:
            pass


@dataclass(frozen=True, slots=True)
class Bomb(ReadArticle):
    """A page that breaks the reader."""

    def run(self) -> Any:
        raise RuntimeError("rusak")
