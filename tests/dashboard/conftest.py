"""Three homes: none at all, an empty lake, a small lake with hostile rows. Read only, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.seed import empty_lake, seeded_lake


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("homes")
    found = {name: root / name for name in ("none", "empty", "seeded")}
    empty_lake(found["empty"])
    seeded_lake(found["seeded"])
    return found
