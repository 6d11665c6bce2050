"""Keys and tokens: from the environment, or from a file that only its owner can read."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from config import Config

_OPEN_TO_OTHERS = 0o077


class Tokens(Mapping[str, str]):
    """Secrets by the name of their environment variable.

    Args:
        values: what was found.
        problem: why the file could not be used, one Indonesian sentence; None if it could, or
            if there is none.
    """

    def __init__(self, values: Mapping[str, str], problem: str | None = None) -> None:
        self._values = dict(values)
        self.problem = problem

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Tokens({len(self)})"  # a log line must not show them


def load_tokens(environment: Mapping[str, str], path: Path) -> Tokens:
    """Read the secrets.

    Args:
        environment: wins over the file; an empty value counts as none.
        path: lines of ``NAME=value``; empty lines and lines that begin with ``#`` are skipped.
    """
    found, problem = _from_file(path)
    return Tokens(found | {name: value for name, value in environment.items() if value}, problem)


def needed(config: Config) -> dict[str, str]:
    """Return the name of the secret without which a way of finding does not work."""
    social, youtube = config.social, config.crawl.youtube.api_key_env
    return {
        "youtube_channel": youtube,
        "youtube_search": youtube,
        "facebook": social.facebook.key_env,
        "instagram": social.instagram.key_env,
        "hashtag": social.instagram.key_env,
        "x_search": social.x.key_env,
    }


def why_missing(secrets: Mapping[str, str], name: str) -> str:
    """Say what to do about a secret that is not there."""
    problem = getattr(secrets, "problem", None)
    todo = f"isi variabel lingkungan {name} atau baris {name}=… di keys/rahasia.env"
    return f"{problem} ({todo})" if problem else todo


def _from_file(path: Path) -> tuple[dict[str, str], str | None]:
    try:
        if stat.S_IMODE(path.stat().st_mode) & _OPEN_TO_OTHERS:
            return {}, f"Berkas {path} dapat dibaca orang lain dan tidak dipakai: jalankan chmod 600 {path}"
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}, None
    except (OSError, UnicodeDecodeError) as error:
        return {}, f"Berkas {path} tidak dapat dibaca ({type(error).__name__})"
    found = {}
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, sign, value = text.partition("=")
        if not sign or not name.strip().isidentifier():
            return {}, f"Berkas {path} baris {number} bukan NAMA=nilai dan berkas itu tidak dipakai"
        found[name.strip()] = value.strip().strip("\"'")
    return found, None
