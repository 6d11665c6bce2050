"""The demo: the offline newsroom, crawled over real HTTP by the real stages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

from dashboard.format import moment, number
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.run import RunError, run_stages
from pipelines.serving import mark_demo
from pipelines.settings import CLOCK, Settings
from samples.files import write_inbox
from samples.newsroom_config import write_config
from samples.server import Newsroom
from samples.world import World
from warehouse import Lake, lake_exists, queries

KIND_WORDS = {
    "news": "berita",
    "video": "video",
    "comment": "komentar",
    "social": "kiriman",
    "complaint": "aduan",
}


@contextmanager
def newsroom(port: int, weeks: int = 26) -> Iterator[Newsroom]:
    """The small internet of the demo, on loopback, for the duration of the block.

    Raises:
        RunError: the port is taken.
    """
    room = Newsroom(World(weeks=weeks), port=port)
    try:
        room.__enter__()
    except OSError as err:
        raise RunError(
            f"Porta {port} tidak dapat dipakai ({err.strerror}); coba --newsroom-port lain."
        ) from None
    try:
        yield room
    finally:
        room.__exit__(None, None, None)


def prepare(home: Path, room: Newsroom) -> Settings:
    """Fill a home folder with the newsroom's config and files; repeating it changes nothing."""
    folder = home / "config"
    write_config(room.base_port, folder)
    if not lake_exists(home):
        home.mkdir(parents=True, exist_ok=True)
        mark_demo(home)
    write_inbox(room.world, home / "inbox")
    settings = Settings(home, folder, room.world.now.astimezone(UTC))
    (folder / CLOCK).write_text(settings.now().isoformat() + "\n", encoding="utf-8")
    # The emulator takes any key; a real one must not be sent to it.
    os.environ[settings.config.crawl.youtube.api_key_env] = "demo-key"
    return settings


def run_demo(settings: Settings, room: Newsroom, progress: Progress) -> list[StageResult]:
    """All stages, after one earlier visit to the outlet that died since.

    Returns:
        Results of the full run.
    """
    earlier_visit(settings, room, progress)
    return run_stages(settings, progress=progress)


def earlier_visit(settings: Settings, room: Newsroom, progress: Progress) -> None:
    """Visit the outlet that died since, at a time when it still answered.

    That is what makes its silence visible now: without it there would be no history to miss.
    """
    for outlet in room.world.media.outlets:
        died = room.world.silent_since(outlet.id)
        if died is not None and not lake_exists(settings.home):
            room.now = died - timedelta(days=1)
            before = replace(settings, fixed_now=room.now.astimezone(UTC))
            run_stages(before, ("collect", "load"), progress, [outlet.id])
            room.now = room.world.now


def summary(settings: Settings) -> dict[str, object]:
    """What to tell a person when the demo is done: label → text."""
    with Lake(settings.home, now=settings.now()) as lake:
        state = queries.status(lake)
        kinds = queries.records(queries.kind_totals(lake))
        newest = queries.reports(lake, 1)
        by_kind = ", ".join(f"{number(row['n'])} {KIND_WORDS[row['kind']]}" for row in kinds)
        health = queries.records(queries.sources(lake))
        troubled = [str(one["name"]) for one in health if one["verdict"] not in ("baik", "nonaktif")]
        return {
            "Data sampai": moment(state.data_through) if state.data_through else "-",
            "Sumber": f"{state.n_sources} aktif, {state.n_sources_ok} baik"
            + (f"; perlu diperiksa: {', '.join(troubled)}" if troubled else ""),
            "Dokumen": f"{number(state.n_documents)} ({by_kind})",
            "Tentang Pati": number(state.n_relevant),
            "Cerita": number(queries.story_total(lake)),
            "Peringatan": number(state.n_alerts_open),
            "Laporan": newest.iloc[0]["path"] if len(newest) else "-",
        }
