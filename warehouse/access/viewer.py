"""Roles and what they may do. Pure: no lake, no session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, Final, Literal, ParamSpec, TypeVar, get_args

from warehouse.errors import LakeError

if TYPE_CHECKING:
    from warehouse.lake import Lake

P = ParamSpec("P")
T = TypeVar("T")

Role = Literal["analis", "pimpinan", "opd", "admin"]
"""Analyst, leadership, the complaint admin of one office, the administrator of the system."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)

Action = Literal[
    "numbers",  # totals, charts, stories, news
    "complaints",  # rows of complaints, as far as the wall shows them
    "texts",  # whole (masked) words of complaints
    "history",  # what happened to one complaint
    "record",  # write down what happened to a complaint
    "correct",  # correct labels
    "alerts",  # acknowledge and close alerts
    "assessment",  # read the worksheet of an assessment and its evidence
    "assess",  # enter and review scores, pin evidence, issue packs, judge quick wins
    "quick_wins",  # see how quick wins go on; an office its own
    "report",  # read the weekly report, also before it goes out, and its archive
    "report_edit",  # change, review and send it
    "report_approve",  # approve it
    "searches",  # keep and drop saved searches
    "export",  # take rows out, as far as the wall shows them
    "authors",  # take out who wrote, too: pseudonyms, ticket numbers, accounts of staff
    "sources",  # rejected records, retries
    "users",  # accounts
    "settings",  # sources, budgets
    "audit",  # the audit log
]
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)

_ALL: Final = frozenset(ACTIONS)
_RIGHTS: Final[dict[Role, frozenset[Action]]] = {
    "admin": _ALL,
    "analis": _ALL - {"authors", "record", "users", "settings", "audit", "report_approve"},
    "opd": frozenset(
        {"numbers", "complaints", "texts", "history", "record", "searches", "export", "quick_wins"}
    ),
    "pimpinan": frozenset(
        {"numbers", "complaints", "assessment", "quick_wins", "export", "report", "report_approve"}
    ),
}


class AccessError(LakeError):
    """Refused; the text is one Indonesian sentence that tells nothing about what was refused.

    Attributes:
        action: what was tried.
        about: id of what it was about, for the audit log; empty if it was nothing single.
    """

    def __init__(self, sentence: str, action: str, about: str = "") -> None:
        self.action, self.about = action, about
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks.

    Attributes:
        user: name of the account.
        role: what kind of person.
        opd: id of the office of an `opd`; None for all others.

    Raises:
        ValueError: role and office do not go together.
    """

    user: str
    role: Role
    opd: str | None = None

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"Peran '{self.role}' tidak dikenal; yang ada: {', '.join(ROLES)}.")
        if (self.role == "opd") != bool(self.opd):
            raise ValueError("Peran opd memerlukan id OPD, dan hanya peran opd yang memilikinya.")

    @property
    def scope(self) -> str:
        """Whose answers these are: viewers of the same scope may share them."""
        return f"opd:{self.opd}" if self.role == "opd" else self.role

    @property
    def walled(self) -> bool:
        """Whether some rows or words of complaints are kept from this viewer."""
        return self.role not in ("analis", "admin")


SYSTEM: Final = Viewer("sistem", "admin")
"""The command line and the stages: whoever runs them can read the files anyway."""


def viewer_of(user: str, role: str) -> Viewer:
    """A viewer from a role as it is written: ``analis``, ``pimpinan``, ``admin`` or ``opd:<id>``.

    Raises:
        ValueError: there is no such role (one Indonesian sentence).
    """
    name, _, opd = role.partition(":")
    if name not in ROLES:
        raise ValueError(f"Peran '{role}' tidak dikenal; pilih analis, pimpinan, admin, atau opd:<id OPD>.")
    return Viewer(user, name, opd or None)


def may(viewer: Viewer, action: Action) -> bool:
    """Whether a viewer may do something; an unknown action nobody may do."""
    return action in _RIGHTS[viewer.role]


def require(viewer: Viewer, action: Action, about: str = "") -> None:
    """Refuse what a viewer may not do.

    Raises:
        AccessError: may not.
    """
    if not may(viewer, action):
        raise AccessError("Akun Anda tidak berhak untuk ini; hubungi admin bila ini keliru.", action, about)


def needs(
    action: Action, *, opens: bool = False
) -> Callable[[Callable[Concatenate[Lake, P], T]], Callable[Concatenate[Lake, P], T]]:
    """Mark a query function that only those may ask who may do `action`.

    Args:
        action: what they must be allowed.
        opens: asking it opens something about one person or case: the dashboard books that, with its
            first text argument.
    """

    def mark(question: Callable[Concatenate[Lake, P], T]) -> Callable[Concatenate[Lake, P], T]:
        @wraps(question)
        def asked(lake: Lake, /, *args: P.args, **kwargs: P.kwargs) -> T:
            require(lake.viewer, action, next((one for one in args if isinstance(one, str)), ""))
            return question(lake, *args, **kwargs)

        if opens:
            _OPENING.add(f"{question.__module__}.{question.__qualname__}")
        return asked

    return mark


_OPENING: Final[set[str]] = set()


def opens(question: Callable[..., object]) -> bool:
    """Whether asking this is booked as opening something."""
    return f"{question.__module__}.{question.__qualname__}" in _OPENING


def whole(question: Callable[Concatenate[Lake, P], T]) -> Callable[Concatenate[Lake, P], T]:
    """Mark a query function that only counts: it reads the lake in front of the wall, for everybody.

    It must not take words, ids or other arguments that single out a complaint.
    """

    @wraps(question)
    def asked(lake: Lake, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return question(lake.whole, *args, **kwargs)

    return asked
