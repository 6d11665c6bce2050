"""`make licences`: `docs/licences.md`, every locked runtime package with the licence its metadata names."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, metadata

from tests.conftest import ROOT
from tests.locked import read_lock, runtime

PAGE = ROOT / "docs" / "licences.md"

PERMISSIVE = frozenset({
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT",
    "MIT-0", "MIT-CMU", "PSF-2.0", "ZPL-2.1", "Zlib",
})  # fmt: skip
"""SPDX names that ask for no more than a notice."""
WEAK = {
    "MPL-2.0": "file by file: changed files of the package itself stay open; ours are not touched",
    "LGPL-2.1-or-later": "the package is used as it is, as a library that may be replaced",
}
"""Copyleft that ends at the package itself."""
SPELLED = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause": "BSD-3-Clause",
    "BSD License": "BSD",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
"""What metadata calls a licence → its SPDX name."""
ELSEWHERE = {
    "brotlicffi": ("MIT", "only on PyPy"),
    "colorama": ("BSD-3-Clause", "only on Windows"),
    "pypydispatcher": ("BSD", "only on PyPy"),
}
"""Locked, but not installed with CPython on Linux: read by a person from the package's page."""
READ = {
    "pypdfium2": (
        "BSD-3-Clause AND Apache-2.0",
        "metadata adds 'dependency licenses': those of PDFium, permissive",
    ),
    "requests-oauthlib": ("ISC", "its classifier says BSD; its licence file is ISC"),
    "tld": (
        "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later",
        "comes with trafilatura; we use it under LGPL-2.1-or-later, unchanged",
    ),
}
"""Packages whose metadata needs a person: what it comes to, and why."""


def of_metadata(expression: str | None, written: str | None, classifiers: Iterable[str]) -> str:
    """The licence that metadata names, in SPDX names where it can be told; empty if it names none. Pure.

    Args:
        expression: ``License-Expression`` (PEP 639).
        written: ``License``: a name, or a whole text.
        classifiers: all of them.
    """
    if expression:
        return expression
    lines = (written or "").strip().splitlines()
    if len(lines) == 1 and len(lines[0]) <= 60 and not lines[0].startswith("Copyright"):
        name = lines[0].strip()
        return " OR ".join(SPELLED.get(part, part) for part in name.split(" OR "))
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License :: ")]
    return " OR ".join(SPELLED.get(name, name) for name in named)


def allowed(licence: str) -> bool:
    """Whether code under the licence may be used beside Apache-2.0: one way of an OR will do. Pure."""
    known = PERMISSIVE | WEAK.keys()
    ways = licence.replace("(", "").replace(")", "").split(" OR ")
    return any(all(name.strip() in known for name in way.split(" AND ")) for way in ways)


def licence_of(name: str) -> tuple[str, str]:
    """The licence of a package, and a remark.

    Raises:
        LookupError: it is not installed here and nobody has looked it up.
    """
    if name in READ:
        return READ[name]
    try:
        found = metadata(name)
    except PackageNotFoundError:
        if name in ELSEWHERE:
            return ELSEWHERE[name]
        raise LookupError(
            f"{name} is locked but not installed: run `make install`, or add it to ELSEWHERE"
        ) from None
    licence = of_metadata(
        found.get("License-Expression"), found.get("License"), found.get_all("Classifier", [])
    )
    remark = "; ".join(WEAK[one] for one in WEAK if one in licence)
    return licence, remark


def page(versions: Mapping[str, list[str]], licences: Mapping[str, tuple[str, str]]) -> str:
    """The document. Pure."""
    rows = "\n".join(
        f"| {name} | {', '.join(versions[name])} | {licence} | {remark} |"
        for name, (licence, remark) in sorted(licences.items())
    )
    return f"""# Licences

Pati Maju is under Apache-2.0 ([LICENSE](../LICENSE)). These {len(licences)} packages are what `make install`
puts beside it to run; development tools are left out. Versions are those of `uv.lock`, licences those that
the packages' own metadata names. `make licences` writes this page; `tests/docs/test_licences.py` fails
when it is old or a licence is not on the list in `tests/licences.py`.

Nothing of these packages is copied into this repository. Wheels of numpy, scipy, pyarrow, pillow, lxml,
pypdfium2 and others hold compiled libraries under licences of their own, named in the wheels; whoever passes
an image or a bundle on passes those texts on too. *BSD* without a number: the metadata does not say which;
all of them are permissive.

| package | version | licence | remark |
|---|---|---|---|
{rows}
"""


def current() -> str:
    """The document as it should be now.

    Raises:
        LookupError: see `licence_of`.
    """
    versions = runtime(read_lock())
    return page(versions, {name: licence_of(name) for name in versions})


def main() -> None:
    """Write the page."""
    try:
        PAGE.write_text(current(), encoding="utf-8")
    except LookupError as problem:
        sys.exit(str(problem))


def rows(text: str) -> dict[str, str]:
    """Package → licence as a page says. Pure."""
    found = re.findall(r"^\| ([\w.-]+) \| [^|]* \| ([^|]+) \|", text.partition("|---|")[2], re.MULTILINE)
    return {name: licence.strip() for name, licence in found}


if __name__ == "__main__":
    main()
