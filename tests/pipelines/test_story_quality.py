"""How well stories are found: pairs of known kind, and a set of stories written by hand."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from benchmarks.linking.variants import CLASSES, bases, variants
from config import load_config
from nlp import Analyzer
from pipelines.linking import BOUNDS, Graph, Link, Node, articles, links, settle
from tests.pipelines.story_set import b_cubed, read

START = datetime(2026, 3, 2, tzinfo=UTC)


@cache
def pool() -> tuple[list[dict[str, Any]], dict[str, int], dict[str, str]]:
    """Rows to link, the base of each by its number, and the class of each variant."""
    rng = random.Random(11)  # noqa: S311 - the same pairs every time
    every = bases(rng)
    chosen = rng.sample(every, 150)
    rows, base, kind = [], {}, {}

    def add(doc_id: str, number: int, topic: str, text: str, hours: float) -> None:
        base[doc_id] = number
        rows.append(
            {
                "doc_id": doc_id, "source_id": doc_id, "title": "", "text": text, "topic": topic,
                "dated_at": START + timedelta(hours=hours), "kecamatan_all": [],
            }
        )  # fmt: skip

    for one in every:
        add(f"b{one.number}", one.number, one.topic, one.text, 24 * rng.random())
    for i, (one, name, text) in enumerate(variants(chosen, rng)):
        kind[f"v{i}"] = name
        add(f"v{i}", one.number, one.topic, text, 24 + 24 * rng.random())
    return rows, base, kind


@cache
def found() -> dict[tuple[str, str], Link]:
    every = articles(pool()[0])
    return {(one.later, one.earlier): one for one in links(every, {a.doc_id for a in every})}


@pytest.mark.parametrize("name", CLASSES)
def test_near_duplicates_of_each_kind_are_found(name: str) -> None:
    _, base, kind = pool()
    wanted = [key for key, one in kind.items() if one == name]
    hits = sum((key, f"b{base[key]}") in found() for key in wanted)
    assert len(wanted) == 150
    assert hits / len(wanted) >= (0.95 if name.startswith("20%") else 0.99)


def test_texts_that_only_share_their_subject_are_not_linked() -> None:
    """Among 2,000 texts of one day: 900 bases by topic, and variants with the same head and foot."""
    _, base, _ = pool()
    right = Counter(base[later] == base[earlier] for later, earlier in found())
    assert right[True] > 1_000
    assert right[True] / right.total() >= 0.99


@pytest.mark.parametrize("half", ["develop", "held"])
def test_stories_of_the_hand_made_set_with_the_labels_of_the_analyser(half: str) -> None:
    rows, gold = read(half)
    analyser = Analyzer.load(load_config(), encoder=False)
    n = len(rows)
    labelled = analyser.analyze(
        [row["text"] for row in rows], ["news"] * n, ["pati_only"] * n, [row["title"] for row in rows]
    )
    rows = [
        {**row, "topic": label.topic, "kecamatan_all": list(label.kecamatan)}
        for row, label in zip(rows, labelled, strict=True)
    ]
    every = articles(rows)
    graph = Graph()
    graph.add([Node(one.doc_id, one.moment) for one in every], links(every, {*gold}))
    settle(graph, gold, BOUNDS)
    assert b_cubed({key: node.root for key, node in graph.nodes.items()}, gold)[2] >= 0.95


def test_the_set_is_as_large_as_it_says() -> None:
    halves = [read(half) for half in ("develop", "held")]
    assert sum(len(rows) for rows, _ in halves) >= 200
    assert sum(len(set(gold.values())) for _, gold in halves) >= 60


def test_b_cubed_on_an_example_worked_out_by_hand() -> None:
    # a and b belong together, c apart; found: a alone, b with c
    precision, recall, f1 = b_cubed({"a": "x", "b": "y", "c": "y"}, {"a": 0, "b": 0, "c": 1})
    assert (precision, recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert f1 == pytest.approx(2 / 3)
