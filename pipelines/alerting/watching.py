"""What the rules see in one week of a lake."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from config import Alerts
from pipelines.alerting import reasons
from pipelines.alerting.counts import GUARD, LONG, Outlook
from pipelines.alerting.cover import Cover, Series, arrange
from pipelines.alerting.incidents import Finding
from pipelines.alerting.judge import FAMILIES, Verdicts, judge, surge_floor
from warehouse import Lake
from warehouse.queries import Week, records, sources
from warehouse.queries.watch import (
    series,
    series_documents,
    series_sources,
    source_weeks,
    subject_names,
    widespread_stories,
)

if TYPE_CHECKING:
    import pandas as pd

RISES = ("surge", "surge_opd", "surge_kecamatan")
FALLS = ("fall", "fall_opd")
ALL_SOURCES = "sumber"
"""Subject of the one alert about sources."""
RULES = {"surge": RISES, "fall": FALLS, "widespread": ("widespread",), "silent_source": ("silent_source",)}
"""By rule of `alerts.yaml`: the rules of the alerts it makes."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Scene:
    """A lake and how it is looked at; what does not change from week to week is read once.

    Attributes:
        lake: to read.
        rules: `alerts.yaml`.
        newest: the newest week that can be looked at.
    """

    lake: Lake
    rules: Alerts
    newest: Week

    @cached_property
    def _source_weeks(self) -> pd.DataFrame:
        return source_weeks(self.lake)

    @cached_property
    def cover(self) -> Cover:
        """Which source was in reach when."""
        return Cover.of(self._source_weeks, self.newest)

    def untried(self, week: Week) -> bool:
        """Whether no source was tried in a week since collecting began."""
        frame = self._source_weeks
        tried = {one.date() for one in frame["week"][frame["n_days_tried"] > 0]}
        return bool(tried) and min(tried) < week.monday and week.monday not in tried

    @cached_property
    def _by_source(self) -> Any:  # noqa: ANN401 - a frame
        return series_sources(self.lake, self.cover.weeks[0], self.newest)

    @cached_property
    def _names(self) -> tuple[dict[str, str], dict[str, str]]:
        return subject_names(self.lake)

    def judged(self, week: Week) -> tuple[Series, Verdicts, Cover] | None:
        """All series of a week and what is to be said of them; None with too little history."""
        rules = self.rules.surge
        if week not in self.cover.weeks:
            return None
        cover = self.cover.until(week).recent(rules.history_weeks + GUARD + 1)
        if len(cover.weeks) < rules.min_history + GUARD + 1:
            return None
        counts = series(self.lake, cover.weeks[0], week, cover.gone())
        if counts.empty:
            return None
        arranged = arrange(counts, self._by_source, cover)
        return arranged, judge(arranged.panel, self.rules), cover

    def counted(self, week: Week, alive: Collection[Key], *, texts: bool = True) -> list[Finding]:
        """Rises and falls of a week.

        Args:
            week: which.
            alive: rule and subject of alerts that are open: they are told how it goes on.
            texts: False: without sentences and documents.
        """
        found = self.judged(week)
        if found is None:
            return []
        arranged, verdicts, cover = found
        chosen = []
        for i in np.nonzero(verdicts.high | verdicts.low)[0]:
            up = bool(verdicts.high[i])
            kind = (
                (RISES if up else FALLS)[arranged.family[i]] if up or arranged.family[i] < len(FALLS) else ""
            )
            opens = bool(verdicts.surge[i] if up else verdicts.fall[i])
            if kind and (opens or (kind, arranged.subject[i]) in alive):
                chosen.append((int(i), kind, opens))
        documents = self._documents(arranged, chosen, week, cover) if texts and chosen else {}
        return [
            self._finding(arranged, verdicts, one, documents.get(arranged.key(one[0]), []), week)
            for one in chosen
        ]

    def _documents(
        self, arranged: Series, chosen: Sequence[tuple[int, str, bool]], week: Week, cover: Cover
    ) -> dict[tuple[int, str], list[dict[str, Any]]]:
        keys = [arranged.key(i) for i, *_ in chosen]
        gone = set(cover.gone())
        found: dict[tuple[int, str], list[dict[str, Any]]] = {key: [] for key in keys}
        for row in records(series_documents(self.lake, week.shift(1 - LONG), week, keys)):
            if (row["source_id"], row["week"].date()) not in gone:
                found[row["family"], row["subject"]].append(row)
        return found

    def _finding(
        self,
        arranged: Series,
        verdicts: Verdicts,
        one: tuple[int, str, bool],
        documents: Sequence[Mapping[str, Any]],
        week: Week,
    ) -> Finding:
        i, kind, opens = one
        window = int(verdicts.window[i]) if opens and kind in RISES else 1
        outlook = verdicts.week if window == 1 else verdicts.weeks
        n, usual = int(outlook.observed[i]), float(outlook.expected[i])
        inside = [row for row in documents if window == LONG or row["week"].date() == week.monday]
        noun, label = reasons.NOUNS[FAMILIES[arranged.family[i]]], self._label(kind, arranged.subject[i])
        if kind in RISES:
            copies = len({row["doc_id"] for row in inside}) - len({row["item"] for row in inside})
            chance = float(outlook.at_least(outlook.observed)[i])
            alpha = float(verdicts.alpha[i]) if opens else self.rules.incident.quiet_chance
            said = reasons.rise(label, noun, n, usual, window, copies, chance)
            parts = reasons.weights(inside, by_place=kind != "surge_kecamatan")
            unless = reasons.without(n, self._least(outlook, i, alpha), noun, parts, n + max(copies, 0))
        else:
            said = reasons.drop(label, noun, n, usual, window, float(arranged.panel.cover[i]))
            most = int(self.rules.fall.ratio * usual)
            unless = f"Dengan lebih dari {reasons.whole(most)} {noun} ini bukan peringatan."
        ids = tuple(sorted({str(row["doc_id"]) for row in inside}))
        return Finding(kind, arranged.subject[i], opens, float(n), round(usual, 2), said, unless, (), ids)

    def _least(self, outlook: Outlook, i: int, alpha: float) -> int:
        """Fewest items of one series that are a rise at a level."""
        n = np.arange(1.0, float(outlook.observed[i]) + 1)
        one = Outlook(n, np.full(len(n), outlook.expected[i]), np.full(len(n), outlook.variance[i]), n)
        passing = (one.rarity(n) <= alpha) & (n >= surge_floor(outlook, self.rules)[i])
        return int(n[passing][0]) if passing.any() else int(outlook.observed[i])

    def _label(self, kind: str, subject: str) -> str:
        topics, offices = self._names
        if kind in ("surge_opd", "fall_opd"):
            return f"Aduan kepada {offices.get(subject, subject)}"
        topic, _, place = subject.partition("@")
        return topics.get(topic, topic) + (f" di {place}" if place else "")

    def widespread(self, first: Week, last: Week) -> dict[Week, list[Finding]]:
        """Stories that reached many outlets within hours, by the week they began in."""
        rule = self.rules.widespread
        found: dict[Week, list[Finding]] = {}
        for row in records(widespread_stories(self.lake, first, last, rule.window_hours, rule.min_outlets)):
            n, voices = int(row["n_sources"]), int(row["n_voices"])
            found.setdefault(Week(row["week"].date()), []).append(
                Finding(
                    "widespread", str(row["story_id"]), opens=True, observed=float(n),
                    expected=float(rule.min_outlets),
                    reason=reasons.outlets(row["title"], n, voices, rule.window_hours),
                    counterfactual=reasons.without_copies(voices, int(row["n_copies"]), rule.min_outlets),
                    doc_ids=tuple(row["doc_ids"]),
                )
            )  # fmt: skip
        return found

    def troubled(self) -> list[Finding]:
        """The one finding about sources, as of now."""
        bad = [row for row in records(sources(self.lake)) if row["verdict"] in reasons.SOURCE_WORDS]
        if not bad:
            return []
        bad.sort(key=lambda row: str(row["source_id"]))
        return [
            Finding(
                "silent_source", ALL_SOURCES, opens=True, observed=float(len(bad)), expected=0.0,
                reason=reasons.troubled(bad), members=tuple(str(row["source_id"]) for row in bad),
            )
        ]  # fmt: skip
