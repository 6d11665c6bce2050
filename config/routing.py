"""Who is responsible, where a keyword cannot tell: authority rules and roads, as data."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from config.base import Dated, Id, Phrase, Strict, Text


class RoutingRule(Strict):
    """One rule. It fires when `any` (and `also`, if given) is found and `unless` is not.

    Attributes:
        id: stable key.
        topic: the rule is looked at only for texts of this main topic; None for every topic.
        any: at least one of these phrases must be in the text.
        also: if given, at least one of these must be there too.
        unless: none of these may be there.
        opd: ids of the responsible offices, main one first; how much they weigh beside what the models
            say: `nlp/candidates.py`.
        vertical: whether the main one is outside the regency (*bukan wewenang*).
        review: True if a person should look at the result.
        note: why, in Indonesian; shown as the reason.
    """

    id: Id
    topic: Id | None = None
    any: tuple[Phrase, ...]
    also: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    opd: tuple[Id, ...]
    vertical: bool = False
    review: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _not_empty(self) -> "RoutingRule":
        for key in ("any", "opd"):
            if not getattr(self, key):
                raise PydanticCustomError(
                    "empty_rule",
                    "aturan '{id}' tidak akan pernah berlaku: '{key}' kosong",
                    {"key": key, "id": self.id},
                )
        return self


class Road(Dated):
    """One stretch of road and who keeps it.

    Attributes:
        id: stable key.
        name: as shown to people.
        phrases: how texts name it, lower case.
        authority: id of the responsible office.
        status: ``verify`` until the decree that lists the roads has been seen.
        note: where it is from.
    """

    id: Id
    name: Text
    phrases: tuple[Phrase, ...]
    authority: Id
    status: Literal["confirmed", "verify"] = "verify"
    note: str = ""


class RoutingFile(Strict):
    """``routing.yaml``.

    Attributes:
        max_opd: most offices one item is routed to.
        routing: the rules, tried in order.
        roads: who keeps which road.
    """

    max_opd: int = 3
    routing: tuple[RoutingRule, ...]
    roads: tuple[Road, ...] = ()
