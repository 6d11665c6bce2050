"""Feeds, WordPress JSON and sitemaps of the fictional outlets."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from werkzeug import Request, Response

from samples import pages
from samples.dates import WIB
from samples.newsdesk import slug_of
from samples.records import Article

if TYPE_CHECKING:
    from samples.site import Site

FEED_SIZE = 10
PLAIN_SIZE = 20
BLOGGER_DEFAULT, BLOGGER_MOST = 25, 150
WP_DEFAULT, WP_MOST = 10, 100
NEWS_SITEMAP_AGE = timedelta(days=2)
XML = "application/rss+xml; charset=UTF-8"


def _conditional(body: str | bytes, mimetype: str, request: Request, newest: datetime | None) -> Response:
    """A response with validators that answers 304 to a matching question."""
    response = Response(body, content_type=mimetype)
    response.add_etag()
    if newest is not None:
        response.last_modified = newest
    response.make_conditional(request)
    return response


def _number(request: Request, name: str, default: int, most: int | None = None) -> int:
    raw = request.args.get(name, "")
    value = max(1, int(raw)) if raw.isdigit() else default
    return value if most is None else min(value, most)


def _render(site: Site, template: str, articles: Sequence[Article], **more: Any) -> str:  # noqa: ANN401 - template context
    listed = pages.stories(articles, site.base, site.outlet)
    return pages.render(f"feeds/{template}.xml", outlet=site.outlet, base=site.base, listed=listed, **more)


def _newest(articles: Sequence[Article]) -> datetime | None:
    return articles[0].published_at if articles else None


def wordpress(site: Site, request: Request, name: str | None = None) -> Response:
    """``/feed/``: ten items a page (``?paged=2``), of everything, a tag or a section."""
    articles = list(site.articles)
    if name is not None:
        tagged = site.tagged(name)
        articles = tagged or [a for a in articles if slug_of(a.section) == name]
    paged = _number(request, "paged", 1)
    shown = articles[(paged - 1) * FEED_SIZE : paged * FEED_SIZE]
    if not shown and paged > 1:
        return site.missing()
    return _conditional(_render(site, "wordpress", shown), XML, request, _newest(shown))


def plain(site: Site, request: Request) -> Response:
    """A house-made RSS feed with the newest 20 items."""
    if site.outlet.feed == "none":
        return site.missing()
    shown = site.articles[:PLAIN_SIZE]
    return _conditional(_render(site, "plain", shown), "text/xml; charset=utf-8", request, _newest(shown))


def blogger(site: Site, request: Request, name: str | None = None) -> Response:
    """Blogger's feed, Atom or (``alt=rss``) RSS, with ``start-index`` and ``max-results``."""
    articles = list(site.articles) if name is None else site.tagged(name)
    start = _number(request, "start-index", 1)
    size = _number(request, "max-results", BLOGGER_DEFAULT, BLOGGER_MOST)
    shown = articles[start - 1 : start - 1 + size]
    rss = request.args.get("alt") == "rss"
    following = None
    if start - 1 + size < len(articles):
        following = f"{site.base}/feeds/posts/default?start-index={start + size}&max-results={size}"
    body = _render(
        site, "blogger_rss" if rss else "blogger_atom", shown,
        total=len(articles), start=start, size=size, next=following,
    )  # fmt: skip
    mimetype = XML if rss else "application/atom+xml; charset=UTF-8"
    return _conditional(body, mimetype, request, _newest(shown))


def wp_root(site: Site, _request: Request) -> Response:
    """``/wp-json/``: what the API is."""
    data = {
        "name": site.outlet.name,
        "description": site.outlet.tagline,
        "url": site.base,
        "home": site.base,
        "gmt_offset": 7,
        "timezone_string": "Asia/Jakarta",
        "namespaces": ["oembed/1.0", "wp/v2"],
        "routes": {"/wp/v2/posts": {"methods": ["GET"]}},
    }
    return _json(data)


