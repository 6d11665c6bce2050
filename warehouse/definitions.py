"""The marts as files: their names, their order, and what they were made of.

File names carry a number because later views read earlier ones. A file holds the query of a view; one
whose name begins with ``macro_`` holds a scalar function (parameters and expression) that later files use.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import duckdb

_MACRO = "macro_"


@dataclass(frozen=True, slots=True)
class Mart:
    """One view or function.

    Attributes:
        file: name of its file, with the number that orders it.
        sql: the query it stands for, or parameters and expression.
    """

    file: str
    sql: str

    @property
    def name(self) -> str:
        """Name of the view or function."""
        return self.file.removesuffix(".sql").split("_", 1)[1].removeprefix(_MACRO)

    @property
    def is_macro(self) -> bool:
        """Whether it is a function."""
        return self.file.split("_", 1)[1].startswith(_MACRO)


@cache
def marts() -> tuple[Mart, ...]:
    """Every mart, those that others read before them."""
    folder = files("warehouse") / "marts"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(Mart(f.name, f.read_text(encoding="utf-8")) for f in found)


def define(con: duckdb.DuckDBPyConnection, worked_out: Collection[str] = ()) -> None:
    """Create or replace every mart in the database in use.

    Args:
        con: the connection.
        worked_out: names of marts that become tables, worked out now.
    """
    for mart in marts():
        if mart.is_macro:
            con.execute(f"CREATE OR REPLACE MACRO {mart.name}\n{mart.sql}")
        else:
            kind = "TABLE" if mart.name in worked_out else "VIEW"
            con.execute(f"CREATE OR REPLACE {kind} {mart.name} AS\n{mart.sql}")


@cache
def reads_of(name: str) -> tuple[Mart, ...]:
    """A mart and the marts it reads, directly or through others, each after those that it reads itself."""
    wanted = {name}
    found = []
    for mart in reversed(marts()):
        if mart.name in wanted:
            found.append(mart)
            wanted |= {other.name for other in marts() if re.search(rf"\b{other.name}\b", mart.sql)}
    return tuple(reversed(found))


def digest(of: Iterable[Mart]) -> str:
    """A hash of names and definitions."""
    text = "\n".join(mart.file + "\n" + mart.sql for mart in of)
    return hashlib.sha256(text.encode()).hexdigest()
