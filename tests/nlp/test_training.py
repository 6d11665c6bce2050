"""Training: the same files for the same input, corrections that teach, a card that says it all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nlp import Analyzer
from nlp.corpus import read_corpus, split
from nlp.trained import MANIFEST, WEIGHTS, ModelError, check_folder
from nlp.training.card import CARD, PLOT
from nlp.training.corrections import PREFIX, corrected_records
from nlp.training.fitting import calibrate, shares_of, weigh
from nlp.training.run import train

if TYPE_CHECKING:
    from pathlib import Path

    from config import Config
    from nlp.corpus import Record

TOPICS = ("sampah", "pju", "kesehatan", "politik")


@pytest.fixture(scope="module")
def few(config: Config) -> list[Record]:
    """A few hundred texts of four topics, and irrelevant ones."""
    records, _ = split(read_corpus(config=config))
    chosen = [r for topic in TOPICS for r in [r for r in records if r.topic == topic][:80]]
    return [*chosen, *[r for r in records if not r.relevant][:60]]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, config: Config, few: list[Record]) -> Path:
    out = tmp_path_factory.mktemp("models") / "a"
    train(config, None, out, corpus=few)
    return out


@pytest.mark.slow
def test_the_same_texts_give_the_same_files(
    tmp_path: Path, config: Config, few: list[Record], trained: Path
) -> None:
    train(config, None, tmp_path, corpus=few)
    names = sorted(path.name for path in trained.iterdir())
    assert names == sorted([MANIFEST, WEIGHTS, CARD, PLOT])
    assert {n for n in names if (tmp_path / n).read_bytes() != (trained / n).read_bytes()} == set()


def test_trained_models_label(config: Config, trained: Path) -> None:
    check_folder(trained)
    analyzer = Analyzer.load(config, trained)
    found = analyzer.analyze(
        ["sampah numpuk seminggu ora diangkut", "PJU mati peteng ndedet"],
        ["complaint"] * 2,
        ["pati_only"] * 2,
    )
    assert [a.topic for a in found] == ["sampah", "pju"]
    assert [a.sentiment for a in found] == ["negatif", "negatif"]


def test_a_corrected_document_teaches(tmp_path: Path, config: Config, few: list[Record]) -> None:
    """Many corrections of one kind change what a new text of that kind is taken for."""
    strange = "Wer wor zolp kadam brisk"
    rows = [
        row(f"d{i}", text=f"{strange} nomor {i}", topic="kesehatan", opd_ids=["dinkes"]) for i in range(40)
    ]
    learned = corrected_records(rows)
    train(config, None, tmp_path / "with", learned, corpus=few[::2])
    [found] = Analyzer.load(config, tmp_path / "with").analyze([strange], ["complaint"], ["pati_only"])
    assert found.topic == "kesehatan"
    manifest = json.loads((tmp_path / "with" / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["corrections"] == 40


def row(doc_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "doc_id": doc_id, "kind": "complaint", "scope": "pati_only", "title": None, "parent_title": None,
        "text": "Teks", "relevant": True, "topic": "pju", "opd_ids": ["dishub"], "sentiment": "negatif",
        "kecamatan": [], "desa": [], "language": "id", **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, {"kind": "complaint", "title": None, "valence": "buruk", "id": PREFIX + "x-1"}),
        ({"kind": "video", "title": "Judul"}, {"kind": "news", "title": "Judul"}),
        ({"kind": "comment", "title": "x", "parent_title": "Berita"}, {"kind": "comment", "title": "Berita"}),
        ({"sentiment": None, "topic": "politik", "opd_ids": []}, {"valence": "netral", "sentiment": None}),
    ],
)
def test_a_correction_becomes_a_labelled_text(changes: dict[str, Any], wanted: dict[str, Any]) -> None:
    [record] = corrected_records([row("X:1", **changes)])
    assert {name: getattr(record, name) for name in wanted} == wanted


def test_a_correction_without_words_teaches_nothing() -> None:
    assert corrected_records([row("a", text=" "), row("b", text=None)]) == []


def test_the_card_names_data_figures_and_errors(trained: Path) -> None:
    text = (trained / CARD).read_text(encoding="utf-8")
    for part in ("Learned from", "Apache-2.0", "topic_acc.lang_jv", "F1 by topic", "calibration", "Stance"):
        assert part in text
    assert (trained / PLOT).read_text(encoding="utf-8").startswith("<svg")


def test_a_changed_file_is_refused(tmp_path: Path, trained: Path) -> None:
    for name in (MANIFEST, WEIGHTS):
        (tmp_path / name).write_bytes((trained / name).read_bytes())
    check_folder(tmp_path)
    (tmp_path / WEIGHTS).write_bytes(b"x" + (trained / WEIGHTS).read_bytes()[1:])
    with pytest.raises(ModelError, match="SHA-256 differs"):
        check_folder(tmp_path)


def test_margins_become_probabilities_that_hold() -> None:
    draw = np.random.default_rng(0)
    right = draw.integers(0, 3, 3000)
    margins = draw.normal(0, 1, (3000, 3)) + 1.5 * np.eye(3)[right]
    temperature, offsets = calibrate(margins, "abc", ["abc"[i] for i in right])
    found = shares_of([margins], [1 / temperature], offsets)
    best = found.max(axis=1)
    assert abs(best.mean() - (found.argmax(axis=1) == right).mean()) < 0.03


def test_a_useless_model_gets_no_weight_beside_a_good_one() -> None:
    draw = np.random.default_rng(1)
    right = draw.integers(0, 3, 2000)
    good = draw.normal(0, 1, (2000, 3)) + 2.0 * np.eye(3)[right]
    factors, _ = weigh([good, draw.normal(0, 1, (2000, 3))], "abc", ["abc"[i] for i in right])
    assert factors[1] < 0.1 * factors[0]
