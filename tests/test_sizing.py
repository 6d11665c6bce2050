"""The sizing document's results follow from the figures in its tables."""

import re
from pathlib import Path

import pytest

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "sizing.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)` \| .* \| ([\d.,]+)[^|]*\|", re.MULTILINE)
NAMED = {name: float(value.replace(",", "")) for name, value in ROW.findall(TEXT)}
PLAIN = " ".join(TEXT.split())


def f(name: str) -> float:
    return NAMED[name]


BYTES = f("lake_bytes") + f("index_bytes") + f("landing_bytes")
YEAR = f("docs_day") * 365
NATION = YEAR * f("regencies")
CPU = (
    f("articles_day") * f("pages_per_article") * f("crawl_ms")
    + f("docs_day") * (f("load_ms") + f("label_ms"))
    + f("articles_day") * f("link_ms")
) / 1000
HOURS = f("regencies") * CPU / 3600
TASKS = f("regencies") * 6 * 4 / 3600
SLOPE = (f("question5_ms") - f("question_ms")) / 4000


@pytest.mark.parametrize(
    "said",
    [
        f"{f('docs_day') * BYTES / 1e6:.1f} MB a day, **{YEAR * BYTES / 1e9:.1f} GB a year**",
        f"= **{CPU:.0f} s a day**",
        f"**{1e6 / YEAR:.1f} years** and 5 M after {5e6 / YEAR:.1f} years",
        f"**{NATION / 365:,.0f} a day**, {NATION / 1e6:.0f} M a year",
        f"**{round(NATION * BYTES / 1e9, -1):.0f} GB a year** (lake {NATION * f('lake_bytes') / 1e9:.0f},",
        f"index {NATION * f('index_bytes') / 1e9:.0f}, landing {NATION * f('landing_bytes') / 1e9:.0f})",
        f"about Rp {NATION * BYTES / 1e9 * f('gb_month'):,.0f}"[:-3] + "000 a month",
        f"= {HOURS:.1f} hours a day, {HOURS / 24:.2f} cores on average",
        f"are {f('regencies') * 40:,.0f} tasks",
        f"**{TASKS:.1f} cores**; with peaks **{TASKS / f('busy') * 100:.0f} cores**",
        f"**{1e9 * (f('lake_bytes') + f('index_bytes')) / 1e12:.1f} TB**",
        f"{1e9 / NATION:.1f} years of 514",
        f"= {1e9 * f('label_ms') / 1000 / 86400:.0f} days of one core; on 64 cores",
        f"on 64 cores **{1e9 * f('label_ms') / 1000 / 86400 / 64:.1f} days**",
        f"from {f('question_ms'):.0f} to {f('question5_ms'):,.0f} ms, {SLOPE:.3f} ms for each thousand",
        f"**{round(SLOPE * 1e6 / 1000, -1):.0f} s on two cores**",
    ],
)
def test_a_result_follows_from_the_tables(said: str) -> None:
    assert said in PLAIN
