"""Who has seen the short guide of their role: remembered beside the account, not in the browser."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from warehouse.access.book import book, looking
from warehouse.access.viewer import Viewer


def has_seen(home: Path, who: Viewer) -> bool:
    """Whether somebody has put the guide of their role away."""
    with looking(home) as con:
        if con is None or not con.execute("SELECT 1 FROM sqlite_master WHERE name = 'guide'").fetchone():
            return False
        asked = "SELECT 1 FROM guide WHERE user = ? AND role = ?"
        return con.execute(asked, [who.user, who.role]).fetchone() is not None


def put_away(home: Path, who: Viewer) -> None:
    """Note that somebody has seen it; another role has a guide of its own."""
    with book(home) as con:
        con.execute(
            "INSERT OR REPLACE INTO guide (user, role, at) VALUES (?, ?, ?)",
            [who.user, who.role, datetime.now(UTC).isoformat()],
        )
