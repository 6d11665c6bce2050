"""Tenants: one deployment, homes of their own, and no way from one to another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.beside import begin
from pipelines.settings import Settings, SettingsError
from pipelines.tenants import tenants
from tests.lakes import new_lake
from tests.warehouse.conftest import NOW
from tests.warehouse.rows import document, enrich, labels, load
from warehouse.access.accounts import SignInError, accounts, add_account, check


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("pati", "kudus"):
        home = tmp_path / "tenants" / name
        home.mkdir(parents=True)
        with new_lake(home, NOW) as lake:
            load(lake, "b1", [document(f"{name}1", title=f"Rahasia {name}")])
            enrich(lake, [labels(f"{name}1")])
    return tmp_path


@pytest.mark.parametrize(
    "name",
    ["../kudus", "kudus/../pati", "/etc", ".", "..", "pati/", "Pati", "", " pati", "pati\x00", "a" * 64],
)  # fmt: skip
def test_a_name_that_could_lead_elsewhere_is_refused(root: Path, name: str) -> None:
    if not name:
        assert Settings.load(root, tenant=name).home == root, "no tenant: the deployment's own home"
        return
    with pytest.raises(SettingsError, match="tidak sah"):
        Settings.load(root, tenant=name)


def test_one_that_is_not_there_is_not_made(root: Path) -> None:
    with pytest.raises(SettingsError, match="belum ada"):
        Settings.load(root, tenant="jepara")
    assert tenants(root) == ["kudus", "pati"]


def test_a_link_to_another_is_refused(root: Path) -> None:
    (root / "tenants" / "mata").symlink_to(root / "tenants" / "kudus")
    with pytest.raises(SettingsError, match="tautan"):
        Settings.load(root, tenant="mata")
    assert "mata" not in tenants(root)


def test_everything_of_a_tenant_lies_in_its_home(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_TENANT", "pati")
    settings = Settings.load(root)
    home = root / "tenants" / "pati"
    places = [
        settings.landing, settings.state, settings.inbox, settings.reports, settings.raw, settings.models,
        settings.logs, settings.key_file, settings.raw_key_file,
    ]  # fmt: skip
    assert all(place.is_relative_to(home) for place in places)
    assert settings.environment()["PATI_HOME"] == str(home)
    assert not settings.environment()["PATI_TENANT"], "a child takes the home as it is"


def test_what_would_be_shared_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="--config"):
        Settings.load(root, config_dir=root, tenant="pati")
    monkeypatch.setenv("PATI_KEY_FILE", str(root / "kunci"))
    with pytest.raises(SettingsError, match="kunci samarannya sendiri"):
        Settings.load(root, tenant="pati")


def test_keys_and_accounts_are_not_shared(root: Path) -> None:
    pati, kudus = (Settings.load(root, tenant=name) for name in ("pati", "kudus"))
    assert pati.pseudonym_key() != kudus.pseudonym_key()
    password = add_account(pati.home, "siti", "analis", None)
    assert password
    assert [one.user for one in accounts(pati.home)] == ["siti"]
    assert accounts(kudus.home) == []
    with pytest.raises(SignInError):
        check(kudus.home, "siti", password)


def _pati(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATI_NOW": NOW.isoformat()}
    return subprocess.run(
        [sys.executable, "-c", "from pipelines.cli import main; main()", "--home", str(root), *words],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip


def test_a_command_sees_its_own_tenant_only(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "keluar.csv"
    done = _pati(root, "lake", "export", str(file), "--tenant", "pati")
    assert done.returncode == 0, done.stderr
    said = file.read_text("utf-8-sig")
    assert "pati1" in said
    assert "kudus" not in said.lower()
    refused = _pati(root, "search", "rahasia", "--tenant", "../kudus")
    assert refused.returncode == 2
    assert "tidak sah" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_work_on_one_does_not_touch_another(root: Path) -> None:
    kudus = root / "tenants" / "kudus"
    before = {path: path.stat().st_mtime_ns for path in kudus.rglob("*")}
    begin(Settings.load(root, tenant="pati"))
    assert {path: path.stat().st_mtime_ns for path in kudus.rglob("*")} == before
