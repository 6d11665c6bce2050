"""How accounts are guarded: lengths, delays, lives. Pure."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{0,62}[a-z0-9])?")
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits; the defaults follow NIST SP 800-63B-4 where it says something (15 letters for a sole factor).

    Attributes:
        shortest: letters of a password at least.
        longest: at most; more only costs time to hash.
        free_tries: wrong passwords before the account waits.
        first_delay: the first wait; it doubles with every further failure.
        longest_delay: no wait is longer.
        password_life: after this a password must be changed at the next sign-in.
        idle: a session that is not used so long ends.
        session_life: every session ends after this.
    """

    shortest: int = 15
    longest: int = 256
    free_tries: int = 5
    first_delay: timedelta = timedelta(seconds=30)
    longest_delay: timedelta = timedelta(hours=1)
    password_life: timedelta = timedelta(days=365)
    idle: timedelta = timedelta(minutes=45)
    session_life: timedelta = timedelta(hours=10)


def wait_after(n_failures: int, rules: Rules) -> timedelta:
    """How long an account waits after so many failures in a row."""
    over = n_failures - rules.free_tries
    if over < 0:
        return timedelta(0)
    doubled: timedelta = rules.first_delay * 2 ** min(over, 32)
    return min(rules.longest_delay, doubled)


def session_over(began: datetime, seen: datetime, now: datetime, rules: Rules) -> bool:
    """Whether a session has ended; one that seems to come from the future has."""
    return not (timedelta(0) <= now - began < rules.session_life) or now - seen >= rules.idle


def check_name(name: str) -> str:
    """A name as it is kept: small letters.

    Raises:
        ValueError: not a name (one Indonesian sentence).
    """
    kept = name.strip().lower()
    if not _NAME.fullmatch(kept):
        raise ValueError(
            f"Nama akun '{name[:64]}' tidak sah; pakai huruf kecil, angka, titik, atau tanda hubung, "
            "paling banyak 64."
        )
    return kept


def check_password(password: str, user: str, rules: Rules) -> None:
    """Whether a password will do. Length counts; classes of letters are not asked for.

    Raises:
        ValueError: it will not (one Indonesian sentence; the password is not in it).
    """
    if not rules.shortest <= len(password) <= rules.longest:
        raise ValueError(
            f"Kata sandi harus {rules.shortest} sampai {rules.longest} huruf; "
            "sebuah kalimat pendek paling mudah diingat."
        )
    if len(set(password)) < 5 or user.lower() in password.lower():
        raise ValueError("Kata sandi terlalu mudah ditebak; jangan ulangi huruf yang sama atau nama akun.")


def new_password() -> str:
    """A random password of four groups of five letters (99 bits), easy to read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
