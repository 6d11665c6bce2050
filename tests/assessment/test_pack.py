"""The evidence pack: what is in it, for whom, and that a copy of it can be checked without the system."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from config import load_config
from dashboard.pack import Issued, make, request
from dashboard.pack.facts import Facts
from dashboard.pack.files import zipped
from tests.assessment.hostile import FORMULA, NOW, SECRET, evidence_home
from warehouse import Lake
from warehouse.access import AccessError, viewer_of
from warehouse.access.wall import WalledLake
from warehouse.queries.evidence_numbers import evidence_numbers
from warehouse.queries.spans import Span
from warehouse.reading import open_reading

CONFIG = load_config()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evidence_home(tmp_path_factory.mktemp("pack") / "home")


@pytest.fixture(scope="module")
def reading(home: Path) -> Iterator[Lake]:
    lake, _ = open_reading(home, NOW)
    with lake:
        yield lake


def made_for(reading: Lake, role: str) -> tuple[Issued, Facts]:
    asked = request(CONFIG, 2026, dimension="living", indicators=("impact",))
    walled = WalledLake(reading, viewer_of("ana", role))
    try:
        return make(walled, CONFIG, asked, "ana", lambda text: text.replace("Sarpi", "[NAMA]"))
    finally:
        walled.close()


@pytest.fixture(scope="module")
def analyst(reading: Lake) -> tuple[Issued, Facts]:
    return made_for(reading, "analis")


@pytest.fixture
def folder(analyst: tuple[Issued, Facts], tmp_path: Path) -> Path:
    """A copy on another machine."""
    for name, content in analyst[0].files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", folder / "verify.py"],
        cwd="/", env={"PATH": "/usr/bin"}, text=True, capture_output=True, timeout=60, check=False,
    )  # fmt: skip


def test_numbers_stand_with_interval_n_and_period(analyst: tuple[Issued, Facts]) -> None:
    found = {one["metric_id"]: one for one in json.loads(analyst[0].files["angka.json"])}
    tone = found["i10_net_tone"]
    # all twelve complaints of the topic are negative: net tone -1, its upper end below -0,5
    assert (tone["value"], tone["n"], tone["about"]) == (-1.0, 12, "dimension")
    assert -1.0 <= tone["low"] <= tone["value"] < tone["high"] < -0.5
    assert (tone["first"], tone["last"]) == ("2026-01-01", "2026-12-31")
    assert found["i11_issue_share"]["interval"] == "tanpa selang"


def test_what_is_open_now_is_one_row_and_not_one_of_several(reading: Lake) -> None:
    found = evidence_numbers(reading, ["I6"], Span.parse("2026"))
    assert len(found) == 3
    assert {(one.about, one.what) for one in found} == {("regency", "")}


def test_documents_stand_with_label_correction_and_marks(analyst: tuple[Issued, Facts]) -> None:
    [part] = analyst[1].parts
    rows = {row["doc_id"]: row for row in part.documents}
    assert part.documents[0]["mark"] == "pinned"
    assert part.documents[-1]["mark"] == "rejected"
    assert (part.n_pinned, part.n_rejected, part.n_erased) == (2, 1, 1)
    assert (rows["k1"]["corrected_by"], list(rows["k1"]["corrected"])) == ("budi", ["topic"])
    assert "gone" not in rows
    assert {row["doc_id"] for row in part.comments} == {"k2", "k3"}
    assert len(part.documents) == part.n_documents == len(set(rows))


def test_personal_names_are_masked_again_in_what_people_wrote(analyst: tuple[Issued, Facts]) -> None:
    [part] = analyst[1].parts
    everything = b"".join(analyst[0].files.values()).decode("latin-1")
    assert "Sarpi" not in everything
    assert any("[NAMA]" in row["excerpt"] for row in part.documents)
    assert part.entry is not None
    assert part.entry["justification"] == "Kata [NAMA]"


def test_outsiders_read_no_more_of_complaints_than_leadership(
    reading: Lake, analyst: tuple[Issued, Facts]
) -> None:
    own, outside = analyst[1].parts[0], made_for(reading, "pimpinan")[1].parts[0]
    assert {row["doc_id"] for row in own.documents} == {row["doc_id"] for row in outside.documents}
    long = next(row for row in own.documents if row["doc_id"] == "k4")
    cut = next(row for row in outside.documents if row["doc_id"] == "k4")
    assert len(long["excerpt"]) > 160
    assert (cut["title"], cut["url"], len(cut["excerpt"])) == ("", None, 160)
    for part in (own, outside):
        assert SECRET not in str(part)
    with pytest.raises(AccessError):
        made_for(reading, "opd:dputr")


def test_no_cell_acts_as_a_formula(analyst: tuple[Issued, Facts]) -> None:
    book = load_workbook(BytesIO(analyst[0].files["bukti.xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = [str(cell.value) for cell in cells] + analyst[0].files["dokumen.csv"].decode("utf-8-sig").split(
        "\n"
    )
    assert any(FORMULA in text for text in texts)
    assert not [text for text in texts if text.startswith(FORMULA)]


def test_the_same_facts_give_the_same_bytes(reading: Lake, analyst: tuple[Issued, Facts]) -> None:
    again = made_for(reading, "analis")[0]
    assert again.files == analyst[0].files
    assert zipped(again.pack_id, again.files) == zipped(again.pack_id, analyst[0].files)


def test_the_manifest_says_where_it_comes_from(analyst: tuple[Issued, Facts]) -> None:
    told = json.loads(analyst[0].files["MANIFEST.json"])
    assert (told["snapshot"], told["shown_as"], told["dimension"]) == (
        analyst[0].snapshot,
        "analis",
        "living",
    )
    assert told["config_sha256"]
    assert set(told["files"]) == set(analyst[0].files) - {"MANIFEST.json", "SHA256SUMS"}
    assert analyst[0].files["bukti.pdf"].startswith(b"%PDF-")


def test_a_whole_copy_is_found_whole(folder: Path, analyst: tuple[Issued, Facts]) -> None:
    done = check(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert analyst[0].sha256 in done.stdout
    if tool := shutil.which("sha256sum"):
        subprocess.run([tool, "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=True, timeout=60)


def test_what_differs_is_missing_or_extra_is_named(folder: Path) -> None:
    (folder / "dokumen.csv").write_text("lain", encoding="utf-8")
    (folder / "angka.json").unlink()
    (folder / "titipan.txt").write_text("x", encoding="utf-8")
    (folder / "bukti.pdf").unlink()
    (folder / "bukti.pdf").symlink_to("/etc/hostname")
    done = check(folder)
    assert done.returncode == 1
    for said in ("BERUBAH: dokumen.csv", "HILANG: angka.json", "TIDAK TERDAFTAR: 'titipan.txt'"):
        assert said in done.stdout
    assert "BUKAN BERKAS BIASA: bukti.pdf" in done.stdout
    assert "4 hal tidak sesuai" in done.stdout


def test_a_file_changed_together_with_the_list_still_shows(folder: Path) -> None:
    """The manifest says otherwise; with the manifest changed too its digest is no longer the noted one."""
    import hashlib

    (folder / "dokumen.csv").write_text("lain", encoding="utf-8")
    sums = (folder / "SHA256SUMS").read_text().splitlines()
    new = hashlib.sha256(b"lain").hexdigest()
    changed = [f"{new}  dokumen.csv" if line.endswith("  dokumen.csv") else line for line in sums]
    (folder / "SHA256SUMS").write_text("\n".join(changed) + "\n")
    done = check(folder)
    assert done.returncode == 1
    assert "berbeda tentang: 'dokumen.csv'" in done.stdout


@pytest.mark.parametrize("sums", ["", "bukan daftar", "0" * 64 + "  ../jauh", "0" * 64 + "  SHA256SUMS"])
def test_what_is_no_pack_is_said_so(folder: Path, sums: str) -> None:
    (folder / "SHA256SUMS").write_text(sums)
    done = check(folder)
    assert done.returncode == 2
    assert "bukan folder paket bukti" in done.stderr


def test_an_archive_holds_the_folder(analyst: tuple[Issued, Facts]) -> None:
    issued = analyst[0]
    with zipfile.ZipFile(BytesIO(zipped(issued.pack_id, issued.files))) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {issued.pack_id}
        assert archive.read(f"{issued.pack_id}/MANIFEST.json") == issued.files["MANIFEST.json"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"instrument": "iso"}, "Instrumen 'iso' tidak dikenal"),
        ({"dimension": "livin"}, "Dimensi 'livin' tidak dinilai"),
        ({"indicators": ("dampak",)}, "Indikator 'dampak' tidak ada"),
        ({"period": "kemarin"}, "'kemarin' bukan periode"),
        ({"period": "2026-13"}, "'2026-13' bukan periode"),
    ],
)
def test_what_does_not_exist_is_refused_in_one_sentence(more: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        request(CONFIG, 2026, **more)  # type: ignore[arg-type]


def test_a_code_of_ours_chooses_the_indicators_it_supports() -> None:
    asked = request(CONFIG, 2026, indicators=("i10",), period="2026-W46")
    assert [one.id for one in asked.indicators] == ["impact"]
    assert asked.codes_of(asked.indicators[0]) == ("I10",)
    assert asked.span.days(NOW)[0].isoformat() == "2026-11-09"
