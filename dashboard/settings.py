"""Which home, which config, which moment: read from the environment, once per page view."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast, get_args

HOME_VAR, CONFIG_VAR, NOW_VAR = "PATI_HOME", "PATI_CONFIG", "PATI_NOW"
RECORDER_VAR, MASKER_VAR, WORDS_VAR = "PATI_RECORDER", "PATI_MASKER", "PATI_WORDS"
AGREEMENT_VAR = "PATI_AGREEMENT"
SENDER_VAR = "PATI_SENDER"
ACCESS_VAR = "PATI_ACCESS"
DEFAULT_HOME = "pati-home"
SLOT_MINUTES = 10


Access = Literal["sign_in", "demo", "open"]


class SettingsError(Exception):
    """A setting is unusable; the text is one Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a page view needs to know before it reads anything.

    Attributes:
        home: folder of the lake.
        config_dir: folder whose YAML files override the bundled ones, or None.
        now: the moment numbers refer to (aware, UTC).
        fixed: whether `now` was given and stands still.
        recorder: the unit in whose name events of complaints are recorded; None: reading only.
        masker: where the function is that makes the masker of notes, as ``module:function``.
        words: same for the analyser that questions are read with; None: no search index is used.
        agreement: same for the function that measures how far two readers agree.
        sender: same for the function that sends a report.
        access: ``sign_in``; ``demo``: anybody looks, as the role they choose (made-up data only);
            ``open``: anybody is admin (for tests).
    """

    home: Path
    config_dir: Path | None
    now: datetime
    fixed: bool = False
    recorder: str | None = None
    masker: str | None = None
    words: str | None = None
    agreement: str | None = None
    sender: str | None = None
    access: Access = "sign_in"

    @property
    def writing_at(self) -> datetime:
        """The moment something is written at: the clock's own, unless it stands still."""
        return self.now if self.fixed else datetime.now(UTC)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from environment variables.

    Without `PATI_NOW` the moment is the clock's, rounded down to ten minutes: page views of
    the same ten minutes share their answers.

    Raises:
        SettingsError: `PATI_NOW` is not an ISO 8601 moment with a zone, or `PATI_ACCESS` is unknown.
    """
    values = os.environ if environment is None else environment
    config = values.get(CONFIG_VAR)
    home = Path(values.get(HOME_VAR) or DEFAULT_HOME).absolute()
    if not config and (home / "config").is_dir():
        config = str(home / "config")
    return Settings(
        home=home,
        config_dir=Path(config).absolute() if config else None,
        now=_now(values.get(NOW_VAR)),
        fixed=bool(values.get(NOW_VAR)),
        recorder=(values.get(RECORDER_VAR) or "").strip() or None,
        masker=values.get(MASKER_VAR) or None,
        words=values.get(WORDS_VAR) or None,
        agreement=values.get(AGREEMENT_VAR) or None,
        sender=values.get(SENDER_VAR) or None,
        access=_access(values.get(ACCESS_VAR) or "sign_in"),
    )


def _access(text: str) -> Access:
    for known in get_args(Access):
        if text == known:
            return cast("Access", known)
    raise SettingsError(f"{ACCESS_VAR}='{text[:40]}' tidak dikenal; pilih {', '.join(get_args(Access))}.")


def _now(text: str | None) -> datetime:
    if not text:
        clock = datetime.now(UTC)
        return clock.replace(minute=clock.minute // SLOT_MINUTES * SLOT_MINUTES, second=0, microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise SettingsError(
            f"{NOW_VAR}='{text}' bukan waktu ISO 8601 berzona, misalnya 2026-11-16T07:00+07:00."
        )
    return moment.astimezone(UTC)
