"""Every page when almost all sources fail: the numbers stand, and each page says what they do without."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.dashboard.failing import N, fate
from tests.dashboard.seed import NOW
from tests.dashboard.test_pages import VIEWS, numbers, view, words
from warehouse import Lake, queries


@pytest.fixture(autouse=True)
def _clean(plain: None) -> None:
    """The bundled configuration at the moment of the lake."""


def test_the_lake_is_as_bad_as_it_was_made(failing: Path) -> None:
    with Lake(failing, now=NOW) as lake:
        found = {row["source_id"]: row["verdict"] for row in queries.records(queries.sources(lake))}
        now = queries.status(lake)
    assert {f"koran{n:02}": fate(n).verdict for n in range(N)}.items() <= found.items()
    assert len(Counter(found.values())) == 6
    assert now.n_sources_ok == 0 < now.n_sources


@pytest.mark.parametrize(("name", "filters"), VIEWS)
def test_every_page_stands_and_says_what_is_missing(
    failing: Path, name: str, filters: dict[str, str]
) -> None:
    app = view(failing, name, filters)
    assert not app.error
    shown = words(app)
    assert "Angka di bawah tidak lengkap untuk" in shown
    assert "dan lainnya" in shown
    assert "**0 dari 44** sumber baik" in shown
    assert "\u202e" not in shown
    assert "x" * 100 not in shown
    for part in (*app.markdown, *app.caption, *app.header, *app.subheader):
        assert not re.search(r"(?<!\\)(<script|\[klik|!\[)", str(part.value))


@pytest.mark.proof
def test_numbers_are_those_of_the_lake_with_well_sources(failing: Path, homes: dict[str, Path]) -> None:
    """What was collected is not less true because nothing new comes."""
    assert numbers(view(failing, "ringkasan")) == numbers(view(homes["seeded"], "ringkasan"))
    assert numbers(view(failing, "aduan")) == numbers(view(homes["seeded"], "aduan"))


def test_each_source_has_its_verdict_and_why(failing: Path) -> None:
    app = view(failing, "sumber")
    shown = words(app)
    for said in ("Tidak menjawab dalam 30 detik.", "Jawaban 403.", "Jawaban 500.", "Dilarang robots.txt."):
        assert f"Pesan: {said}" in shown
    table = next(one.value for one in app.dataframe if "Keadaan" in one.value)
    wanted = Counter(fate(n).verdict.capitalize() for n in range(N)) + Counter({"Nonaktif": 3})
    assert Counter(table["Keadaan"]) == wanted
    runs = next(one.value for one in app.dataframe if "Tahap" in one.value)
    assert list(runs["Hasil"]).count("Gagal") == 5
    assert numbers(app)["Sumber baik"] == "0"
