"""`make test-scale`: real PostgreSQL, Redis and S3 on loopback. Other runs leave this folder out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

collect_ignore_glob = [] if os.environ.get("PATI_SCALE") else ["test_*.py"]


@pytest.fixture(scope="session")
def services() -> Iterator[object]:
    """PostgreSQL and an S3 server for all tests.

    Not in pytest's folder: that is closed to PostgreSQL's user again whenever another run begins.
    """
    from tests.scale.services import Services

    with (
        tempfile.TemporaryDirectory(prefix="pati-scale-", ignore_cleanup_errors=True) as folder,
        Services(Path(folder)) as started,
    ):
        yield started
