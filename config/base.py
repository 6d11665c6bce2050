"""What every configuration model shares: the strict base class and the small checked types.

Model modules do not use ``from __future__ import annotations``: pydantic reads the annotations
when the class is made.
"""

import difflib
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError


def nearest(word: str, choices: Sequence[str]) -> str | None:
    """The choice most like `word`, for "mungkin maksudnya ..." hints, or None if none is near."""
    found = difflib.get_close_matches(word.casefold(), list(choices), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, choices: Sequence[str]) -> str:
    """The hint itself, with a leading "; ", or an empty string."""
    best = nearest(word, choices)
    return f"; mungkin maksudnya '{best}'" if best else ""


def _web_address(value: str) -> str:
    """Refuse anything that is not an absolute http(s) address without credentials."""
    problem = None
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port  # .port raises for an impossible port
    except ValueError:
        problem = "bentuknya salah"
    else:
        if parts.scheme not in {"http", "https"}:
            problem = "harus diawali http:// atau https://"
        elif not host:
            problem = "nama situsnya kosong"
        elif parts.username or parts.password:
            problem = "jangan menaruh nama pengguna atau sandi di alamat"
        elif any(ch.isspace() for ch in value):
            problem = "tidak boleh berisi spasi"
    if problem:
        raise PydanticCustomError(
            "web_address",
            "alamat web '{value}' tidak sah: {problem}",
            {"value": value, "problem": problem},
        )
    return value


def _zone(value: str) -> str:
    # zoneinfo would read the time zone files for every source; the three Indonesian zones and
    # UTC are what a source can be in, and a typing error is caught all the same.
    zones = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "UTC")
    if value not in zones:
        raise PydanticCustomError(
            "time_zone",
            "zona waktu '{value}' tidak dikenal; pilih salah satu: {zones}",
            {"value": value, "zones": ", ".join(zones)},
        )
    return value


Zone = Annotated[str, AfterValidator(_zone)]
"""A time zone that a source can be in."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text shown to people: never empty, outer spaces removed, capitals kept."""

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, to_lower=True)]
"""A word or phrase that texts are matched against: lower-cased once, here."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
"""A stable key: small letters, digits and underscores."""

EnvName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
"""Name of an environment variable."""

Url = Annotated[str, AfterValidator(_web_address)]
"""An absolute http or https address."""


class Strict(BaseModel):
    """Base of all configuration models: frozen, and an unknown key is an error with a hint."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys_only(cls, data: Any) -> Any:  # noqa: ANN401 - pydantic hands in raw YAML
        if isinstance(data, dict):
            for key in data:
                if key not in cls.model_fields:
                    raise PydanticCustomError(
                        "unknown_key",
                        "kunci '{key}' tidak dikenal{hint}",
                        {"key": str(key), "hint": did_you_mean(str(key), list(cls.model_fields))},
                    )
        return data


class Dated(Strict):
    """Something that is true only for a time.

    Attributes:
        valid_from: first day, or None for "as far back as the data goes".
        valid_to: last day (inclusive), or None for "still".
    """

    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Dated":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise PydanticCustomError(
                "date_order",
                "'valid_to' ({last}) lebih awal daripada 'valid_from' ({first})",
                {"key": "valid_to", "last": str(self.valid_to), "first": str(self.valid_from)},
            )
        return self

    def valid_on(self, day: date) -> bool:
        """Whether `day` lies between `valid_from` and `valid_to`, both inclusive."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )
