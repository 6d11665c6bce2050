"""One outlet's web site: which address shows what.

A site is a function of its articles, the time and the request; it has no state of its own.
Addresses follow the platforms the outlets are modelled on (WordPress, Blogger, …).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug import Request, Response

from samples import feeds, pages
from samples.media import Media, Outlet
from samples.newsdesk import slug_of
from samples.records import Article

PER_PAGE = {
    "pesisir": 10, "patikini": 12, "pemkab": 10, "detak": 15, "tribun": 20, "promedia": 15, "laravel": 9,
}  # fmt: skip
SOFT_404 = frozenset({"patikini", "pemkab"})
SPLIT = frozenset({"tribun", "promedia", "lereng"})
"""Platforms that show a long story in parts."""
SEARCH_PARAMETERS = ("s", "q")


@dataclass(frozen=True, slots=True)
class Site:
    """What a request sees of an outlet.

    Attributes:
        outlet: the outlet.
        media: section names.
        articles: published by `now`, newest first.
        now: the newsroom's time.
        base: ``http://<host>:<port>``.
    """

    outlet: Outlet
    media: Media
    articles: Sequence[Article]
    now: datetime
    base: str

    def respond(self, request: Request) -> Response:
        """Answer one request."""
        path = request.path
        if path == "/robots.txt":
            return Response(self.robots(), mimetype="text/plain")
        for pattern, handler in ROUTES[self.outlet.platform]:
            match = re.fullmatch(pattern, path)
            if match:
                return handler(self, request, **match.groupdict())
        return self._article(request) or self.missing()

    def robots(self) -> str:
        """The outlet's robots.txt."""
        lines = ["User-agent: *", "Disallow: /wp-admin/", "Disallow: /search", "Disallow: /*?s="]
        names = {"wordpress": "sitemap_index", "blogger": "sitemap", "pesisir": "sitemap"}
        name = names.get(self.outlet.platform)
        if self.outlet.platform == "promedia":
            name = "sitemap-news"
        if name:
            lines += ["", f"Sitemap: {self.base}/{name}.xml"]
        return "\n".join(lines) + "\n"

    def page(self, **context: Any) -> str:  # noqa: ANN401 - template context
        """Render the outlet's layout: an article, a list or a not-found page."""
        known: dict[str, Any] = {
            "outlet": self.outlet,
            "base": self.base,
            "now": self.now,
            "sections": self.media.sections,
            "popular": self.stories(self.articles[3:40:8]),
            "a": None, "missing": False, "heading": "", "related": [], "listed": [],
            "page": 1, "previous": None, "next": None, "part": "1",
        }  # fmt: skip
        return pages.render(f"{self.outlet.layout}.html", **(known | context))

    def missing(self) -> Response:
        """Not found; some sites say so with status 200."""
        status = 200 if self.outlet.platform in SOFT_404 or self.outlet.clone_of else 404
        heading = "Halaman tidak ditemukan"
        return Response(self.page(missing=True, heading=heading), status=status, mimetype="text/html")

    def stories(self, articles: Sequence[Article]) -> list[pages.Story]:
        """Wrap articles for templates."""
        return pages.stories(articles, self.base, self.outlet)

    def listing(self, articles: Sequence[Article], heading: str, number: int, link: str) -> Response:
        """One page of a list.

        Args:
            articles: the whole list.
            heading: its title.
            number: page number from 1.
            link: address pattern of the pages with ``{}`` for the number.

        Returns:
            The page, or not found past the end.
        """
        size = PER_PAGE.get(self.outlet.platform, 10)
        shown = articles[(number - 1) * size : number * size]
        if number > 1 and not shown:
            return self.missing()
        html = self.page(
            heading=heading,
            listed=self.stories(shown),
            page=number,
            previous=self.base + link.format(number - 1) if number > 1 else None,
            next=self.base + link.format(number + 1) if len(articles) > number * size else None,
        )
        return Response(html, mimetype="text/html")

    def tagged(self, name: str) -> list[Article]:
        """Articles with a tag, by its address part."""
        return [a for a in self.articles if slug_of(name) in {slug_of(t) for t in a.tags}]

    def _article(self, request: Request) -> Response | None:
        path = request.path
        amp = request.args.get("amp") == "1"
        by_path = {article.path: article for article in self.articles}
        if path not in by_path:
            for shape in (r"(.*/)amp/", r"(.*)/amp", r"/amp(/.*)"):
                match = re.fullmatch(shape, path)
                if match and match.group(1) in by_path:
                    path, amp = match.group(1), True
                    break
        found = by_path.get(path)
        if found is None:
            return self._with_slash(request, by_path)
        part = request.args.get("page", "1") if self.outlet.platform in SPLIT else "all"
        story = pages.Story(found, self.base, self.outlet, part)
        if part != "all" and not (part.isdigit() and 1 <= int(part) <= story.parts):
            return self.missing()
        if amp:
            html = pages.render("amp.html", a=story, outlet=self.outlet, now=self.now)
        else:
            html = self.page(a=story, related=self._related(found), part=part)
        return Response(html, mimetype="text/html")

    def _with_slash(self, request: Request, by_path: dict[str, Article]) -> Response | None:
        if request.path + "/" in by_path:
            return redirect(self.base + request.path + "/")
        return None

    def _related(self, article: Article) -> list[pages.Story]:
        others = [a for a in self.articles if a.id != article.id]
        same = [a for a in others if a.labels.topic == article.labels.topic][:2]
        rest = [a for a in others if a not in same][: 5 - len(same)]
        return self.stories(same + rest)


