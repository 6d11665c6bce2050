"""The look of the report: page 1 of the weekly report and the one-page summary beside pictures of them.

The pictures are small and grey, so they show where things stand, not each hair of a letter. After a change
that is meant, look at the new ones and commit them::

    PATI_GOLDEN=write .venv/bin/pytest -n 0 -m proof tests/report/test_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image
from report_seed import WEEK

from config import Config
from dashboard.report import build_weekly
from warehouse import Lake

pytestmark = pytest.mark.proof
GOLDEN = Path(__file__).parent / "golden"
WIDTH = 300
"""Pixels: a line of text is two or three high."""
FAR = 48
"""Grey levels (of 255) from which a pixel counts as another."""
ALLOWED = 0.004
"""Part of the pixels that may be others: a digit or two, not a line that moved."""


def small(pdf: Path) -> Image.Image:
    """Page 1 in grey, `WIDTH` pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].render(scale=2.0, grayscale=True).to_pil()
    document.close()
    return page.resize((WIDTH, round(page.height * WIDTH / page.width)), Image.Resampling.BOX)


def others(one: Image.Image, two: Image.Image) -> float:
    """Which part of the pixels differs; all of them where the sizes do."""
    if one.size != two.size:
        return 1.0
    a, b = (np.asarray(image, dtype=np.int16) for image in (one, two))
    far: NDArray[np.bool_] = np.abs(a - b) > FAR
    return float(far.mean())


@pytest.fixture(scope="module")
def pages(
    busy_lake: Lake, config: Config, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Image.Image]:
    report = build_weekly(busy_lake, config, WEEK, tmp_path_factory.mktemp("golden"))
    return {"mingguan": small(report.pdf), "ringkas": small(report.summary_pdf)}


@pytest.mark.parametrize("name", ["mingguan", "ringkas"])
def test_the_page_looks_as_it_did(name: str, pages: dict[str, Image.Image], tmp_path: Path) -> None:
    kept = GOLDEN / f"{name}.png"
    if os.environ.get("PATI_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        pages[name].save(kept, optimize=True)
    with Image.open(kept) as golden:
        differs = others(pages[name], golden.convert("L"))
    if differs > ALLOWED:
        pages[name].save(tmp_path / f"{name}.png")
    assert differs <= ALLOWED, f"{differs:.2%} of the pixels are others; see {tmp_path / name}.png"


@pytest.mark.parametrize("name", ["mingguan", "ringkas"])
def test_a_line_that_moved_is_seen(name: str, pages: dict[str, Image.Image]) -> None:
    """The comparison itself: the lower half of the page a little lower, as one line more would do."""
    page = np.asarray(pages[name])
    half = page.shape[0] // 2
    moved = np.concatenate([page[:half], np.full((5, WIDTH), 255, np.uint8), page[half:-5]])
    assert others(pages[name], Image.fromarray(moved)) > 2 * ALLOWED
