"""What an office does on the pages of complaints: hand over, look for similar ones, see what comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.serving import MASKER
from tests.dashboard.seed import NOW
from tests.dashboard.test_pages import numbers, press, view, words
from warehouse import Lake, queries
from warehouse.queries import ComplaintFilter
from warehouse.queries.complaint_work import complaint_trend, similar_complaints, suggested_owners
from warehouse.store.handover import hand_over


@pytest.fixture
def home(homes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PATI_CONFIG", raising=False)
    for name, value in {
        "PATI_HOME": str(homes["seeded"]), "PATI_NOW": NOW.isoformat(), "PATI_RECORDER": "dcs",
        "PATI_MASKER": MASKER,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    home = Path(shutil.copytree(homes["seeded"], tmp_path / "home"))
    with Lake(home, now=NOW) as lake:
        lake.write(
            lambda con: con.execute(
                "UPDATE enrichment SET opd_ids = ['dpu', 'dlh'], opd_scores = [0.6, 0.3] WHERE doc_id = 'k0'"
            )
        )
    return home


def test_a_complaint_is_handed_to_the_suggested_owner(home: Path) -> None:
    app = view(home, "aduan_riwayat", {"id": "k0"})
    assert "Usulan pemilik: DCD (30%)" in words(app).replace("\\", "").replace("\N{WORD JOINER}", "")
    owner = next(box for box in app.selectbox if box.label == "Serahkan kepada")
    assert owner.value == "dlh"
    app = press(app, "Serahkan")
    assert [part.value for part in app.success] == ["Diserahkan."]
    with Lake(home, now=NOW) as lake:
        assert lake.rows(
            "SELECT status, actor, note FROM complaint_event WHERE doc_id = 'k0' AND origin = 'dashboard' "
            "ORDER BY position"
        ) == [("bukan_wewenang", "DCS", None), ("didisposisi", "DCS", "Diserahkan kepada DCD.")]
        [row] = queries.records(queries.complaints(lake, ComplaintFilter(doc_id="k0")).rows)
        assert (row["opd_id"], row["status"], row["open"]) == ("dlh", "didisposisi", True)
        assert lake.value("SELECT misrouted FROM mart_complaint WHERE doc_id = 'k0'") is True
        assert suggested_owners(lake, "k0") == []


def test_a_handover_that_cannot_be_changes_nothing(home: Path) -> None:
    with Lake(home, now=NOW) as lake:
        before = lake.snapshot()
        for to, sentence in (("dpu", "sudah pada OPD itu"), ("siapa", "tidak dikenal")):
            with pytest.raises(ValueError, match=sentence):
                hand_over(lake, "k1", to, None, None, NOW, "dcs")
        with pytest.raises(ValueError, match="masih di depan"):
            hand_over(lake, "k1", "dlh", None, None, NOW.replace(year=2027), "dcs")
        assert lake.snapshot() == before


def test_similar_complaints_come_with_their_answers(home: Path) -> None:
    with Lake(home, now=NOW) as lake:
        rows = queries.records(similar_complaints(lake, "k0"))
    assert len(rows) == 5
    assert all(row["n_shared"] == 1 for row in rows)
    assert "k0" not in [row["doc_id"] for row in rows]
    assert "k-secret" not in [row["doc_id"] for row in rows]
    assert any(row["reply"] == "Sudah kami cek." for row in rows)
    shown = words(view(home, "aduan_riwayat", {"id": "k0"}))
    assert "Aduan serupa sebelumnya" in shown
    assert "1 kata penting sama" in shown


def test_due_soon_and_unanswered_are_groups_of_their_own(home: Path) -> None:
    tiles = numbers(view(home, "aduan"))
    with Lake(home, now=NOW) as lake:
        sums = queries.queue_totals(lake, ComplaintFilter())
        listed = {
            state: queries.complaints(lake, ComplaintFilter(state=state)).total  # type: ignore[arg-type]
            for state in ("due", "unanswered")
        }
        days = queries.complaints(lake, ComplaintFilter(state="due")).rows["days_left"]
    assert tiles["Segera jatuh tempo"] == str(sums.n_due) == str(listed["due"])
    assert tiles["Belum dijawab"] == str(sums.n_unanswered) == str(listed["unanswered"])
    assert ((days >= 0) & (days <= 2)).all()


def test_trends_follow_the_office_and_small_cells_are_hidden(home: Path) -> None:
    with Lake(home, now=NOW) as lake:
        one, all_of_them = complaint_trend(lake, "topic", "dlh"), complaint_trend(lake, "topic")
        with pytest.raises(ValueError, match="no trend"):
            complaint_trend(lake, "desa")
        weeks = lake.value("SELECT count(*) FROM mart_complaint WHERE week = DATE '2026-11-09'")
    assert one.empty or one["n_12"].sum() < all_of_them["n_12"].sum()
    assert all_of_them["n"].sum() >= weeks
    table = next(table.value for table in view(home, "aduan").dataframe if "4 mgg sebelumnya" in table.value)
    assert list(table["12 mgg"]) == list(all_of_them["n_12"])
    assert "Belum ada isu berulang" in words(view(home, "aduan"))
