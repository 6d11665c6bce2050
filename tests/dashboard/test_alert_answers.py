"""An alert on the overview is taken on, then closed, with a reason, in somebody's name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.serving import MASKER
from tests.dashboard.seed import NOW
from tests.dashboard.test_pages import view, words
from warehouse import Lake, queries
from warehouse.access import AccessError, viewer_of
from warehouse.access.audit import entries
from warehouse.queries.watch import alert_history
from warehouse.store import answer_alert


@pytest.fixture
def home(homes: dict[str, Path], tmp_path: Path, plain: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATI_RECORDER", "ana")
    monkeypatch.setenv("PATI_MASKER", MASKER)
    return Path(shutil.copytree(homes["seeded"], tmp_path / "home"))


def press(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if str(button.key) == key).click().run()
    assert not app.exception, app.exception[0].message
    return app


def why(app: AppTest, nth: int, said: str) -> None:
    [box for box in app.text_input if box.label == "Alasan atau tindak lanjut"][nth].set_value(said)


def test_taken_on_with_a_reason_then_closed(home: Path) -> None:
    app = view(home, "ringkasan")
    assert words(app).count("belum ada yang menangani") == 3
    press(app, "acknowledged_a1")
    assert "Tulis dulu alasannya" in app.error[0].value
    with Lake(home, now=NOW) as lake:
        order = list(queries.week_alerts(lake, queries.last_complete_week(NOW))["alert_id"])
    why(app, order.index("a1"), "diteruskan, hubungi 081234567890")
    press(app, "acknowledged_a1")
    shown = words(app)
    assert "ditangani ana, 16 Nov 2026" in shown
    assert "diteruskan, hubungi" in shown.replace("\\", "")
    assert "081234567890" not in shown
    assert shown.count("belum ada yang menangani") == 2
    assert "acknowledged_a1" not in [button.key for button in app.button]
    why(app, order.index("a1"), "sudah selesai")
    press(app, "closed_a1")
    assert words(app).count("Tangani") <= 2
    with Lake(home, now=NOW) as lake:
        told = queries.records(alert_history(lake, "a1"))
        assert [(one["event"], one["actor"], one["note"]) for one in told[1:]] == [
            ("acknowledged", "ana", "diteruskan, hubungi [HP]"), ("closed", "ana", "sudah selesai"),
        ]  # fmt: skip
        assert not answer_alert(lake, "a1", "closed", "ana", "lagi", NOW), "it is closed"
    booked = [(one.about, one.detail) for one in entries(home, 9, event="changed")]
    assert booked == [("a1", "alert closed"), ("a1", "alert acknowledged")]


def test_who_only_reads_or_has_no_right_changes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_RECORDER", "")
    assert not [button for button in view(home, "ringkasan").button if "a1" in str(button.key)]
    for role in ("pimpinan", "opd:dpu"):
        with (
            Lake(home, now=NOW, viewer=viewer_of("x", role)) as lake,
            pytest.raises(AccessError, match="tidak berhak"),
        ):
            answer_alert(lake, "a1", "closed", "x", "diam", NOW)
