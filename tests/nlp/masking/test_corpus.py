"""The masking corpus: what is asked for holds over the whole of it, and nothing falls below its floor."""

from __future__ import annotations

import pytest

from config import ratchet
from tests.nlp.masking import update
from tests.nlp.masking.corpus import PARTS, Line, parse, read
from tests.nlp.masking.measure import leaked, measure

# The types of `domain.md` §7.2 that stand in texts; handles become pseudonyms elsewhere.
TYPES = {"NIK", "KK", "NIP", "NOP", "HP", "TELP", "BPJS", "REK", "EMAIL", "PLAT", "ALAMAT", "NAMA"}


@pytest.fixture(scope="module")
def now() -> dict[str, float]:
    return update.figures()


def test_the_corpus_is_as_large_and_as_mixed_as_it_should_be() -> None:
    lines = [line for part in PARTS for line in read(part)]
    assert sum(bool(line.spans) for line in lines) >= 600
    assert sum(not line.spans for line in lines) >= 200
    assert {token for line in lines for token, _ in line.spans} >= TYPES
    assert len({(line.kind, line.text) for line in lines}) == len(lines)


@pytest.mark.parametrize("token", sorted(TYPES))
def test_every_type_is_found(now: dict[str, float], token: str) -> None:
    assert now[f"whole.recall.{token}"] >= update.RECALL


def test_what_is_nobodys_business_stays(now: dict[str, float]) -> None:
    assert now["whole.spoilt"] <= update.SPOILT


def test_no_figure_falls_below_its_floor(now: dict[str, float]) -> None:
    kept = ratchet.read(update.BASELINE)["floors"]
    assert kept.keys() == now.keys()
    assert ratchet.drops(kept, now, update.ceilings(list(now))) == {}


def test_floors_are_not_lowered_without_a_reason() -> None:
    old, now = {"whole.recall.NIK": 1.0, "whole.spoilt": 0.0}, {"whole.recall.NIK": 0.9, "whole.spoilt": 0.01}
    low = update.ceilings(list(now))
    with pytest.raises(ValueError, match="below their floor"):
        ratchet.renewed(old, now, reason=None, lower_is_better=low)
    new, lowered = ratchet.renewed(old, now, reason="korpus bertambah", lower_is_better=low)
    assert new == now
    assert lowered == {name: [old[name], now[name]] for name in now}
    assert ratchet.renewed(now, old, reason=None, lower_is_better=low) == (old, {})


@pytest.mark.parametrize(
    ("original", "out", "expected", "leaks"),
    [
        ("0812 0000 0000", "HP [HP]", "HP [HP]", False),
        ("0812 0000 0000", "HP [HP] 0000", "HP [HP]", True),
        ("Pak Slamet", "Pak [NAMA] dan Slamet", "Pak [NAMA]", True),
        ("Tun", "kebun [NAMA]", "kebun [NAMA]", False),  # a short name is looked for as a word
        ("Tun", "Bu Tun", "Bu [NAMA]", True),
    ],
)
def test_what_counts_as_a_leak(original: str, out: str, expected: str, leaks: bool) -> None:
    assert leaked(original, out, expected) is leaks


def test_the_measure_sees_a_mask_that_does_nothing() -> None:
    lines: list[Line] = [parse("a:1", "complaint", "NIK {NIK:3318000000000000}"), parse("a:2", "news", "Rp5")]
    nothing = measure(lines, lambda text, _kind: text)
    everything = measure(lines, lambda _text, _kind: "[NIK]")
    assert (nothing.recall("NIK"), nothing.false_rate) == (0.0, 0.0)
    assert (everything.recall("NIK"), everything.false_rate) == (1.0, 1.0)
