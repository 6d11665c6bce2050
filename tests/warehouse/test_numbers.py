"""Each number of the marts against a lake small enough to count by hand."""

from datetime import UTC, date, datetime

import pytest

from tests.warehouse.rows import complaint, document, enrich, labels, load
from warehouse import Lake, queries
from warehouse.queries import Week
from warehouse.store import replace_stories

WEEK = Week(date(2026, 11, 9))


def on(day: int, hour: int = 3, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (on(8, 16), date(2026, 11, 2)),  # Sunday 23.00 WIB
        (on(8, 17), date(2026, 11, 9)),  # Monday 00.00 WIB
        (on(15, 16), date(2026, 11, 9)),
        (on(15, 17), date(2026, 11, 16)),
    ],
)
def test_weeks_turn_at_midnight_wib(lake: Lake, moment: datetime, monday: date) -> None:
    load(lake, "b", [document("d1", published_at=moment)])
    assert lake.value("SELECT week FROM mart_document") == monday
    assert queries.week_of(moment).monday == monday


def test_week_total_compares_with_the_week_before_and_four_weeks(lake: Lake) -> None:
    days = [on(11)] * 12 + [on(4)] * 10 + [on(28, month=10)] * 2
    load(lake, "b", [document(f"d{i}", published_at=day) for i, day in enumerate(days)])
    enrich(lake, [labels(f"d{i}", sentiment="positif" if i < 3 else "negatif") for i in range(len(days))])
    total = queries.week_total(lake, WEEK)
    assert (total.n, total.n_before, total.mean_4) == (12, 10, 3.0)
    assert total.change == pytest.approx(0.2)
    assert total.net_tone == pytest.approx((3 - 9) / 12)


def test_week_total_is_of_one_kind_or_of_all(lake: Lake) -> None:
    load(lake, "b", [document("d1"), document("d2"), document("d3", kind="social")])
    enrich(lake, [labels(f"d{i}") for i in (1, 2, 3)])
    assert [queries.week_total(lake, WEEK, kinds).n for kinds in (["news"], ["social"], None)] == [2, 1, 3]
    with pytest.raises(ValueError, match="one kind at a time"):
        queries.week_total(lake, WEEK, ["news", "social"])


def test_no_share_below_ten(lake: Lake) -> None:
    load(lake, "b", [document(f"d{i}", published_at=on(11 if i < 9 else 4)) for i in range(18)])
    enrich(lake, [labels(f"d{i}") for i in range(18)])
    total = queries.week_total(lake, WEEK)
    assert (total.n, total.n_before, total.change, total.net_tone) == (9, 9, None, None)
    assert queries.opd_tone(lake, WEEK, window=1)["net_tone"].isna().all()


def test_irrelevant_and_undated_documents_are_in_no_week(lake: Lake) -> None:
    load(lake, "b", [document("d1"), document("d2", published_at=None), document("d3")])
    enrich(lake, [labels("d1"), labels("d2"), labels("d3", relevant=False)])
    assert queries.week_total(lake, WEEK).n == 1
    assert queries.status(lake).n_undated == 1


def test_copies_are_articles_but_not_voices(lake: Lake) -> None:
    load(lake, "b", [document(f"d{i}", source_id=f"s{i}") for i in range(4)])
    enrich(lake, [labels(f"d{i}") for i in range(4)])
    head = {"story_id": "s-1", "lead_doc_id": "d0", "first_at": on(11), "last_at": on(11)}
    members = [
        {"story_id": "s-1", "doc_id": f"d{i}", "copy_of": "d0" if i in (1, 2) else None} for i in range(4)
    ]
    replace_stories(lake, [head], members)
    row = queries.stories(lake, WEEK).iloc[0]
    assert (row["n_articles"], row["n_sources"], row["n_copies"], row["n_voices"]) == (4, 4, 2, 2)
    assert queries.week_total(lake, WEEK).n_stories == 1


STATUSES = [
    # status, open, answered, resolved, set aside
    ("baru", True, False, False, False),
    ("diproses", True, False, False, False),
    ("dibalas", True, True, False, False),
    ("ditanggapi_pelapor", True, True, False, False),
    ("selesai_admin", False, True, True, False),
    ("selesai_sistem", False, True, True, False),
    ("arsip", False, False, False, True),
    ("bukan_wewenang", False, False, False, True),
]


@pytest.mark.parametrize(("status", "is_open", "answered", "resolved", "aside"), STATUSES)
def test_what_a_status_means(
    lake: Lake, status: str, is_open: bool, answered: bool, resolved: bool, aside: bool
) -> None:
    load(lake, "b", [document("c1", kind="complaint")], [complaint("c1", status=status)])
    enrich(lake, [labels("c1")])
    totals = queries.queue_totals(lake, queries.ComplaintFilter())
    assert (totals.n_open, totals.n_answered, totals.n_resolved, totals.n_set_aside) == (
        is_open, answered, resolved, aside,
    )  # fmt: skip


def test_a_confidential_complaint_shows_no_text_and_is_not_found(lake: Lake) -> None:
    load(lake, "b", [document("c1", kind="complaint", text="rahasia betul")],
         [complaint("c1", confidentiality="rahasia")])  # fmt: skip
    enrich(lake, [labels("c1")])
    page = queries.complaints(lake, queries.ComplaintFilter())
    assert page.rows["text"].tolist() == ["(aduan rahasia)"]
    assert page.rows["title"].tolist() == [""]
    assert queries.complaints(lake, queries.ComplaintFilter(words="betul")).total == 0
