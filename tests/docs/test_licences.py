"""Every locked package has a licence that fits, and the page says so; every file of it has a digest."""

from __future__ import annotations

import pytest

from tests.licences import ELSEWHERE, PAGE, READ, allowed, current, of_metadata, rows
from tests.locked import read_lock, runtime


def test_the_page_is_of_the_lock() -> None:
    assert PAGE.read_text(encoding="utf-8") == current(), "run `make licences`"


def test_every_package_may_be_used_beside_apache_2() -> None:
    found = rows(PAGE.read_text(encoding="utf-8"))
    assert set(found) == set(runtime(read_lock()))
    assert {name: licence for name, licence in found.items() if not allowed(licence)} == {}
    assert len(found) > 100


def test_nothing_was_read_by_a_person_that_is_not_locked_any_more() -> None:
    assert set(ELSEWHERE) | set(READ) <= set(runtime(read_lock()))


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_what_fits(licence: str, fits: bool) -> None:
    assert allowed(licence) is fits


@pytest.mark.parametrize(
    ("expression", "written", "classifiers", "licence"),
    [
        ("MIT", "something else", ["License :: OSI Approved :: BSD License"], "MIT"),
        (None, "Apache 2.0", [], "Apache-2.0"),
        (None, "BSD 3-Clause OR Apache-2.0", [], "BSD-3-Clause OR Apache-2.0"),
        (None, "Copyright (c) 2001\nRedistribution …", ["License :: OSI Approved :: BSD License"], "BSD"),
        (None, "", ["Topic :: Text", "License :: OSI Approved :: MIT License"], "MIT"),
        (None, None, [], ""),
        (None, "GPLv3", [], "GPLv3"),
    ],
)
def test_what_metadata_says(
    expression: str | None, written: str | None, classifiers: list[str], licence: str
) -> None:
    assert of_metadata(expression, written, classifiers) == licence


def test_every_file_of_a_package_is_locked_by_its_digest() -> None:
    files = [
        (name, file)
        for name, packages in read_lock().items()
        for package in packages
        for file in [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
    ]
    assert [name for name, file in files if not file.get("hash", "").startswith("sha256:")] == []
    assert len(files) > 500
