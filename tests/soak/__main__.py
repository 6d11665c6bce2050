"""`python -m tests.soak --weeks 26`: the whole soak, hour by hour, with a plot."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from samples.server import Newsroom
from samples.world import World
from tests.soak.disk import small_disk
from tests.soak.life import FAULTS, HOUR, SHOWN, Hour, Life, free_port

SEED = 20261116
SHARE = 0.04
"""Of all hours, how many have a fault."""


def plan(hours: int, chance: random.Random) -> Iterator[str]:
    """A fault, or none, for each hour; after one comes at least one quiet hour."""
    before = True
    for _ in range(hours):
        fault = chance.choice(FAULTS) if not before and chance.random() < SHARE else ""
        before = bool(fault)
        yield fault


def unseen(hours: Sequence[Hour], *, disk: bool) -> list[Hour]:
    """Hours whose fault `pati status` did not show."""
    return [
        hour
        for hour in hours
        if hour.fault and (disk or hour.fault != "disk_full") and not SHOWN[hour.fault] & set(hour.seen)
    ]


def plot(hours: Sequence[Hour], path: Path) -> None:
    """Memory, files and bytes over time, as a picture."""
    import altair as alt
    import pandas as pd
    import vl_convert as vlc

    names = {
        "megabytes": "memori terbesar (MB)", "lake_files": "berkas gudang data",
        "state_bytes": "state dan log (byte)", "home_bytes": "folder data (byte)", "seconds": "lama (detik)",
    }  # fmt: skip
    frame = pd.DataFrame([asdict(hour) for hour in hours]).melt(["at", "fault"], list(names))
    frame["variable"] = frame["variable"].map(names)
    lines = alt.Chart(frame).mark_line(strokeWidth=1).encode(
        x=alt.X("at:T", title=None), y=alt.Y("value:Q", title=None), row=alt.Row("variable:N", title=None)
    ).properties(width=900, height=110).resolve_scale(y="independent")  # fmt: skip
    path.write_bytes(vlc.vegalite_to_png(lines.to_json(), scale=1.5))


def main() -> int:
    """Live, check, draw."""
    parser = argparse.ArgumentParser(prog="tests.soak", description=__doc__)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--out", type=Path, default=Path("/tmp/pati-soak"))  # noqa: S108 - a place to look at
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--scale", type=float, default=0.3, help="how much the newsroom writes")
    parser.add_argument("--megabytes", type=int, default=2048, help="size of the disk")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(options.seed)  # noqa: S311 - moments, not secrets
    with (
        Newsroom(World(weeks=options.weeks, scale=options.scale), free_port()) as room,
        small_disk(options.out / "disk", options.megabytes) as disk,
    ):
        life = Life(room, (disk or options.out / "plain") / "home", disk, chance)
        end = room.world.now
        hours = options.weeks * 7 * 24
        for n, fault in enumerate(plan(hours, chance)):
            hour = life.live(end - (hours - n) * HOUR, fault)
            line = json.dumps(asdict(hour), default=str)
            with (options.out / "hours.jsonl").open("a", encoding="utf-8") as file:
                file.write(line + "\n")
            if fault or n % 24 == 0:
                print(line, flush=True)  # noqa: T201 - a program for people
        life.live(end)
        life.live(end + timedelta(hours=1))
        found = life.documents()
    plot(life.hours, options.out / "soak.png")
    twice = [doc_id for doc_id, n in found.items() if n > 1]
    silent = unseen(life.hours, disk=disk is not None)
    faults = Counter(hour.fault for hour in life.hours if hour.fault)
    told = f"{len(life.hours)} hours, {len(found)} documents, {len(twice)} twice, faults {dict(faults)}, "
    print(f"{told}{len(silent)} not shown; {options.out / 'soak.png'}")  # noqa: T201 - a program for people
    return 1 if twice or silent else 0


if __name__ == "__main__":
    sys.exit(main())
