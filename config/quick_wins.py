"""Quick wins and other local innovations whose mentions are counted."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from config.base import Id, Strict, Text, Url

Stage = Literal["direncanakan", "dibangun", "berjalan", "berhenti", "belum_diketahui"]


class Milestone(Strict):
    """A step of a programme.

    Attributes:
        name: what is to be done.
        due: the last day for it, None while that is not agreed.
        done: the day it was done, None until then.
    """

    name: Text
    due: date | None = None
    done: date | None = None


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
        target: what it is to achieve, None while nobody has said.
        stage: how far it is.
        owner: the unit that answers for it, by office, never by name; None while nobody has said.
        links: pages that tell about it.
        milestones: its steps; a quick win has one to two months for them.
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
    target: Text | None = None
    stage: Stage = "belum_diketahui"
    owner: Text | None = None
    links: tuple[Url, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Name and aliases, once each, longest first."""
        every = dict.fromkeys((self.name, *self.aliases))
        return tuple(sorted(every, key=lambda name: (-len(name), name)))


class Criterion(Strict):
    """What judges score.

    Attributes:
        id: stable key.
        name: as shown to people.
        weight: of 100.
        least: smallest score.
        most: largest score.
    """

    id: Id
    name: Text
    weight: Annotated[float, Field(gt=0, le=100)]
    least: int = 1
    most: int = 5


class Judging(Strict):
    """The scored comparison of quick wins.

    Attributes:
        best: how many are chosen.
        judges: so many judges are needed before anything is ranked.
        note: where the criteria come from.
        criteria: what is scored; weights are 100 together.
    """

    best: Annotated[int, Field(ge=1)] = 4
    judges: Annotated[int, Field(ge=2)] = 3
    note: str = ""
    criteria: tuple[Criterion, ...]


class QuickWinsFile(Strict):
    """``quick_wins.yaml``."""

    quick_wins: tuple[QuickWin, ...]
    judging: Judging | None = None