def redirect(location: str) -> Response:
    """A permanent redirect."""
    return Response(status=301, headers={"Location": location})


Handler = Callable[..., Response]


def _home(site: Site, request: Request, page: str = "1") -> Response:
    number = request.args.get("p")
    if number is not None:
        for article in site.articles:
            if str(article.number) == number:
                return redirect(site.base + article.path)
        return site.missing()
    for name in SEARCH_PARAMETERS:
        if name in request.args:
            words = request.args[name].lower()
            found = [a for a in site.articles if words in f"{a.title} {a.text}".lower()]
            return site.listing(found, f"Hasil pencarian: {words}", 1, f"/?{name}={words}&page={{}}")
    return site.listing(site.articles, site.outlet.name, int(page), "/page/{}/")


def _tag(link: str) -> Handler:
    def handle(site: Site, request: Request, name: str, page: str | None = None) -> Response:
        number = page or request.args.get("page", "1")
        found = site.tagged(name)
        if not found or not number.isdigit():
            return site.missing()
        pattern = link.format(name=name, n="{}")
        return site.listing(found, f"Tag: {name}", int(number), pattern)

    return handle


def _by(kind: str, link: str) -> Handler:
    """Lists by author or section, whose address part is their slug."""

    def handle(site: Site, request: Request, name: str, page: str | None = None) -> Response:
        number = page or request.args.get("page", "1")
        found = [a for a in site.articles if slug_of(getattr(a, kind)) == name]
        if not found or not number.isdigit():
            return site.missing()
        pattern = link.format(name=name, n="{}")
        return site.listing(found, getattr(found[0], kind), int(number), pattern)

    return handle


def _index(link: str, heading: str) -> Handler:
    def handle(site: Site, request: Request, page: str | None = None) -> Response:
        number = page or request.args.get("page", "1")
        if not number.isdigit() or int(number) < 1:
            return site.missing()
        return site.listing(site.articles, heading, int(number), link)

    return handle


def _older(site: Site, request: Request) -> Response:
    """Blogger pages by time: ``/search?updated-max=…``."""
    limit = request.args.get("updated-max", "")
    older = [a for a in site.articles if pages.iso_wib(a.published_at) < limit]
    shown = older or list(site.articles)
    size = 10
    following = None
    if len(shown) > size:
        last = pages.iso_wib(shown[size - 1].published_at)
        following = f"{site.base}/search?updated-max={last.replace('+', '%2B')}&max-results={size}"
    html = site.page(heading=site.outlet.name, listed=site.stories(shown[:size]), next=following)
    return Response(html, mimetype="text/html")


def _to(path: str) -> Handler:
    def handle(site: Site, _request: Request) -> Response:
        return redirect(site.base + path)

    return handle


def _stylesheet(_site: Site, _request: Request) -> Response:
    return Response("body{font-family:sans-serif}", mimetype="text/css")


