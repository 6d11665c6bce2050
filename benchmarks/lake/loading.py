"""Ten thousand new documents through the real stages: landing zone to lake, search index, stories."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from benchmarks.lake.making import NOW, phrases
from benchmarks.search import label
from crawlers.items import ComplaintInfo, Document, Kind, StatusEvent
from crawlers.landing import Landing
from pipelines.linking.incremental import link
from pipelines.linking.pairs import WINDOW
from pipelines.progress import Silent
from pipelines.searching import search_words
from pipelines.settings import Settings
from pipelines.stages import load
from warehouse import Lake
from warehouse.search import refresh
from warehouse.store import add_enrichment
from warehouse.store.linking import articles_between

T = TypeVar("T")

COUNT = 10_000
PER_BATCH = 500
KINDS: tuple[Kind, ...] = ("complaint", *["news"] * 2, *["social"] * 3, *["comment"] * 4)


def land(home: Path, run_id: str, count: int = COUNT) -> None:
    """Put `count` documents that the lake does not know into the landing zone, a tenth of them complaints."""
    dice, pieces = random.Random(run_id), phrases()  # noqa: S311 - made-up texts
    landing = Landing(home / "landing", run_id)
    documents = [_document(dice, pieces, f"{run_id}-{i}", i) for i in range(count)]
    for first in range(0, count, PER_BATCH):
        landing.write("media_sosial", documents[first : first + PER_BATCH])


def _document(dice: random.Random, pieces: list[str], key: str, at: int) -> Document:
    moment = NOW - timedelta(seconds=dice.randrange(5 * 86_400))
    kind: Kind = KINDS[at % len(KINDS)]
    length = {"news": 20, "complaint": 6, "social": 4}.get(kind, 2)
    complaint = None
    if kind == "complaint":
        events = (StatusEvent("diproses", "Diproses", moment + timedelta(hours=3), "OPD", None),)
        complaint = ComplaintInfo("whatsapp", None, "diproses", "Diproses", moment, events=events)
    return Document(
        kind=kind,
        source_id="media_sosial",
        title=dice.choice(pieces),
        text=" ".join(dice.choices(pieces, k=length)),
        fetched_at=NOW,
        external_id=key,
        published_at=moment,
        published_from="feed",
        complaint=complaint,
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What 10,000 new documents cost; seconds by the clock, and of the processor (all threads).

    Attributes:
        load: from the landing zone into the lake.
        index: the search index brought up to date.
        load_cpu: as `load`.
        index_cpu: as `index`.
        link: linking the new articles, after all new documents got labels.
        link_cpu: as `link`.
        n_linked: how many new articles that were.
        n_near: how many articles linking looked at: the new ones and those of two weeks around them.
    """

    load: float
    index: float
    load_cpu: float
    index_cpu: float
    link: float
    link_cpu: float
    n_linked: int
    n_near: int


def measure(home: Path, run_id: str, behind: int = 0) -> Taken:
    """Measure in a process of its own, as a run is one: it knows no word yet.

    Args:
        home: of the lake.
        run_id: not one that the lake knows.
        behind: what is added to the nice value of the process.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.lake.loading", str(home), run_id, str(behind)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).resolve().parent.parent.parent,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Taken(**json.loads(done.stdout))


def _measured(home: Path, run_id: str) -> Taken:
    settings = Settings(home, None, NOW)
    settings.config  # noqa: B018 - read before the clock runs
    with Lake(home, now=NOW) as lake:
        loaded, load_clock = _timed(lambda: load.run(lake, settings, Silent(), run_id))
        indexed, index_clock = _timed(lambda: refresh(lake, search_words(settings.config)))
        if (loaded.n_new, indexed.n_indexed) != (COUNT, COUNT):
            raise RuntimeError(f"{loaded.n_new} of {COUNT} documents were new, {indexed.n_indexed} indexed")
        _label(lake, run_id)
        near = _near(lake, run_id)
        linked, link_clock = _timed(lambda: link(lake, Silent()))
    clocks = load_clock[0], index_clock[0], load_clock[1], index_clock[1], *link_clock
    return Taken(*clocks, linked.fresh, near)


def _near(lake: Lake, run_id: str) -> int:
    """Articles of two weeks around the new ones, these included."""
    first, last = lake.rows(
        "SELECT min(published_at), max(published_at) FROM document WHERE run_id = $run AND kind = 'news'",
        {"run": run_id},
    )[0]
    return len(articles_between(lake, first - WINDOW, last + WINDOW))


def _timed(work: Callable[[], T]) -> tuple[T, tuple[float, float]]:
    start, before = time.perf_counter(), time.process_time()
    done = work()
    return done, (time.perf_counter() - start, time.process_time() - before)


def _label(lake: Lake, run_id: str) -> None:
    dice = random.Random(run_id)  # noqa: S311 - made-up labels
    topics = [topic for (topic,) in lake.rows("SELECT topic FROM dim_topic ORDER BY topic")]
    ids = lake.rows(
        "SELECT doc_id FROM document WHERE run_id = $run AND fetched_at >= $now", {"run": run_id, "now": NOW}
    )
    own = {"model_version": "m1", "opd_ids": [], "opd_scores": [], "kecamatan": []}
    rows = [{**label(dice, doc_id), **own, "topic": dice.choice(topics)} for (doc_id,) in ids]
    add_enrichment(lake, rows)


if __name__ == "__main__":
    os.nice(int(sys.argv[3]))
    land(Path(sys.argv[1]), sys.argv[2])
    print(json.dumps(asdict(_measured(Path(sys.argv[1]), sys.argv[2]))))
