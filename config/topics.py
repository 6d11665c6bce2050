"""Dimensions of the smart city and the topics under them."""

from config.base import Id, Phrase, Strict, Text


class Dimension(Strict):
    """One of the six smart-city dimensions.

    Attributes:
        id: stable key.
        label: as shown to people.
        description: what belongs in it.
    """

    id: Id
    label: Text
    description: str = ""


class Topic(Strict):
    """One topic; an item has exactly one main topic.

    Attributes:
        id: stable key.
        label: as shown to people.
        dimension: id of its dimension, None for topics outside the smart city.
        keywords: words and phrases that speak for it, lower case.
        opd: ids of the OPDs that own it when nothing in the text says otherwise, main one first.
        service: whether a feeling about it is a feeling about a public service; politics, crime
            and accidents are not, and stay out of the tone charts.
    """

    id: Id
    label: Text
    dimension: Id | None = None
    keywords: tuple[Phrase, ...] = ()
    opd: tuple[Id, ...] = ()
    service: bool = True


class TopicsFile(Strict):
    """``topics.yaml``."""

    dimensions: tuple[Dimension, ...]
    topics: tuple[Topic, ...]