PAGE = r"(?:page/(?P<page>\d+)/?)?"
NAME = r"(?P<name>[^/]+)"
COMMON: tuple[tuple[str, Handler], ...] = ((r"/assets/style\.css", _stylesheet),)
ROUTES: dict[str, tuple[tuple[str, Handler], ...]] = {
    "wordpress": (
        *COMMON,
        (r"/", _home),
        (r"/page/(?P<page>\d+)/", _home),
        (r"/feed", _to("/feed/")),
        (r"/feed/", feeds.wordpress),
        (rf"/tag/{NAME}/feed/", feeds.wordpress),
        (rf"/category/{NAME}/feed/", feeds.wordpress),
        (r"/wp-json/?", feeds.wp_root),
        (r"/wp-json/wp/v2/posts/?", feeds.wp_posts),
        (r"/wp-json/wp/v2/posts/(?P<number>\d+)/?", feeds.wp_posts),
        (r"/(?:wp-)?sitemap\.xml", _to("/sitemap_index.xml")),
        (r"/sitemap_index\.xml", feeds.sitemap_index),
        (r"/post-sitemap\.xml", feeds.sitemap),
        (rf"/tag/{NAME}/{PAGE}", _tag("/tag/{name}/page/{n}/")),
        (rf"/category/{NAME}/{PAGE}", _by("section", "/category/{name}/page/{n}/")),
        (rf"/author/{NAME}/{PAGE}", _by("author", "/author/{name}/page/{n}/")),
    ),
    "blogger": (
        *COMMON,
        (r"/", _older),
        (r"/search", _older),
        (r"/feeds/posts/(?:default|summary)", feeds.blogger),
        (rf"/feeds/posts/default/-/{NAME}", feeds.blogger),
        (r"/rss\.xml", _to("/feeds/posts/default?alt=rss")),
        (r"/atom\.xml", _to("/feeds/posts/default")),
        (r"/sitemap\.xml", feeds.sitemap_index),
        (rf"/search/label/{NAME}", _tag("/search/label/{name}?page={n}")),
    ),
    "tribun": (
        *COMMON,
        (r"/", _index("/index-news?page={}", "Berita Terbaru")),
        (r"/rss/?", feeds.plain),
        (r"/index-news", _index("/index-news?page={}", "Indeks Berita")),
        (rf"/tag/{NAME}", _tag("/tag/{name}?page={n}")),
        (rf"/author/{NAME}", _by("author", "/author/{name}?page={n}")),
    ),
    "detak": (
        *COMMON,
        (r"/(?:jateng(?:/berita)?)?", _index("/indeks?page={}", "Berita Terbaru")),
        (r"/rss", feeds.plain),
        (r"/indeks", _index("/indeks?page={}", "Indeks Berita")),
        (rf"/tag/{NAME}", _tag("/tag/{name}?page={n}")),
    ),
    "pemkab": (
        *COMMON,
        (r"/", _index("/berita?page={}", "Berita Terkini")),
        (r"/berita", _index("/berita?page={}", "Berita")),
        (r"/rss\.xml", feeds.plain),
    ),
    "pesisir": (
        *COMMON,
        (r"/", _index("/", "Terbaru")),
        (r"/sitemap\.xml", feeds.monthly_index),
        (rf"/penulis/{NAME}", _by("author", "/penulis/{name}?page={n}")),
        (r"/sitemap-news\.xml", feeds.news_sitemap),
        (r"/sitemap-(?P<month>\d{4}-\d\d)\.xml\.gz", feeds.monthly_sitemap),
    ),
    "patikini": (
        *COMMON,
        (r"/", _index("/berita/halaman/{}", "Berita Terbaru")),
        (r"/berita", _index("/berita/halaman/{}", "Berita Terbaru")),
        (r"/berita/halaman/(?P<page>\d+)", _index("/berita/halaman/{}", "Berita Terbaru")),
        (rf"/tag/{NAME}", _tag("/tag/{name}?page={n}")),
    ),
    "promedia": (
        *COMMON,
        (r"/", _index("/indeks-berita?page={}", "Berita Terkini")),
        (r"/indeks-berita", _index("/indeks-berita?page={}", "Indeks Berita")),
        (r"/sitemap-news\.xml", feeds.news_sitemap),
        (rf"/tag/{NAME}", _tag("/tag/{name}?page={n}")),
        (rf"/{NAME}", _by("section", "/{name}?page={n}")),
    ),
    "jawapos": (
        *COMMON,
        (r"/", _index("/indeks?page={}", "Terbaru")),
        (r"/rss", feeds.plain),
        (r"/indeks", _index("/indeks?page={}", "Indeks")),
        (rf"/tag/{NAME}", _tag("/tag/{name}?page={n}")),
        (rf"/{NAME}", _by("section", "/{name}?page={n}")),
    ),
    "lereng": (
        *COMMON,
        (r"/", _index("/terbaru?page={}", "Terbaru")),
        (r"/terbaru", _index("/terbaru?page={}", "Terbaru")),
        (rf"/tag/{NAME}", _tag("/tag/{name}?page={n}")),
        (rf"/kategori/{NAME}", _by("section", "/kategori/{name}?page={n}")),
        (rf"/{NAME}", _by("author", "/{name}?page={n}")),
    ),
    "laravel": (
        *COMMON,
        (r"/", _to("/id")),
        (r"/id", _index("/id/berita?page={}", "Berita Terkini")),
        (r"/id/berita", _index("/id/berita?page={}", "Berita")),
    ),
}
