"""Keys, tokens, and who may read them."""

from __future__ import annotations

from crawlers.tokens import needed
from pipelines.doctor.base import Check
from pipelines.settings import Settings
from warehouse import lake_exists

OPEN_TO_OTHERS = 0o077


def secrets(settings: Settings) -> Check:
    """Tokens that sources need."""
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


def key(settings: Settings) -> Check:
    """The key of pseudonyms: there, its owner's alone, and not where data is copied from."""
    subject, path = "Kunci samaran", settings.key_file
    if not path.exists():
        if lake_exists(settings.home):
            said = f"{path} tidak ada padahal sudah ada data; pulihkan dari cadangan sebelum mengumpulkan."
            return Check(subject, "fail", said)
        return Check(subject, "ok", "dibuat saat pengumpulan pertama.")
    if path.stat().st_mode & OPEN_TO_OTHERS:
        return Check(subject, "fail", f"{path} dapat dibaca orang lain: jalankan chmod 600 {path}.")
    inside = path.resolve()
    for folder in sorted(settings.home.iterdir()):
        if folder.is_dir() and folder.name != "keys" and inside.is_relative_to(folder.resolve()):
            said = f"{path} berada di antara data ({folder.name}/); pindahkan ke keys/ atau tempat lain."
            return Check(subject, "fail", said)
    return Check(subject, "ok", f"{path}; hanya terbaca pemiliknya. Simpan cadangannya terpisah dari data.")


def permissions(settings: Settings) -> Check:
    """Everything under ``keys/`` is its owner's alone."""
    folder = settings.home / "keys"
    if not folder.is_dir():
        return Check("Izin kunci", "ok", "belum ada kunci.")
    loose = [path for path in sorted([folder, *folder.iterdir()]) if path.stat().st_mode & OPEN_TO_OTHERS]
    if loose:
        names = ", ".join(str(path) for path in loose)
        said = f"dapat dibaca orang lain: {names}. Jalankan chmod -R go-rwx {folder}."
        return Check("Izin kunci", "fail", said)
    return Check("Izin kunci", "ok", "hanya terbaca pemiliknya.")
