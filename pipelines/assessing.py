"""Issue evidence packs from the command line: as somebody, for somebody, outside the home folder."""

from __future__ import annotations

from pathlib import Path

from dashboard.pack import Issued, PackError, Request, make_for, note, write
from dashboard.pack.build import refuse_existing
from pipelines.notes import masker
from pipelines.run import RunError, open_lake
from pipelines.settings import Settings
from warehouse import Lake, lake_exists
from warehouse.access import viewer_of
from warehouse.access.audit import add
from warehouse.errors import LakeMissingError


def issue_pack(settings: Settings, asked: Request, out: Path, *, by: str, role: str) -> tuple[Issued, Path]:
    """Make a pack, note it in the lake and in the audit log, and write its folder.

    Args:
        settings: of this installation.
        asked: what it is to be about.
        out: folder for its folder, outside the home folder: an erasure must find nothing to forget there.
        by: who issues it.
        role: as whom complaints are shown.

    Raises:
        RunError: the folder will not do, or there is nothing to issue.
        ValueError: there is no such role (one Indonesian sentence).
        AccessError: that role may not see the evidence.
        LakeError: there is no lake, or it is busy.
    """
    out = out.absolute()
    if out.resolve().is_relative_to(settings.home.resolve()):
        raise RunError(f"Pilih folder di luar {settings.home}: paket bukti keluar dari gudang data.")
    issuer = viewer_of(by, "analis")
    if not lake_exists(settings.home):
        raise LakeMissingError(settings.home)
    with open_lake(settings):  # a lake of an older version is brought up to date
        pass
    mask = masker(settings.config, settings.home)
    try:
        made, facts = make_for(settings.home, settings.now(), settings.config, asked, issuer, role, mask)
        refuse_existing(out / made.pack_id)
        with Lake(settings.home, now=settings.now(), viewer=issuer) as lake:
            note(lake, made, facts)
        add(settings.home, issuer, "exported", made.pack_id, f"evidence_pack {role} n={made.n_documents}")
        return made, write(made, out)
    except PackError as err:
        raise RunError(str(err)) from err
