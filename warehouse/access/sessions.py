"""Sessions of local accounts: a random token for the one who signed in, its digest in the file.

Who a token lets in is read from the account every time: a role that changed or an account that was disabled
counts at the next click, whatever a browser or a page remembers.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from warehouse.access.accounts import RULES, SignInError, account, check, expired
from warehouse.access.audit import put
from warehouse.access.book import book, looking
from warehouse.access.rules import session_over
from warehouse.access.viewer import Viewer

_TOUCH: Final = timedelta(minutes=1)


class PasswordExpiredError(SignInError):
    """Name and password are right, but the password has to be changed first."""


def sign_in(home: Path, user: str, password: str, now: datetime | None = None) -> str:
    """Begin a session.

    Returns:
        Its token: 256 random bits, kept nowhere else.

    Raises:
        PasswordExpiredError: the password has to be changed first.
        SignInError: nobody, or the account waits.
    """
    at = now or datetime.now(UTC)
    found = check(home, user, password, at)
    if expired(found, at):
        raise PasswordExpiredError("Kata sandi ini harus diganti dulu.")
    token = secrets.token_urlsafe(32)
    with book(home) as con:
        moment = at.astimezone(UTC).isoformat()
        con.execute("INSERT INTO session VALUES (?, ?, ?, ?)", [_digest(token), found.user, moment, moment])
        con.execute("UPDATE account SET last_at = ? WHERE user = ?", [moment, found.user])
        put(con, found.viewer, "sign_in")
    return token


def holder(home: Path, token: str, now: datetime | None = None) -> Viewer | None:
    """Who this token lets in now; None: nobody (any more)."""
    at = (now or datetime.now(UTC)).astimezone(UTC)
    key = _digest(token)
    with looking(home) as con:
        row = (
            con.execute("SELECT user, began_at, seen_at FROM session WHERE token = ?", [key]).fetchone()
            if con
            else None
        )
    if row is None:
        _refuse(home, "?")
        return None
    user, began, seen = row[0], datetime.fromisoformat(row[1]), datetime.fromisoformat(row[2])
    found = account(home, user)
    if found is None or not found.enabled or found.must_change or session_over(began, seen, at, RULES):
        _refuse(home, user)
        return None
    if at - seen >= _TOUCH:
        with book(home) as con:
            con.execute("UPDATE session SET seen_at = ? WHERE token = ?", [at.isoformat(), key])
    return found.viewer


def sign_out(home: Path, token: str) -> None:
    """End a session."""
    who = holder(home, token)
    if who is not None:
        with book(home) as con:
            con.execute("DELETE FROM session WHERE token = ?", [_digest(token)])
            put(con, who, "sign_out")


def _refuse(home: Path, user: str) -> None:
    """Book that somebody came with a token that opens nothing (any more)."""
    with book(home) as con:
        put(con, user, "refused", "", "session")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
