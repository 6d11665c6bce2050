"""`pati quarantine` as a person types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.run import run_stages
from tests.pipelines.test_quarantine import NOW, Site, at, home, left, site

__all__ = ["home", "site"]
PATI = Path(sys.executable).parent / "pati"


def pati(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATI_NOW": NOW.isoformat(), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(
        [PATI, "--home", home, "--config", home / "config", "quarantine", *words],
        env=environment, text=True, capture_output=True, timeout=300, check=False,
    )  # fmt: skip


def rows(home: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(pati(home, "list", "--json", *words).stdout)
    return found


@pytest.mark.proof
def test_list_narrow_and_retry(home: Path, site: Site) -> None:
    nothing = pati(home, "list")
    assert nothing.returncode == 1, "no lake yet"
    assert nothing.stderr.count("\n") == 1
    # Gone, or moved to nowhere: the crawler asks for neither again by itself (for a 403 it would).
    site.answers |= {"dua": 404, "tiga": 404, "empat": 300}
    run_stages(at(home), ("collect", "load"))
    every = rows(home)
    assert sorted(one["record_key"].rpartition("/")[2] for one in every) == ["dua", "empat", "tiga"]
    gone = next(one["reason"] for one in every if one["record_key"].endswith("/dua"))
    assert len(rows(home, "--reason", gone)) == 2
    assert rows(home, "--source", "tidak-ada") == []
    shown = pati(home, "list", "--limit", "1").stdout
    assert "3 catatan ditolak; 2 lagi tidak ditampilkan (--limit)." in shown
    assert every[0]["record_id"][:12] in shown

    refused = pati(home, "retry")
    assert (refused.returncode, "--reason, atau --all" in refused.stderr) == (2, True)
    unknown = pati(home, "retry", "f" * 12)
    assert (unknown.returncode, "Tidak ada catatan ditolak yang cocok" in unknown.stderr) == (1, True)
    short = pati(home, "retry", every[0]["record_id"][:5])
    assert short.returncode == 1, "five signs do not name a record"

    site.answers["dua"] = 200
    said = pati(home, "retry", "--reason", gone).stdout
    assert "2 catatan: 1 beres, 1 ditolak lagi, 0 masih menunggu giliran, 0 tidak dapat diminta lagi." in said
    assert sorted(left(home)) == ["empat", "tiga"]
    site.answers |= {"tiga": 200, "empat": 200}
    key = left(home)["tiga"].record_id
    done = json.loads(pati(home, "retry", key[:12], "--json").stdout)
    assert (done["n"], done["settled"], done["results"]) == (1, 1, [])
    assert sorted(left(home)) == ["empat"]
