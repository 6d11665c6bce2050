"""Jobs for the reader's workers; a module of its own because workers import it."""

import gc
import os
import time
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Slow(ReadArticle):
    """A page that takes a while."""

    def run(self) -> Any:
        time.sleep(8.0)
        return ReadArticle.run(self)


@dataclass(frozen=True, slots=True)
class Who(ReadArticle):
    """A page whose title is the number of the process that read it."""

    def run(self) -> Any:
        return replace(ReadArticle.run(self), title=str(os.getpid()))


_hoard: list[bytes] = []


@dataclass(frozen=True, slots=True)
class Hoard(Who):
    """A page that leaves 200 MB behind."""

    def run(self) -> Any:
        _hoard.append(os.urandom(1024) * 200 * 1024)
        return Who.run(self)


class _Ring:
    """Something that only the collector of garbage can free."""

    def __init__(self) -> None:
        self.me = self


@dataclass(frozen=True, slots=True)
class Litter(ReadArticle):
    """A page whose title is how much litter of earlier ones is still there."""

    def run(self) -> Any:
        left = sum(isinstance(one, _Ring) for one in gc.get_objects())
        _Ring()
        return replace(ReadArticle.run(self), title=str(left))
