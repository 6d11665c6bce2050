"""Local accounts: who may sign in, with what password (argon2id), as whom."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from warehouse.access.audit import put
from warehouse.access.book import book, looking
from warehouse.access.rules import Rules, check_name, check_password, new_password, wait_after
from warehouse.access.viewer import SYSTEM, Viewer, viewer_of
from warehouse.errors import LakeError

RULES: Final = Rules()
_HASHER: Final = PasswordHasher()
_KNOWN: Final = "user, role, enabled, must_change, changed_at, created_at, last_at"


class SignInError(LakeError):
    """Nobody is signed in by this; one Indonesian sentence that does not tell whether the account exists."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account.

    Attributes:
        user: its name.
        role: as it is written, ``opd:<id>`` for an office.
        enabled: False: nobody can sign in.
        must_change: the password has to be changed before anything else.
        changed_at: when the password was set (aware, UTC).
        created_at: when the account was made.
        last_at: last sign-in, or None.
    """

    user: str
    role: str
    enabled: bool
    must_change: bool
    changed_at: datetime
    created_at: datetime
    last_at: datetime | None

    @property
    def viewer(self) -> Viewer:
        """Whom it lets in."""
        return viewer_of(self.user, self.role)


def accounts(home: Path) -> list[Account]:
    """All accounts, by name."""
    with looking(home) as con:
        rows = con.execute(f"SELECT {_KNOWN} FROM account ORDER BY user").fetchall() if con else []  # noqa: S608 - names of ours
    return [_account(row) for row in rows]


def account(home: Path, user: str) -> Account | None:
    """One account, or None."""
    with looking(home) as con:
        row = con.execute(f"SELECT {_KNOWN} FROM account WHERE user = ?", [user]).fetchone() if con else None  # noqa: S608 - same
    return _account(row) if row else None


def add_account(home: Path, user: str, role: str, password: str | None, by: Viewer = SYSTEM) -> str | None:
    """Make an account; its password has to be changed at the first sign-in.

    Args:
        home: the folder everything lives in.
        user: its name.
        role: ``analis``, ``pimpinan``, ``admin`` or ``opd:<id>``.
        password: None: one is made up.
        by: who makes it, for the audit log.

    Returns:
        The password that was made up, else None.

    Raises:
        ValueError: name, role or password will not do, or the account exists (one Indonesian sentence).
    """
    name = check_name(user)
    viewer_of(name, role)
    given = password if password is not None else new_password()
    check_password(given, name, RULES)
    now = _now()
    with book(home) as con:
        if con.execute("SELECT count(*) FROM account WHERE user = ?", [name]).fetchone()[0]:
            raise ValueError(f"Akun '{name}' sudah ada; pakai nama lain, atau `pati user reset {name}`.")
        con.execute(
            "INSERT INTO account (user, role, password, enabled, must_change, changed_at, created_at) "
            "VALUES (?, ?, ?, 1, 1, ?, ?)",
            [name, role, _HASHER.hash(given), now, now],
        )
        put(con, by, "account", name, f"add {role}")
    return given if password is None else None


def set_enabled(home: Path, user: str, enabled: bool, by: Viewer = SYSTEM) -> None:  # noqa: FBT001 - the value
    """Let an account in, or keep it out: its sessions open nothing from now on.

    Raises:
        ValueError: there is no such account, or nobody would be left to administer.
    """
    with book(home) as con:
        name = _existing(con, user)
        con.execute("UPDATE account SET enabled = ? WHERE user = ?", [int(enabled), name])
        if not con.execute("SELECT count(*) FROM account WHERE enabled AND role = 'admin'").fetchone()[0]:
            raise ValueError(
                "Ini admin terakhir yang aktif; buat admin lain dulu dengan `pati user add --role admin`."
            )
        put(con, by, "account", name, "enable" if enabled else "disable")


def reset_password(home: Path, user: str, password: str | None, by: Viewer = SYSTEM) -> str | None:
    """Give an account a new password to be changed at the next sign-in; ends its sessions and its wait.

    Returns:
        The password that was made up, else None.

    Raises:
        ValueError: there is no such account, or the password will not do.
    """
    given = password if password is not None else new_password()
    with book(home) as con:
        name = _existing(con, user)
        check_password(given, name, RULES)
        _set(con, name, given, must_change=True)
        put(con, by, "account", name, "reset")
    return given if password is None else None


def change_password(home: Path, user: str, old: str, new: str) -> None:
    """Change the password of an account whose holder knows the old one.

    Raises:
        SignInError: the old one is wrong.
        ValueError: the new one will not do.
    """
    found = check(home, user, old)
    check_password(new, found.user, RULES)
    if old == new:
        raise ValueError("Kata sandi baru harus berbeda dari yang lama.")
    with book(home) as con:
        _set(con, found.user, new, must_change=False)
        put(con, found.viewer, "password", found.user)


def check(home: Path, user: str, password: str, now: datetime | None = None) -> Account:
    """Whoever knows this name and this password.

    Failures are counted by the name that was typed, known or not, before the password is looked at, so
    that many tries at once count as many. A right password during a wait is not accepted either.

    Raises:
        SignInError: nobody, or the account waits after too many failures.
    """
    at = (now or datetime.now(UTC)).astimezone(UTC)
    typed = user.strip().lower()[:64]
    with book(home) as con:
        row = con.execute(f"SELECT {_KNOWN}, password FROM account WHERE user = ?", [typed]).fetchone()  # noqa: S608 - same
        n, until = con.execute("SELECT n, until FROM failure WHERE user = ?", [typed]).fetchone() or (0, "")
        waiting = bool(until) and datetime.fromisoformat(until) > at
        if not waiting:
            until = (at + wait_after(n + 1, RULES)).isoformat()
            con.execute("INSERT OR REPLACE INTO failure VALUES (?, ?, ?)", [typed, n + 1, until])
        else:
            put(con, typed, "locked")
    if waiting:
        minutes = max(1, -int(-(datetime.fromisoformat(until) - at).total_seconds() // 60))
        raise SignInError(f"Terlalu banyak percobaan; coba lagi sekitar {minutes} menit lagi.")
    right = _fits(row[-1] if row else _nobody(), password[: RULES.longest + 1])
    with book(home) as con:
        if not (row and right and row[2]):
            put(con, typed, "sign_in_failed")
        else:
            con.execute("DELETE FROM failure WHERE user = ?", [typed])
            if _HASHER.check_needs_rehash(row[-1]):
                con.execute("UPDATE account SET password = ? WHERE user = ?", [_HASHER.hash(password), typed])
            return _account(row[:-1])
    raise SignInError("Nama akun atau kata sandi salah.")


def expired(found: Account, now: datetime) -> bool:
    """Whether the password has to be changed before anything else."""
    return found.must_change or now - found.changed_at >= RULES.password_life


@cache
def _nobody() -> str:
    """A hash to compare with when there is no account: that takes as long as if there were one."""
    return _HASHER.hash(new_password())


def _fits(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _set(con: sqlite3.Connection, user: str, password: str, *, must_change: bool) -> None:
    con.execute(
        "UPDATE account SET password = ?, must_change = ?, changed_at = ? WHERE user = ?",
        [_HASHER.hash(password), int(must_change), _now(), user],
    )
    con.execute("DELETE FROM session WHERE user = ?", [user])
    con.execute("DELETE FROM failure WHERE user = ?", [user])


def _existing(con: sqlite3.Connection, user: str) -> str:
    name = user.strip().lower()
    if not con.execute("SELECT count(*) FROM account WHERE user = ?", [name]).fetchone()[0]:
        raise ValueError(f"Akun '{name[:64]}' tidak ada; lihat `pati user list`.")
    return name


def _account(row: tuple[str, str, int, int, str, str, str | None]) -> Account:
    user, role, enabled, must_change, changed, created, last = row
    return Account(
        user, role, bool(enabled), bool(must_change), datetime.fromisoformat(changed),
        datetime.fromisoformat(created), datetime.fromisoformat(last) if last else None,
    )  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat()
