"""Links lead somewhere, pictures are there, files and decisions that are named exist."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from tests.docs.reading import PAGES, ROOT, anchors, code, links

FLOORS = (  # not config: a home folder has one, too
    "benchmarks", "crawlers", "dags", "dashboard", "deploy", "docs", "nlp", "pipelines", "samples", "tests",
    "warehouse",
)  # fmt: skip
OTHERS = ROOT / "docs" / "comparison-dashboards.md"
"""Names files of other projects; decisions say what was, too."""
_PATH = re.compile(rf"(?:{'|'.join(FLOORS)})/[\w./*-]*")
_DECISION = re.compile(r"\b(?:[Dd]ecisions?|[Kk]eputusan) (\d+)((?:(?:,| and| dan) \d+)*)")


def dead(page: Path, target: str) -> bool:
    """Whether a link of a page leads to no file or to no heading of it."""
    parts = urlsplit(target)
    if parts.scheme:
        return parts.scheme not in ("http", "https", "mailto")
    path = (page.parent / parts.path).resolve() if parts.path else page
    if not path.exists():
        return True
    return bool(parts.fragment) and path.suffix == ".md" and parts.fragment not in anchors(path)


def test_every_link_and_picture_is_there() -> None:
    found = [(page, target) for page in PAGES for target in links(page)]
    assert [f"{page.relative_to(ROOT)}: {target}" for page, target in found if dead(page, target)] == []
    assert len(found) > 150


def test_dead_links_are_noticed() -> None:
    page = ROOT / "docs" / "access.md"
    assert dead(page, "nowhere.md")
    assert dead(page, "images/nothing.png")
    assert dead(page, "privacy.md#no-such-heading")
    assert dead(page, "ftp://example.org/")
    assert not dead(page, "privacy.md#keys")


def named(text: str) -> list[str]:
    """The paths of this repository that a piece of code in a page names; not those to be filled in."""
    return [text] if _PATH.fullmatch(text) and not re.search("NAME|NNN|FLOOR", text) else []


def test_every_file_named_in_a_page_exists() -> None:
    found = [
        (page, path)
        for page in PAGES
        if page.parent.name != "decisions" and page != OTHERS
        for text in code(page)
        for path in named(text)
    ]
    gone = [
        f"{page.relative_to(ROOT)}: {path}" for page, path in found if not list(ROOT.glob(path.rstrip("/")))
    ]
    assert gone == []
    assert len(found) > 80


def test_every_decision_that_is_named_was_made() -> None:
    made = {int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("0*.md")}
    sources = [*PAGES, *(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))]
    named_in = {
        (int(number), path.relative_to(ROOT))
        for path in sources
        for first, others in _DECISION.findall(path.read_text(encoding="utf-8"))
        for number in (first, *re.findall(r"\d+", others))
    }
    assert {(number, path) for number, path in named_in if number not in made} == set()
    assert len(named_in) > 20
