"""Sumber & kesehatan: rejected records with their reason, and asking for one more try, booked by name."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.serving import MASKER
from tests.dashboard.seed import NOW
from tests.dashboard.test_pages import press, view, words
from warehouse import Lake
from warehouse.access.audit import entries
from warehouse.queries.quarantine import quarantine, quarantine_counts

ADDRESS = "https://koran.example/contoh-{}"


@pytest.fixture
def home(homes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PATI_CONFIG", raising=False)
    for name, value in {"PATI_NOW": NOW.isoformat(), "PATI_RECORDER": "ana", "PATI_MASKER": MASKER}.items():
        monkeypatch.setenv(name, value)
    home = Path(shutil.copytree(homes["seeded"], tmp_path / "home"))
    folder = home / "config"
    folder.mkdir()
    (folder / "sources.yaml").write_text(
        "sources:\n  - {id: koran, name: Koran, kind: news, url: 'https://koran.example', scope: general,"
        " permission: robots_ok, status: active, discover: [{feed: 'https://koran.example/feed'}]}\n"
    )
    with Lake(home, now=NOW) as lake:
        for n in range(3):
            row = ["collect", "r2", "koran", ADDRESS.format(n), "http_error", "Jawaban 500.",
                   (NOW - timedelta(hours=n + 1)).isoformat()]  # fmt: skip
            lake.write(
                lambda con, row=row: con.execute("INSERT INTO rejected VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            )
    return home


def chosen(home: Path, group: str) -> AppTest:
    app = view(home, "sumber")
    box = next(one for one in app.selectbox if one.label == "Lihat catatan dan coba lagi")
    label = next(one for one in box.options if one.startswith(group))
    box.set_value(box.options.index(label)).run()
    assert not app.exception, app.exception[0].message
    return app


def test_one_record_is_asked_for_by_name_then_the_rest(home: Path) -> None:
    app = chosen(home, "koran: server menjawab dengan kesalahan (3)")
    pick = next(one for one in app.multiselect if one.label == "Catatan yang dicoba lagi")
    assert pick.options == [ADDRESS.format(n) for n in range(3)]
    with Lake(home, now=NOW) as lake:
        before = {one.record_key: one.record_id for one in quarantine(lake, "koran")}
    pick.set_value([before[ADDRESS.format(1)]])
    press(app, "Coba lagi")
    assert "1 catatan dicoba lagi" in app.success[0].value
    with Lake(home, now=NOW) as lake:
        waits = {one.record_key: one.asked_by for one in quarantine(lake, "koran")}
        assert waits == {ADDRESS.format(0): None, ADDRESS.format(1): "ana", ADDRESS.format(2): None}
        [group] = [one for one in quarantine_counts(lake) if one.source_id == "koran"]
        assert (group.n, group.n_asked) == (3, 1)
    press(chosen(home, "koran"), "Coba lagi")
    with Lake(home, now=NOW) as lake:
        assert all(one.asked_by == "ana" for one in quarantine(lake, "koran"))
    assert "Coba lagi" not in [button.label for button in chosen(home, "koran").button]
    booked = [one.detail for one in entries(home, 10, event="changed")]
    assert booked == ["quarantine retry n=2", "quarantine retry n=1"]


def test_what_cannot_be_tried_says_why_and_has_no_button(home: Path) -> None:
    app = chosen(home, "warta: bukan tentang Kabupaten Pati")
    assert "pati import" in words(app)
    assert "Coba lagi" not in [button.label for button in app.button]


def test_who_only_reads_cannot_ask(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PATI_RECORDER")
    app = chosen(home, "koran")
    assert "hanya membaca" in words(app)
    assert "Coba lagi" not in [button.label for button in app.button]


def test_nothing_rejected_is_said(homes: dict[str, Path]) -> None:
    assert "Tidak ada yang ditolak" in words(view(homes["empty"], "sumber"))
