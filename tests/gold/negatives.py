"""Gold pages that are no article: lists of stories, lost pages, bot walls, empty shells."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.gold.model import GoldPage, Truth

HERE = Path(__file__).parent
LAYOUT = "no_article"


def negative_pages() -> Iterator[GoldPage]:
    """Render every entry of `negatives.yaml`."""
    for number, entry in enumerate(_entries()):
        yield _page(number, entry)


@cache
def _entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / "negatives.yaml").read_text("utf-8"))
    return found


def _page(number: int, entry: Mapping[str, Any]) -> GoldPage:
    html, host = entry.get("html"), "kabar.example"
    if html is None:
        html, host = _listed(number, entry)
    return GoldPage(
        name=f"{LAYOUT}-{entry['name']}",
        layout=LAYOUT,
        url=f"https://{host}{entry['path']}",
        html=html.encode(),
        charset="utf-8",
        truth=Truth(page_types=tuple(entry["types"])),
    )


def _listed(number: int, entry: Mapping[str, Any]) -> tuple[str, str]:
    from tests.gold.render import NOW, neighbours, sites, template

    site = next(site for site in sites() if site["layout"] == entry["site"])
    rng = random.Random(f"gold {entry['name']}")  # noqa: S311 - the same pages every time
    others = neighbours(site, number, 7, rng)
    page = template(entry["template"])
    return page.render(s=site, now=NOW, others=others, path=entry["path"], **entry["vars"]), site["host"]
