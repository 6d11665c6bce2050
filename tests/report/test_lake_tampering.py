"""Tamperings of the lake: each names exactly the entries that count the changed row.

Each is one change of the tables, undone afterwards. What it breaks is worked out from what the entries of the
small lake count: articles 12 to 26 are those of the week, three outlets in turn; 12, 26, 19, 13 and 20 lead
the five stories that are told; complaints 28, 30, 32 and 34 are of the week, the others of the week before.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import report_seed as seed
from report_seed import NOW, WEEK

from config import Config
from dashboard.report import WeeklyReport, build_weekly
from dashboard.report import ledger as book
from dashboard.report.verify import verify
from warehouse import Lake

pytestmark = pytest.mark.proof
TOLD, UNTOLD = "news-0012", "news-0014"
"""Leads the first story that is told; is in none of them."""
OFFICE = ["R4", "T.dputr"]
"""Speak of the tone toward the office of all articles."""
FEWER = ["D0", "R0", "R1", *OFFICE, "S2", "S.news", "M.warta_tiga", "C.living"]
QUEUE = ["R0", "R3", "A2", "A3", "A.dishub"]
COMPLAINT = ["D0", *QUEUE, "S1", "S.complaint", "T1", "A4", "A.topik.pju", "A.kecamatan.Juwana", "C.living"]
"""Count every complaint of both weeks."""


def label(doc_id: str, change: str) -> str:
    """Change what is known of one document."""
    return f"UPDATE document_fact SET {change} WHERE doc_id = '{doc_id}'"  # noqa: S608 - test of ours


def written(doc_id: str, change: str) -> str:
    """Change the words of one document."""
    return f"UPDATE document SET {change} WHERE doc_id = '{doc_id}'"  # noqa: S608 - same


def handled(doc_id: str, change: str) -> str:
    """Change what was done about one complaint."""
    return f"UPDATE complaint_fact SET {change} WHERE doc_id = '{doc_id}'"  # noqa: S608 - same


def gone(doc_id: str) -> str:
    """Remove one document."""
    return f"DELETE FROM document_fact WHERE doc_id = '{doc_id}'"  # noqa: S608 - same


TAMPERINGS = {
    "tone-of-a-told-article": (
        label(TOLD, "sentiment = 'negatif'"), [*OFFICE, "S2", "I1b", "M.warta_satu", "C.living"],
    ),
    "tone-of-another-article": (
        label(UNTOLD, "sentiment = 'positif'"), [*OFFICE, "S2", "M.warta_tiga", "C.living"],
    ),
    "tone-of-the-week-before": (label("news-0000", "sentiment = 'negatif'"), [*OFFICE, "C.living"]),
    "topic-of-a-complaint": (
        label("complaint-0028", "topic = 'sampah'"), ["A.topik.pju", "C.living", "C.environment"],
    ),
    "office-of-a-complaint": (label("complaint-0028", "opd_ids = ['dlh']"), ["T1", "A.dishub", "U0"]),
    "office-of-a-told-article": (label(TOLD, "opd_ids = ['dlh']"), ["R2", *OFFICE]),
    "place-of-a-complaint": (label("complaint-0028", "kecamatan_all = ['Tayu']"), ["A.kecamatan.Juwana"]),
    "an-article-is-not-relevant": (label(UNTOLD, "relevant = false"), FEWER),
    "an-article-is-removed": (gone(UNTOLD), FEWER),
    "a-complaint-of-the-week-before-is-removed": (gone("complaint-0027"), COMPLAINT),
    "a-complaint-of-the-week-is-removed": (gone("complaint-0028"), [*COMPLAINT, "A1"]),
    "an-article-moves-to-the-week-before": (
        label(UNTOLD, "day = DATE '2026-11-08', week = DATE '2026-11-02'"),
        ["R0", "R1", "S2", "S.news", "M.warta_tiga"],
    ),
    "an-article-moves-within-the-week": (label(UNTOLD, "day = DATE '2026-11-10'"), []),
    "a-complaint-moves-to-the-week-before": (
        label("complaint-0028", "day = DATE '2026-11-08', week = DATE '2026-11-02'")
        + "; " + handled("complaint-0028", "received_day = DATE '2026-11-08'"),
        [*QUEUE, "S1", "S.complaint", "A1", "A.topik.pju"],
    ),
    "title-of-a-told-article": (written(TOLD, "title = 'Judul lain'"), ["R2", "I1"]),
    "title-of-another-article": (written(UNTOLD, "title = 'Judul lain'"), []),
    "a-claim-in-a-title": (written(UNTOLD, "title = 'Viral hoaks bantuan'"), ["K0", "U0"]),
    "address-of-a-told-article": (written(TOLD, "url = 'https://warta.example/lain'"), ["I1"]),
    "an-advertorial": (label(UNTOLD, "advertorial = true"), ["M.warta_tiga"]),
    "a-copy-is-no-voice": (label(UNTOLD, "copy_of = 'news-0013'"), ["R4", "M.warta_tiga"]),
    "outlet-of-an-article": (label(UNTOLD, "source_id = 'warta_satu'"), ["M.warta_satu", "M.warta_tiga"]),
    "an-article-joins-a-told-story": (
        label(UNTOLD, "story_id = 'b0'"), ["R0", "R1", "R2", "S.news", "I1a", "I1b", "C.living"],
    ),
    "a-complaint-is-answered": (
        handled("complaint-0028", "answered = true, first_reply_by = TIMESTAMPTZ '2026-11-12 03:00:00+00'"),
        ["R3", "A1", "A4", "A.dishub"],
    ),
    "a-complaint-is-closed": (
        handled("complaint-0028", "phase = 'closed', status = 'selesai_admin'"), [*QUEUE, "A1", "A4"],
    ),
    "an-outlet-of-the-whole-province": (
        "UPDATE dim_source SET scope = 'general' WHERE source_id = 'warta_tiga'", ["N0"],
    ),
    "a-quick-win-is-named": (label(UNTOLD, "quick_wins = ['mpp']"), ["C1"]),
    "short-name-of-an-office": ("UPDATE dim_opd SET short = 'PU' WHERE opd_id = 'dputr'", ["R2", "R4"]),
    "name-of-a-topic": ("UPDATE dim_topic SET label = 'Lampu' WHERE topic = 'pju'", ["A.topik.pju"]),
}  # fmt: skip
"""What is done to the lake, and the entries that no longer hold."""


@pytest.fixture(scope="module")
def made(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Lake, WeeklyReport]]:
    folder = tmp_path_factory.mktemp("tampering")
    with seed.small(config).build(folder / "home") as lake:
        yield lake, build_weekly(lake, config, WEEK, folder / "out")


@pytest.mark.parametrize(("change", "broken"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_changed_row_names_its_sentences(
    made: tuple[Lake, WeeklyReport], change: str, broken: list[str]
) -> None:
    lake, report = made
    entries = book.read(report.ledger)[1]
    lake.con.execute("BEGIN")
    try:
        lake.con.execute(change)
        found = book.compare(lake, entries)
    finally:
        lake.con.execute("ROLLBACK")
    texts = {one.id: one.text for one in entries}
    assert {one.entry for one in found} == set(broken)
    assert all(one.text == texts[one.entry] for one in found)


def test_a_second_clone_accepts_it_and_prints_the_same(
    made: tuple[Lake, WeeklyReport], config: Config, tmp_path: Path
) -> None:
    lake, report = made
    shutil.copytree(lake.home, tmp_path / "klon" / "rumah")
    shutil.copytree(report.ledger.parent, tmp_path / "klon" / "laporan")
    found = verify(tmp_path / "klon" / "rumah", tmp_path / "klon" / "laporan" / report.ledger.name)
    assert found.holds
    assert found.printed
    with Lake(tmp_path / "klon" / "rumah", now=NOW) as clone:
        again = build_weekly(clone, config, WEEK, tmp_path / "klon" / "lagi")
    assert again.pdf.read_bytes() == report.pdf.read_bytes()
    assert again.ledger.read_bytes() == report.ledger.read_bytes()
