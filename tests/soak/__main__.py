"""`python -m tests.soak --weeks 26`: the whole soak, hour by hour, with a plot (`make test-soak`)."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from samples.server import Newsroom
from samples.world import World
from tests.soak.disk import small_disk
from tests.soak.drawing import draw
from tests.soak.life import FAULTS, HOUR, SHOWN, Hour, Life, free_port, living
from warehouse.maintain.restore import verified

SEED = 20261116
WEEK = 7 * 24
SHARE = 0.025
"""Of all hours, how many have a fault."""
ROOT = Path(__file__).resolve().parents[2]
PICTURE, FIGURES = ROOT / "docs" / "images" / "soak.png", ROOT / "docs" / "images" / "soak.json"
MEGABYTES = 600
"""Size of the disk the home folder lies on."""
MOST_MEGABYTES, MOST_STATE_BYTES, MOST_LAKE_FILES = 900.0, 60 * 1024**2, 2000
"""What a job's process, the state with the logs, and the lake may grow to."""
CREEP_MEGABYTES = 120.0
"""What the scheduler's own process may gain from its tenth part on."""


def plan(hours: int, chance: random.Random) -> Iterator[str]:
    """A fault, or none, for each hour; after one comes at least one quiet hour; each kind comes once."""
    before, kinds = True, list(FAULTS)
    for n in range(hours):
        left = hours - n
        wanted = chance.random() < SHARE or (kinds and left <= 2 * len(kinds) + 2)
        fault = ""
        if wanted and not before and left > 1:
            fault = kinds.pop() if kinds else chance.choice(FAULTS)
        before = bool(fault)
        yield fault


def unseen(hours: Sequence[Hour], *, disk: bool) -> list[Hour]:
    """Hours whose fault `pati status` did not show."""
    return [
        hour
        for hour in hours
        if hour.fault and (disk or hour.fault != "disk_full") and not SHOWN[hour.fault] & set(hour.seen)
    ]


