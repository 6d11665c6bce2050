"""Whether the system behind the pages is still at work, by the heartbeat that its scheduler leaves."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from dashboard import format as fmt

NAME: Final = "heartbeat.json"


def silent_line(home: Path, now: datetime) -> str | None:
    """One sentence if the system has been silent for too long; None: it is at work, or nobody scheduled it.

    Args:
        home: the home folder.
        now: the moment of the page (aware).
    """
    try:
        found = json.loads((home / "state" / NAME).read_text(encoding="utf-8"))
        beat = datetime.fromisoformat(found["at"])
        ran = datetime.fromisoformat(found["run_at"] or found["since"])
        hours = int(found["silent_hours"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    since = min(beat, ran)
    if now - since < timedelta(hours=hours):
        return None
    return (
        f"Sistem diam sejak {fmt.moment(since)}: angka di bawah tidak bertambah. Beri tahu yang merawatnya; "
        "`pati status` menyebut sebabnya."
    )
