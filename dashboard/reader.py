"""Answer from one snapshot of the lake, remember the answers, move on to the next with nobody waiting.

One reading connection serves all sessions of the process, one question at a time; answers are kept by
snapshot and parameters, so a page that somebody has just looked at costs nothing. A newer snapshot is
opened beside the one in use, and what was asked lately is asked of it again before it is taken: after a
load, pages show the new numbers and are as fast as before.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import streamlit as st

from warehouse.access import Viewer
from warehouse.access.wall import WalledLake
from warehouse.errors import LakeError
from warehouse.lake import Lake
from warehouse.reading import all_threads, open_reading

T = TypeVar("T")

log = logging.getLogger(__name__)

CHECK_SECONDS = 5.0
"""How long a lake snapshot is at least taken to be the newest before looking again."""
LATELY_SECONDS, AGAIN_SECONDS = 900.0, 20.0
"""What was asked in so many seconds is asked again of a newer snapshot, newest first, for so long at most."""
JUMP = timedelta(minutes=30)
"""A clock that goes on by no more than this makes nobody wait; after a jump answers must be right at once."""
PAUSE_SECONDS, STALE_SECONDS = 0.15, 30.0
"""What is likely asked next is worked out when nobody has asked for so long, and given up after so long."""
REMEMBERED = 512
"""Answers that are kept, and questions that are known to have been asked."""


def wait_before(cost: float) -> float:
    """Seconds between two looks for a newer snapshot, if opening one takes `cost` seconds.

    At most a tenth of the time goes into opening: twenty people must find it answering while a load
    writes a snapshot every few seconds.
    """
    return max(CHECK_SECONDS, 9 * cost) if CHECK_SECONDS else 0.0


@st.cache_data(max_entries=REMEMBERED, show_spinner=False)
def _answer(key: str, _question: Callable[[], Any]) -> Any:  # noqa: ANN401, ARG001 - any answer; the key is what the cache reads
    return _question()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, who asked it last, and when (monotonic)."""

    question: Callable[[Lake], Any]
    who: Viewer
    at: float


@dataclass(frozen=True, slots=True)
class _Use:
    """A lake at one snapshot, and as people may see it, by their scope."""

    lake: Lake
    snapshot: int
    walled: dict[str, WalledLake]

    def ask(self, question: Callable[[Lake], T], who: Viewer) -> T:
        """Answer one question in somebody's name; one at a time."""
        if who.scope not in self.walled:
            self.walled[who.scope] = WalledLake(self.lake, who)
        return question(self.walled[who.scope])

    def close(self) -> None:
        """Give the memory back."""
        for wall in self.walled.values():
            wall.close()
        self.lake.close()


