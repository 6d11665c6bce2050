"""One thing that is wrong with a configuration, found after each file was read by itself."""

from __future__ import annotations

from dataclasses import dataclass

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        file: name of the file.
        loc: path of keys and list positions in it.
        key: the key or value at fault.
        message: what is wrong and what to do, in Indonesian.
    """

    file: str
    loc: Loc
    key: str
    message: str
