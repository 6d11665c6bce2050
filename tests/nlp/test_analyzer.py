from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import load_config
from nlp import Analysis, Analyzer
from nlp.trained import ModelError
from tests.nlp.hard_cases import CASES

if TYPE_CHECKING:
    from config import Config

ANALYZER = Analyzer.load(load_config())
KINDS = st.sampled_from(["complaint", "news", "social", "comment", "video"])
SCOPES = st.sampled_from(["pati_only", "general"])
SENTIMENTS = {"negatif", "netral", "positif", None}


@settings(deadline=None)  # the first text loads what later ones find
@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=60)), KINDS, SCOPES)
def test_any_text_gets_a_well_formed_answer(text: str, title: str | None, kind: str, scope: str) -> None:
    [found] = ANALYZER.analyze([text], [kind], [scope], [title])
    assert 0 <= found.relevance_score <= 1
    assert 0 <= found.topic_score <= 1
    assert 0 <= found.sentiment_score <= 1
    assert found.sentiment in SENTIMENTS
    assert len(found.opd) <= 3
    if not found.relevant:
        assert (found.topic, found.opd, found.sentiment, found.kecamatan) == ("tidak_relevan", (), None, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\0\0\0",
        "😂😂😂",
        "\u200b\u200d",
        "…",
        "١٢٣",
        "<script>alert(1)</script>",
        "漢字 кириллица",
        "Pati " * 100_000,
        "a" * 500_000,
        "(" * 50_000,
        "-" * 50_000,
        "jalan-" * 50_000,
        "\ud800 rusak",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_texts_get_an_answer(text: str) -> None:
    found = ANALYZER.analyze([text, "Jalan rusak di Tayu"], ["comment"] * 2, ["pati_only"] * 2)
    assert found[1].topic == "jalan_jembatan"


def test_what_was_not_read_is_said() -> None:
    [found] = ANALYZER.analyze(["Jalan rusak di Tayu. " * 1000], ["complaint"], ["pati_only"])
    assert any("kata dilewati" in line for line in found.why)


def batch() -> list[Analysis]:
    return ANALYZER.analyze(
        [case.text for case in CASES], [case.kind for case in CASES], [case.scope for case in CASES]
    )


def test_the_same_texts_always_get_the_same_answers(config: Config) -> None:
    fresh = Analyzer.load(config)
    assert fresh.version == ANALYZER.version
    texts = [case.text for case in CASES]
    backwards = fresh.analyze(
        texts[::-1], [case.kind for case in CASES][::-1], [case.scope for case in CASES][::-1]
    )
    assert backwards[::-1] == batch()


def test_threads_agree() -> None:
    expected = batch()
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(batch) for _ in range(24)]
        assert all(future.result() == expected for future in futures)


def test_the_version_follows_the_word_lists(config: Config) -> None:
    changed = config.model_copy(update={"hashes": {**config.hashes, "lexicon.yaml": "other"}})
    assert Analyzer.load(changed).version == Analyzer.version_of(changed) != ANALYZER.version
    plain = Analyzer.load(config, encoder=False).version
    assert plain == Analyzer.version_of(config, encoder=False) != ANALYZER.version


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(ValueError, match="equally long"):
        ANALYZER.analyze(["a"], [], ["general"])
    with pytest.raises(ValueError, match="unknown kind 'tweet'"):
        ANALYZER.analyze(["a"], ["tweet"], ["general"])
    with pytest.raises(ValueError, match="unknown scope"):
        ANALYZER.analyze(["a"], ["news"], ["nasional"])
    with pytest.raises(ModelError, match=r"no readable manifest\.json"):
        Analyzer.load(load_config(), Path("models"))


def test_an_empty_batch_is_fine() -> None:
    assert ANALYZER.analyze([], [], []) == []


def test_a_comment_is_read_with_the_headline_it_answers() -> None:
    text = "Tayu podo wae lur, wis setahun ngene terus"
    alone, read = ANALYZER.analyze(
        [text] * 2, ["comment"] * 2, ["pati_only"] * 2, [None, "Jalan rusak parah di Cluwak, jalan berlubang"]
    )
    assert alone.topic != "jalan_jembatan"
    assert read.topic == "jalan_jembatan"
    assert read.kecamatan == ("Tayu",)  # where the video was made says nothing about the comment
    assert read.sentiment == alone.sentiment


def test_a_text_says_why() -> None:
    [found] = ANALYZER.analyze(["Jalan rusak parah di Tayu"], ["complaint"], ["general"])
    assert "tentang Pati: Tayu" in found.why[0]
    assert any("jalan rusak" in line for line in found.why)
    assert any(line.startswith("sikap:") for line in found.why)


def test_quick_wins_are_found_by_every_name(config: Config) -> None:
    for quick_win in config.quick_wins:
        for name in quick_win.names:
            [found] = ANALYZER.analyze([f"Warga Pati memakai {name} sejak tahun lalu"], ["news"], ["general"])
            assert quick_win.id in found.quick_wins, name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jalan di depan sekolah rusak dan belum diperbaiki sampai sekarang", "id"),
        ("Dalane rusak nemen, wis rong taun ora didandani, piye leh iki", "jv"),
        ("Nyuwun tulung pak, dalane peteng nanging laporan saya belum dijawab sampai sekarang", "mixed"),
        ("The road is broken and nobody cares about it at all", "other"),
        ("😂😂😂", "other"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert ANALYZER.analyze([text], ["comment"], ["pati_only"])[0].language == language
