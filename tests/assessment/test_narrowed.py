"""Numbers of one office or kecamatan: the same as its marts count, and every one leads to its documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.pack import words
from tests.lakes import new_lake
from tests.warehouse.town import NOW, town
from warehouse import Lake
from warehouse.metrics import metrics
from warehouse.queries.evidence_documents import evidence_page
from warehouse.queries.evidence_numbers import Narrowed, Number, evidence_ids, evidence_numbers
from warehouse.queries.spans import Span
from warehouse.reading import open_reading

ALL = tuple(f"I{nth}" for nth in range(1, 16))
SPAN = Span.parse("weeks_4")
JUWANA, DLH = Narrowed("kecamatan", "Juwana"), Narrowed("opd", "dlh")


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    home = tmp_path_factory.mktemp("narrowed")
    with new_lake(home, NOW) as lake:
        town().write(lake)
    reading, _ = open_reading(home, NOW)
    with reading:
        yield reading


def by_metric(numbers: list[Number]) -> dict[str, Number]:
    return {one.metric_id: one for one in numbers}


def test_a_kecamatan(there: Lake) -> None:
    found = by_metric(evidence_numbers(there, ALL, SPAN, place=JUWANA))
    intake = found["i1_intake"]  # 12 complaints name Juwana, where 100,000 live
    assert (intake.about, intake.n) == ("kecamatan", 12)
    assert intake.value == pytest.approx(1.2)
    assert "i10_net_tone" not in found  # nobody there judged a service: no row, not a zero
    gabus = by_metric(evidence_numbers(there, ["I10"], SPAN, place=Narrowed("kecamatan", "Gabus")))
    assert (gabus["i10_net_tone"].about, gabus["i10_net_tone"].n) == ("kecamatan", 10)
    assert found["i2_validity"].about == "regency"  # its mart knows no kecamatan, and the row says so
    [recurring] = evidence_numbers(there, ["I12"], SPAN, place=JUWANA)
    assert recurring.what == "Jalan, Bendar, Juwana"
    assert evidence_numbers(there, ["I12"], SPAN, place=Narrowed("kecamatan", "Gabus")) == []


def test_an_office(there: Lake) -> None:
    found = by_metric(evidence_numbers(there, ALL, SPAN, "living", DLH))
    tone = found["i10_net_tone"]  # 8 negative, 2 neutral, 4 positive, of all dimensions
    assert (tone.about, tone.n) == ("opd", 14)
    assert tone.value == pytest.approx(-4 / 14)
    assert found["i1_intake"].about == "regency"
    october = Span.parse("2026-10")
    wins = evidence_numbers(there, ["I13"], october, place=DLH)
    assert [(one.what, one.n) for one in wins] == [("SIPIPA", 3)]
    assert evidence_numbers(there, ["I13"], october, place=Narrowed("opd", "bpbd")) == []


@pytest.mark.parametrize(
    ("withheld", "shown"),
    [
        (None, "data belum cukup"),
        ("few", "data belum cukup"),
        ("moments_missing", "tidak tersedia"),
        ("not_reached", "belum tercapai"),
    ],
)
def test_a_number_that_is_withheld_says_why(withheld: str | None, shown: str) -> None:
    one = Number("i5_resolution", "I5", "", "regency", "", None, None, None, None, None, 806,
                 has_interval=True, withheld=withheld)  # fmt: skip
    assert (words.value(one, one.value), words.interval(one)) == (shown, shown)


def test_what_is_withheld_is_what_its_mart_withholds(there: Lake) -> None:
    found = [
        one
        for one in evidence_numbers(there, ["I3", "I4", "I5"], SPAN)
        if one.metric_id.startswith(("i4", "i5"))
    ]
    assert "few" in {one.withheld for one in found}
    assert all((one.value is None) == (one.withheld is not None) for one in found)


@pytest.mark.parametrize("place", [None, JUWANA, DLH])
def test_every_number_leads_to_as_many_documents_as_it_counts(there: Lake, place: Narrowed | None) -> None:
    numbers = evidence_numbers(there, ALL, SPAN, place=place)
    assert len(numbers) > 5
    checked = 0
    for one in numbers:
        if metrics()[one.metric_id].drill.key == "doc_id":
            assert len(evidence_ids(there, [one])) == one.n, one
            checked += one.n > 0
    assert checked >= 3


def test_the_documents_of_a_place_are_fewer_than_all(there: Lake) -> None:
    at = ("smart_city", 2026, "impact", "")
    everywhere, juwana = (
        evidence_page(there, at, ["I1", "I10"], SPAN, place).total for place in (None, JUWANA)
    )
    assert 12 <= juwana < everywhere
