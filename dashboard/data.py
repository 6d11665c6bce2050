"""Ask the lake in the name of whoever is signed in.

Who that is is found out here, at every question, so no page can ask in another name (see
`warehouse.access`). Answers are remembered by the `Reader`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from config import Config, load_config
from config.areas import load_areas
from config.loader import BUNDLED
from dashboard import signin
from dashboard.format import is_missing
from dashboard.reader import Reader
from dashboard.settings import Settings, read_settings
from warehouse.access import AccessError, Action, Viewer, audit, opens, require
from warehouse.access.wall import refuse_unseen
from warehouse.lake import Lake
from warehouse.queries import Week, last_complete_week
from warehouse.search import Words

if TYPE_CHECKING:
    import pandas as pd

P = ParamSpec("P")
T = TypeVar("T")

Question = tuple[Callable[..., Any], tuple[Any, ...], Mapping[str, Any]]
_noted: ContextVar[list[Question] | None] = ContextVar("noted", default=None)
_OPENED = "_dibuka"


@st.cache_resource(max_entries=2, show_spinner="Membuka data …")
def _opened(home: str, _now: datetime) -> Reader:
    return Reader(Path(home), _now)


def _reader(where: Settings) -> Reader:
    return _opened(str(where.home), where.now).be_at(where.now)


@lru_cache(maxsize=2)  # asked for many times a page; Streamlit's own cache takes a millisecond to look
def _config(folder: str | None) -> Config:
    return load_config(Path(folder) if folder else None)


def settings() -> Settings:
    """Settings of this process."""
    return read_settings()


def config() -> Config:
    """The configuration: names of channels and statuses.

    Raises:
        config.ConfigError: a mistake in a YAML file.
    """
    folder = settings().config_dir
    return _config(str(folder) if folder else None)


@st.cache_resource(max_entries=2, show_spinner=False)
def _areas(path: str, name_property: str, written: float, _config: Config) -> dict[str, Any]:  # noqa: ARG001 - when the file was written is part of the key
    return load_areas(Path(path), name_property, _config.kecamatan)


def areas() -> dict[str, Any] | None:
    """Outlines of the kecamatan as GeoJSON, None if `places.yaml` names no file.

    Raises:
        config.ConfigError: the file is missing or wrong.
    """
    found = config()
    if found.regency.areas is None:
        return None
    path = (settings().config_dir or BUNDLED) / found.regency.areas
    written = path.stat().st_mtime if path.exists() else 0.0
    return _areas(str(path), found.regency.area_name, written, found)


def reload_config() -> None:
    """Read the configuration again: this process has just changed it."""
    _config.cache_clear()


def viewer() -> Viewer:
    """Who looks, as the account says at this moment.

    Raises:
        AccessError: nobody is signed in (any more).
    """
    return signin.current(settings())


def ask(question: Callable[Concatenate[Lake, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Ask one question of `warehouse.queries`, within the rights of whoever is signed in.

    Args:
        question: the query function; its lake is supplied here.
        args: its other arguments, which must have a telling `repr` (they are the cache key).
        kwargs: same.

    Raises:
        AccessError: refused, and booked.
        LakeMissingError: there is no lake yet.
        LakeError: it cannot be read.
    """
    where = settings()
    who = signin.current(where)
    if (noted := _noted.get()) is not None:
        noted.append((question, args, kwargs))
    key = _key(question, args, kwargs)
    with _refusals(where.home, who, question.__qualname__):
        answer = _reader(where).answer(key, partial(_asked, question, args, kwargs), who)
    if withheld := getattr(answer, "withheld", 0):
        audit.add(where.home, who, "withheld", "", f"{question.__qualname__} n={withheld}")
    if opens(question):
        _book_opening(where.home, who, next((one for one in args if isinstance(one, str)), ""))
    return answer


