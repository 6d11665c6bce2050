"""`make test-scale`: real PostgreSQL, Redis and S3 on loopback. Other runs leave this folder out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

collect_ignore_glob = [] if os.environ.get("PATI_SCALE") else ["test_*.py"]


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """PostgreSQL and an S3 server for all tests."""
    from tests.scale.services import Services

    with Services(Path(tmp_path_factory.mktemp("services"))) as started:
        yield started
