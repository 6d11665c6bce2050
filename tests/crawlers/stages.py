"""The stages of the contract: every platform behind the same few switches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from samples.open311 import Open311Server
from samples.social_server import SocialApis
from samples.social_town import PAGE, Fault, Town, Trouble, Window
from samples.youtube import Youtube
from samples.youtube_problems import Refusal
from tests.crawlers.apis import AGENT, LOOPBACK
from tests.crawlers.studio import CHANNEL_ID, START, Studio, broadcasting

AUTHOR = "sarpicontohwati"


@dataclass
class TownStage:
    """Platforms of the town."""

    town: Town
    apis: SocialApis
    platform: str
    entry: dict[str, str]
    env: str
    own: bool = False

    def say(self, text: str) -> None:
        self.town.post(self.platform, f"{text} #pati", name=AUTHOR, own=self.own)
        if self.own:
            self.town.remark(self.town.posts[-1], f"Komentar: {text}", name=AUTHOR)

    def fault(self, fault: Fault | None, wait: int | None = None) -> None:
        self.town.troubles = [Trouble(fault, wait=wait)] if fault else []

    def limit(self, requests: int, seconds: int) -> None:
        self.town.window = Window(requests, seconds)

    def pages_of(self, size: int) -> None:
        self.town.page_size = size

    def slow(self, seconds: float) -> None:
        self.town.delay_seconds = seconds

    def files(self) -> dict[str, Any]:
        social = self.apis.settings() | {"longest_wait_seconds": 5}
        social["x"] |= {"enabled": True, "monthly_cap_usd": 100.0, "price_per_read": [{"usd": 0.005}]}
        return {"crawl": {**AGENT, **LOOPBACK}, "social": social}

    @property
    def questions(self) -> list[str]:
        return self.town.asked

    @property
    def window(self) -> Window | None:
        return self.town.window

    def asked(self) -> int:
        return len(self.questions)


REASONS = {
    "expired": "keyExpired", "invalid": "keyInvalid", "forbidden": "API_KEY_SERVICE_BLOCKED",
    "missing": "channelNotFound", "rate": "rateLimitExceeded", "server": "backendError",
}  # fmt: skip


@dataclass
class YoutubeStage:
    """YouTube; a text is a comment under a video of its own."""

    studio: Studio
    emulator: Youtube
    endpoint: str
    entry: dict[str, str]
    env: str = "YOUTUBE_API_KEY"
    own: bool = True
    number: int = 0

    def say(self, text: str) -> None:
        self.number += 1
        video = self.studio.video(self.number, text=text)
        remark = self.studio.say(video, self.number, text=f"Komentar: {text}")
        self.studio.comments[-1] = replace(remark, author="Sarpi Contohwati")

    def fault(self, fault: Fault | None, wait: int | None = None) -> None:
        if fault == "rate" and wait is not None and wait > 5:
            self.emulator.refusals = [Refusal("quotaExceeded")]  # its only long pause
        else:
            self.emulator.refusals = [Refusal(REASONS[fault])] if fault else []

    def limit(self, _requests: int, _seconds: int) -> None:
        self.emulator.refusals = [Refusal("rateLimitExceeded", times=1)]

    def pages_of(self, _size: int) -> None:
        """Its pages are as long as they are asked to be."""

    def slow(self, seconds: float) -> None:
        self.emulator.delay_seconds = seconds

    def files(self) -> dict[str, Any]:
        return {"crawl": {**AGENT, **LOOPBACK, "youtube": {"api_endpoint": self.endpoint}}}

    def asked(self) -> int:
        return self.emulator.units_used


@dataclass
class Open311Stage:
    """A city's service requests, in JSON or XML; nobody signs them."""

    server: Open311Server
    entry: dict[str, str]
    env: str = ""
    own: bool = False

    def say(self, text: str) -> None:
        self.server.report(text, START + timedelta(minutes=len(self.server.requests)))

    def fault(self, fault: Fault | None, wait: int | None = None) -> None:
        self.server.fault(fault, wait)

    def limit(self, requests: int, seconds: int) -> None:
        self.server.window = Window(requests, seconds)

    def pages_of(self, size: int) -> None:
        self.server.most = size

    def slow(self, seconds: float) -> None:
        self.server.delay_seconds = seconds

    def files(self) -> dict[str, Any]:
        return {"crawl": {**AGENT, **LOOPBACK}, "social": {"longest_wait_seconds": 5}}

    @property
    def questions(self) -> list[str]:
        return self.server.asked

    @property
    def window(self) -> Window | None:
        return self.server.window

    def asked(self) -> int:
        return len(self.questions)


TOWN: dict[str, tuple[str, dict[str, str], str, bool]] = {
    "facebook": ("facebook", {"facebook": PAGE}, "FACEBOOK_PAGE_TOKEN", True),
    "instagram": ("instagram", {"instagram": PAGE}, "INSTAGRAM_TOKEN", True),
    "hashtag": ("instagram", {"hashtag": "pati"}, "INSTAGRAM_TOKEN", False),
    "x": ("x", {"x_search": "pati"}, "X_BEARER_TOKEN", False),
    "mastodon": ("mastodon", {"mastodon": "#pati"}, "MASTODON_TOKEN", False),
    "mastodon-search": ("mastodon", {"mastodon": "pati"}, "MASTODON_TOKEN", False),
    "bluesky": ("bluesky", {"bluesky": "pati"}, "", False),
}
ALL = ["youtube", "open311-json", "open311-xml", *TOWN]


@contextmanager
def staged(platform: str) -> Iterator[Any]:
    """The stage of a platform while its emulator runs."""
    if platform == "youtube":
        studio = Studio()
        with broadcasting(studio) as (emulator, endpoint):
            yield YoutubeStage(studio, emulator, endpoint, {"youtube_channel": CHANNEL_ID})
    elif platform.startswith("open311"):
        with Open311Server(form=platform.removeprefix("open311-")) as server:
            yield Open311Stage(server, {"open311": server.address})
    else:
        name, entry, env, own = TOWN[platform]
        town = Town(start=START)
        with SocialApis(town) as apis:
            yield TownStage(town, apis, name, entry, env, own)


def kind_of(stage: object) -> dict[str, str]:
    """What a source of a stage says besides its entry."""
    return {"kind": "complaint"} if isinstance(stage, Open311Stage) else {}