def wp_posts(site: Site, request: Request, number: str | None = None) -> Response:
    """``/wp-json/wp/v2/posts``: paged, filtered by ``search``, ``after``, ``before``."""
    if number is not None:
        found = [a for a in site.articles if str(a.number) == number]
        if not found:
            return _wp_error("rest_post_invalid_id", "ID pos tidak valid.", 404)
        return _json(_wp_post(found[0], site))
    if request.args.get("per_page", "10").isdigit() and int(request.args.get("per_page", 10)) > WP_MOST:
        return _wp_error("rest_invalid_param", "Parameter tidak sah: per_page", 400)
    size = _number(request, "per_page", WP_DEFAULT, WP_MOST)
    page = _number(request, "page", 1)
    try:
        articles = _filtered(site.articles, request)
    except ValueError:
        return _wp_error("rest_invalid_param", "Parameter tidak sah: after, before", 400)
    total_pages = -(-len(articles) // size)
    if page > max(1, total_pages):
        text = "Nomor halaman yang diminta lebih besar dari jumlah halaman yang tersedia."
        return _wp_error("rest_post_invalid_page_number", text, 400)
    shown = articles[(page - 1) * size : page * size]
    fields = [f for f in request.args.get("_fields", "").split(",") if f]
    posts = [_wp_post(article, site) for article in shown]
    if fields:
        posts = [{key: value for key, value in post.items() if key in fields} for post in posts]
    response = _json(posts)
    response.headers["X-WP-Total"] = str(len(articles))
    response.headers["X-WP-TotalPages"] = str(total_pages)
    return response


def _filtered(articles: Sequence[Article], request: Request) -> list[Article]:
    found = list(articles)
    words = request.args.get("search", "").lower()
    if words:
        found = [a for a in found if words in f"{a.title} {a.text}".lower()]
    after, before = request.args.get("after"), request.args.get("before")
    if after:
        found = [a for a in found if a.published_at > _moment(after)]
    if before:
        found = [a for a in found if a.published_at < _moment(before)]
    if request.args.get("order") == "asc":
        found.reverse()
    return found


def _moment(text: str) -> datetime:
    # "+" in an unquoted query arrives as a space
    value = datetime.fromisoformat(text.replace(" ", "+"))
    return value if value.tzinfo else value.replace(tzinfo=WIB)


def _wp_post(article: Article, site: Site) -> dict[str, Any]:
    story = pages.Story(article, site.base, site.outlet)
    local, utc = "%Y-%m-%dT%H:%M:%S", UTC
    excerpt = f"<p>{escape(story.excerpt)} [&hellip;]</p>\n"
    return {
        "id": article.number,
        "date": story.moment.astimezone(WIB).strftime(local),
        "date_gmt": story.moment.astimezone(utc).strftime(local),
        "guid": {"rendered": f"{site.base}/?p={article.number}"},
        "modified": story.edited.astimezone(WIB).strftime(local),
        "modified_gmt": story.edited.astimezone(utc).strftime(local),
        "slug": article.slug,
        "status": "publish",
        "type": "post",
        "link": story.href,
        "title": {"rendered": str(escape(article.title))},
        "content": {"rendered": story.html, "protected": False},
        "excerpt": {"rendered": excerpt, "protected": False},
        "author": 1 + len(article.author),
        "comment_status": "open",
        "format": "standard",
        "categories": [1],
        "tags": [],
        "yoast_head_json": {
            "author": article.author,
            "article_published_time": pages.iso_utc(story.moment),
        },
    }


def _json(data: Any) -> Response:  # noqa: ANN401 - JSON is any
    return Response(json.dumps(data, ensure_ascii=False), content_type="application/json; charset=UTF-8")


def _wp_error(code: str, message: str, status: int) -> Response:
    response = _json({"code": code, "message": message, "data": {"status": status}})
    response.status_code = status
    return response


def _sitemap_response(body: str, request: Request, articles: Sequence[Article]) -> Response:
    return _conditional(body, "text/xml; charset=UTF-8", request, _newest(articles))


def sitemap_index(site: Site, request: Request) -> Response:
    """WordPress (``/sitemap_index.xml``) and Blogger (``/sitemap.xml``, whose parts are pages)."""
    if site.outlet.platform == "blogger":
        if "page" in request.args:
            return sitemap(site, request)
        part: dict[str, str | datetime | None] = {
            "loc": f"{site.base}/sitemap.xml?page=1",
            "lastmod": None,
        }
    else:
        part = {"loc": f"{site.base}/post-sitemap.xml", "lastmod": _newest(site.articles)}
    body = pages.render("feeds/sitemapindex.xml", parts=[part])
    return _sitemap_response(body, request, site.articles)


def sitemap(site: Site, request: Request) -> Response:
    """All articles in one sitemap."""
    return _sitemap_response(_render(site, "urlset", site.articles, news=False), request, site.articles)


def monthly_index(site: Site, request: Request) -> Response:
    """A sitemap index with one compressed sitemap a month, and the news sitemap."""
    latest: dict[str, datetime] = {}
    for article in site.articles:
        latest.setdefault(f"{article.published_at.astimezone(WIB):%Y-%m}", article.published_at)
    parts = [
        {"loc": f"{site.base}/sitemap-{month}.xml.gz", "lastmod": moment} for month, moment in latest.items()
    ]
    parts.append({"loc": f"{site.base}/sitemap-news.xml", "lastmod": _newest(site.articles) or site.now})
    return _sitemap_response(pages.render("feeds/sitemapindex.xml", parts=parts), request, site.articles)


def monthly_sitemap(site: Site, request: Request, month: str) -> Response:
    """One month, compressed as a file (no Content-Encoding), as many sites serve it."""
    shown = [a for a in site.articles if f"{a.published_at.astimezone(WIB):%Y-%m}" == month]
    if not shown:
        return site.missing()
    body = gzip.compress(_render(site, "urlset", shown, news=False).encode(), mtime=0)
    return _conditional(body, "application/x-gzip", request, _newest(shown))


def news_sitemap(site: Site, request: Request) -> Response:
    """The last two days with titles and publication dates."""
    shown = [a for a in site.articles if site.now - a.published_at <= NEWS_SITEMAP_AGE]
    return _sitemap_response(_render(site, "urlset", shown, news=True), request, shown)