def _key(question: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    return repr((question.__module__, question.__qualname__, args, sorted(kwargs.items())))


@contextmanager
def likely_next(*moves: Callable[[Any], Any]) -> Iterator[None]:
    """Whatever the block asks is worked out for other filters too, while people read what they have.

    Args:
        moves: each makes of an argument of a question what it would be under another filter; questions none
            of whose arguments change are not asked again. The likeliest filter first.
    """
    noted: list[Question] = []
    token = _noted.set(noted)
    try:
        yield
    finally:
        _noted.reset(token)
    where = settings()
    who = signin.current(where)
    likely = [
        (_key(question, moved, kwargs), partial(_asked, question, moved, kwargs), who)
        for move in moves
        for question, args, kwargs in noted
        if (moved := tuple(map(move, args))) != args
    ]
    _reader(where).ahead(likely)


def _asked(question: Callable[..., T], args: tuple[Any, ...], kwargs: Mapping[str, Any], lake: Lake) -> T:
    return question(lake, *args, **kwargs)


class Later:
    """Asks for a file that is made after the page has been drawn; its answers are not kept.

    Who asks is looked up again when it asks: an account that was closed meanwhile gets nothing.
    """

    def __init__(self) -> None:
        self._where = settings()
        self._holder = signin.again(self._where)

    def __call__(
        self, question: Callable[Concatenate[Lake, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `ask`."""
        who = self._holder()
        with _refusals(self._where.home, who, question.__qualname__):
            reader = _reader(self._where)
            return reader.ask(partial(_asked, question, args, kwargs), who)

    def log(self, wanted: audit.Wanted) -> list[audit.Entry]:
        """All entries of the audit log that fit.

        Raises:
            AccessError: refused, and booked.
        """
        who = self._holder()
        with _refusals(self._where.home, who, "audit"):
            require(who, "audit")
        return audit.entries(self._where.home, None, wanted=wanted)


def change(action: Action, work: Callable[[Lake, Viewer], T], about: str = "", detail: str = "") -> T:
    """Write to the lake: the only way for a page to do so.

    Args:
        action: what it is; the viewer must be allowed to do it.
        work: gets an open lake and in whose name it writes (`Viewer.user`).
        about: id of the document it is about; it must be one that the viewer may see.
        detail: names of what changes, for the audit log; no texts.

    Raises:
        AccessError: refused, and booked.
        LakeError: the lake is busy or missing.
    """
    where = settings()
    who = signin.current(where)
    with _refusals(where.home, who, detail or action):
        require(who, action, about)
        if about:
            _reader(where).ask(lambda lake: refuse_unseen(lake, about), who)
    with (
        _refusals(where.home, who, detail or action),
        Lake(where.home, now=where.writing_at, viewer=who) as lake,
    ):
        result = work(lake, who)
    audit.add(where.home, who, "changed", about, detail or action)
    look_again()
    return result


def note(event: audit.Event, about: str = "", detail: str = "") -> None:
    """Book what somebody did; metadata only, no texts."""
    where = settings()
    audit.add(where.home, signin.current(where), event, about, detail)


def admit(action: Action, about: str = "") -> Viewer:
    """Let a page begin that only some may see; also before an export is offered.

    Raises:
        AccessError: refused, and booked.
    """
    where = settings()
    who = signin.current(where)
    with _refusals(where.home, who, action):
        require(who, action, about)
    return who


def audit_log(
    wanted: audit.Wanted | None = None, limit: int | None = 200, offset: int = 0
) -> tuple[list[audit.Entry], int]:
    """The newest entries of the audit log that fit, and how many fit in all, for those who may see it.

    Raises:
        AccessError: refused, and booked.
    """
    admit("audit")
    home, which = settings().home, wanted or audit.Wanted()
    return audit.entries(home, limit, offset, wanted=which), audit.total(home, which)


@contextmanager
def _refusals(home: Path, who: Viewer, what: str) -> Iterator[None]:
    try:
        yield
    except AccessError as err:
        audit.add(home, who, "refused", err.about, f"{err.action}: {what}")
        raise


def _book_opening(home: Path, who: Viewer, about: str) -> None:
    """Once per session and case: every click on a page asks it again."""
    seen: set[tuple[str, str]] = st.session_state.setdefault(_OPENED, set())
    if (who.user, about) not in seen:
        seen.add((who.user, about))
        audit.add(home, who, "opened", about)


@st.cache_resource(max_entries=2, show_spinner=False)
def _words(where: str, folder: str | None) -> Words:
    make: Callable[[str | None], Words] = resolve_name(where)
    return make(folder)


def words() -> Words | None:
    """The analyser of questions to the search index; None: this dashboard was not given one."""
    here = settings()
    return _words(here.words, str(here.config_dir) if here.config_dir else None) if here.words else None


def look_again() -> None:
    """Answer the next question from what was just written."""
    where = settings()
    _reader(where).look_again()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries, with None for every missing value."""
    return [
        {str(name): None if is_missing(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def this_week() -> Week:
    """The newest complete week."""
    return last_complete_week(settings().now)
