"""Complaints that other systems publish: Open311 servers (GeoReport v2) and LaporGub's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.complaints.open311 import Open311
from crawlers.net.client import Client
from crawlers.settings import agent_of, policy_of
from crawlers.social.engine import Engine
from crawlers.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Source
    from crawlers.context import CrawlContext
    from crawlers.intake import Intake
    from crawlers.state import CrawlState

__all__ = ["import_open311"]


def import_open311(sources: Sequence[Source], ctx: CrawlContext, intake: Intake, state: CrawlState) -> None:
    """Read every Open311 server that is due; each is only ever asked at its own host."""
    engine = Engine(ctx, intake, state)
    agent, policy, social = agent_of(ctx.config), policy_of(ctx.config), ctx.config.social
    for source in sources:
        entries = [entry for entry in source.discover if entry.method == "open311"]
        asked = []
        for entry in entries:
            host = host_of(entry.target).partition(":")[0]
            client = Client((host,), policy, agent, ctx.config.crawl.timeout_seconds, social.max_bytes)
            adapter = Open311(client, entry.target, ctx, source)
            due = engine.due(source, entry.method, entry.target)
            asked.append(due and engine.read(adapter, source, entry.method, entry.target))
            client.close()
        if entries:
            intake.left_alone(source.id, asked.count(False), idle=not any(asked))
