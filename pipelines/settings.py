"""Where everything is and what time it is: read once at the edge, passed down everywhere."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from config import Config, load_config
from config.secret_file import read_secrets
from crawlers.tokens import Tokens, load_tokens, needed
from pipelines.tenants import TENANT_VAR, TenantError, tenant_home

CLOCK = "clock.txt"
"""In the configuration of a demo: what its clock shows, whenever it is looked at."""
HOME_VAR, CONFIG_VAR, NOW_VAR, KEY_VAR = "PATI_HOME", "PATI_CONFIG", "PATI_NOW", "PATI_KEY_FILE"
FAST_VAR = "PATI_FAST"
DEFAULT_HOME = Path("pati-home")


class SettingsError(Exception):
    """A setting from outside is unusable; the text is one Indonesian sentence."""


@dataclass(frozen=True)
class Settings:
    """Everything a stage needs besides the lake.

    Attributes:
        home: folder of all data of this installation.
        config_dir: folder whose YAML files override the bundled ones, or None.
        fixed_now: what the clock shows if it stands still (demo, tests), else None.
    """

    home: Path
    config_dir: Path | None = None
    fixed_now: datetime | None = None

    @classmethod
    def load(
        cls, home: Path | None = None, config_dir: Path | None = None, tenant: str | None = None
    ) -> Settings:
        """Read settings: arguments first, then the environment, then defaults.

        A folder `config` inside the home folder is used when no other is named. With a tenant, the home
        folder is the tenant's, inside the one that is named; its configuration is its own.

        Raises:
            SettingsError: an unreadable value.
        """
        chosen_home = home or Path(os.environ.get(HOME_VAR) or DEFAULT_HOME)
        if name := tenant or os.environ.get(TENANT_VAR):
            return cls._of_tenant(chosen_home, name, config_dir)
        named = config_dir or (Path(os.environ[CONFIG_VAR]) if os.environ.get(CONFIG_VAR) else None)
        if named is not None and not named.is_dir():
            raise SettingsError(f"Folder konfigurasi {named} tidak ada; periksa --config atau {CONFIG_VAR}.")
        if named is None and (chosen_home / "config").is_dir():
            named = chosen_home / "config"
        return cls(chosen_home.absolute(), named.absolute() if named else None, _fixed_now(named))

    @classmethod
    def _of_tenant(cls, root: Path, name: str, config_dir: Path | None) -> Settings:
        if config_dir is not None or os.environ.get(CONFIG_VAR):
            raise SettingsError(
                f"Penyewa '{name}' memakai konfigurasi di foldernya sendiri; jangan sebut --config "
                f"atau {CONFIG_VAR} bersama --tenant."
            )
        if os.environ.get(KEY_VAR):
            raise SettingsError(f"Setiap penyewa punya kunci samarannya sendiri; kosongkan {KEY_VAR}.")
        try:
            home = tenant_home(root, name)
        except TenantError as error:
            raise SettingsError(str(error)) from None
        own = home / "config"
        named = own if own.is_dir() else None
        return cls(home, named, _fixed_now(named))

    @cached_property
    def config(self) -> Config:
        """The configuration, loaded once.

        Raises:
            config.ConfigError: a mistake in a YAML file.
        """
        return load_config(self.config_dir)

    def now(self) -> datetime:
        """The current moment (aware, UTC)."""
        return self.fixed_now or datetime.now(UTC)

    @property
    def landing(self) -> Path:
        """Folder of collected batches."""
        return self.home / "landing"

    @property
    def state(self) -> Path:
        """Database of what the crawlers have seen."""
        return self.home / "state" / "crawl.sqlite"

    @property
    def inbox(self) -> Path:
        """Folder where people put files to import."""
        return self.home / "inbox"

    @property
    def reports(self) -> Path:
        """Folder of finished reports."""
        return self.home / "reports"

    @property
    def raw(self) -> Path:
        """Folder of kept files of imports, encrypted."""
        return self.home / "raw"

    @property
    def fast(self) -> bool:
        """Whether texts are labelled without the encoder (``PATI_FAST=1``): for a very small machine."""
        return os.environ.get(FAST_VAR, "") not in ("", "0")

    @property
    def models(self) -> Path:
        """Folder of models trained here: `current` is in force, `challenger` waits for a comparison."""
        return self.home / "models"

    @property
    def logs(self) -> Path:
        """Folder of log files."""
        return self.home / "logs"

    def tokens(self) -> Tokens:
        """Keys and tokens of APIs: from the environment, else from a file that only its owner reads."""
        return load_tokens(os.environ, self.secret_file)

    def secrets(self) -> tuple[str, ...]:
        """Values that no log may hold: the file of secrets, and what the configuration names as secret."""
        config, tokens = self.config, self.tokens()
        delivery = config.report.delivery
        names = {*needed(config).values(), *config.alerts.delivery.to, *delivery.to, delivery.smtp}
        kept, _ = read_secrets(self.secret_file)
        return tuple({*kept.values(), *(tokens[name] for name in names if name in tokens)})

    @property
    def secret_file(self) -> Path:
        """Where keys and tokens may stand."""
        return self.home / "keys" / "rahasia.env"

    def environment(self) -> dict[str, str]:
        """Environment for a child process that must see the same settings."""
        names = {HOME_VAR: str(self.home), TENANT_VAR: ""}  # the home folder is the tenant's already
        if self.config_dir:
            names[CONFIG_VAR] = str(self.config_dir)
        if self.fixed_now:
            names[NOW_VAR] = self.fixed_now.isoformat()
        return {**os.environ, **names}

    def pseudonym_key(self) -> bytes:
        """The key of pseudonyms: made once, kept outside the lake, readable by its owner only.

        Returns:
            32 bytes.
        """
        return secret_key(self.key_file)

    @property
    def key_file(self) -> Path:
        """Where the key of pseudonyms lies."""
        return Path(os.environ.get(KEY_VAR) or self.home / "keys" / "pseudonym.key")

    @property
    def raw_key_file(self) -> Path:
        """Where the key of kept raw files lies; another one, so that it can be thrown away alone."""
        return self.home / "keys" / "raw.key"


def secret_key(path: Path) -> bytes:
    """Read a key, or make it: readable by its owner only, the same for everybody who asks at once.

    Returns:
        32 bytes.

    Raises:
        SettingsError: the file is damaged.
    """
    try:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except ValueError:
        raise SettingsError(f"Berkas kunci {path} rusak; pulihkan dari cadangan.") from None
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(32), encoding="ascii")
    try:
        # A hard link fails if another process was first: everybody then reads its key.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def new_run_id() -> str:
    """A run id that sorts by the time it was made (milliseconds of the real clock, then chance)."""
    return f"{time.time_ns() // 1_000_000:012x}-{secrets.token_hex(3)}"


def _fixed_now(folder: Path | None) -> datetime | None:
    """The moment at which the clock stands still: by the environment, or in the world of a demo."""
    written = folder / CLOCK if folder else None
    text = os.environ.get(NOW_VAR)
    if not text and written and written.is_file():
        text = written.read_text(encoding="utf-8").strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"{NOW_VAR}='{text}' bukan waktu ISO 8601, misalnya 2026-11-16T07:00+07:00."
        ) from None
    if moment.tzinfo is None:
        raise SettingsError(f"{NOW_VAR}='{text}' tidak menyebut zona waktu; tambahkan misalnya +07:00.")
    return moment.astimezone(UTC)
