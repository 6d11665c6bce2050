from __future__ import annotations

import pytest

from nlp.keywords import keywords
from nlp.normalise import WordNormaliser, clean, strip_invisible
from nlp.phrases import PhraseIndex
from nlp.reading import Reader
from nlp.stem import stem
from nlp.tokens import sentences, words

NORMALISE = WordNormaliser(
    {
        "gk": "tidak",
        "bgt": "banget",
        "dalan": "jalan",
        "banyu": "air",
        "rega": "harga",
        "makasih": "terima kasih",
    },
    {"ramah", "jalan", "maaf", "air", "rusak", "banget"},
)


@pytest.mark.parametrize(
    ("written", "formal"),
    [
        ("gk", ("tidak",)),
        ("makasih", ("terima", "kasih")),
        ("ramah2", ("ramah",)),
        ("rusaaaak", ("rusak",)),
        ("maaaaf", ("maaf",)),
        ("bangeeet", ("banget",)),
        ("jalannya", ("jalan",)),
        ("dalane", ("jalan",)),
        ("banyune", ("air",)),
        ("regane", ("harga",)),
        ("sore", ("sore",)),
        ("2026", ("2026",)),
        ("0000", ("0000",)),
        ("juwana", ("juwana",)),
    ],
)
def test_words_become_formal(written: str, formal: tuple[str, ...]) -> None:
    assert NORMALISE(written) == formal
    assert NORMALISE(written) == formal  # from the memo


def test_invisible_characters_go_and_white_space_stays() -> None:
    assert strip_invisible("ru\u200bsak\x00\ufeff\n\tya") == "rusak\n\tya"
    assert clean("“rusak” \u2013 \uff50\uff41\uff52ah") == '"rusak" - parah'


def test_words_and_clauses() -> None:
    found = words("Kec. Juwana rusak, ramah-ramah. Sukolilo-Prawoto? Rp1.000")
    assert found.low == ("kec", "juwana", "rusak", "ramah", "sukolilo", "prawoto", "rp1", "000")
    assert found.clause == (0, 0, 0, 0, 1, 1, 2, 2)
    assert found.comma == (False, False, False, True, False, False, False, False)
    assert found.asks == {1}


def test_the_limit_counts_what_it_leaves_out() -> None:
    found = words("satu dua tiga empat", limit=3)
    assert found.low == ("satu", "dua", "tiga")
    assert found.cut == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satu. Dua? Tiga!", ["Satu.", "Dua?", "Tiga!"]),
        ("Di Kec. Juwana, Kab. Pati. Lalu pulang.", ["Di Kec. Juwana, Kab. Pati.", "Lalu pulang."]),
        ("Harga Rp1.250.000 naik. Warga protes.", ["Harga Rp1.250.000 naik.", "Warga protes."]),
        ("Kata H. Slamet. Begitu.", ["Kata H. Slamet.", "Begitu."]),
        ("Pukul 19.30 WIB. Hujan.", ["Pukul 19.30 WIB. Hujan."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


def test_the_longest_phrase_wins_and_near_words_count() -> None:
    index = PhraseIndex([(("jalan",), "a"), (("jalan", "rusak"), "b"), (("lampu", "mati"), "c")])
    assert [hit.value for hit in index.find(("jalan", "rusak", "jalan"))] == ["b", "a"]
    near = index.near(("rusak", "parah", "itu", "jalan"), (0, 0, 0, 0))
    assert [hit.value for hit in near] == ["b"]
    assert index.near(("rusak", "jalan"), (0, 1)) == []  # another clause


def test_stems() -> None:
    found = [stem(word) for word in ("perbaikan", "diperbaiki", "juwana", "x" * 500)]
    assert found == ["baik", "baik", "juwana", "x" * 500]


def test_keywords_are_formal_words_without_stop_words(analyzer_reader: Reader) -> None:
    reading = analyzer_reader.read(
        "Jembatan ambrol, jembatan itu sudah lama tidak diperbaiki", "Jembatan Ambrol"
    )
    found = keywords(reading, avoid={"ambrol"})
    assert found[0] == "jembatan"
    assert "ambrol" not in found
    assert "sudah" not in found


@pytest.fixture
def analyzer_reader(config) -> Reader:  # type: ignore[no-untyped-def]  # noqa: ANN001 - the session's config
    return Reader(config)


def test_a_name_beats_a_function_word(analyzer_reader: Reader) -> None:
    assert analyzer_reader.read("TPI Juwana").formal[0] == "tpi"
    assert analyzer_reader.phrase("gk ribet")[0] == ("tidak", "ribet")
