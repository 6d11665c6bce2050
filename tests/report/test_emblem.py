"""The emblem in the letterhead: in every file a reader gets, and refused in one sentence where it is none."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from report_seed import WEEK

from config import Config, ConfigError, load_config
from config.loader import BUNDLED
from dashboard.report import build_weekly
from warehouse import Lake


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (90, 120), (180, 20, 20)).save(made, "PNG")
    return made.getvalue()


def folder(at: Path, name: str, content: bytes | None) -> Path:
    at.mkdir()
    shutil.copy(BUNDLED / "report.yaml", at)
    with (at / "report.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nlogo: {name}\n")
    if content is not None:
        (at / name).write_bytes(content)
    return at


def pictures(pdf: Path) -> list[int]:
    """Pictures on each page."""
    document = pypdfium2.PdfDocument(pdf)
    found = [sum(1 for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])) for page in document]
    document.close()
    return found


def test_it_stands_in_every_file(busy_lake: Lake, tmp_path: Path, config: Config) -> None:
    assert config.logo == b""
    marked = load_config(folder(tmp_path / "config", "lambang.png", png()))
    assert marked.logo == png()
    report = build_weekly(busy_lake, marked, WEEK, tmp_path / "out")
    assert pictures(report.pdf)[0] == 1
    assert sum(pictures(report.pdf)) == 1
    assert sum(pictures(report.summary_pdf)) == 1
    assert 'alt="Lambang" src="data:image/png;base64,' in report.html.read_text(encoding="utf-8")
    with zipfile.ZipFile(report.docx) as letter:
        assert png() in [letter.read(name) for name in letter.namelist() if "media" in name]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "berkas lambang 'lambang.png' tidak dapat dibaca"),
        (b"<svg/>", "berkas lambang 'lambang.png' bukan PNG"),
        (png() + b"0" * 200_000, "berkas lambang 'lambang.png' lebih dari 200 kB; kecilkan dulu"),
    ],
)
def test_what_is_none_is_refused(tmp_path: Path, content: bytes | None, reason: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load_config(folder(tmp_path / "config", "lambang.png", content))
    assert refused.value.message == reason
    assert (refused.value.file, refused.value.key) == ("report.yaml", "logo")
    assert refused.value.line
