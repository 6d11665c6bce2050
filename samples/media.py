"""The newsroom's fictional outlets, channels and people, read from `newsroom.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).parent


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Outlet(_Frozen):
    """One fictional news site; the fields are explained in `newsroom.yaml`."""

    id: str
    name: str
    kind: Literal["news", "government"]
    scope: Literal["general", "pati_only"]
    platform: Literal[
        "wordpress", "blogger", "tribun", "detak", "pemkab", "pesisir", "patikini",
        "promedia", "jawapos", "lereng", "laravel",
    ]  # fmt: skip
    layout: str
    feed: Literal["full", "excerpt", "raw_date", "none"]
    permalink: str
    weight: int
    tagline: str
    discover: tuple[Literal["feed", "sitemap", "wordpress", "listing"], ...]
    branded: bool = False
    last_week: int | None = None
    clone_of: str | None = None
    expected_per_week: float | None = None
    opd: str | None = None

    @property
    def host(self) -> str:
        """Host name without port."""
        return f"{self.id}.localhost"


class VideoChannel(_Frozen):
    """One fictional video channel."""

    id: str
    name: str
    expected_per_week: float | None = None
    subscribers: int
    weight: int


class Media(_Frozen):
    """Everything in `newsroom.yaml`."""

    outlets: tuple[Outlet, ...]
    press_release: tuple[str, ...]
    channels: tuple[VideoChannel, ...]
    complaint_admin: str
    sections: tuple[str, ...]
    reporters: tuple[str, ...]
    given_names: tuple[str, ...]
    family_names: tuple[str, ...]
    handles: tuple[str, ...]

    def outlet(self, outlet_id: str) -> Outlet:
        """Find an outlet.

        Raises:
            KeyError: there is none with that id.
        """
        return {o.id: o for o in self.outlets}[outlet_id]


@cache
def load_media(*, newcomers: bool = False) -> Media:
    """Read `newsroom.yaml` (once per process).

    Args:
        newcomers: with the outlets of `newcomers.yaml`, which no configuration knows yet.
    """
    found = yaml.safe_load((HERE / "newsroom.yaml").read_text("utf-8"))
    if newcomers:
        found["outlets"] += yaml.safe_load((HERE / "newcomers.yaml").read_text("utf-8"))["outlets"]
    return Media.model_validate(found)
