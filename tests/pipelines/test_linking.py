from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.linking import BOUNDS, Graph, Link, Node, articles, clones, links, settle

calmly = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
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


def settled(rows: list[dict[str, Any]]) -> dict[str, Node]:
    found = articles(rows)
    graph = Graph()
    graph.add([Node(one.doc_id, one.moment) for one in found], links(found, {one.doc_id for one in found}))
    settle(graph, list(graph.nodes), BOUNDS)
    return graph.nodes


def grouped(rows: list[dict[str, Any]]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for node in settled(rows).values():
        found.setdefault(node.root, set()).add(node.doc_id)
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
    nodes = settled([row("a", RELEASE), row("b", RELEASE, 1)])
    assert {key: node.copy_of for key, node in nodes.items()} == {"a": None, "b": "a"}


def test_no_articles_make_no_stories() -> None:
    assert links([], set()) == []


TEXTS = [RELEASE, OTHER, RELEASE[:150], "", "pendek", "dua kata"]


@calmly
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=8))
def test_every_article_is_in_one_story_that_its_earliest_article_names(texts: list[str]) -> None:
    nodes = settled([row(f"d{i}", text, i) for i, text in enumerate(texts)])
    for node in nodes.values():
        assert nodes[node.root].root == node.root
        assert nodes[node.root].order <= node.order
        assert node.moment - nodes[node.root].moment <= BOUNDS.window


@calmly
@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=8), st.data())
def test_a_link_depends_on_nothing_but_its_two_articles(texts: list[str], data: st.DataObject) -> None:
    every = articles([row(f"d{i}", text, 30 * i) for i, text in enumerate(texts)])
    ids = [one.doc_id for one in every]
    fresh = data.draw(st.sets(st.sampled_from(ids)))
    whole = [link for link in links(every, set(ids)) if fresh & {link.later, link.earlier}]
    assert links(data.draw(st.permutations(every)), fresh) == whole


# Articles two days apart, so that a story's two weeks end within the graph.
EDGES = st.dictionaries(
    st.tuples(st.integers(0, 19), st.integers(0, 19)).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(st.sampled_from([0.0, 0.35, 0.8]), st.sampled_from([0.4, 0.6])),
    max_size=40,
)


def graph_of(places: list[int], edges: dict[tuple[int, int], tuple[float, float]]) -> Graph:
    graph = Graph()
    nodes = [Node(f"{i:02}", START + timedelta(days=2 * i)) for i in places]
    graph.add(
        nodes, [Link(f"{b:02}", f"{a:02}", *how) for (a, b), how in edges.items() if {a, b} <= {*places}]
    )
    return graph


@calmly
@given(EDGES, st.data())
def test_settling_what_a_new_article_touches_is_settling_everything(
    edges: dict[tuple[int, int], tuple[float, float]], data: st.DataObject
) -> None:
    late = data.draw(st.integers(0, 19))
    graph = graph_of([i for i in range(20) if i != late], edges)
    settle(graph, list(graph.nodes), BOUNDS)
    whole = graph_of(list(range(20)), edges)
    links_ = [Link(f"{b:02}", f"{a:02}", *how) for (a, b), how in edges.items() if late in (a, b)]
    graph.add([whole.nodes[f"{late:02}"]], links_)
    settle(graph, {f"{late:02}"} | {link.later for link in links_}, BOUNDS)
    settle(whole, list(whole.nodes), BOUNDS)
    assert graph.nodes == whole.nodes


def test_a_source_that_only_republishes_another_is_a_clone() -> None:
    (found,) = clones({"asli": 12, "salinan": 11}, {("salinan", "asli"): 10}, {})
    assert (found.source_id, found.original_id, found.n_articles, found.n_copies) == (
        "salinan",
        "asli",
        11,
        10,
    )


def test_one_release_in_two_outlets_makes_no_clone() -> None:
    assert clones({"asli": 12, "lain": 12}, {("lain", "asli"): 5}, {}) == []


def test_a_clone_named_in_the_configuration_needs_no_counting() -> None:
    (found,) = clones({"salinan": 1, "asli": 1}, {}, {"salinan": "asli"})
    assert (found.n_copies, found.configured) == (0, True)
