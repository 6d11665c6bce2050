"""Reads the hand-written texts of `samples/content` and refuses what the world cannot use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from samples.media import Media, load_media

SAFE_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml reads half a megabyte of texts in a second; without it the same loader takes ten."""
CONTENT = Path(__file__).parent / "content"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
COMMON_SLOTS = frozenset({"kec", "desa", "tgl", "hari_tgl", "n", "nama", "nik", "hp", "plat", "norumah"})
LAST_WEEK = 26

Kind = Literal["news", "video", "comment", "social", "complaint"]


class ContentError(ValueError):
    """A content file is wrong; the message names file, item and what to do."""


class ItemLabels(BaseModel):
    """Expected labels as written in the file; unknown keys are kept."""

    model_config = ConfigDict(frozen=True, extra="allow")

    relevant: bool = True
    topic: str | None = None
    opd: tuple[str, ...] = ()
    sentiment: Literal["negatif", "netral", "positif"] | None = None
    kecamatan: tuple[str, ...] = ()
    desa: tuple[str, ...] = ()


class Item(BaseModel):
    """One hand-written text with its slots."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    kind: Kind
    storyline: str | None = None
    week: int | None = Field(default=None, ge=1, le=LAST_WEEK)
    day: int | None = Field(default=None, ge=0, le=6)
    outlets: tuple[str, ...] | Literal["all"] | None = None
    repeat: int = Field(default=1, ge=1, le=60)
    parent: str | None = None
    channel: str | None = None
    title: str = ""
    text: str = Field(min_length=1)
    slots: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    labels: ItemLabels = ItemLabels()

    @model_validator(mode="after")
    def _slots_are_known(self) -> Self:
        labels = self.labels
        sources = [self.title, self.text, *labels.kecamatan, *labels.desa, *labels.opd]
        sources += [value for values in self.slots.values() for value in values]
        used = {name for source in sources for name in PLACEHOLDER.findall(source)}
        unknown = sorted(used - COMMON_SLOTS - set(self.slots))
        if unknown:
            raise ValueError(f"slot {{{unknown[0]}}} has no values: add it under slots")
        empty = sorted(name for name, values in self.slots.items() if not values)
        if empty:
            raise ValueError(f"slot {empty[0]} is an empty list: write at least one value")
        return self

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind in {"news", "video"} and not self.title.strip():
            raise ValueError(f"a {self.kind} item needs a title")
        if self.outlets is not None and self.kind != "news":
            raise ValueError("only a news item may name outlets")
        if self.parent is not None and self.kind != "comment":
            raise ValueError("only a comment may name a parent video")
        if self.kind == "complaint" and self.channel not in {None, "sp4n", "whatsapp", "csv"}:
            raise ValueError(f"channel {self.channel!r} is not one of sp4n, whatsapp, csv")
        return self


def load_items(folder: Path = CONTENT, media: Media | None = None) -> tuple[Item, ...]:
    """Read every ``*.yaml`` under a folder.

    Args:
        folder: where the content files lie.
        media: known outlets and channels; the bundled ones by default.

    Returns:
        All items sorted by id.

    Raises:
        ContentError: a file cannot be parsed, an item breaks the format, an id is used twice,
            an outlet or channel is unknown, or a comment's parent does not exist.
    """
    found: dict[str, tuple[Item, Path]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        for item in _items_of(path):
            if item.id in found:
                first = found[item.id][1]
                raise ContentError(f"{path}: id {item.id} is already used in {first}; rename one")
            found[item.id] = (item, path)
    _check_references(found.values(), media or load_media())
    return tuple(found[key][0] for key in sorted(found))


def _items_of(path: Path) -> Iterator[Item]:
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=SAFE_LOADER)  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as error:
        raise ContentError(f"{path}: not valid YAML: {error}") from error
    if raw is None:
        return
    if not isinstance(raw, list):
        raise ContentError(f"{path}: the file must be a list of items")
    for position, entry in enumerate(raw, start=1):
        name = entry.get("id", f"number {position}") if isinstance(entry, dict) else position
        try:
            yield Item.model_validate(entry)
        except ValidationError as error:
            raise ContentError(f"{path}: item {name}: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    detail: Any = error.errors()[0]
    place = ".".join(str(part) for part in detail["loc"])
    return f"{place}: {detail['msg']}" if place else str(detail["msg"])


def _check_references(entries: Iterable[tuple[Item, Path]], media: Media) -> None:
    listed = list(entries)
    videos = {item.id for item, _ in listed if item.kind == "video"}
    outlets = {outlet.id for outlet in media.outlets}
    channels = {channel.id for channel in media.channels}
    for item, path in listed:
        named = item.outlets if isinstance(item.outlets, tuple) else ()
        for outlet in named:
            if outlet not in outlets:
                raise ContentError(f"{path}: item {item.id}: there is no outlet {outlet!r}")
        if item.parent is not None and item.parent not in videos:
            raise ContentError(f"{path}: item {item.id}: there is no video {item.parent!r}")
        if item.kind == "video" and item.channel not in {None, *channels}:
            raise ContentError(f"{path}: item {item.id}: there is no channel {item.channel!r}")
