"""`pati nlp`: correcting a label, measuring models, comparing and adopting them."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import load_config
from nlp.trained import BUNDLED, MANIFEST
from pipelines.cli.language import change
from pipelines.dimensions import rows
from pipelines.learning import BEFORE, CHALLENGER, CURRENT, adopt, compare, models_in_force
from pipelines.settings import Settings
from tests.lakes import new_lake
from tests.pipelines.conftest import PATI
from tests.warehouse.rows import document, enrich, labels, load
from warehouse import Lake
from warehouse.store import sync_dimensions

NOW = datetime(2026, 11, 16, tzinfo=UTC)
LABELLED = {
    "id": "t1-1", "kind": "complaint", "source": "pati_only", "title": None,
    "text": "Lampu jalan depan balai desa mati, peteng ndedet", "relevant": True, "topic": "pju",
    "opd": ["dishub"], "sentiment": "negatif", "valence": "buruk", "kecamatan": [], "desa": [],
    "language": "mixed",
}  # fmt: skip


def pati(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PATI, "--home", home, *arguments], text=True, capture_output=True, timeout=120, check=False
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    settings = Settings(tmp_path, fixed_now=NOW)
    with new_lake(tmp_path, NOW) as lake:
        sync_dimensions(lake, rows(settings.config))
        load(lake, "a", [document("a")])
        enrich(lake, [labels("a")])
    return tmp_path


def test_a_correction_is_in_force_at_once_and_its_reason_is_masked(home: Path) -> None:
    done = pati(
        home, "nlp", "correct", "a", "--set", "topic=sampah", "--set", "opd=dlh,dputr", "--by", "ana",
        "--reason", "kata pelapor 0812-0000-0000",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "Dikoreksi: opd, topic.\n")
    with Lake(home, now=NOW) as lake:
        assert lake.rows("SELECT topic, opd_ids FROM mart_document") == [("sampah", ["dlh", "dputr"])]
        assert lake.rows("SELECT DISTINCT reason, corrected_by FROM label_correction") == [
            ("kata pelapor [HP]", "ana")
        ]
    again = pati(home, "nlp", "correct", "a", "--set", "topic=sampah", "--by", "budi")
    assert (again.returncode, again.stdout) == (0, "Label sudah demikian; tetap.\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("a", "--set", "topic"), "tulis LABEL=NILAI"),
        (("a", "--set", "topic=jalanan"), "Nilai 'jalanan' untuk topic tidak dikenal."),
        (("z", "--set", "topic=sampah"), "Dokumen z tidak ada"),
    ],
)
def test_a_wrong_correction_ends_in_one_sentence(
    home: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    done = pati(home, "nlp", "correct", *arguments, "--by", "ana")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "wanted"),
    [
        ("topic=sampah", ("topic", ["sampah"])),
        ("opd=dlh, dputr", ("opd", ["dlh", "dputr"])),
        ("kecamatan=-", ("kecamatan", [])),
        ("sentiment=", ("sentiment", [])),
    ],
)
def test_an_option_names_a_field_and_its_values(option: str, wanted: tuple[str, list[str]]) -> None:
    assert change(option) == wanted


def test_models_are_measured_on_labelled_texts_and_on_plain_sentences(tmp_path: Path) -> None:
    texts, sentences = tmp_path / "teks.jsonl", tmp_path / "kalimat.csv"
    texts.write_text(json.dumps(LABELLED), encoding="utf-8")
    sentences.write_text("text,label\nmakanannya enak sekali dan murah,positive\nkecewa berat,negative\n")
    done = pati(tmp_path, "nlp", "evaluate", texts, "--json")
    assert json.loads(done.stdout)["topic_acc.all"] == 1.0
    done = pati(tmp_path, "nlp", "evaluate", sentences, "--json")
    assert json.loads(done.stdout)["sentiment_acc"] == 1.0


def test_a_file_that_cannot_be_measured_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "teks.jsonl"
    bad.write_text('{"id": "t1-1"}', encoding="utf-8")
    done = pati(tmp_path, "nlp", "evaluate", bad)
    assert done.returncode == 1
    assert "teks.jsonl line 1" in done.stderr
    done = pati(tmp_path, "nlp", "evaluate", tmp_path / "teks.txt")
    assert (done.returncode, "JSON Lines" in done.stderr) == (1, True)


def copied(folder: Path, *, encoder: bool = True) -> Path:
    shutil.copytree(BUNDLED, folder)
    if not encoder:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        del manifest["sha256"]["encoder.npz"]
        (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.mark.proof
@pytest.mark.slow
def test_a_worse_model_is_refused_and_an_equal_one_is_not(tmp_path: Path) -> None:
    worse = copied(tmp_path / "linear", encoder=False)
    found = compare(load_config(), BUNDLED, worse)
    assert found.drops
    assert all(now < before for name, (before, now) in found.drops.items() if "ece" not in name)
    assert compare(load_config(), worse, worse).drops == {}


def test_adopting_keeps_what_was_in_force(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert models_in_force(settings) == BUNDLED
    copied(settings.models / CHALLENGER)
    assert adopt(settings) == settings.models / CURRENT == models_in_force(settings)
    second = copied(settings.models / CHALLENGER, encoder=False)
    assert not (settings.models / BEFORE).exists()
    wanted = (second / MANIFEST).read_bytes()
    adopt(settings)
    assert (settings.models / CURRENT / MANIFEST).read_bytes() == wanted
    assert (settings.models / BEFORE / MANIFEST).is_file()
    assert not (settings.models / CHALLENGER).exists()


def test_models_of_another_format_are_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(tmp_path)
    own = copied(settings.models / CURRENT)
    text = (own / MANIFEST).read_text(encoding="utf-8")
    (own / MANIFEST).write_text(text.replace('"format": 2', '"format": 1'), encoding="utf-8")
    assert models_in_force(settings) == BUNDLED
    assert "model bawaan dipakai" in caplog.text


def test_an_encoder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = pati(tmp_path, "nlp", "train", "--encoder", tmp_path / "tiada.npz")
    assert done.returncode == 1
    assert "tiada.npz tidak ada" in done.stderr
