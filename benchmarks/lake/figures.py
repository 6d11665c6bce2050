"""What the benchmark of the lake says: figures with their goals, and what grows."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.lake.growing import Size
from benchmarks.report import Figure

MOST_TILE_MS, MOST_LOAD_S, MOST_SEARCH_MS = 300.0, 10.0, 50.0
NEAR_FLAT = 2.0
"""A new document may cost at most so many times as much in the largest lake as in the smallest."""


def figures(sizes: Sequence[Size]) -> dict[str, Figure]:
    """Figures of all sizes, and the growth from the first to the last."""
    found: dict[str, Figure] = {}
    for size in sizes:
        found |= {f"{name} @ {size.count:,}": figure for name, figure in _of(size).items()}
    if len(sizes) > 1:
        found |= _grown(sizes[0], sizes[-1])
    return found


def _of(size: Size) -> dict[str, Figure]:
    slowest = max(size.tiles, key=lambda name: size.tiles[name].p95)
    over = sum(1000 * one.p95 > MOST_TILE_MS for one in size.tiles.values())
    new, search = size.new, size.search
    topics = size.tiles["tren: topics"].p50
    loaded = f"10,000 new; load {new.load:.1f}, index {new.index:.1f}"
    hits = f"p95, three words and two filters; {search.hits:,.0f} hits on average"
    csv = f"topics of a week; pandas over CSV {size.pandas:.1f} s"
    found = {
        "slowest question ms": _most(1000 * size.tiles[slowest].p95, MOST_TILE_MS, f"p95 of {slowest}"),
        "questions over the goal": Figure(over, note=f"of {len(size.tiles)}"),
        "load and index s": _most(new.load + new.index, MOST_LOAD_S, loaded),
        "load and index CPU s": Figure(new.load_cpu + new.index_cpu, note="all threads"),
        "link ms per article": Figure(_per_article(size), note=f"{new.n_linked:,} new articles of five days"),
        "link ms per article looked at": Figure(
            _per_near(size), note=f"{new.n_near:,} articles: the new ones, and two weeks around them"
        ),
        "search ms": _most(1000 * search.p95, MOST_SEARCH_MS, hits),
        "ILIKE ÷ search": Figure(search.letters / search.p50, note=f"medians; ILIKE {search.letters:.1f} s"),
        "pandas ÷ question": Figure(size.pandas / topics, note=csv),
        "bytes per document": Figure(size.stored, note=f"without the index; {size.facts:.0f} of them facts"),
        "index bytes per document": Figure(search.stored),
        "open s": Figure(size.opened, note="until a new snapshot can be asked"),
        "made s": Figure(size.made, note=f"the lake; its index {search.build:.0f} s"),
    }  # fmt: skip
    fts = size.full_text
    if fts is not None:
        note = (
            f"medians; DuckDB FTS {1000 * fts.asked:.0f} ms, its index {fts.build:.0f} s after every change"
        )
        found["FTS ÷ search"] = Figure(fts.asked / search.p50, note=note)
    return found


def _grown(small: Size, large: Size) -> dict[str, Figure]:
    note = f"{large.count / small.count:.0f} times as many documents"
    return {
        "load and index, times": _most(
            (large.new.load + large.new.index) / (small.new.load + small.new.index), NEAR_FLAT, note
        ),
        "link per article, times": _most(
            _per_article(large) / max(0.001, _per_article(small)),
            NEAR_FLAT,
            note,
        ),
        "link per article looked at, times": _most(_per_near(large) / _per_near(small), NEAR_FLAT, note),
        "search p95, times": Figure(large.search.p95 / small.search.p95, note=note),
    }


def _per_article(size: Size) -> float:
    """Milliseconds of linking one new article."""
    return 1000 * size.new.link / max(1, size.new.n_linked)


def _per_near(size: Size) -> float:
    """Milliseconds of linking, by the articles it looked at: their number a day grows with these lakes."""
    return 1000 * size.new.link / max(1, size.new.n_near)


def _most(value: float, goal: float, note: str) -> Figure:
    return Figure(value, goal, higher_is_better=False, note=note)


def growth(sizes: Sequence[Size]) -> dict[str, list[float | None]]:
    """Rows of the table of what grows, one value per size."""
    return {
        "days that the documents are spread over": [size.days for size in sizes],
        "slowest question, p95 ms": [1000 * max(one.p95 for one in size.tiles.values()) for size in sizes],
        "median question, p95 ms": [
            1000 * sorted(one.p95 for one in size.tiles.values())[len(size.tiles) // 2] for size in sizes
        ],
        "search, p95 ms": [1000 * size.search.p95 for size in sizes],
        "load, ms per new document": [size.new.load / 10 for size in sizes],
        "index, ms per new document": [size.new.index / 10 for size in sizes],
        "link, ms per new article": [_per_article(size) for size in sizes],
        "link per article looked at, ms": [_per_near(size) for size in sizes],
        "open, s": [size.opened for size in sizes],
        "lake, bytes per document": [size.stored for size in sizes],
        "index, bytes per document": [size.search.stored for size in sizes],
        "pandas over CSV, ms": [1000 * size.pandas for size in sizes],
        "ILIKE, ms": [1000 * size.search.letters for size in sizes],
        "DuckDB FTS, ms": [1000 * size.full_text.asked if size.full_text else None for size in sizes],
    }
