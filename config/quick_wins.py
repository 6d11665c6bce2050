"""Quick wins and other local innovations whose mentions are counted."""

from datetime import date
from typing import Literal

from config.base import Id, Strict, Text


class QuickWin(Strict):
    """One programme.

    Attributes:
        id: stable key.
        name: as shown to people.
        opd: id of the office that runs it.
        dimension: id of its smart-city dimension.
        aliases: how texts name it.
        start: launch, None while sources disagree.
        kind: a quick win of the masterplan, or another innovation worth following.
        status: ``verify`` while the client has not confirmed it.
        note: what is known.
    """

    id: Id
    name: Text
    opd: Id
    dimension: Id
    aliases: tuple[Text, ...] = ()
    start: date | None = None
    kind: Literal["quick_win", "innovation"] = "quick_win"
    status: Literal["confirmed", "verify"] = "verify"
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Name and aliases, once each, longest first."""
        every = dict.fromkeys((self.name, *self.aliases))
        return tuple(sorted(every, key=lambda name: (-len(name), name)))


class QuickWinsFile(Strict):
    """``quick_wins.yaml``."""

    quick_wins: tuple[QuickWin, ...]
