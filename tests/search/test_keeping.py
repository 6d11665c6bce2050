"""The index follows the lake: changes, corrections, removals, damage, death in the middle, readers."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from config import load_config
from nlp.searching import SearchWords
from tests.search.conftest import MENDED, NOW, find, ids
from tests.warehouse.rows import document, enrich, labels, load
from warehouse import Lake
from warehouse.forget import Plan, forget
from warehouse.search import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    behind,
    holding,
    open_index,
    refresh,
    remove,
)
from warehouse.search.contents import everything
from warehouse.search.folder import CURRENT, current, root
from warehouse.store import correct_labels, register_model
from warehouse.store.documents import Batch, store_batch

LATER = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)


def stale(lake: Lake, words: SearchWords) -> bool:
    return behind(lake, open_index(lake.home), words) is not None


def test_new_and_changed_documents_are_found_by_their_new_words_only(lake: Lake, words: SearchWords) -> None:
    load(
        lake,
        "b2",
        [
            document("baru", text="waduk retak"),
            document("urutan", text="ganti isi", content_hash="x", fetched_at=LATER),
        ],
    )
    assert stale(lake, words)
    done = refresh(lake, words)
    assert (done.n_indexed, done.n_removed, done.rebuilt) == (2, 0, None)
    enrich(lake, [labels("baru"), labels("urutan")])
    assert refresh(lake, words).n_indexed == 2
    assert not stale(lake, words)
    assert refresh(lake, words).did_nothing
    assert ids(lake.home, words, "waduk") == {"baru"}
    assert ids(lake.home, words, "ganti isi") == {"urutan"}
    assert ids(lake.home, words, '"rusak sekali"') == set()


def test_a_correction_is_found_at_once(lake: Lake, words: SearchWords) -> None:
    correct_labels(lake, "sekolah", {"topic": ["sampah"], "kecamatan": ["Tayu"]}, None, "uji")
    assert refresh(lake, words).n_indexed == 1
    assert ids(lake.home, words, "kecamatan:tayu topik:sampah") == {"sekolah"}
    assert "sekolah" not in ids(lake.home, words, "kecamatan:juwana")


def test_a_document_taken_down_is_gone(lake: Lake, words: SearchWords) -> None:
    stone = {"doc_id": "banjir", "source_id": "s1", "reason": "removed", "removed_at": LATER}
    store_batch(lake, Batch({"t": 1}, "r2", [], [], [], [], tombstones=[stone]), LATER)
    done = refresh(lake, words)
    assert (done.n_indexed, done.n_removed) == (0, 1)
    assert ids(lake.home, words, "dukuhseti") == set()


def test_erased_words_are_in_no_file_of_the_index(home: Path, words: SearchWords) -> None:
    word = b"dukuhseti"
    with Lake(home, now=NOW) as lake:
        for turn in range(3):  # several segments, some with old versions
            changed = document(
                "banjir",
                text=f"Dukuhseti lagi {turn}",
                content_hash=str(turn),
                fetched_at=LATER + timedelta(turn),
            )
            load(lake, f"c{turn}", [changed])
            refresh(lake, words)
    assert any(word in path.read_bytes().lower() for path in root(home).rglob("*") if path.is_file())
    with holding(home):
        remove(home)
        forget(home, Plan({"banjir"}, lambda text: text.replace("Dukuhseti", "[X]")))
    with Lake(home, now=NOW) as lake:
        done = refresh(lake, words)
        assert done.rebuilt == "Indeks belum ada."
        assert done.n_documents == lake.value("SELECT count(*) FROM document")
    for path in root(home).rglob("*"):
        assert path.is_dir() or word not in path.read_bytes().lower(), path
    assert not any("dukuhseti" in text.lower() for column, text in everything(home) if column != "doc_id")
    # the document itself is still counted
    assert "banjir" in ids(home, words, "", kinds=("news",), relevant_only=False)


def test_another_model_builds_it_anew(lake: Lake, words: SearchWords) -> None:
    register_model(lake, "m2", LATER)
    assert refresh(lake, words).rebuilt == "Model label berganti."


def test_a_restored_lake_does_not_keep_the_index_of_the_other(
    home: Path, tmp_path: Path, words: SearchWords
) -> None:
    copytree(home / "lake", tmp_path / "backup", ignore=lambda _, names: [n for n in names if n == "index"])
    with Lake(home, now=NOW) as lake:
        load(lake, "b2", [document("hilang", text="waduk retak")])
        enrich(lake, [labels("hilang")])
        refresh(lake, words)
    assert ids(home, words, "waduk") == {"hilang"}
    for path in (home / "lake").iterdir():
        if path.name != "index":
            rmtree(path) if path.is_dir() else path.unlink()
    copytree(tmp_path / "backup", home / "lake", dirs_exist_ok=True)
    with Lake(home, now=NOW) as lake:
        for turn in range(4):  # on with other snapshots of the same numbers
            load(lake, f"d{turn}", [document(f"lain{turn}")])
        assert stale(lake, words)
        assert refresh(lake, words).rebuilt is not None
    assert ids(home, words, "waduk") == set()


def test_other_word_lists_build_it_anew(lake: Lake) -> None:
    config = load_config()
    lexicon = config.lexicon.model_copy(update={"slang": {**config.lexicon.slang, "wdk": "waduk"}})
    other = SearchWords(config.model_copy(update={"lexicon": lexicon}))
    assert stale(lake, other)
    assert refresh(lake, other).rebuilt == "Daftar kata atau aturannya berganti."
    assert refresh(lake, other).did_nothing


@pytest.mark.parametrize("how", ["missing", "pointer", "meta", "truncated", "flipped"])
def test_missing_or_damaged_it_is_built_anew(lake: Lake, words: SearchWords, how: str) -> None:
    folder = current(lake.home)
    wanted = ids(lake.home, words, "jalan")
    if how == "missing":
        rmtree(root(lake.home))
    elif how == "pointer":
        (root(lake.home) / CURRENT).write_text("tidak-ada")
    elif how == "meta":
        (folder / "meta.json").write_text("{")
    else:
        for path in folder.glob("*.*"):
            data = path.read_bytes()
            if path.suffix not in (".json", ".lock") and data:
                path.unlink()  # a reader may still have it in memory: a map of a cut file ends the process
                path.write_bytes(data[: len(data) // 2] if how == "truncated" else bytes(len(data)))
    with pytest.raises((IndexMissingError, IndexDamagedError), match="--rebuild"):
        find(lake.home, words, "jalan")
    assert refresh(lake, words).rebuilt is not None
    assert ids(lake.home, words, "jalan") == wanted
    assert len([path for path in root(lake.home).iterdir() if path.is_dir()]) == 1


def test_one_writer_at_a_time(lake: Lake, words: SearchWords) -> None:
    with (
        holding(lake.home),
        Lake(lake.home, now=NOW) as other,
        pytest.raises(IndexBusyError, match="sedang ditulis"),
    ):
        refresh(other, words, seconds=0.1)
    refresh(lake, words, seconds=0.1)


@pytest.mark.proof
def test_readers_are_not_disturbed_by_a_writer(home: Path, words: SearchWords) -> None:
    done = threading.Event()
    problems: list[str] = []
    asked = [0]

    def reading() -> None:
        own = SearchWords(load_config())
        index = open_index(home)
        while not done.is_set():
            index.reload()
            found = [find(home, own, "judul:banjir"), find(home, own, "gedung bupati")]
            problems.extend(str(one) for one in found if one.total != 1)
            asked[0] += 1

    readers = [threading.Thread(target=reading) for _ in range(2)]
    for one in readers:
        one.start()
    with Lake(home, now=NOW) as lake:
        for turn in range(6):
            load(lake, f"e{turn}", [document(f"e{turn}", text="isi")])
            refresh(lake, words, rebuild=turn % 3 == 2)
    done.set()
    for one in readers:
        one.join()
    assert problems == []
    assert asked[0] > 3


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from config import load_config
from nlp.searching import SearchWords
from tests.warehouse.rows import document, load
from warehouse import Lake
from warehouse.search import refresh
words = SearchWords(load_config())
with Lake(Path(sys.argv[1]), now=datetime(2026, 11, 16, tzinfo=UTC)) as lake:
    turn = lake.value("SELECT count(*) FROM landing_batch")
    while True:
        load(lake, f"k{turn}", [document(f"k{turn}-{n}", text=f"kata{turn} isi") for n in range(40)])
        print("loaded", flush=True)
        refresh(lake, words, rebuild=turn % 4 == 3)
        turn += 1
"""


@pytest.mark.proof
def test_killed_in_the_middle_it_is_usable_and_catches_up(home: Path, words: SearchWords) -> None:
    rng = random.Random(7)  # noqa: S311 - when to kill
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(home)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )
        assert writer.stdout is not None
        for _ in range(rng.randint(1, 3)):
            assert writer.stdout.readline() == "loaded\n"
        time.sleep(rng.uniform(0, 0.2))  # somewhere in the writing of the index
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert ids(home, words, "perbaikan") == MENDED
    with Lake(home, now=NOW) as lake:
        refresh(lake, words)
        assert not stale(lake, words)
        every = {key for (key,) in lake.rows("SELECT doc_id FROM document")}
    held = [key for column, key in everything(home) if column == "doc_id"]
    assert len(held) == len(set(held))
    assert set(held) == every
    assert len(every) > 4 * 40
