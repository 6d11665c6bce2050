"""Configuration files that point the pipeline at the newsroom instead of the real world."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from samples.media import Media, Outlet, VideoChannel, load_media
from samples.townsfolk import channel_id

FOLDERS: dict[str, tuple[str, str, str]] = {
    "sp4n": ("sp4n_xlsx", "complaint", "SP4N-LAPOR!"),
    "whatsapp": ("whatsapp", "complaint", "WhatsApp aduan"),
    "csv": ("complaint_csv", "complaint", "Aduan loket dan situs"),
    "social": ("social_csv", "social", "Media sosial"),
}
"""Inbox folder to file format, source kind and name."""

ORDERS = {"csv": {"date_order": "dmy"}}
"""What the office knows of its own tables: two weeks of November do not show it."""

SITEMAPS = {"wordpress": "/sitemap_index.xml", "blogger": "/sitemap.xml", "pesisir": "/sitemap.xml"}
FEEDS = {
    "wordpress": "/feed/",
    "blogger": "/feeds/posts/default?alt=rss",
    "tribun": "/rss",
    "detak": "/rss",
    "pemkab": "/rss.xml",
}
LISTINGS = {
    "tribun": ("/index-news", r"/\d{4}/\d\d/\d\d/[^/?]+$"),
    "detak": ("/indeks", r"/d-\d+/"),
    "pemkab": ("/berita", "/berita/detail/"),
    "patikini": ("/berita", r"/berita/\d+-"),
}


def newsroom_config(port: int, media: Media | None = None) -> dict[str, str]:
    """The files to put into a ``--config`` folder.

    Args:
        port: where the newsroom listens.
        media: its outlets and channels; the bundled ones by default.

    Returns:
        File name to YAML text: ``sources.yaml`` and ``crawl.yaml``.
    """
    media = media or load_media()
    sources = [_outlet(outlet, port) for outlet in media.outlets]
    sources += [_channel(channel) for channel in media.channels]
    sources += [_folder(name) for name in FOLDERS]
    return {"sources.yaml": _yaml({"sources": sources}), "crawl.yaml": _yaml(_crawl(port))}


def write_config(port: int, folder: Path) -> None:
    """Write the files of `newsroom_config` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in newsroom_config(port).items():
        (folder / name).write_text(text, "utf-8")


def _outlet(outlet: Outlet, port: int) -> dict[str, Any]:
    base = f"http://{outlet.host}:{port}"
    source: dict[str, Any] = {
        "id": outlet.id,
        "name": outlet.name,
        "kind": outlet.kind,
        "url": base,
        "scope": outlet.scope,
        "discover": [_discover(method, outlet, base) for method in outlet.discover],
        "permission": "robots_ok",
        "status": "active",
        "timezone": "Asia/Jakarta",
    }
    for key in ("expected_per_week", "opd"):
        if getattr(outlet, key) is not None:
            source[key] = getattr(outlet, key)
    return source


def _discover(method: str, outlet: Outlet, base: str) -> dict[str, str]:
    platform = outlet.platform
    if method == "feed":
        return {"feed": base + FEEDS[platform]}
    if method == "sitemap":
        return {"sitemap": base + SITEMAPS[platform]}
    if method == "wordpress":
        return {"wordpress": base}
    path, pattern = LISTINGS[platform]
    return {"listing": base + path, "link_pattern": pattern}


def _channel(channel: VideoChannel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": "video",
        "scope": "pati_only",
        "discover": [{"youtube_channel": channel_id(channel)}],
        "permission": "agreement",
        "status": "active",
        "expected_per_week": channel.expected_per_week,
    }


def _folder(name: str) -> dict[str, Any]:
    file_format, kind, title = FOLDERS[name]
    return {
        "id": f"contoh_{name}",
        "name": title,
        "kind": kind,
        "scope": "pati_only",
        "discover": [{"folder": name, "format": file_format} | ORDERS.get(name, {})],
        "permission": "agreement",
        "status": "active",
    }


def _crawl(port: int) -> dict[str, Any]:
    return {
        "user_agent": "PatiMaju-contoh/1.0",
        "contact": "https://example.org/contoh",
        "delay_seconds": 0.0,
        "concurrency_per_host": 4,
        "per_host_cap": 5_000,
        "per_host_daily_cap": 50_000,
        "timeout_seconds": 10.0,
        "lookback_days": 200,
        "allow_hosts": ["*.localhost", "127.0.0.1"],
        "allow_ports": [port],
        "youtube": {
            "api_endpoint": f"http://127.0.0.1:{port}/",
            "videos_per_channel": 500,
            "comments_per_video": 1_000,
        },
    }


def _yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
