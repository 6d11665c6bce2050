"""X: recent search, which reaches back seven days and costs money for every post."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from crawlers.items import Document, document_id
from crawlers.markup import tidy
from crawlers.social.budgets import Ledger
from crawlers.social.caller import by_status
from crawlers.social.graph import moment
from crawlers.social.model import Ask, Budget, Cursor, Page, Platform, Post
from crawlers.social.problems import SocialProblemError
from crawlers.state import Change

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from config import Source
    from config.social import X as Settings
    from crawlers.social.caller import Caller
    from crawlers.state import CrawlState

_BOOKS = "api x"  # key of the ledger in the state
_LEAST = 10  # the API refuses to be asked for fewer
_FIELDS = "author_id,created_at,entities,lang,note_tweet,public_metrics,referenced_tweets"
_COUNTS = {"likes": ("like_count",), "comments": ("reply_count",), "views": ("impression_count",),
           "shares": ("retweet_count", "quote_count")}  # fmt: skip
_ANSWERS = ("replied_to", "quoted", "retweeted")


class X(Platform):
    """Reads the recent search, newest first, from the newest post of the last reading on."""

    name, label, methods = "x", "X", ("x_search",)

    def __init__(
        self, caller: Caller, settings: Settings, state: CrawlState, now: Callable[[], datetime]
    ) -> None:
        super().__init__(caller, now)
        self._settings, self._state = settings, state

    def ready(self) -> None:
        """Check that somebody switched it on, and that there is a token."""
        if not self._settings.enabled:
            raise SocialProblemError("switched_off")
        self._caller.need_token()

    def roots(self, _method: str, target: str, /) -> tuple[Ask, ...]:
        """Return the search itself."""
        return (Ask("search", target),)

    def budget(self, _ask: Ask, /) -> Budget:
        """Set aside what a page may cost at most; a crash can only make us think we spent more."""
        ledger, price = self._ledger(), self._price()
        most = self._settings.posts_per_page
        affordable = ledger.affordable(self._settings.monthly_cap_usd, price)
        if affordable is not None:
            most = min(most, affordable)
        if most < _LEAST:
            cap = self._settings.monthly_cap_usd
            detail = f"{ledger.usd:.2f} dari {cap:.2f} dolar AS".replace(".", ",")
            raise SocialProblemError("spend_cap", detail=detail)
        self._note(ledger.book(most, price))
        return Budget(most)

    def settle(self, _ask: Ask, budget: Budget, cost: int, /) -> None:
        """Take back what was set aside and not used."""
        self._note(self._ledger().book(cost - (budget.most or 0), self._price()))

    def pull(self, source: Source, ask: Ask, cursor: Cursor, budget: Budget, /) -> Page:
        """Read one page of the search."""
        fields = {
            "query": ask.key, "max_results": str(budget.most), "tweet.fields": _FIELDS,
            "since_id": cursor.since, "next_token": cursor.token, "sort_order": "recency",
        }  # fmt: skip
        body, _, rate = self._caller.get("tweets/search/recent", fields)
        items, meta = body.get("data", []), body.get("meta", {})
        posts = tuple(Post(post_of(item, source.id, self._now())) for item in items)
        newest = meta.get("newest_id")
        return Page(posts, meta.get("next_token"), rate, newest=newest, cost=len(items))

    def _ledger(self) -> Ledger:
        return Ledger.read(self._state.cursor(_BOOKS, "spent"), self._now())

    def _note(self, ledger: Ledger) -> None:
        self._state.commit({_BOOKS: Change(cursors={"spent": ledger.text()})})

    def _price(self) -> float:
        price = self._settings.price_on(self._now().date())
        if price is None:
            raise SocialProblemError("spend_cap", detail="price_per_read untuk hari ini belum diisi")
        return price


def explain(status: int, body: Any) -> SocialProblemError:  # noqa: ANN401 - JSON is any
    """Turn an error answer into a problem: a problem document, or a list of errors."""
    found = body if isinstance(body, dict) else {}
    kind, detail = str(found.get("type", "")), str(found.get("detail", ""))
    if "usage-capped" in kind or found.get("title") == "UsageCapExceeded":
        return SocialProblemError("spend_cap", detail="batas pemakaian pada akun pengembang X")
    if status == 402 or "credits" in kind:
        return SocialProblemError("spend_cap", detail="saldo akun pengembang X habis")
    messages = " ".join(str(e.get("message", "")) for e in found.get("errors", []) if isinstance(e, dict))
    if status == 400 and "since_id" in f"{messages} {detail}":
        return SocialProblemError("stale_mark")  # older than the seven days that are searched
    if status == 400 and "next_token" in f"{messages} {detail}":
        return SocialProblemError("stale_mark")
    return by_status(status)


def post_of(item: dict[str, Any], source_id: str, now: datetime) -> Document:
    """Build the record of a post. Pure.

    Args:
        item: a post object, with whatever fields it was asked for.
        source_id: the source.
        now: aware.
    """
    note = item.get("note_tweet") or {}
    entities = note.get("entities") or item.get("entities") or {}
    answered = {ref.get("type"): ref.get("id") for ref in item.get("referenced_tweets", [])}
    parent = next((answered[kind] for kind in _ANSWERS if answered.get(kind)), None)
    published = moment(item.get("created_at"))
    return Document(
        kind="social",
        source_id=source_id,
        title="",
        text=tidy(html.unescape(note.get("text") or item.get("text") or "")),
        fetched_at=now,
        external_id=item["id"],
        url=f"https://x.com/i/web/status/{item['id']}",  # leads there without the writer's name
        author=item.get("author_id"),
        published_at=published,
        published_from="api" if published else None,
        parent_id=document_id("social", source_id, parent, None) if parent else None,
        section="x",
        tags=tuple(dict.fromkeys(one["tag"].lower() for one in entities.get("hashtags", []))),
        metrics=_metrics(item.get("public_metrics") or {}),
    )


def _metrics(counts: dict[str, int]) -> dict[str, int]:
    found = {ours: [counts[name] for name in theirs if name in counts] for ours, theirs in _COUNTS.items()}
    return {name: sum(values) for name, values in found.items() if values}
