"""Which packages an installation for use gets: what `uv.lock` says, development tools left out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

LOCK = ROOT / "uv.lock"
US = "pati-maju"


def read_lock(path: Path = LOCK) -> dict[str, list[dict[str, Any]]]:
    """The lock's packages by name; some are locked in several versions, for several versions of Python."""
    found: dict[str, list[dict[str, Any]]] = {}
    for package in tomllib.loads(path.read_text(encoding="utf-8"))["package"]:
        found.setdefault(package["name"], []).append(package)
    return found


def runtime(packages: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """Name → locked versions of everything that ours needs to run, on any machine; extras left out. Pure."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [(US, ())]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for package in packages[name]:
            needs = list(package.get("dependencies", ()))
            for extra in extras:
                needs += package.get("optional-dependencies", {}).get(extra, ())
            waiting += [(one["name"], tuple(one.get("extra", ()))) for one in needs]
    names = sorted({name for name, _ in seen} - {US})
    return {name: sorted(package["version"] for package in packages[name]) for name in names}
