"""The file of secrets: one line changes, the rest stays, nobody else can read it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from config.secret_file import SecretFileError, change_secret, read_secrets, with_secret

TEXT = "# kunci\nX=1\nPATI_ALERT_TO = lama\n\nPATI_ALERT_TOO=2\n"
CASES = [
    ("X", "9", {"X": "9", "PATI_ALERT_TO": "lama", "PATI_ALERT_TOO": "2"}),
    ("PATI_ALERT_TO", "a b=c", {"X": "1", "PATI_ALERT_TO": "a b=c", "PATI_ALERT_TOO": "2"}),
    ("PATI_ALERT_TO", "", {"X": "1", "PATI_ALERT_TOO": "2"}),
    ("BARU", "b", {"X": "1", "PATI_ALERT_TO": "lama", "PATI_ALERT_TOO": "2", "BARU": "b"}),
]


@pytest.mark.parametrize(("name", "value", "found"), CASES)
def test_one_secret_changes(tmp_path: Path, name: str, value: str, found: dict[str, str]) -> None:
    path = tmp_path / "keys" / "rahasia.env"
    path.parent.mkdir()
    path.write_text(TEXT)
    path.chmod(0o600)
    change_secret(path, name, lambda _: value)
    assert read_secrets(path) == (found, None)
    assert path.read_text().startswith("# kunci\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "rahasia.env"
    change_secret(path, "A", lambda before: before + "x")
    change_secret(path, "A", lambda before: before + "y")
    assert read_secrets(path) == ({"A": "xy"}, None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "value"), [("A", "x\nB=2"), ("A B", "x"), ("A", " x"), ("A", '"x"'), ("A", "\x00")]
)
def test_what_would_break_the_file_is_refused_without_saying_it(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="tidak dapat disimpan") as caught:
        with_secret(TEXT, name, value)
    assert value not in str(caught.value)


def test_a_file_that_others_can_read_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "rahasia.env"
    path.write_text(TEXT)
    path.chmod(0o644)
    with pytest.raises(SecretFileError, match="chmod 600"):
        change_secret(path, "X", lambda _: "2")
    assert path.read_text() == TEXT
