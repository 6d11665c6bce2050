"""Is this installation able to work, and what should be done if not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from crawlers.tokens import needed
from pipelines.erasure.journal import journal_path
from pipelines.settings import Settings
from warehouse import Lake, LakeError, lake_exists, queries
from warehouse.errors import LakeMissingError

Verdict = Literal["ok", "warn", "fail"]
MIN_FREE_BYTES = 2 * 1024**3
STALE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Check:
    """One answer: a subject, a verdict and an Indonesian sentence saying what to do."""

    subject: str
    verdict: Verdict
    sentence: str


def checks(settings: Settings) -> list[Check]:
    """All checks, in the order a person would make them."""
    steps: tuple[Callable[[Settings], Check], ...] = (
        _python,
        _config,
        _home,
        _disk,
        _lake,
        _freshness,
        _sources,
        _secrets,
        _key,
        _erasure,
    )
    return [step(settings) for step in steps]


def _python(_: Settings) -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", "ok", f"versi {version}.")


def _config(settings: Settings) -> Check:
    active = sum(source.status == "active" for source in settings.config.sources)
    where = settings.config_dir or "bawaan"
    if not active:
        return Check(
            "Konfigurasi",
            "warn",
            f"{where}: tidak ada sumber aktif; ubah status sumber di sources.yaml menjadi 'active'.",
        )
    return Check("Konfigurasi", "ok", f"{where}: {active} sumber aktif.")


def _home(settings: Settings) -> Check:
    probe = settings.home / ".probe"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as err:
        return Check(
            "Folder data", "fail", f"{settings.home} tidak dapat ditulisi ({err.strerror}); periksa izinnya."
        )
    return Check("Folder data", "ok", f"{settings.home} dapat ditulisi.")


def _disk(settings: Settings) -> Check:
    place = settings.home if settings.home.exists() else settings.home.parent
    free = shutil.disk_usage(place).free
    sentence = f"tersisa {free / 1024**3:.1f} GB.".replace(".", ",", 1)
    if free < MIN_FREE_BYTES:
        return Check("Ruang disk", "fail", f"{sentence} Sediakan sedikitnya 2 GB.")
    return Check("Ruang disk", "ok", sentence)


def _lake(settings: Settings) -> Check:
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            total = queries.status(lake).n_documents
    except LakeMissingError as err:
        return Check("Gudang data", "warn", str(err))
    except LakeError as err:
        return Check("Gudang data", "fail", str(err))
    return Check("Gudang data", "ok", f"{total} dokumen.")


def _freshness(settings: Settings) -> Check:
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            newest = queries.status(lake).data_through
    except LakeError:
        return Check("Kesegaran", "warn", "belum ada data.")
    if newest is None or settings.now() - newest > STALE:
        return Check(
            "Kesegaran",
            "warn",
            "tidak ada dokumen baru dalam dua hari; jalankan `pati run` dan periksa `pati sources`.",
        )
    return Check("Kesegaran", "ok", "ada dokumen dari dua hari terakhir.")


def _sources(settings: Settings) -> Check:
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            frame = queries.sources(lake)
    except LakeError:
        return Check("Sumber", "warn", "belum pernah diambil.")
    bad = frame[frame["verdict"].isin(["hilang", "diblokir", "rusak", "sepi"])]
    if len(bad):
        return Check(
            "Sumber", "warn", f"perlu diperiksa: {', '.join(bad['source_id'])}; lihat `pati sources`."
        )
    return Check("Sumber", "ok", "semua sumber aktif dalam keadaan baik.")


def _secrets(settings: Settings) -> Check:
    tokens = settings.tokens()
    if tokens.problem:
        return Check("Kunci API", "fail", f"{tokens.problem}.")
    names = needed(settings.config)
    missing: dict[str, list[str]] = {}
    active = [source for source in settings.config.sources if source.status == "active"]
    wanted = [(names[d.method], s.id) for s in active for d in s.discover if d.method in names]
    for name, source_id in wanted:
        if name not in tokens:
            missing.setdefault(name, []).append(source_id)
    if missing:
        said = "; ".join(f"{name} kosong, {', '.join(ids)} dilewati" for name, ids in missing.items())
        return Check("Kunci API", "warn", f"{said}.")
    return Check("Kunci API", "ok", "tersedia." if wanted else "tidak diperlukan.")


def _key(settings: Settings) -> Check:
    """The key of pseudonyms: there, its owner's alone, and not where data is copied from."""
    subject, path = "Kunci samaran", settings.key_file
    if not path.exists():
        if lake_exists(settings.home):
            said = f"{path} tidak ada padahal sudah ada data; pulihkan dari cadangan sebelum mengumpulkan."
            return Check(subject, "fail", said)
        return Check(subject, "ok", "dibuat saat pengumpulan pertama.")
    if path.stat().st_mode & 0o077:
        return Check(subject, "fail", f"{path} dapat dibaca orang lain: jalankan chmod 600 {path}.")
    inside = path.resolve()
    for folder in sorted(settings.home.iterdir()):
        if folder.is_dir() and folder.name != "keys" and inside.is_relative_to(folder.resolve()):
            said = f"{path} berada di antara data ({folder.name}/); pindahkan ke keys/ atau tempat lain."
            return Check(subject, "fail", said)
    return Check(subject, "ok", f"{path}; hanya terbaca pemiliknya. Simpan cadangannya terpisah dari data.")


def _erasure(settings: Settings) -> Check:
    if journal_path(settings.home).exists():
        said = "ada penghapusan yang terputus; ulangi `pati privacy erase` dengan subjek yang sama."
        return Check("Penghapusan", "fail", said)
    return Check("Penghapusan", "ok", "tidak ada yang tertunda.")