def wrong(hours: Sequence[Hour], found: Counter[str], wanted: Counter[str], *, disk: bool) -> list[str]:
    """What the soak should not have found: sentences; empty if all is well. Pure."""
    twice = sum(n > 1 for n in found.values())
    lost = sorted(set(wanted) - set(found))
    job, state = max(one.megabytes for one in hours), max(one.state_bytes for one in hours)
    files = max(one.lake_files for one in hours)
    crept = hours[-1].scheduler_megabytes - hours[len(hours) // 10].scheduler_megabytes
    rules = (
        (twice > 0, f"{twice} documents are there more than once"),
        (bool(lost), f"{len(lost)} documents were lost: {lost[:3]}"),
        (hours[-1].seen != (), f"after the last hour something is still wrong: {hours[-1].seen}"),
        (job > MOST_MEGABYTES, f"a job took {job:.0f} MB"),
        (crept > CREEP_MEGABYTES, f"the scheduler's process gained {crept:.0f} MB"),
        (state > MOST_STATE_BYTES, f"state and logs took {state} bytes"),
        (files > MOST_LAKE_FILES, f"the lake had {files} files"),
    )
    said = [sentence for is_wrong, sentence in rules if is_wrong]
    return said + [f"{one.at}: {one.fault} was not shown, but {one.seen}" for one in unseen(hours, disk=disk)]


def figures(life: Life, found: Counter[str], wanted: Counter[str], seconds: float) -> dict[str, Any]:
    """What was lived through, as numbers, with one sentence of `pati status` for each kind of fault."""
    hours = life.hours
    quiet = sorted(one.seconds for one in hours if not one.fault)
    return {
        "hours": len(hours), "weeks": round(len(hours) / 168, 2), "documents": len(found),
        "documents_of_one_quiet_run": len(wanted), "lost": len(set(wanted) - set(found)),
        "twice": sum(n > 1 for n in found.values()),
        "faults": dict(Counter(one.fault for one in hours if one.fault)), "kills_too_late": life.missed,
        "shown": {one.fault: one.said for one in hours if one.said},
        "job_megabytes_most": max(one.megabytes for one in hours),
        "scheduler_megabytes": [hours[len(hours) // 10].scheduler_megabytes, hours[-1].scheduler_megabytes],
        "lake_files_most": max(one.lake_files for one in hours), "lake_files_last": hours[-1].lake_files,
        "state_bytes_most": max(one.state_bytes for one in hours), "home_bytes_last": hours[-1].home_bytes,
        "seconds": round(seconds), "quiet_hour_seconds_median": round(quiet[len(quiet) // 2], 2),
    }  # fmt: skip


def soak(
    hours: int,
    folder: Path,
    *,
    scale: float,
    seed: int = SEED,
    minutes: float = 0,
    tell: Callable[[Hour], None] = lambda _: None,
) -> tuple[dict[str, Any], list[Hour], list[str]]:
    """Live through the newsroom's last hours; then compare with a home that had one quiet run.

    Args:
        hours: how many.
        folder: for the homes, their disk and their backups.
        scale: how much the newsroom writes.
        seed: of what goes wrong, and when.
        minutes: after so many no further hour is begun; 0: all are lived.
        tell: is given each hour.

    Returns:
        (figures, hours, what should not have been found).
    """
    began, chance = time.monotonic(), random.Random(seed)  # noqa: S311 - moments, not secrets
    with Newsroom(World(weeks=-(-hours // WEEK), scale=scale), free_port()) as room:
        end = room.world.now
        with (
            small_disk(folder / "disk", MEGABYTES) as disk,
            living(room, (disk or folder / "plain") / "home", folder / "aside", disk, chance) as life,
        ):
            owed: list[str] = []  # kills that came too late: tried again in the next hour that is free
            for n, planned in enumerate(plan(hours, chance)):
                if minutes and time.monotonic() - began > minutes * 60:
                    end = life.hours[-1].at + HOUR
                    break
                free = owed and n + 1 < hours and not (life.hours and life.hours[-1].fault)
                fault = planned or (owed.pop() if free else "")
                tell(life.live(end - (hours - n) * HOUR, fault))
                if fault and not life.hours[-1].fault:
                    owed.append(fault)
            life.put_files(end)
            for n in range(2):  # what the last fault left is made good, and is over
                tell(life.live(end + n * HOUR))
            found, damaged = life.documents(), list(verified(life.folder))
        with living(room, folder / "calm" / "home", folder / "aside-calm", None, chance) as calm:
            calm.put_files(end)
            calm.live(end + HOUR)
            wanted = calm.documents()
    said = wrong(life.hours, found, wanted, disk=disk is not None) + [str(one) for one in damaged]
    return figures(life, found, wanted, time.monotonic() - began), life.hours, said


def main() -> int:
    """Live, check, draw."""
    parser = argparse.ArgumentParser(prog="tests.soak", description=__doc__)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--scale", type=float, default=0.3, help="how much the newsroom writes")
    parser.add_argument(
        "--minutes", type=float, default=0, help="begin no further hour after so many; 0: all"
    )
    parser.add_argument(
        "--out", type=Path, help="write soak.png, soak.json and hours.jsonl here, not to docs/"
    )
    options = parser.parse_args()
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    picture, kept = (
        (options.out / PICTURE.name, options.out / FIGURES.name) if options.out else (PICTURE, FIGURES)
    )

    def tell(hour: Hour) -> None:
        line = json.dumps(asdict(hour), default=str)
        if options.out:
            with (options.out / "hours.jsonl").open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        if hour.fault or hour.at.hour == 0:
            print(line, flush=True)  # noqa: T201 - a program for people

    with tempfile.TemporaryDirectory(prefix="pati-soak-", ignore_cleanup_errors=True) as name:
        numbers, hours, said = soak(
            options.weeks * WEEK,
            Path(name),
            scale=options.scale,
            seed=options.seed,
            minutes=options.minutes,
            tell=tell,
        )
    draw(hours, picture)
    kept.write_text(json.dumps(numbers, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(numbers, indent=2, ensure_ascii=False), *said, picture, sep="\n")  # noqa: T201 - same
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
