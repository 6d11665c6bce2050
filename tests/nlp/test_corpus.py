"""The corpus: labels that agree, enough of everything, texts that differ, two labellers who agree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from nlp.corpus import CorpusError, Record, read_corpus, split
from nlp.corpus.agreement import FIELDS, agreements, cohen, read
from nlp.corpus.diversity import measure
from nlp.corpus.split import POOL, batch, choose, grown, place
from nlp.corpus.split import test_ids as fixed_ids

if TYPE_CHECKING:
    from pathlib import Path

    from config import Config


@pytest.fixture(scope="module")
def records(config: Config) -> list[Record]:
    return read_corpus(config=config)


def record(identity: str, **changes: Any) -> Record:
    return Record(
        **{
            "id": identity, "kind": "complaint", "source": "pati_only", "title": None,
            "text": f"Teks {identity}",
            "relevant": True, "topic": "pju", "opd": ("dishub",), "sentiment": "negatif", "valence": "buruk",
            "kecamatan": (), "desa": (), "language": "id",
        }
        | changes
    )  # fmt: skip


def test_there_is_enough_of_everything(records: list[Record], config: Config) -> None:
    assert len(records) >= 4000
    topics = Counter(r.topic for r in records)
    assert {topic.id: topics[topic.id] for topic in config.topics if topics[topic.id] < 80} == {}
    offices = Counter(office for r in records for office in r.opd)
    wanted = {opd.id for opd in config.opd if opd.group != "kecamatan"}
    assert {name: offices[name] for name in FULL & wanted if offices[name] < 40} == {}
    places = {name for r in records for name in r.kecamatan}
    assert places == {kecamatan.name for kecamatan in config.kecamatan}
    assert {r.kind for r in records} == {"complaint", "news", "social", "comment"}
    assert min(Counter(r.language for r in records if r.language != "other").values()) > 1000


# Section 2 of the domain notes: every office of the regency, and the vertical ones.
FULL = {
    "dputr", "disperkim", "dishub", "dlh", "dinkes", "rsud_soewondo", "rsud_kayen",
    "disdikbud", "disdukcapil", "dinsos", "dispermades", "dispertan", "disketapang", "dkp",
    "disdagperin", "dinkop", "disnaker", "dpmptsp", "dinporapar", "arpusda", "diskominfo",
    "bpkad", "bapperida", "bkpsdm", "bpbd", "bakesbangpol", "satpolpp", "inspektorat",
    "setda", "setwan", "pdam", "pln", "bpjs_kes", "bpn", "polresta",
    "samsat", "kemenag", "pertamina", "bulog", "bbws_pemali_juana", "bpjn", "pemdes",
}  # fmt: skip


def test_most_complaints_and_comments_speak_in_their_own_words(records: list[Record], config: Config) -> None:
    citizens = [r for r in records if r.kind in ("complaint", "comment")]
    found = measure(citizens[::4], [], config)
    assert found.keyword_share < 0.5


@pytest.mark.proof
def test_the_corpus_does_not_grow_by_templates(records: list[Record], config: Config) -> None:
    train, test = split(records)
    found = measure(train, test, config)
    assert found.refusals() == []


def test_template_like_growth_is_refused(config: Config) -> None:
    frames = [
        record(f"t1-{i:03d}", text=f"Lampu jalan di RT {i} mati sudah {i} hari, mohon dicek")
        for i in range(60)
    ]
    assert len(measure(frames, [], config).refusals()) == 2
    copied = measure(frames[:3], [record("t2-001", text=frames[0].text)], config)
    assert any("near copies" in line for line in copied.refusals())


def test_the_test_split_is_fixed_and_its_texts_are_its_own(records: list[Record]) -> None:
    train, test = split(records)
    assert len(test) >= 400
    assert {r.id for r in test} == fixed_ids()
    assert all(place(r.id) < POOL for r in test)
    assert not {r.text for r in test} & {r.text for r in train}


def test_a_new_batch_adds_its_share_and_moves_nothing() -> None:
    old = [record(f"a1-{i:04d}") for i in range(200)]
    new = [record(f"b1-{i:04d}") for i in range(300)]
    before = frozenset(choose(old))
    after = grown([*old, *new], before)
    assert before < set(after)
    assert {batch(identity) for identity in set(after) - before} == {"b1"}
    assert 20 <= len(after) - len(before) <= 40
    assert grown([*old, *new], frozenset(after)) == after


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"topic": "tidak_relevan"}, "relevant must be false"),
        ({"topic": "politik"}, "sentiment must be null"),
        ({"topic": "politik", "sentiment": None}, "have no opd"),
        ({"sentiment": None}, "sentiment must be null"),
        ({"opd": ("a", "b", "c", "d")}, "at most 3"),
    ],
)
def test_labels_that_contradict_each_other_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        record("t1-001", **changes)


def test_a_wrong_line_is_named(tmp_path: Path, config: Config) -> None:
    good = record("t1-001").model_dump_json()
    (tmp_path / "a.jsonl").write_text(f"{good}\n\n{good}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"a\.jsonl line 3: 't1-001' is already in a\.jsonl line 1"):
        read_corpus(tmp_path)
    (tmp_path / "a.jsonl").write_text(record("t1-001", topic="jalanan").model_dump_json(), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"topic 'jalanan' is not in the configuration"):
        read_corpus(tmp_path, config)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "a"), ("a", "a")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        ([], 0.0),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], kappa: float) -> None:
    assert cohen(pairs).kappa == pytest.approx(kappa)


def test_two_labellers_agree_on_every_field(records: list[Record]) -> None:
    rows = read()
    assert len(rows) >= 500
    assert {row["id"] for row in rows} <= {r.id for r in records}
    found = agreements(rows)
    assert set(found) == set(FIELDS)
    assert {field: round(one.kappa, 2) for field, one in found.items() if one.kappa < 0.8} == {}
