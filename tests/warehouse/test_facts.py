"""`document_fact` is a cache: whatever is done to the lake, it holds what its definition says."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.warehouse.rows import FETCHED, complaint, document, enrich, event, labels, load
from warehouse import Lake
from warehouse.migrate import migrate
from warehouse.store import (
    add_complaint_event,
    add_enrichment,
    carry_labels,
    correct_labels,
    register_model,
    replace_stories,
    sync_dimensions,
)
from warehouse.store.documents import Batch, store_batch

DIMENSIONS = {
    "dim_topic": [(name, name, None, None) for name in ("jalan_jembatan", "sampah", "tidak_relevan")],
    "dim_opd": [(name, name, name, "dinas") for name in ("dputr", "dlh")],
    "dim_kecamatan": [("Juwana", -6.7, 111.1, 1)],
}
KINDS = ("news", "complaint", "comment", "video")


def differences(lake: Lake) -> list[tuple[Any, ...]]:
    return [
        (table, *row)
        for table in ("document_fact", "complaint_fact", "complaint_spell", "story_fact")
        for row in lake.rows(_DIFFERENCES.format(table=table))
    ]


_DIFFERENCES = """
(FROM {table}_now EXCEPT ALL FROM {table})
UNION ALL (FROM {table} EXCEPT ALL FROM {table}_now)
"""


class History:
    """A lake and the operations that may happen to it, in any order."""

    def __init__(self, lake: Lake, seed: int) -> None:
        self.lake = lake
        self.dice = random.Random(seed)  # noqa: S311 - a history, not a secret
        self.step = 0

    def some(self, n: int) -> list[str]:
        return self.dice.sample([f"d{i}" for i in range(12)], n)

    def when(self) -> datetime | None:
        return self.dice.choice([None, FETCHED - timedelta(days=self.dice.randrange(1, 70))])

    def load(self) -> None:
        ids = self.some(5)
        documents = [
            document(
                key,
                kind=KINDS[int(key[1:]) % 4],
                text=self.dice.choice(["", f"isi {self.step}"]),
                author=self.dice.choice([None, "ana"]),
                published_at=self.when(),
                content_hash=f"h{self.step}",
                fetched_at=FETCHED + timedelta(minutes=self.step),
                parent_id="d3" if int(key[1:]) % 4 == 2 else None,
            )
            for key in ids
        ]
        complaints = [
            complaint(row["doc_id"], received_at=self.when())
            for row in documents
            if row["kind"] == "complaint"
        ]
        events = [event(row["doc_id"], "diproses", FETCHED) for row in complaints]
        load(self.lake, f"b{self.step}", documents, complaints, events)

    def count(self) -> None:
        at = FETCHED + timedelta(minutes=self.step)
        counts = [{"doc_id": key, "counted_at": at, "views": self.step} for key in self.some(3)]
        self._batch(counts=counts)

    def take_down(self) -> None:
        at = datetime(2030, 1, 1, tzinfo=UTC)
        rows = [
            {"doc_id": key, "source_id": "s1", "reason": "removed", "removed_at": at} for key in self.some(1)
        ]
        self._batch(tombstones=rows)

    def _batch(self, **parts: Any) -> None:
        store_batch(self.lake, Batch({f"b{self.step}": 1}, "r1", [], [], [], [], **parts), FETCHED)

    def label(self) -> None:
        version = self.lake.value("SELECT arg_max(version, registered_at) FROM model") or "m1"
        register_model(self.lake, version, FETCHED)
        add_enrichment(
            self.lake, [labels(key, model_version=version, keywords=[version]) for key in self.some(5)]
        )

    def change_model(self) -> None:
        register_model(self.lake, self.dice.choice(["m1", "m2", "m3"]), FETCHED)

    def carry(self) -> None:
        self.lake.write(
            lambda con: con.execute(
                "UPDATE document SET flags = ['erased'] WHERE doc_id = 'd0' AND text <> ''"
            )
        )
        carry_labels(self.lake, self.lake.value("SELECT arg_max(version, registered_at) FROM model") or "m1")

    def correct(self) -> None:
        known = [key for (key,) in self.lake.rows("SELECT doc_id FROM enrichment_current ORDER BY 1")]
        if known:
            change = self.dice.choice(
                [{"relevant": ["bukan"]}, {"topic": ["sampah"], "sentiment": ["netral"]}]
            )
            correct_labels(self.lake, self.dice.choice(known), change, None, "ana")

    def desk(self) -> None:
        for (key,) in self.lake.rows("SELECT doc_id FROM complaint ORDER BY 1 LIMIT 1"):
            at = datetime(2026, 11, 15, 22, self.step, tzinfo=UTC)
            add_complaint_event(self.lake, key, "dibalas", f"catatan {self.step}", None, at, "ana")

    def meaning(self) -> None:
        words = [("phrase", f"catatan {self.dice.randrange(9)}")]
        sync_dimensions(self.lake, {"dim_automatic": words})

    def link(self) -> None:
        there = [key for (key,) in self.lake.rows("SELECT doc_id FROM document ORDER BY 1")]
        chosen = [key for key in there if self.dice.random() < 0.5]
        stories = [
            {"story_id": f"s{i}", "lead_doc_id": key, "first_at": FETCHED, "last_at": FETCHED}
            for i, key in enumerate(chosen[:2])
        ]
        members = [
            {"story_id": f"s{i % 2}", "doc_id": key, "copy_of": self.dice.choice([None, chosen[0]])}
            for i, key in enumerate(chosen)
        ]
        replace_stories(self.lake, stories, members[: 2 if len(stories) < 2 else None])


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.proof) for n in (1, 2))])
def test_the_facts_follow_whatever_happens(lake: Lake, seed: int) -> None:
    sync_dimensions(lake, DIMENSIONS)
    history = History(lake, seed)
    steps: list[Callable[[], None]] = [
        history.load, history.label, history.correct, history.link, history.count, history.change_model,
        history.take_down, history.carry, history.desk, history.meaning,
    ]  # fmt: skip
    for step in [history.load, history.label, *history.dice.sample(steps * 2, 14)]:
        history.step += 1
        step()
        assert differences(lake) == [], f"after {step.__name__}"
    assert lake.value("SELECT count(*) FROM document_fact") == lake.value("SELECT count(*) FROM document") > 0


def test_a_new_model_takes_over_document_by_document(lake: Lake) -> None:
    load(lake, "b", [document("a"), document("b")])
    enrich(lake, [labels("a"), labels("b")])
    register_model(lake, "m2", FETCHED)
    add_enrichment(lake, [labels("a", model_version="m2", topic="sampah")])
    now = "SELECT doc_id, topic, model_version FROM mart_fact ORDER BY doc_id"
    assert lake.rows(now) == [("a", "sampah", "m2"), ("b", "jalan_jembatan", "m1")]
    register_model(lake, "m1", FETCHED)
    assert lake.rows(now) == [("a", "jalan_jembatan", "m1"), ("b", "jalan_jembatan", "m1")]


def test_a_lake_that_had_no_facts_gets_them(lake: Lake) -> None:
    load(lake, "b", [document("a"), document("b", published_at=None)])
    before = lake.rows("SELECT * FROM mart_document ORDER BY doc_id")

    def forget_them(con: Any) -> None:
        for table in ("document_fact", "fact_set", "mart_set"):
            con.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours

    lake.write(forget_them)
    assert lake.value("SELECT count(*) FROM mart_document") == 0
    migrate(lake)
    assert lake.rows("SELECT * FROM mart_document ORDER BY doc_id") == before


@pytest.mark.parametrize(
    ("candidates", "scores", "counted"),
    [
        ([], [], []),
        (["dputr", "dlh"], [0.97, 0.02], ["dputr"]),
        (["dputr", "dlh", "pdam"], [0.6, 0.3, 0.05], ["dputr", "dlh"]),
        (["dputr", "dlh"], [0.08, 0.07], ["dputr"]),  # the first counts, however unsure
        (["dputr", "dlh"], [1.0, 1.0], ["dputr", "dlh"]),  # a person said so
    ],
)
def test_an_unlikely_office_is_a_candidate_only(
    lake: Lake, candidates: list[str], scores: list[float], counted: list[str]
) -> None:
    assert (
        lake.value("SELECT likely($ids::VARCHAR[], $scores::DOUBLE[])", {"ids": candidates, "scores": scores})
        == counted
    )
