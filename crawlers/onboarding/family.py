"""Which content management system a site runs on, and where such systems keep their lists.

The table of signs is `families.yaml`. A family only decides where to look first; everything it
suggests is then tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CUSTOM = "custom"
_TABLE = Path(__file__).with_name("families.yaml")
_MOST_MARKUP = 200_000
_NO_SIGN = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Family:
    """One content management system or network of sites; see `families.yaml`."""

    id: str
    name: str
    page: re.Pattern[str] = field(default=_NO_SIGN)
    headers: re.Pattern[str] = field(default=_NO_SIGN)
    links: re.Pattern[str] = field(default=_NO_SIGN)
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()


@cache
def families() -> tuple[Family, ...]:
    """Read the table; the last one is what has no sign at all."""
    return tuple(_family(row) for row in yaml.safe_load(_TABLE.read_text("utf-8"))["families"])


def by_id(family_id: str) -> Family:
    """Return a family by its id.

    Raises:
        KeyError: it is not in the table.
    """
    return {family.id: family for family in families()}[family_id]


def recognise(markup: str, headers: Mapping[str, str], links: Sequence[str]) -> Family:
    """Recognise a site's family.

    Args:
        markup: a page of the site, preferably its front page.
        headers: its response headers.
        links: addresses of articles on it.

    Returns:
        The first family of the table one of whose signs is there, or `custom`.
    """
    lines = "\n".join(f"{name.lower()}: {value.lower()}" for name, value in headers.items())
    for family in families():
        alike = sum(1 for link in links if family.links.search(link))
        if (
            family.page.search(markup[:_MOST_MARKUP])
            or family.headers.search(lines)
            or (alike and 2 * alike >= len(links))
        ):
            return family
    return by_id(CUSTOM)


def _family(row: dict[str, Any]) -> Family:
    def sign(name: str) -> re.Pattern[str]:
        return re.compile(row[name], re.IGNORECASE) if name in row else _NO_SIGN

    def paths(name: str) -> tuple[str, ...]:
        return tuple(row.get(name, ()))

    return Family(
        row["id"], row["name"], sign("page"), sign("headers"), sign("links"),
        paths("feeds"), paths("sitemaps"), paths("listings"),
    )  # fmt: skip
