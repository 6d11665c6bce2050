"""Every hostile table of complaints: the right rows, or a refusal that names row and reason."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config import Config, load_config
from crawlers.files import read_file
from crawlers.items import Document, Rejection

NOW = datetime(2024, 11, 30, 3, tzinfo=UTC)
TEXT = 'Jalan rusak di depan balai desa,\nsudah 3 bulan; mohon "segera" diperbaiki'
DAY = datetime(2024, 9, 4, 17, tzinfo=UTC)  # the fifth of September in Pati


@dataclass(frozen=True)
class Case:
    """What a file gives when somebody says that its days come first."""

    kept: tuple[str, ...] = ("LGWA00000001",)
    refused: tuple[tuple[int, str], ...] = ()
    text: str = TEXT
    status: str = "didisposisi"
    name: str = "Warga A"


WHOLE = {
    "bomb.xlsx": "too_large",
    "empty.csv": "empty",
    "html.csv": "not_a_table",
    "dup_header.csv": "doubled_column",
}
CASES = {
    "plain.csv": Case(),
    "bom.csv": Case(),
    "crlf_in_cr.csv": Case(),
    "semicolon_excel_id.csv": Case(),
    "sep_line.csv": Case(),
    "title_rows.csv": Case(),
    "utf16_tab.csv": Case(),
    "nul.csv": Case(name="WargaA"),
    "dup_rows.csv": Case(kept=("LGWA00000001",) * 3),
    "cp1252.csv": Case(text="Jum\u2019at \u201cbanjir\u201d lagi", status="selesai_admin"),
    "mojibake.csv": Case(text="Jum\u2019at banjir Logistik", status="selesai_admin"),
    "header_only.csv": Case(kept=()),
    "formula.csv": Case(kept=(), refused=((2, "unknown_status"),)),
    "sci_nik.csv": Case(kept=(), refused=((2, "damaged_number"),)),
    "wide_cell.csv": Case(kept=(), refused=((2, "bad_row"),)),
    "ragged.csv": Case(refused=((4, "no_text"), (5, "bad_row"))),
    "merged.xlsx": Case(kept=("LGWA00000001",) * 2, refused=((5, "no_text"),)),
    "mixed_dates.csv": Case(kept=("L0", "L1", "L2", "L3", "L4", "L5", "L7"), refused=((14, "bad_date"),)),
    "unclosed_quote.csv": Case(
        kept=(
            "LGWA00000001", "LGWA00000003", "LGWA00000004", "LGWA00000005", "LGWA00000006", "LGWA00000007",
        ),
        refused=((4, "bad_row"),),
    ),
}  # fmt: skip
CERTAIN = {"mixed_dates.csv": ("L2", "L3", "L4", "L5", "L7")}
"""Files with dates that can be read one way only, whatever their column says."""


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config()


@pytest.fixture
def hostile(shared: Path) -> Path:
    return shared / "real/complaints/hostile"


def read(path: Path, config: Config, order: Any = None) -> tuple[list[Document], list[Rejection]]:
    records = list(
        read_file(path, "complaint_csv", "aduan", now=NOW, complaints=config.complaints, date_order=order)
    )
    kept = [record for record in records if isinstance(record, Document)]
    return kept, [record for record in records if isinstance(record, Rejection)]


def test_there_is_a_case_for_every_file(hostile: Path) -> None:
    assert {path.name for path in hostile.iterdir()} == CASES.keys() | WHOLE.keys()


@pytest.mark.parametrize("name", CASES)
def test_right_rows_or_a_refusal(hostile: Path, config: Config, name: str) -> None:
    case = CASES[name]
    kept, refused = read(hostile / name, config, "dmy")
    assert tuple(d.external_id for d in kept) == case.kept
    assert tuple((r.key, r.reason) for r in refused) == tuple(
        (f"{name}:{line}", reason) for line, reason in case.refused
    )
    for one in kept:
        assert one.complaint is not None
        assert (one.text, one.complaint.status, one.author) == (case.text, case.status, case.name)
        assert one.complaint.kecamatan == "Gabus"
        assert "3318" not in repr(one), "numbers of reporters are not read at all"
        assert "0812" not in repr(one)
        if name != "mixed_dates.csv":
            assert one.complaint.received_at == DAY


@pytest.mark.parametrize("name", CASES)
def test_without_a_word_about_their_order_dates_are_not_guessed(
    hostile: Path, config: Config, name: str
) -> None:
    case = CASES[name]
    kept, refused = read(hostile / name, config)
    said, unsaid = read(hostile / name, config, "dmy")
    assert len(kept) + len(refused) == len(said) + len(unsaid), "no row is lost"
    # 06/09 in a row that is refused for something else decides nothing either
    certain = CERTAIN.get(name, ())
    assert tuple(d.external_id for d in kept) == certain
    assert all(d.complaint and d.complaint.received_at in {DAY, None} for d in kept)
    ambiguous = [r for r in refused if r.reason == "ambiguous_date"]
    assert len(ambiguous) == len(case.kept) - len(certain)
    assert all("--date-order" in r.detail for r in ambiguous)


@pytest.mark.parametrize(("name", "reason"), WHOLE.items())
def test_files_refused_as_a_whole(hostile: Path, config: Config, name: str, reason: str) -> None:
    kept, refused = read(hostile / name, config, "dmy")
    assert not kept
    assert [(r.key, r.reason) for r in refused] == [(name, reason)]
    assert refused[0].detail.endswith(".")


def test_mixed_dates_row_by_row(hostile: Path, config: Config) -> None:
    kept, _ = read(hostile / "mixed_dates.csv", config, "dmy")
    days = {d.external_id: d.published_at for d in kept}
    may = datetime(2024, 5, 8, 17, tzinfo=UTC)
    assert days == {"L0": DAY, "L1": may, "L2": DAY, "L3": DAY, "L4": DAY, "L5": DAY, "L7": None}