class Reader:
    """The reading connection to one home; safe to share between threads.

    Args:
        home: the folder everything lives in.
        now: what the marts call "now" (aware); `be_at` moves it.

    A copy of a newer snapshot is made in the background, and answers go on resting on the one before
    until it is ready: a load that writes for a minute makes nobody wait. Only what this process wrote
    itself is waited for.
    """

    def __init__(self, home: Path, now: datetime) -> None:
        self._home, self._wanted = home, now
        # The first is held while a question runs or another lake is put in place, the second for moments:
        # what is remembered needs not wait for what is asked.
        self._asking, self._book = threading.Lock(), threading.Lock()
        self._written = self._seen = 0
        self._lately: OrderedDict[tuple[str, str], _Asked] = OrderedDict()
        self._ahead: deque[tuple[str, _Asked]] = deque(maxlen=REMEMBERED // 4)
        self._cost, self._last_asked = 0.0, time.monotonic()
        self._at_work: threading.Thread | None = None
        self._ahead_at_work: threading.Thread | None = None
        self._use = self._open()
        self._newest = Lake(home, now=now)  # what answers rest on stands still; this one sees what is new
        self._checked = time.monotonic()

    def be_at(self, now: datetime) -> Reader:
        """Let "now" be another moment: as soon as nobody has to wait for it, or at once after a jump."""
        if now != self._wanted:
            self._wanted = now
            if abs(now - self._use.lake.now) > JUMP:
                self.look_again()
        return self

    def answer(self, key: str, question: Callable[[Lake], T], who: Viewer) -> T:
        """Answer a question, or remember what was answered at this snapshot.

        Args:
            key: equal for equal questions.
            question: gets the lake as `who` may see it.
            who: in whose name.

        Raises:
            AccessError: that is none of their business.
            LakeError: the lake cannot be read.
        """
        answer = _answer(self._key(*self.snapshot(), who.scope, key), lambda: self.ask(question, who))
        with self._book:
            self._lately[who.scope, key] = _Asked(question, who, time.monotonic())
            self._lately.move_to_end((who.scope, key))
            if len(self._lately) > REMEMBERED:
                self._lately.popitem(last=False)
        self._last_asked = time.monotonic()
        return cast("T", answer)

    def ahead(self, likely: Sequence[tuple[str, Callable[[Lake], Any], Viewer]]) -> None:
        """Work out answers before anybody asks, while people read; the first ones first.

        Args:
            likely: key, question and in whose name, as for `answer`.
        """
        now = time.monotonic()
        with self._book:
            self._ahead.extend((key, _Asked(question, who, now)) for key, question, who in reversed(likely))
            if self._ahead and not self._ahead_at_work:
                self._ahead_at_work = threading.Thread(target=self._go_ahead, name="pati-ahead", daemon=True)
                self._ahead_at_work.start()

    def _go_ahead(self) -> None:
        while True:
            time.sleep(PAUSE_SECONDS / 3)
            now = time.monotonic()
            with self._book:
                while self._ahead and (self._at_work or now - self._ahead[0][1].at > STALE_SECONDS):
                    self._ahead.popleft()
                if not self._ahead:
                    self._ahead_at_work = None
                    return
                if now - self._last_asked < PAUSE_SECONDS:
                    continue
                key, asked = self._ahead.pop()
            try:
                _answer(
                    self._key(*self.snapshot(), asked.who.scope, key),
                    partial(self.ask, asked.question, asked.who),
                )
            except Exception:  # whoever really asks will be told
                log.info("what was likely asked next has no answer", exc_info=True)

    def _key(self, snapshot: int, now: datetime, scope: str, key: str) -> str:
        return repr((str(self._home), now, snapshot, scope, key))

    def snapshot(self) -> tuple[int, datetime]:
        """The snapshot and the moment that answers rest on.

        Looks for a newer snapshot now and then (see `wait_before`).
        """
        if self._seen < self._written:
            with self._asking:
                written = self._written
                if self._seen < written:  # nobody else was faster
                    self._take(self._open())
                    self._seen, self._checked = written, time.monotonic()
        elif time.monotonic() - self._checked > wait_before(self._cost):
            self._look()
        use = self._use
        return use.snapshot, use.lake.now

    def _look(self) -> None:
        """Open the newest snapshot in the background, if there is a newer one."""
        with self._book:
            if self._at_work:
                return
            self._checked = time.monotonic()
            if self._wanted != self._use.lake.now or self._is_newer():
                self._at_work = threading.Thread(target=self._renew, args=[self._use], name="pati-reading")
                self._at_work.start()

    def look_again(self) -> None:
        """Answer the next question from the newest snapshot: this process has just written one."""
        with self._book:
            self._written += 1

    def settle(self) -> None:
        """Wait until nothing is being done in the background."""
        for at_work in (self._at_work, self._ahead_at_work):
            if at_work:
                at_work.join()

    def _is_newer(self) -> bool:
        try:
            return self._newest.snapshot() != self._use.snapshot
        except duckdb.Error:  # the catalog is not there just now: what was read goes on answering
            log.warning("the catalog of the lake could not be read")
            return False

    def _open(self, *, gently: bool = False) -> _Use:
        began = time.monotonic()
        use = _Use(*open_reading(self._home, self._wanted, gently=gently), {})
        self._cost = time.monotonic() - began
        return use

    def _renew(self, before: _Use) -> None:
        """Open the newest snapshot beside the one in use, `before`."""
        try:
            use = self._open(gently=True)
            self._ask_again(use)
            all_threads(use.lake)
            with self._asking:
                if self._use is before:
                    self._take(use)
                else:  # somebody who could not wait was faster
                    use.close()
        except (LakeError, duckdb.Error):
            log.warning("the newest snapshot could not be opened; the one before goes on answering")
        finally:
            self._at_work = None

    def _ask_again(self, use: _Use) -> None:
        """Ask a snapshot that nobody rests on yet what people asked lately."""
        began = time.monotonic()
        with self._book:
            lately = [(key, one) for key, one in self._lately.items() if began - one.at < LATELY_SECONDS]
        for (scope, key), asked in reversed(lately):
            if time.monotonic() - began > AGAIN_SECONDS:
                log.info("not all of %d questions were asked again of a newer snapshot", len(lately))
                break
            try:
                _answer(
                    self._key(use.snapshot, use.lake.now, scope, key),
                    partial(use.ask, asked.question, asked.who),
                )
            except Exception:  # whoever asks again will be told
                log.warning("a question asked lately has no answer at the newer snapshot", exc_info=True)

    def _take(self, use: _Use) -> None:
        """Rest on another snapshot from now on; `_asking` is held, so nobody is asking."""
        old, self._use = self._use, use
        old.close()

    def ask(self, question: Callable[[Lake], T], who: Viewer) -> T:
        """Answer one question in somebody's name.

        Raises:
            AccessError: that is none of their business.
            LakeError: the lake cannot be read.
        """
        with self._asking:
            try:
                return self._use.ask(question, who)
            except duckdb.Error as err:
                raise LakeError(
                    f"Gudang data di {self._home} tidak dapat dibaca; coba lagi sebentar lagi, "
                    "atau jalankan `pati doctor`."
                ) from err
