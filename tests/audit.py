"""`make audit`: known vulnerabilities of the locked runtime packages, asked of PyPI and of OSV.

A service that is asked through a mirror may answer without knowing anything. So it is first asked about
`CANARY`, which is known to be vulnerable; who finds nothing there is not believed.

Exit status: 0 every package was looked up and nothing is known; 1 something is known; 3 not known.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

UV = ROOT / ".tools" / "bin" / "uv"
TOOL = "pip-audit>=2.9,<3"
SERVICES = ("pypi", "osv")
CANARY = "urllib3==1.24.1"
"""A version with published vulnerabilities (CVE-2019-11324 among them)."""
CLEAN, FOUND, UNKNOWN = 0, 1, 3
WAIT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Known:
    """One published vulnerability of one locked package."""

    package: str
    version: str
    id: str
    fixed_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one service said.

    Attributes:
        service: its name.
        known: vulnerabilities.
        skipped: packages that it could not look up.
        n: packages that it looked up.
        problem: why nothing can be said; None: something can.
    """

    service: str
    known: tuple[Known, ...] = ()
    skipped: tuple[str, ...] = ()
    n: int = 0
    problem: str | None = None


def read(service: str, output: str, errors: str) -> Answer:
    """What pip-audit printed, understood. Pure.

    Args:
        service: that was asked.
        output: its standard output, JSON if it came so far.
        errors: its standard error.
    """
    try:
        rows = json.loads(output)["dependencies"]
        known = tuple(
            Known(row["name"], row["version"], one["id"], tuple(one.get("fix_versions", ())))
            for row in rows
            for one in row.get("vulns", ())
        )
        skipped = tuple(row["name"] for row in rows if "skip_reason" in row)
        return Answer(service, known, skipped, len(rows) - len(skipped))
    except (ValueError, KeyError, TypeError):
        last = next((line.strip() for line in reversed(errors.splitlines()) if line.strip()), "no answer")
        return Answer(service, problem=last[-300:])


def verdict(answers: Sequence[Answer], wanted: Iterable[str]) -> tuple[int, list[str]]:
    """Exit status and lines to print. Pure.

    Args:
        answers: of the services.
        wanted: names of all packages that should be looked up.
    """
    lines = [f"{one.service}: not reached ({one.problem})" for one in answers if one.problem]
    lines += [
        f"{one.service}: {one.n} packages looked up, {len(one.known)} known vulnerabilities"
        + (f", not looked up: {', '.join(one.skipped)}" if one.skipped else "")
        for one in answers
        if not one.problem
    ]
    known = {(one.package, one.id): one for answer in answers for one in answer.known}
    for one in known.values():
        mended = f"mended in {', '.join(one.fixed_in)}" if one.fixed_in else "no mended version yet"
        lines.append(f"  {one.package} {one.version}: {one.id}, {mended}")
    heard = [set(one.skipped) for one in answers if not one.problem]
    unseen = set(wanted) if not heard else set.intersection(*heard)
    if known:
        upgrade = " ".join(f"--upgrade-package {name}" for name in sorted({name for name, _ in known}))
        return FOUND, [*lines, f"Mend: .tools/bin/uv lock {upgrade}, then `make test proofs`."]
    if unseen:
        what = "no database could be reached" if not heard else f"not looked up: {', '.join(sorted(unseen))}"
        return UNKNOWN, [*lines, f"Nothing is known about the state of the packages: {what}."]
    return CLEAN, [*lines, "No known vulnerability in any locked runtime package."]


def ask(service: str, requirements: Path, *, hashed: bool) -> Answer:
    """Ask a service about a file of requirements."""
    words = ["-r", requirements, "--disable-pip", *(["--require-hashes"] if hashed else ["--no-deps"])]
    try:
        done = subprocess.run(
            [UV, "tool", "run", "--quiet", "--from", TOOL, "pip-audit", *words, "-s", service, "-f", "json",
             "--progress-spinner", "off", "--timeout", "30"],
            text=True, capture_output=True, timeout=WAIT_SECONDS, check=False, cwd=ROOT,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Answer(service, problem=f"no answer within {WAIT_SECONDS} s")
    return read(service, done.stdout, done.stderr)


def believed(service: str, folder: Path) -> Answer | None:
    """None if a service knows about the canary, else why it is not believed."""
    path = folder / "canary.txt"
    path.write_text(f"{CANARY}\n", encoding="utf-8")
    found = ask(service, path, hashed=False)
    if found.problem:
        return found
    return None if found.known else Answer(service, problem=f"it knows nothing of {CANARY}")


def main() -> None:
    """Export the lock, ask, and say what is known."""
    with tempfile.TemporaryDirectory() as name:
        locked = Path(name) / "locked.txt"
        subprocess.run(
            [UV, "export", "--frozen", "--no-dev", "--no-emit-project", "--quiet", "-o", locked],
            check=True, cwd=ROOT,
        )  # fmt: skip
        lines = locked.read_text(encoding="utf-8").splitlines()
        wanted = [
            line.partition("==")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))
        ]
        answers = [believed(one, Path(name)) or ask(one, locked, hashed=True) for one in SERVICES]
    status, said = verdict(answers, wanted)
    sys.stdout.write("\n".join(said) + "\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
