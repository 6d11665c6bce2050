"""The rules of the verdict on a source, one row each, through the real SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.warehouse.conftest import NOW
from tests.warehouse.rows import complaint, document, load
from warehouse import Lake, queries
from warehouse.store import SourceRow, record_sources, sync_dimensions

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Attempt:
    """A visit some days ago."""

    days: float = 0.1
    ok: bool = True
    n_in: int = 5
    n_duplicate: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None


@dataclass(frozen=True)
class Case:
    """A source, what happened to it, and the verdict it must get."""

    verdict: str
    attempts: Sequence[Attempt] = (Attempt(),)
    days: Sequence[float] = ()  # ages of its items
    expected: float | None = None
    status: str = "active"


def failed(days: float = 0.1, reason: str = "timeout") -> Attempt:
    return Attempt(days, ok=False, n_in=1, reasons={reason: 1})


THRICE = (failed(2), failed(1), failed(0))
WEEKLY = [float(day) for day in range(0, 77, 7)]  # one a week for eleven weeks, the last today
DAILY = [float(day) for day in range(70)]
CASES = {
    "never tried": Case("belum dicoba", attempts=()),
    "not collected on purpose": Case("nonaktif", [failed()], status="quarantined"),
    "reachable and regular": Case("baik", days=WEEKLY),
    "nothing yet, nothing expected": Case("baik"),
    "refused at the door": Case("diblokir", [Attempt(1), failed(reason="blocked")], WEEKLY),
    "forbidden by robots.txt": Case("diblokir", [failed(reason="robots")], WEEKLY),
    "refused for weeks": Case("diblokir", [failed(day, "challenge") for day in (20, 10, 0)], WEEKLY),
    "feed open, pages refused": Case(
        "diblokir", [Attempt(n_in=10, reasons={"challenge": 6, "not_about_pati": 1})], WEEKLY
    ),
    "never reached": Case("hilang", THRICE),
    "gone for more than a week": Case("hilang", [Attempt(9), *THRICE], WEEKLY),
    "three failures in a few days": Case("rusak", [Attempt(3), *THRICE], WEEKLY),
    "two failures are not three": Case("rusak", [Attempt(9), failed(1), failed(0)], WEEKLY),
    "failed now": Case("rusak", [Attempt(1), failed()], WEEKLY),
    "failed before, works now": Case("baik", [failed(1), Attempt()], WEEKLY),
    "most pages give no text": Case(
        "rusak", [Attempt(n_in=10, reasons={"no_text": 4, "soft_404": 2})], WEEKLY
    ),
    "known pages hide no empty ones": Case(
        "rusak", [Attempt(n_in=100, n_duplicate=94, reasons={"no_text": 4})], WEEKLY
    ),
    "half of the pages is not most": Case("baik", [Attempt(n_in=10, reasons={"no_text": 5})], WEEKLY),
    "two empty pages prove nothing": Case("baik", [Attempt(n_in=2, reasons={"no_text": 2})], WEEKLY),
    "writes about other places": Case("baik", [Attempt(n_in=10, reasons={"not_about_pati": 9})], WEEKLY),
    "weekly, silent for 15 days": Case("sepi", days=[day + 15 for day in WEEKLY]),
    "weekly, silent for 13 days": Case("baik", days=[day + 13 for day in WEEKLY]),
    "a long silence is not the norm": Case("sepi", days=[day + 60 for day in WEEKLY]),
    "daily, silent for a week": Case("sepi", days=[day + 7.5 for day in DAILY]),
    "expected, and nothing came": Case("sepi", expected=2.0),
    "two where fourteen are expected": Case("sepi", days=[0.5, 1.5], expected=14.0),
    "three where fourteen are expected": Case("baik", days=[0.5, 1.5, 2.5], expected=14.0),
    "a rare source may be silent": Case("baik", days=[day + 40 for day in WEEKLY], expected=0.5),
    "three days are no history": Case("baik", days=[16.0, 17.0, 20.0]),
}


def sources(lake: Lake, cases: Mapping[str, Case]) -> None:
    rows = [
        (
            name,
            name.title(),
            "news",
            "https://s.example",
            "pati_only",
            case.status,
            "robots_ok",
            case.expected,
        )
        for name, case in cases.items()
    ]
    sync_dimensions(lake, {"dim_source": rows})


def source(lake: Lake, expected: float | None = None) -> None:
    sources(lake, {"s1": Case("", expected=expected)})


def visits(lake: Lake, source_id: str, attempts: Sequence[Attempt]) -> None:
    rows = []
    for number, one in enumerate(attempts):
        rejected = sum(one.reasons.values())
        stored = one.n_in - one.n_duplicate - rejected
        rows.append(
            SourceRow(f"r{number}", source_id, NOW - one.days * DAY, one.ok, one.n_in, stored,
                      one.n_duplicate, rejected, one.error, 2, one.reasons)
        )  # fmt: skip
    record_sources(lake, rows)


def dated(source_id: str, days: Sequence[float]) -> list[dict[str, Any]]:
    return [
        document(
            f"{source_id}-{n}",
            source_id=source_id,
            published_at=NOW - back * DAY,
            fetched_at=NOW - back * DAY,
        )
        for n, back in enumerate(days)
    ]


def health(lake: Lake) -> dict[str, Any]:
    (row,) = queries.records(queries.sources(lake))
    return dict(row)


def test_verdicts(lake: Lake) -> None:
    sources(lake, CASES)
    load(lake, "b", [row for name, case in CASES.items() for row in dated(name, case.days)])
    for name, case in CASES.items():
        visits(lake, name, case.attempts)
    found = {row["source_id"]: row["verdict"] for row in queries.records(queries.sources(lake))}
    assert found == {name: case.verdict for name, case in CASES.items()}


def test_a_source_that_never_failed_is_not_among_the_troubled(lake: Lake) -> None:
    sources(lake, {name: CASES[name] for name in ("failed now", "reachable and regular", "never reached")})
    for name in ("failed now", "reachable and regular", "never reached"):
        visits(lake, name, CASES[name].attempts)
    now = queries.status(lake)
    assert (now.n_sources, now.n_sources_reachable, now.n_sources_ok) == (3, 1, 1)
    assert queries.sources(lake)["source_id"].tolist()[0] == "never reached"  # worst first


def test_the_norm_is_what_is_expected_else_the_median_of_earlier_weeks(lake: Lake) -> None:
    source(lake)
    burst = [22.0 + hour / 24 for hour in range(12)]  # one week of many must not lift the norm
    load(lake, "b", dated("s1", [*WEEKLY, *burst]))
    assert (health(lake)["norm_per_week"], health(lake)["norm_from"]) == (1.0, "riwayat")
    source(lake, expected=5.0)
    assert (health(lake)["norm_per_week"], health(lake)["norm_from"]) == (5.0, "konfigurasi")


def test_items_per_day_count_by_their_own_date_else_by_their_arrival(lake: Lake) -> None:
    source(lake, expected=14.0)
    load(lake, "b", dated("s1", [0.5, 6.5, 7.5, 27.5, 28.5]))
    load(lake, "undated", [document("u", published_at=None, fetched_at=NOW - DAY)])
    load(lake, "tomorrow", [document("t", published_at=NOW + DAY, fetched_at=NOW)])
    load(lake, "other", [document("o", source_id="s2")])
    row = health(lake)
    assert (row["n_7"], row["n_28"], row["n_total"]) == (3, 5, 7)
    assert row["per_day_7"] == pytest.approx(3 / 7)
    assert row["per_day_28"] == pytest.approx(5 / 28)
    assert row["norm_per_day"] == 2.0


def test_coverage_is_a_share_of_what_was_collected_lately(lake: Lake) -> None:
    source(lake)
    midnight_wib = datetime(2026, 11, 10, 17, 0, tzinfo=UTC)
    rows = [document(f"f{n}", fetched_at=NOW - DAY, author="Wartawan Contoh") for n in range(6)]
    rows += [document(f"m{n}", fetched_at=NOW - DAY, published_at=midnight_wib) for n in range(2)]
    rows += [document(f"n{n}", fetched_at=NOW - DAY, published_at=None, text="") for n in range(2)]
    rows += [document(f"o{n}", fetched_at=NOW - 29 * DAY) for n in range(5)]  # too long ago to count
    load(lake, "b", rows)
    row = health(lake)
    assert row["n_new_28"] == 10
    shares = [row[f"share_{name}"] for name in ("dated", "timed", "author", "text")]
    assert shares == pytest.approx([0.8, 0.6, 0.6, 0.8])


def test_no_share_below_ten(lake: Lake) -> None:
    source(lake)
    load(lake, "b", dated("s1", [1.0] * 9))
    row = health(lake)
    assert row["n_new_28"] == 9
    assert all(row[f"share_{name}"] is None for name in ("dated", "timed", "author", "text"))


def test_the_last_attempt_speaks(lake: Lake) -> None:
    source(lake)
    newest = Attempt(1, ok=False, n_in=3, reasons={"timeout": 2, "gone": 1}, error="baru")
    visits(lake, "s1", [Attempt(2, error="lama"), newest])
    row = health(lake)
    assert (row["last_error"], row["last_reason"], row["n_deferred"]) == ("baru", "timeout", 2)
    assert row["last_success_at"] == NOW - 2 * DAY


def test_comments_are_other_peoples(lake: Lake) -> None:
    source(lake, expected=2.0)
    load(lake, "b", dated("s1", [20.0]))
    load(lake, "c", [document(f"k{n}", kind="comment", published_at=NOW - DAY) for n in range(12)])
    visits(lake, "s1", [Attempt()])
    row = health(lake)
    assert (row["verdict"], row["n_7"], row["n_28"], row["n_total"], row["n_new_28"]) == ("sepi", 0, 1, 13, 1)
    assert row["last_item_at"] == NOW - 20 * DAY


def test_a_complaint_counts_when_it_was_received(lake: Lake) -> None:
    source(lake)
    received = complaint("c1", received_at=NOW - 2 * DAY)
    load(lake, "b", [document("c1", kind="complaint", published_at=None, fetched_at=NOW)], [received])
    assert health(lake)["last_item_at"] == NOW - 2 * DAY
