from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linking import Article, article, stories

START = datetime(2026, 11, 9, 1, 0, tzinfo=UTC)
RELEASE = (
    "Pemerintah kabupaten membuka gerai baru di mal pelayanan publik mulai pekan depan. Warga dapat "
    "mengurus berkas kependudukan, izin usaha, dan pajak dalam satu tempat. Petugas melayani sampai "
    "sore setiap hari kerja dan antrean dapat diambil lewat gawai sehingga tidak perlu menunggu lama "
    "di lokasi."
)
OTHER = (
    "Nelayan mengeluhkan pendangkalan muara yang membuat kapal kandas ketika air surut. Mereka "
    "meminta pengerukan segera dilakukan sebelum musim angin barat datang karena jalur masuk "
    "pelabuhan makin sempit dan berbahaya."
)


def row(
    doc_id: str, text: str, hours: float = 0, kecamatan: list[str] | None = None, source: str = "kabar"
) -> dict[str, Any]:
    return {
        "doc_id": doc_id, "source_id": source, "title": "", "text": text,
        "dated_at": START + timedelta(hours=hours), "kecamatan_all": kecamatan or [],
    }  # fmt: skip


def grouped(rows: list[dict[str, Any]]) -> set[frozenset[str]]:
    _, members, _ = stories([article(one) for one in rows])
    found: dict[str, set[str]] = {}
    for member in members:
        found.setdefault(member["story_id"], set()).add(member["doc_id"])
    return {frozenset(group) for group in found.values()}


CASES = [
    pytest.param(RELEASE, RELEASE + " " + OTHER[:90], True, id="boilerplate added"),
    pytest.param(RELEASE, RELEASE[: len(RELEASE) // 3], True, id="summary against full text"),
    pytest.param(RELEASE, RELEASE.replace("pekan depan", "bulan depan"), True, id="few words changed"),
    pytest.param(RELEASE, OTHER, False, id="unrelated"),
]


@pytest.mark.parametrize(("first", "second", "together"), CASES)
def test_which_texts_belong_together(first: str, second: str, together: bool) -> None:
    groups = grouped([row("a", first), row("b", second, 1)])
    assert (groups == {frozenset("ab")}) is together


def test_same_template_for_two_places_is_two_stories() -> None:
    first, second = row("a", RELEASE, 0, ["Juwana"]), row("b", RELEASE, 1, ["Tayu"])
    assert grouped([first, second]) == {frozenset("a"), frozenset("b")}


def test_press_texts_that_return_next_season_are_another_story() -> None:
    assert len(grouped([row("a", RELEASE), row("b", RELEASE, 24 * 15)])) == 2


def test_a_chain_of_similar_texts_is_no_endless_story() -> None:
    rows = [row(f"d{i}", RELEASE, 24 * 6 * i) for i in range(5)]
    assert grouped(rows) == {frozenset({"d0", "d1", "d2"}), frozenset({"d3", "d4"})}


def test_a_copy_names_the_text_it_repeats() -> None:
    _, members, _ = stories([article(row("a", RELEASE)), article(row("b", RELEASE, 1))])
    assert {member["doc_id"]: member["copy_of"] for member in members} == {"a": None, "b": "a"}


def test_no_articles_make_no_stories() -> None:
    assert stories([]) == ([], [], [])


@given(st.lists(st.sampled_from([RELEASE, OTHER, RELEASE[:150], "", "pendek"]), min_size=1, max_size=8))
def test_every_article_is_in_exactly_one_story(texts: list[str]) -> None:
    articles: list[Article] = [article(row(f"d{i}", text, i)) for i, text in enumerate(texts)]
    heads, members, clones = stories(articles)
    assert sorted(member["doc_id"] for member in members) == sorted(one.doc_id for one in articles)
    assert {member["story_id"] for member in members} == {head["story_id"] for head in heads}
    assert stories(articles) == (heads, members, clones)


def own_text(number: int) -> str:
    """A text that shares no run of four words with another number's."""
    return " ".join(f"kata{number}x{position}" for position in range(40))


def test_a_source_that_only_republishes_another_is_a_clone_and_leads_no_story() -> None:
    originals = [row(f"a{n}", own_text(n), 24 * n, source="asli") for n in range(12)]
    copies = [row(f"c{n}", own_text(n), 24 * n + 2, source="salinan") for n in range(10)]
    # the eleventh is dated back, so that it looks like the first
    early = [row("c11", own_text(11), 24 * 11 - 3, source="salinan")]
    articles = [article(one) for one in sorted([*originals, *copies, *early], key=lambda r: r["dated_at"])]
    heads, members, found = stories(articles)
    assert [(c.source_id, c.original_id, c.n_articles, c.n_copies) for c in found] == [
        ("salinan", "asli", 11, 10)
    ]
    assert {head["lead_doc_id"] for head in heads} == {f"a{n}" for n in range(12)}
    assert len(members) == len(articles)


def test_one_release_in_two_outlets_makes_no_clone() -> None:
    rows = [row(f"a{n}", own_text(n), n, source="asli") for n in range(12)]
    rows += [row(f"b{n}", own_text(n if n < 5 else 100 + n), n + 0.5, source="lain") for n in range(12)]
    rows.sort(key=lambda one: one["dated_at"])
    assert stories([article(one) for one in rows])[2] == []


def test_a_clone_named_in_the_configuration_never_leads() -> None:
    rows = [row("c", RELEASE, 0, source="salinan"), row("a", RELEASE, 1, source="asli")]
    heads, _, found = stories([article(one) for one in rows], {"salinan": "asli"})
    assert [head["lead_doc_id"] for head in heads] == ["a"]
    assert [(clone.source_id, clone.configured) for clone in found] == [("salinan", True)]
