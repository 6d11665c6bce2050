"""One size of the lake, measured from end to end."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lake import loading, making, peers, searching, tiles
from warehouse import Lake
from warehouse.reading import open_reading

MOST_FTS = 500_000
"""DuckDB's FTS copies and indexes everything anew: above this it is not waited for, and that is said."""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one size; times in seconds.

    Attributes:
        count: documents.
        days: over how many days they are spread.
        made: making the lake, facts included.
        tiles: by question.
        opened: until the dashboard can answer from a new snapshot.
        search: by the index, and by ILIKE.
        new: 10,000 new documents.
        stored: bytes on disk per document without the index, `facts` of these the tables of facts.
        facts: see `stored`.
        pandas: the topics of a week, by pandas from a CSV.
        full_text: the same questions by DuckDB's FTS; None: not measured, `without` says why.
        without: see `full_text`.
    """

    count: int
    days: float
    made: float
    tiles: dict[str, tiles.Timing]
    opened: float
    search: searching.Search
    new: loading.Taken
    stored: float
    facts: float
    pandas: float
    full_text: peers.FullText | None
    without: str


def measure(count: int, days: float, say: Say, runs: int = tiles.RUNS) -> Size:
    """Make a lake of `count` documents in a folder for the time being, and measure it.

    Args:
        count: documents.
        days: over how many days they are spread.
        say: told what is going on.
        runs: how often every question is asked.
    """
    count -= count % 900
    work = Path(tempfile.mkdtemp(prefix="pati-lake-"))
    try:
        return _measured(work, count, days, say, runs)
    finally:
        shutil.rmtree(work)


def _measured(work: Path, count: int, days: float, say: Say, runs: int) -> Size:
    home = work / "home"
    say("making the lake")
    start = time.perf_counter()
    making.make(home, count, days).close()
    made = time.perf_counter() - start
    stored, facts = _stored(home, count)
    say(f"made in {made:.0f} s; asking every question {runs} times")
    start = time.perf_counter()
    reading, _ = open_reading(home, making.NOW)
    opened = time.perf_counter() - start
    with reading:
        timings = tiles.measure(reading, tiles.questions(reading), runs)
    slowest = max(timings, key=lambda name: timings[name].p95)
    say(
        f"opened in {opened:.1f} s; the slowest question is {slowest}, "
        f"p95 {1000 * timings[slowest].p95:.0f} ms"
    )
    with Lake(home, now=making.NOW) as lake:
        say("building the search index, asking it, and ILIKE")
        search = searching.measure(lake, count)
        say(
            f"index built in {search.build:.0f} s, p95 {1000 * search.p95:.0f} ms; "
            "pandas over CSV, DuckDB FTS"
        )
        peers.csv(lake, work / "documents.csv")
        by_pandas = peers.pandas_topics(work / "documents.csv")
        full_text, without = _full_text(lake, work, count)
    say("10,000 new documents: load, index, link")
    new = loading.measure(home, "run-new")
    say(f"load {new.load:.1f} s, index {new.index:.1f} s, link {new.link:.1f} s")
    return Size(
        count, days, made, timings, opened, search, new, stored, facts, by_pandas, full_text, without
    )  # fmt: skip


def _full_text(lake: Lake, work: Path, count: int) -> tuple[peers.FullText | None, str]:
    if count > MOST_FTS:
        return None, f"not measured above {MOST_FTS:,} documents: the whole index is built at once"
    found = peers.full_text(lake, work, searching.asked(lake, searching.N_BY_LETTERS))
    return found, "" if found else "the extension cannot be had: make peers-lake"


def _stored(home: Path, count: int) -> tuple[float, float]:
    parquet = home / "lake" / "parquet" / "main"
    tables = ("document_fact", "complaint_fact", "complaint_spell", "story_fact")
    return _bytes(home / "lake") / count, sum(_bytes(parquet / name) for name in tables) / count


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
