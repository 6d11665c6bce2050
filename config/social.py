"""Accounts and searches on social platforms: addresses, limits and what they may cost."""

from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.base import Dated, EnvName, Phrase, Strict, Url

Amount = Annotated[float, Field(ge=0)]
Some = Annotated[int, Field(ge=1)]


class Facebook(Strict):
    """Facebook pages of our own.

    Attributes:
        endpoint: address of the Graph API with its version.
        key_env: name of the variable that holds the page's token.
    """

    endpoint: Url = "https://graph.facebook.com/v24.0"
    key_env: EnvName = "FACEBOOK_PAGE_TOKEN"


class Instagram(Strict):
    """Instagram accounts of our own, and hashtags.

    Attributes:
        endpoint: address of the Graph API with its version.
        key_env: name of the variable that holds the account's token.
        user_id: number of the account in whose name hashtags are searched; empty: no searches.
        hashtags_per_week: different hashtags that Meta lets one account search in seven days.
    """

    endpoint: Url = "https://graph.facebook.com/v24.0"
    key_env: EnvName = "INSTAGRAM_TOKEN"
    user_id: Annotated[str, Field(pattern=r"^\d*$")] = ""
    hashtags_per_week: Annotated[int, Field(ge=0, le=30)] = 30


class Price(Dated):
    """What reading one post costs.

    Attributes:
        usd: US dollars.
    """

    usd: Amount


class X(Strict):
    """X's recent search. It costs money for every post read: off until somebody decides otherwise.

    Attributes:
        enabled: whether anything is asked at all.
        endpoint: address of the API with its version.
        key_env: name of the variable that holds the bearer token.
        monthly_cap_usd: most that may be spent in one calendar month (UTC).
        price_per_read: what a post costs, by date; without a price for today nothing is asked.
        posts_per_page: posts asked for at once (the API takes 10 to 100).
    """

    enabled: bool = False
    endpoint: Url = "https://api.x.com/2"
    key_env: EnvName = "X_BEARER_TOKEN"
    monthly_cap_usd: Amount = 0.0
    price_per_read: tuple[Price, ...] = ()
    posts_per_page: Annotated[int, Field(ge=10, le=100)] = 100

    def price_on(self, day: date) -> float | None:
        """The price of one post on a day in US dollars, or None if none is known."""
        return next((price.usd for price in self.price_per_read if price.valid_on(day)), None)


class Mastodon(Strict):
    """One Mastodon server; it knows posts of others too.

    Attributes:
        endpoint: the server.
        key_env: name of the variable that holds a token; hashtags need none, searches do.
    """

    endpoint: Url = "https://mastodon.social"
    key_env: EnvName = "MASTODON_TOKEN"


class Bluesky(Strict):
    """Bluesky's public search.

    Attributes:
        endpoint: the public application view.
    """

    endpoint: Url = "https://api.bsky.app"


class Social(Strict):
    """``social.yaml``.

    Attributes:
        hosts: the only hosts that are asked; every endpoint must lie on one of them.
        longest_wait_seconds: longest pause for a rate limit within one run; after a longer one
            the next run goes on where this one stopped.
        pages_per_list: most pages of one list in one run; the next run goes on there.
        revisit_days: posts of our own accounts that are not older are looked at in every run,
            for their counts and comments.
        max_bytes: largest answer read, decompressed.
        facebook: Facebook pages.
        instagram: Instagram accounts and hashtags.
        x: X's recent search.
        mastodon: a Mastodon server.
        bluesky: Bluesky's search.
    """

    hosts: tuple[Phrase, ...] = ("graph.facebook.com", "api.x.com", "mastodon.social", "api.bsky.app")
    longest_wait_seconds: Annotated[float, Field(ge=0)] = 60.0
    pages_per_list: Some = 20
    revisit_days: Annotated[int, Field(ge=0)] = 7
    max_bytes: Annotated[int, Field(ge=1024)] = 5_000_000
    facebook: Facebook = Facebook()
    instagram: Instagram = Instagram()
    x: X = X()
    mastodon: Mastodon = Mastodon()
    bluesky: Bluesky = Bluesky()

    @model_validator(mode="after")
    def _endpoints_on_hosts(self) -> "Social":
        for name in ("facebook", "instagram", "x", "mastodon", "bluesky"):
            host = (urlsplit(getattr(self, name).endpoint).hostname or "").lower()
            if host not in self.hosts:
                raise PydanticCustomError(
                    "endpoint_host",
                    "'{host}' (endpoint '{name}') belum ada di 'hosts'",
                    {"key": "hosts", "host": host, "name": name},
                )
        return self
