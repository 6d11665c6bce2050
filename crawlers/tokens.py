"""Keys and tokens: from the environment, or from a file that only its owner can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from config.secret_file import read_secrets

if TYPE_CHECKING:
    from pathlib import Path

    from config import Config


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
    found, problem = read_secrets(path)
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
