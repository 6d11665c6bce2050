"""When the system speaks up by itself. Pure: series in, alerts with their reason out."""

from __future__ import annotations

import hashlib
import statistics
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from scipy.stats import poisson

from config import SilentSource, Surge, Widespread
from warehouse.queries import Week
from warehouse.store import AlertRow


def identity(rule: str, subject: str, start: date, end: date) -> str:
    """The same rule, subject and window are the same alert, whenever they are found."""
    key = f"{rule}\x1f{subject}\x1f{start.isoformat()}\x1f{end.isoformat()}"
    return "a-" + hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def surges(series: Sequence[Mapping[str, Any]], week: Week, rule: Surge) -> list[AlertRow]:
    """Topics with far more independent items in `week` than in the weeks before it.

    Args:
        series: rows with topic, topic_label, week, n, n_articles; every topic has `week` and
            the `rule.baseline_weeks` weeks before it.
        week: the week that is looked at.
        rule: thresholds.

    Returns:
        One alert per topic whose count reaches `min_n` and `ratio` times the usual number,
        and would be rarer than `rule.chance` under a Poisson law with the usual rate
        (the median of the weeks before, which one earlier peak does not lift; at least 0.5).
    """
    if not rule.enabled:
        return []
    alerts = []
    for topic in sorted({row["topic"] for row in series}):
        rows = [row for row in series if row["topic"] == topic]
        now = next(row for row in rows if row["week"] == week.monday)
        before = [row["n"] for row in rows if row["week"] < week.monday]
        usual = max(statistics.median(before) if before else 0.0, 0.5)
        n = now["n"]
        if n >= rule.min_n and n >= rule.ratio * usual and poisson.sf(n - 1, usual) < rule.chance:
            alerts.append(_surge(now, week, usual))
    return alerts


def _surge(row: Mapping[str, Any], week: Week, usual: float) -> AlertRow:
    copies = row["n_articles"] - row["n"]
    again = f" Salinan berita yang sama ({copies}) tidak dihitung." if copies else ""
    return AlertRow(
        identity("surge", row["topic"], week.monday, week.sunday),
        "surge",
        row["topic"],
        week.monday,
        week.sunday,
        float(row["n"]),
        round(usual, 2),
        f"{row['topic_label']}: {row['n']} laporan dan cerita dalam seminggu, "
        f"biasanya sekitar {usual:.1f}".replace(".", ",")
        + f".{again}",
    )


def widespread(stories: Sequence[Mapping[str, Any]], week: Week, rule: Widespread) -> list[AlertRow]:
    """Stories that reached many outlets within hours.

    Args:
        stories: rows of `widespread_stories`, already cut to the rule's numbers.
        week: the week they began in.
        rule: thresholds, quoted in the reason.
    """
    if not rule.enabled:
        return []
    return [
        AlertRow(
            identity("widespread", row["story_id"], week.monday, week.sunday),
            "widespread",
            row["story_id"],
            week.monday,
            week.sunday,
            float(row["n_sources"]),
            float(rule.min_outlets),
            f"“{row['title']}” dimuat {row['n_sources']} media dalam {rule.window_hours} jam; "
            f"{row['n_voices']} di antaranya menulis sendiri.",
        )
        for row in stories
    ]


SOURCE_WORDS = {
    "hilang": "tidak dapat dihubungi pada tiga percobaan terakhir",
    "rusak": "gagal diambil atau tidak terbaca pada percobaan terakhir",
    "diblokir": "menolak perayap kita",
    "sepi": "memuat jauh lebih sedikit daripada biasanya",
}


def silent_sources(sources: Sequence[Mapping[str, Any]], week: Week, rule: SilentSource) -> list[AlertRow]:
    """Sources whose verdict is bad: the crawler's trouble must not look like people's silence.

    Args:
        sources: rows of `mart_source_health`.
        week: the week the alert is filed under.
        rule: on or off.
    """
    if not rule.enabled:
        return []
    return [
        AlertRow(
            identity("silent_source", row["source_id"], week.monday, week.sunday),
            "silent_source",
            row["source_id"],
            week.monday,
            week.sunday,
            float(row["n_last_week"]),
            float(row["norm_per_week"]),
            f"Sumber {row['name']} {SOURCE_WORDS[row['verdict']]}. "
            "Angka minggu ini tidak mencakup sumber tersebut.",
        )
        for row in sources
        if row["verdict"] in SOURCE_WORDS
    ]
