"""Files of an import are kept only on request, unreadable without the key, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from config import load_config
from pipelines.doctor import checks
from pipelines.erasure.erase import erase
from pipelines.erasure.scan import scan
from pipelines.erasure.subjects import subject
from pipelines.progress import Silent
from pipelines.raw_files import RawFileError, expire, keep, kept, opened
from pipelines.run import run_stages
from pipelines.settings import Settings
from warehouse import Lake

NOW = datetime(2026, 11, 16, tzinfo=UTC)
SAID = "id;laporan\n1;Nama saya Sarpi Contohwati, NIK 3318000000000012\n"


def settings_of(tmp_path: Path, *, keeping: bool, now: datetime = NOW, days: int = 30) -> Settings:
    folder = tmp_path / "config"
    folder.mkdir(exist_ok=True)
    rules = load_config(None).privacy.model_dump(mode="json", exclude_defaults=True)
    rules["raw_files"] = {"keep": keeping, "days": days}
    (folder / "privacy.yaml").write_text(yaml.safe_dump(rules), "utf-8")
    return Settings(tmp_path / "home", folder, now)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "Aduan Sarpi.csv"
    path.write_text(SAID, "utf-8")
    return path


def test_nothing_is_kept_unless_the_configuration_says_so(tmp_path: Path, table: Path) -> None:
    assert not load_config(None).privacy.raw_files.keep
    settings = settings_of(tmp_path, keeping=False)
    assert keep(settings, table) is None
    assert not settings.raw.exists()


def test_a_kept_file_is_unreadable_without_its_key(tmp_path: Path, table: Path) -> None:
    settings = settings_of(tmp_path, keeping=True)
    path = keep(settings, table)
    assert path is not None
    assert keep(settings, table) == path, "the same file is kept once"
    assert (path.stat().st_mode & 0o077, settings.raw_key_file.stat().st_mode & 0o077) == (0, 0)
    assert b"3318" not in path.read_bytes()
    assert "Sarpi" not in path.name
    assert opened(settings, path) == ("Aduan Sarpi.csv", SAID.encode())
    settings.raw_key_file.write_text("11" * 32)
    with pytest.raises(RawFileError, match="dikunci dengan kunci lain"):
        opened(settings, path)


@pytest.mark.proof
def test_a_run_deletes_what_is_over_and_counts_it(tmp_path: Path, table: Path) -> None:
    keep(settings_of(tmp_path, keeping=True), table)
    day_before = settings_of(tmp_path, keeping=True, now=NOW + timedelta(days=29))
    run_stages(day_before, ("link",))
    assert len(list(kept(day_before))) == 1
    later = settings_of(tmp_path, keeping=True, now=NOW + timedelta(days=30))
    run_stages(later, ("link",))
    assert list(kept(later)) == []
    with Lake(later.home) as lake:
        assert lake.rows("SELECT n_in, n_stored FROM run WHERE stage = 'retention'") == [(1, 1)]


def test_what_is_not_to_be_kept_any_more_goes_at_once(tmp_path: Path, table: Path) -> None:
    keep(settings_of(tmp_path, keeping=True), table)
    assert expire(settings_of(tmp_path, keeping=False)) == 1


@pytest.mark.parametrize(
    ("value", "left"), [("Sarpi Contohwati", 0), ("3318 0000 0000 0012", 0), ("Tidak Ada Contoh", 1)]
)
def test_a_person_takes_the_raw_file_along(tmp_path: Path, table: Path, value: str, left: int) -> None:
    settings = settings_of(tmp_path, keeping=True)
    keep(settings, table)
    one = subject(value, settings.config, settings.pseudonym_key())
    plain = scan(settings, Silent())
    assert plain.clean, "kept on purpose and encrypted"
    assert any("terenkripsi" in why for place in plain.places for why in place.skipped.values())
    assert bool(scan(settings, Silent(), [one]).n_found) is (left == 0)
    done = erase(settings, [one], Silent())
    assert done.complete
    assert len(list(kept(settings))) == left
    assert len(done.notes) == 1 - left


def verdict(settings: Settings, name: str) -> tuple[str, str]:
    check = next(one for one in checks(settings) if one.subject == name)
    return check.verdict, check.sentence


@pytest.mark.proof
def test_the_doctor_looks_after_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(tmp_path / "home", None, NOW)
    assert verdict(settings, "Kunci samaran")[0] == "ok"
    run_stages(settings, ("link",))
    state, said = verdict(settings, "Kunci samaran")
    assert (state, "pulihkan" in said) == ("fail", True)
    settings.pseudonym_key()
    assert verdict(settings, "Kunci samaran")[0] == "ok"
    settings.key_file.chmod(0o640)
    state, said = verdict(settings, "Kunci samaran")
    assert (state, "chmod 600" in said) == ("fail", True)
    inside = settings.home / "lake" / "key"
    inside.write_text("33" * 32)
    inside.chmod(0o600)
    monkeypatch.setenv("PATI_KEY_FILE", str(inside))
    state, said = verdict(settings, "Kunci samaran")
    assert (state, "(lake/)" in said) == ("fail", True)


def test_the_doctor_names_an_open_erasure(tmp_path: Path) -> None:
    settings = Settings(tmp_path, None, NOW)
    assert verdict(settings, "Penghapusan")[0] == "ok"
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "erasing.json").write_text("{}")
    assert verdict(settings, "Penghapusan")[0] == "fail"
