"""Begin an installation: the home folder with what its people will edit, and what to do next."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from config import ConfigError
from config.loader import BUNDLED
from config.putting import put_file
from pipelines.settings import Settings, SettingsError

COPIED = ("sources.yaml", "report.yaml", "crawl.yaml")
"""Files that every installation has to look at; all others stay the bundled ones until they are copied."""
CONTACT = "crawl.yaml"
SECRETS = """\
# Kunci, sandi, dan alamat penerima: satu NAMA=isi sebaris. Hapus tanda # di depan baris yang dipakai.
# Berkas ini hanya boleh terbaca pemiliknya (mode 600), dan tidak ikut dicadangkan: simpan salinannya sendiri.
#PATI_REPORT_TO=kepala.dinas@contoh.example
#PATI_REPORT_SMTP=smtps://NAMA:SANDI@surat.contoh.example
#PATI_ALERT_TO=mailtos://NAMA:SANDI@surat.contoh.example?to=humas@contoh.example
#YOUTUBE_API_KEY=
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """What `begin` did.

    Attributes:
        home: the folder of all data.
        made: files and folders that are new, relative to it.
        kept: those that were there before and were left as they are.
        contact: the address by which the crawler introduces itself.
    """

    home: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    contact: str


def begin(settings: Settings, contact: str | None = None) -> Begun:
    """Make what a new installation needs; what is there already is never changed, except by `contact`.

    Args:
        settings: where the home folder is, or will be.
        contact: web or mail address by which the crawler introduces itself; None leaves it.

    Raises:
        ConfigError: `contact` is no address, or the configuration is wrong; it is as it was.
        SettingsError: another folder is used for the configuration.
        OSError: the folder cannot be written to.
    """
    home, folder = settings.home, settings.home / "config"
    if settings.config_dir not in (None, folder):
        raise SettingsError(
            f"Konfigurasi diambil dari {settings.config_dir}; `pati init` hanya mengisi {folder}: "
            "jalankan tanpa --config dan PATI_CONFIG."
        )
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    made: list[str] = []
    kept: list[str] = []
    for name in ("config/", "inbox/", "keys/"):
        there = (home / name).is_dir()
        (home / name).mkdir(exist_ok=True, mode=0o700 if name == "keys/" else 0o777)
        (kept if there else made).append(name)
    for name in _inboxes(settings):
        (home / "inbox" / name).mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        (made if _copied(folder / name, BUNDLED / name) else kept).append(f"config/{name}")
    (made if _secrets(home / "keys" / "rahasia.env") else kept).append("keys/rahasia.env")
    if contact is not None:
        put_file(folder, CONTACT, lambda text: with_contact(text, contact))
    return Begun(home, tuple(made), tuple(kept), Settings(home, folder).config.crawl.contact)


def with_contact(text: str, contact: str) -> str:
    """The text of ``crawl.yaml`` with another contact; comments elsewhere stay. Pure.

    Raises:
        ConfigError: the address would break the file, or there is no line to change.
    """
    if not contact.isprintable() or any(sign in contact for sign in " #'\"\\"):
        raise ConfigError(CONTACT, None, "contact", f"'{contact}' bukan satu alamat web atau e-mail")
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith("contact:"):
            lines[number] = f"contact: {contact}\n"
            return "".join(lines)
    raise ConfigError(CONTACT, None, "contact", "baris 'contact:' tidak ditemukan; tambahkan dahulu")


def _inboxes(settings: Settings) -> list[str]:
    """Folders that active sources look into for files: a missing one would count as a broken source."""
    return [
        one.folder
        for source in settings.config.sources
        for one in source.discover
        if source.status == "active" and one.folder
    ]


def _copied(target: Path, bundled: Path) -> bool:
    """Copy a bundled file unless there is one; whether it was copied."""
    return _written(target, bundled.read_text(encoding="utf-8"), 0o666)


def _secrets(target: Path) -> bool:
    return _written(target, SECRETS, 0o600)


def _written(target: Path, text: str, mode: int) -> bool:
    """Write a new file; False, and nothing is changed, if there is one."""
    try:
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return True
