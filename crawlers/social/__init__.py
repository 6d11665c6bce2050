"""Social platforms through their official interfaces: what is new in accounts and searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.net.client import Client
from crawlers.settings import agent_of, policy_of
from crawlers.social import bluesky, graph, x
from crawlers.social.caller import Caller, by_status
from crawlers.social.engine import Engine
from crawlers.social.facebook import Facebook
from crawlers.social.instagram import Instagram
from crawlers.social.mastodon import Mastodon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from config import Discover, Source
    from crawlers.context import CrawlContext
    from crawlers.intake import Intake
    from crawlers.social.model import Adapter
    from crawlers.social.problems import SocialProblemError
    from crawlers.state import CrawlState

__all__ = ["import_social"]


def import_social(sources: Sequence[Source], ctx: CrawlContext, intake: Intake, state: CrawlState) -> None:
    """Read every entry of the social platforms that is due."""
    client = _client(ctx)
    by_method = {name: adapter for adapter in _adapters(client, ctx, state) for name in adapter.methods}
    engine = Engine(ctx, intake, state)
    for source in sources:
        entries = [entry for entry in source.discover if entry.method in by_method]
        if entries:
            asked = [_read(engine, by_method[entry.method], source, entry) for entry in entries]
            intake.left_alone(source.id, asked.count(False), idle=not any(asked))
    client.close()


def _read(engine: Engine, adapter: Adapter, source: Source, entry: Discover) -> bool:
    if not engine.due(source, entry.method, entry.target):
        return False
    return engine.read(adapter, source, entry.method, entry.target)


def _client(ctx: CrawlContext) -> Client:
    social, crawl = ctx.config.social, ctx.config.crawl
    agent, policy = agent_of(ctx.config), policy_of(ctx.config)
    return Client(social.hosts, policy, agent, crawl.timeout_seconds, social.max_bytes)


def _adapters(client: Client, ctx: CrawlContext, state: CrawlState) -> tuple[Adapter, ...]:
    social, now = ctx.config.social, ctx.now

    def caller(endpoint: str, env: str, explain: Callable[[int, Any], SocialProblemError]) -> Caller:
        return Caller(client, endpoint, ctx.secrets, env, explain, now)

    def status_only(status: int, _: Any) -> SocialProblemError:  # noqa: ANN401 - JSON is any
        return by_status(status)

    facebook = caller(social.facebook.endpoint, social.facebook.key_env, graph.explain)
    instagram = caller(social.instagram.endpoint, social.instagram.key_env, graph.explain)
    posts = caller(social.x.endpoint, social.x.key_env, x.explain)
    mastodon = caller(social.mastodon.endpoint, social.mastodon.key_env, status_only)
    return (
        Facebook(facebook, now),
        Instagram(instagram, social.instagram, state, now),
        x.X(posts, social.x, state, now),
        Mastodon(mastodon, now),
        bluesky.Bluesky(caller(social.bluesky.endpoint, "", bluesky.explain), now),
    )
