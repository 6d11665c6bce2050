"""Decisions about platforms without a network: pace, money, hashtags, refusals, text."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config.social import Price, Social
from config.social import X as XSettings
from crawlers.markup import hashtags, plain
from crawlers.social import bluesky, x
from crawlers.social.budgets import Ledger, in_window, may_search, next_free
from crawlers.social.graph import after, explain, moment, onward
from crawlers.social.model import Ask, Place
from crawlers.social.problems import SENTENCES, SocialProblemError
from crawlers.social.rates import rate_of

NOW = datetime(2026, 11, 16, 3, tzinfo=UTC)
DATE = "Mon, 16 Nov 2026 04:00:00 GMT"  # the platform's clock is an hour ahead of ours
EPOCH = int(datetime(2026, 11, 16, 4, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("headers", "remaining", "wait"),
    [
        ({}, None, None),
        ({"x-rate-limit-remaining": "3", "x-rate-limit-reset": str(EPOCH + 60), "date": DATE}, 3, 60),
        ({"ratelimit-remaining": "0", "ratelimit-reset": str(EPOCH + 5), "date": DATE}, 0, 5),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-11-16T03:05:00.5Z"}, 0, 300.5),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-11-16T02:00:00Z"}, 0, 0),
        ({"retry-after": "17"}, None, 17),
        ({"retry-after": "17", "ratelimit-reset": str(EPOCH + 600), "date": DATE}, None, 17),
        ({"retry-after": "Mon, 16 Nov 2026 04:02:00 GMT", "date": DATE}, None, 120),
        ({"x-app-usage": json.dumps({"call_count": 28, "total_time": 99})}, None, None),
        ({"x-app-usage": json.dumps({"call_count": 28, "total_time": 100})}, 0, 3600),
        (
            {
                "x-business-use-case-usage": json.dumps(
                    {"17": [{"call_count": 100, "estimated_time_to_regain_access": 19}]}
                )
            },
            0,
            19 * 60,
        ),
        (
            {"x-app-usage": "rusak", "x-ratelimit-remaining": "banyak", "x-ratelimit-reset": "nanti"},
            None,
            None,
        ),
        ({"x-rate-limit-reset": "9" * 30}, None, None),
    ],
)
def test_the_pace_is_read_from_headers(
    headers: dict[str, str], remaining: int | None, wait: float | None
) -> None:
    rate = rate_of(headers, NOW)
    assert (rate.remaining, rate.wait) == (remaining, wait)
    assert rate.spent == (remaining == 0)


@pytest.mark.parametrize(
    ("spent", "cap", "price", "reads"),
    [
        (0.0, 25.0, 0.005, 5000),
        (24.95, 25.0, 0.005, 10),
        (24.999, 25.0, 0.005, 0),
        (30.0, 25.0, 0.005, 0),
        (0.0, 0.0, 0.005, 0),
        (0.3, 0.4, 0.1, 1),  # floating point would make it none
        (99.0, 1.0, 0.0, None),
    ],
)
def test_money_for_reads(spent: float, cap: float, price: float, reads: int | None) -> None:
    assert Ledger("2026-11", usd=spent).affordable(cap, price) == reads


def test_a_ledger_lasts_a_calendar_month() -> None:
    ledger = Ledger.read(None, NOW).book(100, 0.005).book(-40, 0.005)
    assert ledger == Ledger("2026-11", 60, 0.3)
    assert Ledger.read(ledger.text(), datetime(2026, 11, 30, 23, 59, tzinfo=UTC)) == ledger
    assert Ledger.read(ledger.text(), datetime(2026, 12, 1, tzinfo=UTC)) == Ledger("2026-12")


def test_a_price_has_its_time() -> None:
    old = Price(usd=0.01, valid_to=datetime(2026, 2, 5).date())  # noqa: DTZ001 - a day
    new = Price(usd=0.005, valid_from=datetime(2026, 2, 6).date())  # noqa: DTZ001 - a day
    settings = XSettings(price_per_read=(old, new))
    assert settings.price_on(datetime(2026, 2, 5).date()) == 0.01  # noqa: DTZ001 - a day
    assert settings.price_on(NOW.date()) == 0.005
    assert XSettings().price_on(NOW.date()) is None


def test_thirty_hashtags_in_seven_days() -> None:
    log = {f"tag{n}": (NOW - timedelta(days=6, hours=23 - n % 3)).isoformat() for n in range(30)}
    assert may_search(log, "tag7", NOW, 30)  # the same one again costs nothing
    assert not may_search(log, "baru", NOW, 30)
    assert may_search(log, "baru", NOW + timedelta(hours=2), 30)
    assert len(in_window(log, NOW + timedelta(hours=1, minutes=30))) == 20
    assert next_free(log, NOW) == NOW + timedelta(hours=1)
    assert next_free({}, NOW) == NOW


def graph(code: int, subcode: int = 0, message: str = "") -> dict[str, Any]:
    return {"error": {"code": code, "error_subcode": subcode, "message": message}}


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (graph(190, 463), 400, "token_expired"),
        (graph(190, 467), 400, "token_expired"),
        (graph(190), 401, "token_invalid"),
        (graph(4), 400, "rate_limited"),
        (graph(32), 400, "rate_limited"),
        (graph(613), 400, "rate_limited"),
        (graph(18, 2207034), 400, "hashtag_budget"),
        (graph(10), 400, "forbidden"),
        (graph(200), 403, "forbidden"),
        (graph(100, 0, "(#100) Missing permission"), 400, "forbidden"),
        (graph(100, 33, "cannot be loaded due to missing permissions"), 400, "not_found"),
        (graph(100, 0, "(#100) param user_id must be valid"), 400, "bad_request"),
        (graph(2), 500, "server_error"),
        (graph(777), 400, "bad_request"),
        (graph(777), 503, "server_error"),
        ({"error": "teks"}, 429, "rate_limited"),
        (None, 502, "server_error"),
        ([], 404, "not_found"),
    ],
)
def test_refusals_of_the_graph(body: Any, status: int, reason: str) -> None:
    assert explain(status, body).reason == reason


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"title": "UsageCapExceeded"}, 429, "spend_cap"),
        ({"title": "Too Many Requests"}, 429, "rate_limited"),
        ({"type": "https://api.x.com/2/problems/credits", "detail": "x"}, 402, "spend_cap"),
        (
            {"errors": [{"message": "'since_id' must be a tweet id created after 7 days ago"}]},
            400,
            "stale_mark",
        ),
        ({"errors": [{"message": "Invalid 'next_token'"}]}, 400, "stale_mark"),
        ({"errors": [{"message": "'query' is too long"}]}, 400, "bad_request"),
        ({"detail": "Unauthorized"}, 401, "token_invalid"),
        (None, 503, "server_error"),
    ],
)
def test_refusals_of_x(body: Any, status: int, reason: str) -> None:
    assert x.explain(status, body).reason == reason


@pytest.mark.parametrize(
    ("word", "status", "reason"),
    [
        ("ExpiredToken", 400, "token_expired"),
        ("RateLimitExceeded", 429, "rate_limited"),
        ("InvalidRequest", 400, "bad_request"),
        ("UpstreamFailure", 502, "server_error"),
    ],
)
def test_refusals_of_bluesky(word: str, status: int, reason: str) -> None:
    assert bluesky.explain(status, {"error": word, "message": "x"}).reason == reason
    assert bluesky.explain(400, {"error": "InvalidRequest", "message": "Bad cursor"}).reason == "stale_mark"


def test_each_reason_is_a_sentence() -> None:
    for reason in SENTENCES:
        said = SocialProblemError(reason, detail="rincian").sentence("X", "x", "X_BEARER_TOKEN", "10.00")
        assert said.endswith(".")
        assert "{" not in said
        assert ("X_BEARER_TOKEN" in said) == (reason in {"token_expired", "token_invalid"})


@pytest.mark.parametrize(
    ("paging", "token", "fields"),
    [
        ({}, None, {"after": None}),
        ({"cursors": {"after": "MTA="}}, None, {"after": None}),  # no next: it was the last page
        ({"cursors": {"after": "MTA="}, "next": "https://g/x?access_token=T"}, "MTA=", {"after": "MTA="}),
        (
            {"next": "https://g/x?access_token=T&until=1624385168&since&__paging_token=abc&__previous"},
            "__paging_token=abc&until=1624385168",
            {"__paging_token": "abc", "until": "1624385168"},
        ),
        ({"next": "https://g/x?access_token=T"}, None, {"after": None}),
    ],
)  # fmt: skip
def test_pages_of_the_graph(paging: dict[str, Any], token: str | None, fields: dict[str, Any]) -> None:
    assert after({"paging": paging}) == token
    assert onward(token) == fields


@pytest.mark.parametrize(
    ("text", "day"),
    [("2021-07-09T19:09:52+0000", 9), ("2021-07-09T23:00:00-0700", 10), ("kapan", None), (7, None)],
)
def test_times_of_the_graph(text: Any, day: int | None) -> None:
    found = moment(text)
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a</p><p>b &amp; c</p>", "a\n\nb & c"),
        ("<p>satu<br>dua<br />tiga</p>", "satu\ndua\ntiga"),
        ('<p><a href="https://x.example/tags/pati">#<span>pati</span></a> x</p>', "#pati x"),
        ("1 < 2 dan 3 > 2", "1 < 2 dan 3 > 2"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("&lt;b&gt;", "<b>"),
        ("\x00a\u200b", "a"),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert plain(markup).replace("\u200b", "") == text


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Jalan rusak #Juwana #PatiMelawan!", ("juwana", "patimelawan")),
        ("#a#b, #a lagi", ("a",)),
        ("RT 3 #1 juara", ()),
        ("https://x.example/#bagian &#39; #jalan_rusak2", ("jalan_rusak2",)),
        ("\uff03日出", ("日出",)),
    ],
)
def test_hashtags(text: str, tags: tuple[str, ...]) -> None:
    assert hashtags(text) == tags


def test_a_place_survives_being_written_down() -> None:
    place = Place((Ask("posts", "1"), Ask("comments", "1_2", "5", whole=True)), "tok", "99", 3)
    assert Place.read_from(place.text()) == place
    assert Place.read_from("") is None
    assert place.next_list((Ask("x", "y"),)) == Place(
        (Ask("comments", "1_2", "5", whole=True), Ask("x", "y"))
    )


def test_an_endpoint_must_lie_on_a_listed_host() -> None:
    with pytest.raises(ValueError, match=r"'api\.lain\.example' \(endpoint 'x'\) belum ada di 'hosts'"):
        Social.model_validate({"x": {"endpoint": "https://api.lain.example/2"}})
