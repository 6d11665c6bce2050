"""What people say about labels: order of the queue, answers in force at once, undoing, second opinions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.warehouse.rows import complaint, document, enrich, labels, load
from warehouse import Lake
from warehouse.queries.reviews import (
    SECOND_SHARE,
    corrections_made,
    differing,
    opinion_pairs,
    review_progress,
    review_queue,
    review_text,
    second_queue,
)
from warehouse.store import corrected_documents, sync_dimensions
from warehouse.store.reviews import (
    answer_review,
    second_opinion,
    skip_review,
    undo_review,
    whole,
)

ROAD = {
    "relevant": ["ya"], "topic": ["jalan_jembatan"], "opd": ["dputr"], "sentiment": ["negatif"],
    "kecamatan": ["Juwana"],
}  # fmt: skip
DRAIN = {**ROAD, "topic": ["drainase"], "opd": ["dlh"]}
TEXTS = {
    "sure": (document("sure", text="Jalan baru diresmikan bupati."), labels("sure")),
    "asked": (
        document("asked", text="Genangan di depan pasar."),
        labels("asked", needs_review=True, topic_score=0.4),
    ),
    "unsure": (document("unsure", text="Selokan penuh."), labels("unsure", topic_score=0.4)),
    "twin": (
        document("twin", text="SELOKAN penuh 2!", title="Judul unsure"),
        labels("twin", topic_score=0.5),
    ),
    "rare": (
        document("rare", text="Lampu mati.", kind="complaint"),
        labels("rare", topic="pju", topic_score=0.4),
    ),
    "coin": (
        document("coin", text="Kabar dari kota tetangga."),
        labels("coin", relevance_score=0.52),
    ),
    "secret": (
        document("secret", text="Aduan rahasia.", kind="complaint"),
        labels("secret", needs_review=True),
    ),
    "erased": (document("erased", text="", flags=["erased"]), labels("erased", needs_review=True)),
}


@pytest.fixture
def labelled(lake: Lake) -> Lake:
    topics = ("jalan_jembatan", "drainase", "pju", "politik", "tidak_relevan")
    sync_dimensions(
        lake,
        {
            "dim_topic": [(name, name.title(), None, None) for name in topics],
            "dim_opd": [(name, name, name, "dinas") for name in ("dputr", "dlh")],
            "dim_kecamatan": [("Juwana", -6.7, 111.1, 1)],
        },
    )
    secret = [complaint("secret", confidentiality="rahasia"), complaint("rare")]
    load(lake, "a", [row for row, _ in TEXTS.values()], secret)
    enrich(lake, [found for _, found in TEXTS.values()])
    return lake


def queue(lake: Lake, **more: Any) -> list[str]:
    return list(review_queue(lake, "ana", **more)["doc_id"])


def test_the_queue_begins_with_what_teaches_most(labelled: Lake) -> None:
    frame = review_queue(labelled, "ana")
    # asked by the model, then doubt of a common slice, relevance like a coin's toss; a rare slice counts less
    assert list(frame["doc_id"]) == ["asked", "coin", "unsure", "rare"]
    assert dict(zip(frame["doc_id"], frame["about"], strict=True)) == {
        "asked": "topic", "unsure": "topic", "coin": "relevant", "rare": "topic",
    }  # fmt: skip
    assert list(frame["value"]) == sorted(frame["value"], reverse=True)
    assert frame["value"].between(0, 1).all()


def test_one_wording_is_asked_about_once_also_after_an_answer(labelled: Lake) -> None:
    assert "twin" not in queue(labelled)
    answer_review(labelled, "unsure", DRAIN, None, "ana")
    assert queue(labelled) == ["asked", "coin", "rare"]


def test_a_copy_is_asked_about_with_its_family(labelled: Lake) -> None:
    labelled.write(
        lambda con: con.execute("UPDATE document_fact SET copy_of = 'asked' WHERE doc_id = 'coin'")
    )
    assert queue(labelled) == ["asked", "unsure", "rare"]
    answer_review(labelled, "coin", ROAD, None, "ana")
    labelled.write(
        lambda con: con.execute("UPDATE document_fact SET copy_of = 'asked' WHERE doc_id = 'coin'")
    )
    assert "asked" not in queue(labelled)


def test_only_one_kind_and_what_was_left_to_others(labelled: Lake) -> None:
    assert queue(labelled, kind="complaint") == ["rare"]
    skip_review(labelled, "asked", "ana")
    assert "asked" not in queue(labelled)
    assert queue(labelled, skipped=True) == ["asked"]
    assert "asked" in list(review_queue(labelled, "budi")["doc_id"])


def test_an_answer_is_in_force_at_once_and_stands_above_later_models(labelled: Lake) -> None:
    saved = answer_review(labelled, "unsure", DRAIN, "bukan jalan", "ana", seen=-1)
    assert saved.changed == ("opd", "topic")
    labels_now = (
        "SELECT topic, topic_score, opd_ids, sentiment_score FROM mart_document WHERE doc_id = 'unsure'"
    )
    assert labelled.rows(labels_now) == [("drainase", 1.0, ["dlh"], 1.0)]
    enrich(labelled, [labels("unsure", model_version="m2", sentiment="positif", sentiment_score=0.9)])
    assert labelled.value("SELECT sentiment FROM enrichment_current WHERE doc_id = 'unsure'") == "negatif"
    said = corrections_made(labelled, "unsure")
    assert [(row.field, row.old_value, row.new_value) for row in said.itertuples()] == [
        ("opd", "dputr", "dlh"),
        ("topic", "jalan_jembatan", "drainase"),
    ]


def test_right_as_it_is_counts_and_trains(labelled: Lake) -> None:
    saved = answer_review(labelled, "asked", ROAD, None, "ana")
    assert saved.changed == ()
    assert labelled.value("SELECT needs_review FROM document_fact WHERE doc_id = 'asked'") is False
    assert [row["doc_id"] for row in corrected_documents(labelled)] == ["asked"]
    assert corrections_made(labelled, "asked").empty
    found = review_progress(labelled, "ana")
    assert (found.n_waiting, found.n_judged, found.n_new, found.n_mine) == (4, 1, 1, 1)
    labelled.write(
        lambda con: con.execute(
            "INSERT INTO run VALUES ('t', 'train', getvariable('pati_now') + INTERVAL 1 HOUR, "
            "getvariable('pati_now'), 'ok', 1, 1, 1, 0, 0, '')"
        )
    )
    assert review_progress(labelled, "ana").n_new == 0


def test_undoing_brings_back_the_labels_before(labelled: Lake) -> None:
    before = labelled.rows("FROM document_fact WHERE doc_id = 'unsure'")
    first = answer_review(labelled, "unsure", DRAIN, None, "ana")
    second = answer_review(labelled, "unsure", {**DRAIN, "sentiment": ["netral"]}, None, "ana", seen=0)
    undo_review(labelled, "unsure", second.correction, "ana")
    assert labelled.rows("SELECT topic, sentiment FROM document_fact WHERE doc_id = 'unsure'") == [
        ("drainase", "negatif")
    ]
    undo_review(labelled, "unsure", first.correction, "ana")
    assert labelled.rows("FROM document_fact WHERE doc_id = 'unsure'") == before
    assert "unsure" in queue(labelled)
    assert labelled.value("SELECT count(*) FROM label_correction") == 10  # nothing is rewritten
    assert corrected_documents(labelled) == []
    with pytest.raises(ValueError, match="sudah diurungkan"):
        undo_review(labelled, "unsure", first.correction, "ana")
    with pytest.raises(ValueError, match="koreksi Anda sendiri"):
        undo_review(labelled, "unsure", first.correction, "budi")


def test_who_was_slower_is_told(labelled: Lake) -> None:
    answer_review(labelled, "asked", DRAIN, None, "ana", seen=-1)
    with pytest.raises(ValueError, match="baru saja diubah orang lain"):
        answer_review(labelled, "asked", ROAD, None, "budi", seen=-1)
    assert answer_review(labelled, "asked", DRAIN, None, "ana", seen=-1).correction == 0  # a form sent twice
    assert labelled.value("SELECT count(*) FROM label_review") == 1
    assert labelled.value("SELECT topic FROM document_fact WHERE doc_id = 'asked'") == "drainase"


@pytest.mark.parametrize(
    ("answer", "stored"),
    [
        ({"relevant": ["bukan"], "topic": ["pju"], "opd": ["dlh"]}, ("bukan", "tidak_relevan", [], [], [])),
        ({"relevant": ["ya"], "topic": ["tidak_relevan"]}, ("bukan", "tidak_relevan", [], [], [])),
        (
            {**ROAD, "topic": ["politik"]},
            ("ya", "politik", [], [], ["Juwana"]),
        ),
        (DRAIN, ("ya", "drainase", ["dlh"], ["negatif"], ["Juwana"])),
    ],
)  # fmt: skip
def test_what_a_topic_does_not_have_is_left_empty(answer: dict[str, Any], stored: tuple[Any, ...]) -> None:
    found = whole(answer)
    relevant, topic, opd, sentiment, kecamatan = stored
    assert found == {
        "relevant": [relevant], "topic": [topic], "opd": opd, "sentiment": sentiment, "kecamatan": kecamatan,
    }  # fmt: skip


def test_a_second_opinion_knows_nothing_and_changes_nothing(labelled: Lake) -> None:
    answer_review(labelled, "asked", DRAIN, None, "ana")
    second_opinion(labelled, "asked", ROAD, "budi")
    assert labelled.value("SELECT topic FROM document_fact WHERE doc_id = 'asked'") == "drainase"
    assert opinion_pairs(labelled) == [
        {
            "id": "asked", "topic_first": "drainase", "topic_second": "jalan_jembatan", "opd_first": "dlh",
            "opd_second": "dputr", "sentiment_first": "negatif", "sentiment_second": "negatif",
            "kecamatan_first": "Juwana", "kecamatan_second": "Juwana",
        }
    ]  # fmt: skip
    assert [row["doc_id"] for row in differing(labelled)] == ["asked"]
    answer_review(labelled, "asked", ROAD, "sudah dibahas", "cici", action="settled")
    assert differing(labelled) == []
    assert len(opinion_pairs(labelled)) == 1  # agreement is of what both said by themselves
    assert labelled.value("SELECT topic FROM document_fact WHERE doc_id = 'asked'") == "jalan_jembatan"


@pytest.mark.parametrize("who", ["ana", "budi"])
def test_a_second_opinion_is_of_somebody_else_and_given_once(labelled: Lake, who: str) -> None:
    with pytest.raises(ValueError, match="tidak menunggu pendapat kedua"):
        second_opinion(labelled, "asked", ROAD, "budi")
    answer_review(labelled, "asked", DRAIN, None, "ana")
    if who == "budi":
        second_opinion(labelled, "asked", ROAD, "cici")
    with pytest.raises(ValueError, match="tidak menunggu pendapat kedua"):
        second_opinion(labelled, "asked", ROAD, who)


def test_a_share_of_answered_texts_waits_for_others(lake: Lake) -> None:
    many = [f"d{i}" for i in range(200)]
    load(lake, "a", [document(key) for key in many])
    enrich(lake, [labels(key) for key in many])
    names = {
        "dim_topic": [("jalan_jembatan", "Jalan", None, None)], "dim_opd": [("dputr", "d", "d", "d")],
        "dim_kecamatan": [("Juwana", -6.7, 111.1, 1)],
    }  # fmt: skip
    sync_dimensions(lake, names)
    lake.write(
        lambda con: con.execute(
            "INSERT INTO label_review SELECT doc_id, 0, 'answered', 0, ['ya'], ['jalan_jembatan'], "
            "[], [], [], 'ana', getvariable('pati_now') FROM document"
        )
    )
    waiting = second_queue(lake, "budi")
    assert 0.5 * SECOND_SHARE < len(waiting) / 2 < 1.5 * SECOND_SHARE
    assert second_queue(lake, "ana") == []
    second_opinion(lake, waiting[0], ROAD, "budi")
    skip_review(lake, waiting[1], "budi")
    assert second_queue(lake, "budi") == waiting[2:]


@pytest.mark.parametrize("key", ["secret", "erased", "none"])
def test_what_nobody_may_read_is_not_shown(labelled: Lake, key: str) -> None:
    assert review_text(labelled, key) is None
    assert key not in queue(labelled)


def test_a_text_comes_with_all_that_is_known_of_it(labelled: Lake) -> None:
    found = review_text(labelled, "asked")
    assert found is not None
    assert (found["title"], found["topic"], found["about"], found["seen"]) == (
        "Judul asked",
        "jalan_jembatan",
        "topic",
        -1,
    )
    assert list(found["opd_ids"]) == ["dputr"]
