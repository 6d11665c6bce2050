"""Sources: what is collected, where it is found and whether it may be."""

import re
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from config.base import Id, Strict, Text, Url, Zone
from config.column_maps import DateOrder

SourceKind = Literal["news", "government", "video", "social", "complaint"]
Scope = Literal["general", "pati_only"]
Permission = Literal["rss_public", "robots_ok", "agreement", "blocked"]
SourceStatus = Literal["active", "investigating", "quarantined"]
FolderFormat = Literal["sp4n_xlsx", "laporgub", "whatsapp", "complaint_csv", "social_csv"]
DiscoverMethod = Literal[
    "feed", "sitemap", "wordpress", "listing", "news_search", "youtube_channel", "youtube_search",
    "instagram", "facebook", "hashtag", "x_search", "mastodon", "bluesky", "open311", "laporgub",
    "folder",
]  # fmt: skip
METHODS: tuple[DiscoverMethod, ...] = get_args(DiscoverMethod)

PlatformId = Annotated[str, Field(pattern=r"^\d{3,25}$")]
"""An account's number at Meta. Quote it in YAML: a bare number is not text."""
Hashtag = Annotated[str, Field(pattern=r"^#?\w+$"), AfterValidator(lambda tag: tag.lstrip("#").lower())]


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise PydanticCustomError(
            "bad_pattern",
            "pola '{value}' bukan regex yang sah ({why})",
            {"value": value, "why": str(error)},
        ) from error
    return value


class Discover(Strict):
    """One way of finding a source's items: exactly one of the methods.

    Attributes:
        feed: address of an RSS, RDF or Atom feed.
        sitemap: address of a sitemap, sitemap index or news sitemap.
        wordpress: address of a WordPress site whose ``/wp-json/`` is open.
        listing: address of a page that lists articles.
        news_search: address of a news search's feed, for finding articles of other sources.
        youtube_channel: channel id (``UC...``).
        youtube_search: words to search YouTube for; needs ``youtube.searches_per_day``.
        instagram: number of an Instagram account of our own: its posts, their comments, mentions.
        facebook: number of a Facebook page of our own: its posts, their comments, mentions.
        hashtag: hashtag on Instagram.
        x_search: query for X's recent search; see ``x`` in ``social.yaml``.
        mastodon: ``#hashtag``, or words to search for, on the configured server.
        bluesky: words or ``#hashtag`` to search Bluesky for.
        open311: address of an Open311 server's requests (``.../requests.json`` or ``.xml``, with
            its ``jurisdiction_id`` in the query if it has one).
        laporgub: address of a page that lists LaporGub's public reports.
        folder: folder of files to import, relative to the inbox folder.
        format: what the files in `folder` are; required with `folder` only.
        date_order: order of day and month in files whose dates do not show it; with `folder` only.
        link_pattern: regular expression that article links on `listing` must match.
        any_host: keep what `news_search` finds at outlets that are not configured, too; without
            it only configured outlets are fetched. One that is blocked never is.
    """

    feed: Url | None = None
    sitemap: Url | None = None
    wordpress: Url | None = None
    listing: Url | None = None
    news_search: Url | None = None
    youtube_channel: Annotated[str, Field(pattern=r"^UC[A-Za-z0-9_-]{22}$")] | None = None
    youtube_search: Text | None = None
    instagram: PlatformId | None = None
    facebook: PlatformId | None = None
    hashtag: Hashtag | None = None
    x_search: Text | None = None
    mastodon: Text | None = None
    bluesky: Text | None = None
    open311: Annotated[Url, Field(pattern=r"/requests\.(?:json|xml)(?:\?|$)")] | None = None
    laporgub: Url | None = None
    folder: Text | None = None
    format: FolderFormat | None = None
    date_order: DateOrder | None = None
    link_pattern: Annotated[str, AfterValidator(_regex)] | None = None
    any_host: bool = False

    @model_validator(mode="after")
    def _one_method(self) -> "Discover":
        given = [name for name in METHODS if getattr(self, name) is not None]
        problem, key = "", "discover"
        if len(given) != 1:
            problem = f"isi tepat satu dari {', '.join(METHODS)}"
            key = given[1] if given else "discover"
        elif (self.format is not None) != (self.folder is not None):
            problem, key = "'folder' dan 'format' harus diisi bersama", given[0]
        elif self.date_order is not None and self.folder is None:
            problem, key = "'date_order' hanya berlaku untuk 'folder'", "date_order"
        elif self.link_pattern is not None and self.listing is None:
            problem, key = "'link_pattern' hanya berlaku untuk 'listing'", "link_pattern"
        elif self.any_host and self.news_search is None:
            problem, key = "'any_host' hanya berlaku untuk 'news_search'", "any_host"
        elif self.news_search is not None and not urlsplit(self.news_search).query:
            problem, key = "'news_search' harus memuat kata yang dicari, mis. ...?q=Pati", "news_search"
        elif self.folder and (self.folder.startswith(("/", "~")) or ".." in self.folder):
            problem, key = "'folder' harus berada di dalam folder inbox", "folder"
        if problem:
            raise PydanticCustomError("discover", "{problem}", {"key": key, "problem": problem})
        return self

    @property
    def method(self) -> DiscoverMethod:
        """Which of the methods this is."""
        return next(name for name in METHODS if getattr(self, name) is not None)

    @property
    def target(self) -> str:
        """The address, id, query or folder that the method starts from."""
        return str(getattr(self, self.method))


class Source(Strict):
    """One outlet, office or channel.

    Attributes:
        id: stable key; never reused, because stored documents carry it.
        name: as shown to people.
        kind: what sort of source it is.
        url: home page; empty for a source that is only files or a channel.
        scope: ``general`` sources keep only what is about Kabupaten Pati.
        discover: the ways of finding its items, tried in order.
        permission: on what ground it may be collected; ``blocked`` is never fetched.
        status: only ``active`` sources are collected.
        timezone: zone of dates that carry none.
        expected_per_week: usual number of items, for noticing silence; None if not known.
        opd: id of the OPD that runs a government source.
        clone_of: id of the source whose articles this one republishes; its copies never lead a story.
        note: what is known and what must still be checked.
    """

    id: Id
    name: Text
    kind: SourceKind
    url: Url = ""
    scope: Scope
    discover: tuple[Discover, ...] = ()
    permission: Permission
    status: SourceStatus
    timezone: Zone = "Asia/Jakarta"
    expected_per_week: Annotated[float, Field(gt=0)] | None = None
    opd: Id | None = None
    clone_of: Id | None = None
    note: str = ""

    @model_validator(mode="after")
    def _complete(self) -> "Source":
        if self.status == "active" and not self.discover:
            raise PydanticCustomError(
                "no_discover",
                "sumber '{id}' berstatus active, tetapi 'discover' kosong",
                {"key": "discover", "id": self.id},
            )
        if self.status == "active" and self.permission == "blocked":
            raise PydanticCustomError(
                "blocked_active",
                "sumber '{id}' berstatus active, padahal 'permission' blocked",
                {"key": "permission", "id": self.id},
            )
        if self.scope != "general" and any(d.news_search for d in self.discover):
            # a search finds whatever carries the word; what it is about must be looked at
            raise PydanticCustomError(
                "search_scope",
                "sumber '{id}' memakai 'news_search', maka 'scope' harus general",
                {"key": "scope", "id": self.id},
            )
        return self

    @property
    def host(self) -> str:
        """Host name of `url`, lower-case, empty if there is no `url`."""
        return (urlsplit(self.url).hostname or "").lower()


class SourcesFile(Strict):
    """``sources.yaml``."""

    sources: tuple[Source, ...]
