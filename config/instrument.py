"""Instruments of assessment: what is scored, on which scale, with which weights in which year.

An instrument is one file in ``instruments/``; the name of the file is the instrument's id. A part of which
nothing is established says so (`Certainty`), and a year whose weights are not known has none: an index of
that year stays open.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from config.base import Dated, Id, Strict, Text

Certainty = Literal["pasti", "perlu_verifikasi", "belum_diketahui"]
"""Read in a source; known from memory or worked out here; not known."""
Code = Annotated[str, StringConstraints(pattern=r"^I([1-9]|1[0-5])$")]
Year = Annotated[int, Field(ge=2015, le=2100)]
Weight = Annotated[float, Field(gt=0, le=100)]


class Level(Strict):
    """A named step of a scale.

    Attributes:
        level: its number.
        name: as shown to people.
    """

    level: int
    name: Text


class Scale(Strict):
    """What a person may enter.

    Attributes:
        id: stable key.
        name: as shown to people.
        least: smallest entry.
        most: largest entry.
        levels: the only entries allowed; empty: any number between `least` and `most`.
        kepastian: how well this is known.
        source: where from.
    """

    id: Id
    name: Text
    least: float
    most: float
    levels: tuple[Level, ...] = ()
    kepastian: Certainty
    source: Text


class Group(Strict):
    """A domain or an aspect.

    Attributes:
        id: stable key.
        name: as shown to people, None while it is not established.
        parent: id of the group it belongs to.
        kepastian: how well the name is known.
    """

    id: Id
    name: Text | None = None
    parent: Id | None = None
    kepastian: Certainty


class Indicator(Strict):
    """What is scored.

    Attributes:
        id: stable key.
        number: as the instrument counts it, None where it does not.
        name: as shown to people, None while it is not established.
        group: id of its group, None while that is not known.
        scale: id of its scale.
        evidence: numbers of ours (I1 to I15) that may support it; never its score.
        survey: it is measured by a survey, so that nothing of ours stands for it.
        note: what to know before scoring.
        kepastian: how well the name is known.
    """

    id: Id
    number: Annotated[int, Field(ge=1)] | None = None
    name: Text | None = None
    group: Id | None = None
    scale: Id
    evidence: tuple[Code, ...] = ()
    survey: bool = False
    note: str = ""
    kepastian: Certainty

    @property
    def label(self) -> str:
        """What people read: the name, or the number and that there is no name."""
        if self.name:
            return self.name
        return f"Indikator {self.number or self.id} (nama belum diketahui)"


class Weights(Strict):
    """One set of weights.

    Attributes:
        id: stable key.
        years: the years it is used for; empty while no year is established: then it is used for none.
        of: weight by indicator, together 100.
        groups: weight by group, the sum of its members.
        kepastian: how well this is known.
        source: where from.
    """

    id: Id
    years: tuple[Year, ...] = ()
    of: dict[Id, Weight]
    groups: dict[Id, Weight] = Field(default_factory=dict)
    kepastian: Certainty
    source: Text


class Programme(Strict):
    """A sub-programme of a dimension.

    Attributes:
        id: stable key.
        name: as shown to people.
        kepastian: how well the name is known.
    """

    id: Id
    name: Text
    kepastian: Certainty


class DimensionProgrammes(Strict):
    """The sub-programmes of one dimension.

    Attributes:
        id: of the dimension in ``topics.yaml``.
        programmes: what stands under it.
    """

    id: Id
    programmes: tuple[Programme, ...]


class Predicate(Strict):
    """A name for indices from a value on.

    Attributes:
        least: smallest index with this name.
        name: as shown to people.
    """

    least: float
    name: Text


class Instrument(Dated):
    """One file of ``instruments/``.

    Attributes:
        id: stable key, the name of its file.
        name: as shown to people.
        short: the same, short.
        basis: the regulation or guide it stands in.
        kepastian: how well the instrument is known as a whole.
        note: what may not be claimed.
        scales: what can be entered.
        groups: domains and aspects.
        indicators: what is scored.
        weights: by year.
        dimensions: the dimensions entries can be made for one by one, with their sub-programmes.
        predicates: names of indices, the highest first.
    """

    id: Id
    name: Text
    short: Text
    basis: Text
    kepastian: Certainty
    note: str = ""
    scales: tuple[Scale, ...]
    groups: tuple[Group, ...] = ()
    indicators: tuple[Indicator, ...]
    weights: tuple[Weights, ...] = ()
    dimensions: tuple[DimensionProgrammes, ...] = ()
    predicates: tuple[Predicate, ...] = ()

    def indicator_by_id(self, indicator_id: str) -> Indicator:
        """The indicator with that id; KeyError if there is none."""
        return {one.id: one for one in self.indicators}[indicator_id]

    def scale_of(self, indicator_id: str) -> Scale:
        """What can be entered for an indicator; KeyError if there is none."""
        return {one.id: one for one in self.scales}[self.indicator_by_id(indicator_id).scale]

    def weights_in(self, year: int) -> Weights | None:
        """The weights of a year, None while they are not known."""
        return next((one for one in self.weights if year in one.years), None)
