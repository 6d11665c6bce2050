"""A systemd for tests: programs of the same names that note how they were called, and may refuse."""

from __future__ import annotations

from pathlib import Path

_SCRIPT = """#!/bin/sh
echo "$(basename "$0") $*" >> '{log}'
{then}
"""


def stand_in(folder: Path, *, refuses: str = "", lingers: bool = True) -> Path:
    """Make `systemctl` and `loginctl` in a folder; returns the file that notes their calls.

    Args:
        folder: to be put before all others in PATH.
        refuses: what `systemctl` says and fails with; empty: it does as it is told.
        lingers: whether `loginctl` does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "calls.txt"
    refusal = f"echo '{refuses}' >&2; exit 1" if refuses else "exit 0"
    for name, then in (("systemctl", refusal), ("loginctl", f"exit {0 if lingers else 1}")):
        (folder / name).write_text(_SCRIPT.format(log=log, then=then))
        (folder / name).chmod(0o755)
    return log


def of_unit(text: str, key: str) -> list[str]:
    """All values of a key, in order; double quotes and doubled signs as systemd reads them."""
    found = [line.partition("=")[2] for line in text.splitlines() if line.startswith(f"{key}=")]
    return [value.replace("%%", "%") for value in found]
