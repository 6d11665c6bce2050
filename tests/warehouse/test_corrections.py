"""Corrections: appended, consistent, in force in every view at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.warehouse.rows import document, enrich, labels, load
from warehouse import Lake
from warehouse.store import correct_labels, corrected_documents, sync_dimensions
from warehouse.store.corrections import settled

NOW_IN_FORCE = {
    "relevant": ["ya"], "topic": ["jalan_jembatan"], "opd": ["dputr"], "sentiment": ["negatif"],
    "kecamatan": ["Juwana"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        ({}, {}),
        ({"topic": ["jalan_jembatan"]}, {}),
        ({"topic": ["drainase"]}, {"topic": ["drainase"]}),
        ({"sentiment": ["netral"], "opd": ["dlh"]}, {"sentiment": ["netral"], "opd": ["dlh"]}),
        ({"topic": ["politik"]}, {"topic": ["politik"], "opd": [], "sentiment": []}),
        (
            {"topic": ["tidak_relevan"]},
            {"relevant": ["bukan"], "topic": ["tidak_relevan"], "opd": [], "sentiment": [], "kecamatan": []},
        ),
        (
            {"relevant": ["bukan"]},
            {"relevant": ["bukan"], "topic": ["tidak_relevan"], "opd": [], "sentiment": [], "kecamatan": []},
        ),
    ],
)  # fmt: skip
def test_labels_agree_after_a_correction(changes: dict[str, Any], changed: dict[str, Any]) -> None:
    assert settled(changes, NOW_IN_FORCE) == changed


@pytest.mark.parametrize(
    ("changes", "current", "sentence"),
    [
        ({"relevant": ["bukan"], "topic": ["sampah"]}, NOW_IN_FORCE, "bertopik tidak_relevan"),
        ({"topic": ["politik"], "sentiment": ["negatif"]}, NOW_IN_FORCE, "tidak mempunyai sentiment"),
        (
            {"topic": ["sampah"]},
            {"relevant": ["bukan"], "topic": ["tidak_relevan"], "opd": [], "sentiment": [], "kecamatan": []},
            "memerlukan sentimen",
        ),
    ],
)
def test_a_contradiction_is_refused_with_a_sentence(
    changes: dict[str, Any], current: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        settled(changes, current)


@pytest.fixture
def labelled(lake: Lake) -> Lake:
    sync_dimensions(
        lake,
        {
            "dim_topic": [
                (name, name, None, None) for name in ("jalan_jembatan", "drainase", "tidak_relevan")
            ],
            "dim_opd": [(name, name, name, "dinas") for name in ("dputr", "dlh")],
            "dim_kecamatan": [("Juwana", -6.7, 111.1, 1)],
        },
    )
    load(lake, "a", [document("a"), document("b")])
    enrich(lake, [labels("a", needs_review=True), labels("b")])
    return lake


def test_a_correction_wins_at_once_and_touches_nothing_else(labelled: Lake) -> None:
    before = labelled.rows("SELECT * FROM mart_document WHERE doc_id = 'b'")
    assert correct_labels(
        labelled, "a", {"topic": ["drainase"], "opd": ["dlh", "dputr"]}, "salah topik", "ana"
    ) == [
        "opd",
        "topic",
    ]
    assert labelled.rows(
        "SELECT topic, topic_score, opd_ids, sentiment, needs_review, kecamatan "
        "FROM mart_document WHERE doc_id = 'a'"
    ) == [("drainase", 1.0, ["dlh", "dputr"], "negatif", False, "Juwana")]
    assert labelled.rows("SELECT * FROM mart_document WHERE doc_id = 'b'") == before


def test_the_newest_correction_wins_and_all_are_kept(labelled: Lake) -> None:
    correct_labels(labelled, "a", {"topic": ["drainase"]}, None, "ana")
    assert correct_labels(labelled, "a", {"topic": ["drainase"]}, None, "budi") == []
    correct_labels(labelled, "a", {"relevant": ["bukan"]}, "tentang kota lain", "budi")
    assert labelled.rows(
        "SELECT relevant, topic, sentiment, opd_ids FROM enrichment_current WHERE doc_id = 'a'"
    ) == [(False, "tidak_relevan", None, [])]
    assert labelled.rows(
        "SELECT position, field, old_value, new_value, corrected_by FROM label_correction "
        "WHERE field = 'topic' ORDER BY position"
    ) == [
        (0, "topic", ["jalan_jembatan"], ["drainase"], "ana"),
        (1, "topic", ["drainase"], ["tidak_relevan"], "budi"),
    ]


def test_a_new_model_does_not_undo_a_correction(labelled: Lake) -> None:
    correct_labels(labelled, "a", {"sentiment": ["positif"]}, None, "ana")
    enrich(labelled, [labels("a", model_version="m1", sentiment="negatif")])
    assert labelled.value("SELECT sentiment FROM enrichment_current WHERE doc_id = 'a'") == "positif"


@pytest.mark.parametrize(
    ("doc_id", "changes", "who", "sentence"),
    [
        ("z", {"topic": ["drainase"]}, "ana", "Dokumen z tidak ada"),
        ("a", {"warna": ["biru"]}, "ana", "Label 'warna' tidak dikenal"),
        ("a", {"topic": ["jalan"]}, "ana", "Nilai 'jalan' untuk topic"),
        ("a", {"topic": []}, "ana", "satu topik"),
        ("a", {"opd": ["dputr", "dlh", "dputr", "dlh"]}, "ana", "paling banyak 3"),
        ("a", {"sentiment": ["marah"]}, "ana", "Nilai 'marah' untuk sentiment"),
        ("a", {"topic": ["drainase"]}, " ", "siapa yang mengoreksi"),
    ],
)
def test_a_wrong_correction_is_refused(
    labelled: Lake, doc_id: str, changes: dict[str, Any], who: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        correct_labels(labelled, doc_id, changes, None, who)
    assert labelled.value("SELECT count(*) FROM label_correction") == 0


def test_what_was_corrected_can_be_learned_from(labelled: Lake) -> None:
    assert corrected_documents(labelled) == []
    correct_labels(labelled, "a", {"topic": ["drainase"]}, None, "ana")
    found = corrected_documents(labelled)
    assert [(row["doc_id"], row["topic"], row["sentiment"], row["text"]) for row in found] == [
        ("a", "drainase", "negatif", "Isi a")
    ]
