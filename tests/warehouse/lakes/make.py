"""Make the old lakes again: `python -m tests.warehouse.lakes.make` in a clone with the whole history.

For each schema the program of that time is taken from the history and makes a lake with the rows of
`rows.py`; what its own marts say is kept beside it. Only a new schema needs this: what is in the
repository stays as it was made.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
COMMITS = {
    1: "bc19d63",
    2: "98f4e05",
    3: "183d62c",
    4: "f76fb2d",
    5: "923e696",
    6: "8c5190e",
}
"""A commit at which the schema of that number was the newest."""


def make(number: int, commit: str) -> None:
    """Make the lake of one schema: `schema-N.tar.xz` and `schema-N.json`."""
    with tempfile.TemporaryDirectory() as folder:
        program, home = Path(folder) / "program", Path(folder) / "home"
        packed = subprocess.run(["git", "archive", commit, "warehouse"], check=True, capture_output=True)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(program, filter="data")
        done = subprocess.run(
            [sys.executable, "-P", HERE / "rows.py", home],
            env={**os.environ, "PYTHONPATH": str(program)}, cwd=folder, check=True, capture_output=True,
            text=True,
        )  # fmt: skip
        for path in home.rglob("*.lock"):
            path.unlink()
        with tarfile.open(HERE / f"schema-{number}.tar.xz", "w:xz") as archive:
            archive.add(home / "lake", "lake")
    numbers = json.loads(done.stdout)
    text = json.dumps(numbers, ensure_ascii=False, indent=1)
    (HERE / f"schema-{number}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    for chosen in map(int, sys.argv[1:] or map(str, COMMITS)):
        make(chosen, COMMITS[chosen])
        sys.stdout.write(f"schema {chosen}\n")
