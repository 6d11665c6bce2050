"""The gate of extraction: no figure may fall below its committed floor, no floor below the goal."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from config import ratchet
from crawlers.dates import plausible
from tests.gold import NOW, GoldPage, gold_pages
from tests.gold.score import GOALS, LOWER_IS_BETTER, figures, measured, read_all
from tests.gold.update import floors, on_real_pages, rounded, updated


@pytest.fixture(scope="module")
def pages() -> list[GoldPage]:
    return list(gold_pages())


def test_no_figure_falls_below_its_floor() -> None:
    own = {name: floor for name, floor in floors().items() if not name.startswith("aeb.")}
    assert len(own) > 100
    assert ratchet.drops(own, measured(), LOWER_IS_BETTER) == {}


@pytest.mark.slow
def test_no_figure_on_real_pages_falls_below_its_floor(shared: Path) -> None:
    real = {name: floor for name, floor in floors().items() if name.startswith("aeb.")}
    assert real
    assert ratchet.drops(real, on_real_pages(shared / "real" / "aeb")) == {}


def test_no_floor_is_below_the_goal() -> None:
    assert ratchet.drops(GOALS, floors(), LOWER_IS_BETTER) == {}


def test_a_worse_reader_would_be_caught() -> None:
    read = read_all()
    broken = [type(r)(r.page, r.found) for r in read]
    for reading in broken[:60]:
        object.__setattr__(reading, "found", read[-1].found)
    caught = ratchet.drops(floors(), figures(broken), LOWER_IS_BETTER)
    assert {"gold.title", "gold.author", "gold.body_f1", "gold.instant", "gold.page_type"} <= set(caught)


def test_the_set_is_large_enough_and_the_same_every_time(pages: list[GoldPage]) -> None:
    stories = [page for page in pages if page.truth.is_article]
    per_layout = Counter(page.layout for page in stories)
    assert len(stories) >= 210
    assert len(per_layout) >= 16
    assert min(per_layout.values()) >= 12
    assert len({page.name for page in pages}) == len({page.url for page in pages}) == len(pages)
    assert [p.html for p in pages] == [p.html for p in gold_pages()]


def test_the_truth_stands_on_the_page(pages: list[GoldPage]) -> None:
    """What a page does not show cannot be asked of a reader."""
    for page in pages:
        truth, html = page.truth, _text(page)
        if not truth.is_article:
            continue
        plain = _plain(html)
        assert _plain(truth.title) in plain, page.name
        assert all(_plain(text) in plain for text in truth.body), page.name
        assert truth.author is None or truth.author in html, page.name
        assert truth.at is None or plausible(truth.at, NOW), page.name
        assert truth.at is None or _shows_day(html, truth.at), page.name


def test_the_traps_are_set(pages: list[GoldPage]) -> None:
    stories = [page for page in pages if page.truth.is_article]
    today = f"{NOW.day} November {NOW.year}"
    assert sum(today in _text(page) for page in stories) > 80
    assert sum(page.truth.at is None for page in stories) >= 6
    assert sum(page.truth.author is None for page in stories) >= 60
    utc_is_another_day = [p for p in stories if p.truth.at and p.truth.at.hour < 7]
    assert len(utc_is_another_day) >= 40
    kinds = {kind for page in pages for kind in page.truth.page_types}
    assert kinds == {"article", "listing", "soft_404", "challenge", "empty", "needs_js"}


def test_a_floor_rises_by_itself_and_falls_only_with_a_reason() -> None:
    old, now = {"a": 0.9, "b": 0.8, "other": 0.5}, {"a": 0.9537, "b": 0.7}
    with pytest.raises(ValueError, match=r"b: 0\.7000 instead of 0\.8000"):
        updated(old, now, reason=None)
    new, lowered = updated(old, now, reason="stricter truth")
    assert new == {"a": 0.953, "b": 0.7, "other": 0.5}
    assert lowered == {"b": [0.8, 0.7]}


@pytest.mark.parametrize(
    ("figures", "want"),
    [
        ({"gold.title": 0.9999}, {"gold.title": 0.999}),
        ({"gold.title": 1.0}, {"gold.title": 1.0}),
        ({"gold.dates_wrong": 0.0}, {"gold.dates_wrong": 0.0}),
    ],
)
def test_floors_are_rounded_to_the_worse_side(
    figures: Mapping[str, float], want: Mapping[str, float]
) -> None:
    assert rounded(figures) == want


def _text(page: GoldPage) -> str:
    """The page as a browser decodes it, whatever its server says."""
    try:
        return page.html.decode()
    except UnicodeDecodeError:
        return page.html.decode("cp1252")


def _plain(text: str) -> str:
    import html

    from lxml.html import fromstring

    seen = fromstring(f"<div>{text}</div>").text_content() if "<" in text else html.unescape(text)
    return "".join(seen.split())


def _shows_day(html: str, at: datetime) -> bool:
    """Whether the page names the day somewhere: as readers see it, or in its data."""
    utc = at.astimezone(datetime.fromisoformat("2000-01-01T00:00+00:00").tzinfo)
    stamps = {f"{d:%Y-%m-%d}" for d in (at, utc)} | {f"{at:%Y/%m/%d}", f"{at:%d/%m/%Y}", f"{at:%d-%m-%Y}"}
    short = f"{at:%d/%m/%y}"
    year, day = str(at.year), str(at.day)
    return any(stamp in html for stamp in (*stamps, short)) or (year in html and day in html)
