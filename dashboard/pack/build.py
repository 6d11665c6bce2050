"""Issue an evidence pack: one snapshot in; the files out; noted in the lake before anybody has them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from config import Config
from config.zones import WIB
from dashboard.pack.compose import compose
from dashboard.pack.facts import Facts, Mask, Request, gather
from dashboard.pack.files import MANIFEST, contents, sha256
from warehouse import Lake
from warehouse.access import Viewer, require, viewer_of
from warehouse.access.wall import WalledLake
from warehouse.reading import open_reading
from warehouse.store.assessment import Cell
from warehouse.store.evidence import note_pack


class PackError(Exception):
    """A pack cannot be issued; the text is one Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A pack.

    Attributes:
        pack_id: its name, and that of its folder.
        snapshot: of the lake it was made from.
        sha256: of its manifest, as it is noted in the lake.
        n_documents: documents in it, each once.
        files: contents by name.
    """

    pack_id: str
    snapshot: int
    sha256: str
    n_documents: int
    files: Mapping[str, bytes] = field(repr=False)


def make(lake: Lake, config: Config, asked: Request, by: str, mask: Mask) -> tuple[Issued, Facts]:
    """Make the files of a pack; nobody must have them before `note` has noted them.

    Args:
        lake: pinned to one snapshot; its viewer is whom the pack is for.
        config: letterhead and names.
        asked: what it is to be about.
        by: who issues it.
        mask: as of `gather`.

    Raises:
        PackError: there is nothing to issue.
        ReportError: the PDF could not be made.
    """
    if not asked.indicators:
        raise PackError(f"Tidak ada indikator {asked.instrument.short} yang dapat didukung angka kita.")
    facts = gather(lake, asked, mask)
    pack_id = _name(facts, by)
    head = {
        "pack": pack_id, "instrument": asked.instrument.id, "year": asked.year, "dimension": asked.scope,
        "indicators": [one.id for one in asked.indicators], "codes": list(asked.codes),
        "period": [day.isoformat() for day in asked.span.days(facts.moment.now)],
        "snapshot": facts.moment.snapshot, "now": facts.moment.now.isoformat(), "shown_as": facts.role,
        "issued_by": by, "config_sha256": dict(config.hashes),
    }  # fmt: skip
    made = contents(facts, compose(facts, config, pack_id, by), head)
    listed = {row["doc_id"] for part in facts.parts for row in part.documents}
    return Issued(pack_id, facts.moment.snapshot, sha256(made[MANIFEST]), len(listed), made), facts


def make_for(
    home: Path, now: datetime, config: Config, asked: Request, issuer: Viewer, role: str, mask: Mask
) -> tuple[Issued, Facts]:
    """Make a pack from the newest snapshot, with complaints shown as some role sees them.

    Args:
        home: folder of the lake.
        now: the moment the numbers refer to.
        config: letterhead and names.
        asked: what it is to be about.
        issuer: who issues it; must be allowed to, and to see what that role sees.
        role: ``pimpinan`` or ``analis``.
        mask: as of `gather`.

    Raises:
        AccessError: the issuer may not, or that role may not see evidence.
        ValueError: there is no such role (one Indonesian sentence).
        PackError: there is nothing to issue.
        LakeError: there is no lake, or it cannot be read.
    """
    require(issuer, "assess", asked.instrument.id)
    reading, _ = open_reading(home, now)
    with reading, WalledLake(reading, viewer_of(issuer.user, role)) as walled:
        return make(walled, config, asked, issuer.user, mask)


def note(lake: Lake, issued: Issued, facts: Facts) -> None:
    """Note in the lake, in the name of its viewer, that a pack leaves the house.

    Raises:
        AccessError: the viewer may not issue packs.
    """
    asked = facts.asked
    parts = [
        (
            Cell(asked.instrument, asked.year, part.indicator.id, asked.scope),
            [row["doc_id"] for row in part.documents],
        )
        for part in facts.parts
    ]
    note_pack(
        lake,
        issued.pack_id,
        parts,
        asked.span.days(facts.moment.now),
        issued.snapshot,
        issued.sha256,
        facts.role,
    )


def write(issued: Issued, out: Path) -> Path:
    """Write the folder of a pack; it appears whole or not at all.

    Args:
        issued: the pack.
        out: folder for its folder.

    Raises:
        PackError: it is there already.
    """
    folder, draft = out / issued.pack_id, out / f".{issued.pack_id}.part"
    refuse_existing(folder)
    draft.mkdir(parents=True, exist_ok=True)
    for name, content in issued.files.items():
        (draft / name).write_bytes(content)
    draft.rename(folder)
    return folder


def refuse_existing(folder: Path) -> None:
    """Nothing is written over.

    Raises:
        PackError: the folder is there.
    """
    if folder.exists():
        raise PackError(f"{folder} sudah ada dan tidak ditimpa; pilih folder lain.")


def _name(facts: Facts, by: str) -> str:
    """Tells what it is about and is another one for another snapshot, moment or person."""
    asked = facts.asked
    at: datetime = facts.moment.now.astimezone(WIB)
    about = repr((asked, facts.moment.snapshot, facts.moment.now.isoformat(), facts.role, by))
    seal = hashlib.sha256(about.encode()).hexdigest()[:8]
    place = asked.scope or "semua"
    return f"paket-{asked.instrument.id}-{asked.year}-{place}-{at:%Y%m%dT%H%M}-{seal}".replace("_", "-")
