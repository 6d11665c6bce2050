"""Accounts: passwords, waits, changes, sessions."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from warehouse.access import viewer_of
from warehouse.access.accounts import (
    RULES,
    SignInError,
    accounts,
    add_account,
    change_password,
    check,
    reset_password,
    set_enabled,
)
from warehouse.access.audit import add, broken_at, entries
from warehouse.access.book import book, looking, path_of
from warehouse.access.rules import Rules, check_name, check_password, new_password, session_over, wait_after
from warehouse.access.sessions import PasswordExpiredError, holder, sign_in, sign_out

PASSWORD = "kuda nil menari di pematang"  # noqa: S105 - of these tests
NOW = datetime(2026, 11, 16, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    first = add_account(tmp_path, "Adm", "admin", None)
    assert first is not None
    change_password(tmp_path, "adm", first, PASSWORD)
    return tmp_path


def events(home: Path) -> list[str]:
    return [one.event for one in entries(home)][::-1]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (11, 1920), (12, 3600), (10_000, 3600)],
)
def test_waits_grow_and_end(failures: int, seconds: int) -> None:
    assert wait_after(failures, Rules()) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("began", "seen", "over"),
    [(1, 1, False), (60, 44, False), (60, 45, True), (600, 1, True), (599, 1, False), (-1, 0, True)],
)
def test_sessions_end_when_idle_and_when_old(began: int, seen: int, over: bool) -> None:
    minute = timedelta(minutes=1)
    assert session_over(NOW - began * minute, NOW - seen * minute, NOW, Rules()) is over


@pytest.mark.parametrize("bad", ["pendek", "a" * 40, "adm adalah nama saya", "x" * 257])
def test_bad_passwords(bad: str) -> None:
    with pytest.raises(ValueError, match="Kata sandi"):
        check_password(bad, "adm", Rules())


@pytest.mark.parametrize("bad", ["", "a b", "../x", "x" * 65, "<b>", "-a", "a\n"[:2] + "b"])
def test_bad_names(bad: str) -> None:
    with pytest.raises(ValueError, match="Nama akun"):
        check_name(bad)


def test_made_up_passwords_will_do_and_differ() -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    for one in made:
        check_password(one, "adm", Rules())


def test_nothing_of_a_password_is_kept_and_the_file_is_its_owners(home: Path) -> None:
    raw = b"".join(path.read_bytes() for path in path_of(home).parent.iterdir())
    assert PASSWORD.encode() not in raw
    assert b"$argon2id$" in raw
    assert stat.S_IMODE(path_of(home).stat().st_mode) == 0o600
    assert stat.S_IMODE(path_of(home).parent.stat().st_mode) == 0o700


def test_a_new_account_changes_its_password_first(tmp_path: Path) -> None:
    first = add_account(tmp_path, "baru", "analis", None)
    assert first is not None
    with pytest.raises(PasswordExpiredError):
        sign_in(tmp_path, "baru", first)
    with pytest.raises(ValueError, match="berbeda"):
        change_password(tmp_path, "baru", first, first)
    change_password(tmp_path, "BARU", first, PASSWORD)
    assert holder(tmp_path, sign_in(tmp_path, "Baru ", PASSWORD)) == viewer_of("baru", "analis")


def test_an_old_password_has_to_be_changed(home: Path) -> None:
    later = datetime.now(UTC) + RULES.password_life
    with pytest.raises(PasswordExpiredError):
        sign_in(home, "adm", PASSWORD, later)


def test_known_and_unknown_accounts_wait_and_are_answered_alike(home: Path) -> None:
    said: dict[str, list[str]] = {}
    for user in ("adm", "tidak.ada"):
        for _ in range(RULES.free_tries + 1):
            with pytest.raises(SignInError) as caught:
                check(home, user, "salah sekali kata ini", NOW)
            said.setdefault(user, []).append(str(caught.value))
    assert said["adm"] == said["tidak.ada"]
    assert said["adm"][-1].startswith("Terlalu banyak percobaan")
    with pytest.raises(SignInError, match="Terlalu banyak"):
        check(home, "adm", PASSWORD, NOW)  # the right one is no help during the wait
    assert check(home, "adm", PASSWORD, NOW + timedelta(seconds=31)).user == "adm"
    assert check(home, "adm", PASSWORD, NOW + timedelta(seconds=31)).user == "adm"  # and all is forgotten
    assert events(home).count("sign_in_failed") == 2 * RULES.free_tries
    assert events(home).count("locked") == 3


def test_a_disabled_account_and_its_open_session_let_nobody_in(home: Path) -> None:
    first = add_account(home, "ana", "analis", None)
    assert first is not None
    change_password(home, "ana", first, PASSWORD)
    token = sign_in(home, "ana", PASSWORD)
    assert holder(home, token) == viewer_of("ana", "analis")
    set_enabled(home, "ana", enabled=False)
    assert holder(home, token) is None
    with pytest.raises(SignInError, match="salah"):
        sign_in(home, "ana", PASSWORD)
    assert entries(home, event="refused", user="ana")[0].detail == "session"
    set_enabled(home, "ana", enabled=True)
    reset_password(home, "ana", None)
    assert holder(home, token) is None  # a new password ends what the old one began


def test_a_role_that_changes_counts_at_once(home: Path) -> None:
    token = sign_in(home, "adm", PASSWORD)
    with book(home) as con:
        con.execute("UPDATE account SET role = 'opd:dpu' WHERE user = 'adm'")
    assert holder(home, token) == viewer_of("adm", "opd:dpu")


def test_the_last_admin_stays(home: Path) -> None:
    with pytest.raises(ValueError, match="admin terakhir"):
        set_enabled(home, "adm", enabled=False)
    assert accounts(home)[0].enabled


def test_tokens_are_not_kept_and_end(home: Path) -> None:
    token = sign_in(home, "adm", PASSWORD)
    with looking(home) as con:
        assert con is not None
        assert token not in str(con.execute("SELECT * FROM session").fetchall())
    assert holder(home, token, datetime.now(UTC) + RULES.idle) is None
    assert holder(home, token + "x") is None
    sign_out(home, token)
    assert holder(home, token) is None
    assert events(home)[-1] == "refused"


def test_the_log_is_only_added_to_and_tells_when_it_was_not(home: Path) -> None:
    add(home, viewer_of("adm", "admin"), "opened", "k1")
    add(home, "nama\nbaris dua \x1b[31m" + "x" * 900, "sign_in_failed")
    assert broken_at(home) is None
    newest = entries(home, 1)[0]
    assert newest.user.startswith("nama baris dua [31mx")
    assert len(newest.user) == 200
    with pytest.raises(Exception, match="append only"), book(home) as con:
        con.execute("DELETE FROM audit")
    with pytest.raises(Exception, match="append only"), book(home) as con:
        con.execute("UPDATE audit SET user = 'x'")
    with book(home) as con:
        con.execute("DROP TRIGGER audit_kept")
        con.execute("UPDATE audit SET about = 'k2' WHERE event = 'opened'")
    assert broken_at(home) == newest.position - 1


def test_reading_makes_no_file(tmp_path: Path) -> None:
    assert accounts(tmp_path) == []
    assert entries(tmp_path) == []
    assert broken_at(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
