"""How well, how fast and how evenly articles become stories.

Pairs of known kind made from our corpus and, where they are present (``PATI_SHARED``), real pages: recall
by class, precision, documents a second from text to links; datasketch's MinHash LSH at its usual
threshold on the same texts (needs ``make peers-stories``). The hand-made story set with the analyser's
labels: B-cubed. Linking 500 new articles in lakes of growing size. One core.
Run: ``python benchmarks/stories.py [--quick] [--json FILE]``.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

# one core for everybody; read when numpy is imported
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["PATI_FAST"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.linking.growth import cost
from benchmarks.linking.variants import CLASSES, Base, bases, variants
from benchmarks.report import Figure, arguments, publish
from config import load_config
from nlp import Analyzer
from nlp.corpus import read_corpus
from pipelines.linking import BOUNDS, Graph, Node, articles, links, settle
from tests.pipelines.story_set import b_cubed, read

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PATI_SHARED", ROOT.parent / "shared"))
PEER = ROOT / ".tools" / "peers-stories" / "bin" / "python"
START = datetime(2026, 3, 2, tzinfo=UTC)
Pool = tuple[list[dict[str, Any]], dict[str, int], dict[str, str]]


def pool(rng: random.Random, n: int) -> Pool:
    """Rows of two days: every base, and all variants of `n` of them; the base and class of each."""
    every = bases(rng, SHARED if SHARED.is_dir() else None)
    rows, base, kind = [], {}, {}

    def add(doc_id: str, one: Base, text: str, hours: float) -> None:
        base[doc_id] = one.number
        rows.append(
            {
                "doc_id": doc_id, "source_id": doc_id, "title": "", "text": text, "topic": one.topic,
                "dated_at": START + timedelta(hours=hours), "kecamatan_all": [],
            }
        )  # fmt: skip

    for one in every:
        add(f"b{one.number}", one, one.text, 24 * rng.random())
    for i, (one, name, text) in enumerate(variants(rng.sample(every, n), rng)):
        kind[f"v{i}"] = name
        add(f"v{i}", one, text, 24 + 24 * rng.random())
    return sorted(rows, key=lambda row: row["dated_at"]), base, kind


def quality(made: Pool, found: set[frozenset[str]], who: str, *, goals: bool) -> Iterator[tuple[str, Figure]]:
    """Recall by class and precision of the pairs that somebody found."""
    _, base, kind = made
    for name in CLASSES:
        wanted = [key for key, one in kind.items() if one == name]
        recall = sum(frozenset((key, f"b{base[key]}")) in found for key in wanted) / len(wanted)
        goal = 0.95 if name.startswith("20%") else 0.99
        yield f"{who} recall, {name}", Figure(recall, goal if goals else None, note=f"{len(wanted)} pairs")
    right = Counter(len({base[key] for key in pair}) == 1 for pair in found)
    note = f"{right[False]} of {right.total()} wrong, all pairs of {len(base)} texts"
    yield f"{who} precision", Figure(right[True] / right.total(), 0.99 if goals else None, note=note)


def ours(made: Pool) -> tuple[set[frozenset[str]], float]:
    """Pairs, and documents a second from text to links."""
    rows = made[0]
    started = time.process_time()
    every = articles(rows)
    found = links(every, {one.doc_id for one in every})
    speed = len(rows) / (time.process_time() - started)
    return {frozenset((one.later, one.earlier)) for one in found}, speed


def datasketch(made: Pool) -> tuple[set[frozenset[str]], float] | None:
    """The same of datasketch, or None where it is not installed."""
    if not PEER.exists():
        return None
    rows = made[0]
    done = subprocess.run(
        [str(PEER), str(ROOT / "benchmarks" / "linking" / "peer.py")],
        input=json.dumps([row["text"] for row in rows]), capture_output=True, text=True, check=True,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    ids = [row["doc_id"] for row in rows]
    return {frozenset((ids[a], ids[b])) for a, b in answer["pairs"]}, len(rows) / answer["seconds"]


def story_set() -> Iterator[tuple[str, Figure]]:
    """B-cubed of both halves of the hand-made set, with the labels of the analyser."""
    analyser = Analyzer.load(load_config(), encoder=False)
    for half in ("develop", "held"):
        rows, gold = read(half)
        n, titles = len(rows), [row["title"] for row in rows]
        labels = analyser.analyze([r["text"] for r in rows], ["news"] * n, ["pati_only"] * n, titles)
        for row, label in zip(rows, labels, strict=True):
            row |= {"topic": label.topic, "kecamatan_all": list(label.kecamatan)}
        every = articles(rows)
        graph = Graph()
        graph.add([Node(one.doc_id, one.moment) for one in every], links(every, {*gold}))
        settle(graph, gold, BOUNDS)
        precision, recall, f1 = b_cubed({key: node.root for key, node in graph.nodes.items()}, gold)
        note = f"{len(rows)} articles, {len(set(gold.values()))} stories; P {precision:.3f}, R {recall:.3f}"
        yield f"B-cubed F1, {half}", Figure(f1, 0.95, note=note)


def growth(sizes: Sequence[int]) -> Iterator[tuple[str, Figure]]:
    """What linking costs in growing lakes, and how much more a new article costs in the largest."""
    sentences = [one.text for one in read_corpus() if one.kind != "news"]
    costs = [cost(n, 500, sentences) for n in sizes]
    for one in costs:
        size = f"{one.n:,} articles in 26 months"
        yield f"whole relink, CPU ms per article, {one.n}", Figure(1000 * one.whole / one.n, note=size)
        yield f"500 new, CPU ms per article, {one.n}", Figure(1000 * one.new / one.n_new, note=size)
        yield f"nothing new, CPU seconds, {one.n}", Figure(one.again, note=size)
    ratio = (costs[-1].new / costs[-1].n_new) / (costs[0].new / costs[0].n_new)
    times = f"{sizes[-1] // sizes[0]} times as many articles"
    yield "a new article, largest beside smallest", Figure(ratio, 2.0, higher_is_better=False, note=times)


def main() -> int:
    """Measure everything and print it."""
    given = arguments(__doc__.splitlines()[0])
    made = pool(random.Random(7), 200 if given.quick else 600)  # noqa: S311 - the same pairs every time
    found, speed = ours(made)
    figures = dict(quality(made, found, "ours", goals=True))
    figures["ours, documents a second"] = Figure(speed, 5_000, note="text to links, one core, CPU time")
    peer = datasketch(made)
    if peer:
        figures |= quality(made, peer[0], "datasketch 0.7", goals=False)
        note = f"ours is {speed / peer[1]:.1f} times as fast"
        figures["datasketch 0.7, documents a second"] = Figure(peer[1], note=note)
    else:
        print("peer not installed: make peers-stories")
    figures |= story_set()
    figures |= growth((2_000, 10_000) if given.quick else (10_000, 50_000, 100_000))
    return publish("Stories", figures, given.json)


if __name__ == "__main__":
    sys.exit(main())
