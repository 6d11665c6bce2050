"""Renders the gold pages. Seeded: the same pages every time, everywhere."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from samples.dates import DAYS, ENGLISH_MONTHS, MONTHS, SHORT_MONTHS, WIB
from samples.newsdesk import slug_of
from tests.gold.model import GoldPage, Neighbour, Story, Truth
from tests.gold.stories import compose, drafts, lead_in

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 24, 10, tzinfo=WIB)
PAGES_PER_LAYOUT = 12
WRITERS = (
    "Arum Sekarwangi", "Damar Purnomo", "Endah Kinasih", "Fajar Bagaskara", "Galih Wicaksana",
    "Hesti Rahmadani", "Ilham Nurdiansyah", "Joko Prasetya", "Kirana Dewi Lestari", "Lukman",
    "Mega Puspitasari", "Nuraini Azizah", "Oki Setyawan", "Pandu Winata", "Rahma Aulia Putri",
    "Satria Yudhistira", "Tika Wulandari", "Umar Fauzan", "Vina Anggraeni", "Wahyu Tri Hapsoro",
)  # fmt: skip
SECTIONS = ("Daerah", "Peristiwa", "Pemerintahan", "Ekonomi", "Pendidikan", "Kesehatan")
DEFAULTS: Mapping[str, Any] = {
    "stated": "instant", "author": "one", "adv": False, "lead": "", "jsonld": True, "pages": [],
    "whole": False, "part": "all", "fetched": "", "canonical": "", "charset": "utf-8",
    "declared": "", "short_dateline": False,
}  # fmt: skip
# Times that go wrong easily: just after midnight, so that UTC is the day before; days that are
# months too; today, when the page's clock shows the same date; years ago.
_TIMES: tuple[tuple[str, str], ...] = (
    ("2025-05-23", "14:12:09"), ("2024-09-04", "00:30:41"), ("2019-08-05", "07:05:00"),
    ("2026-11-24", "08:47:33"), ("2023-03-10", "23:45:10"), ("2017-10-30", "09:15:27"),
    ("2024-12-01", "12:00:00"), ("2026-11-23", "19:22:54"), ("2026-02-03", "05:58:02"),
    ("2021-07-09", "16:31:48"), ("2025-10-12", "06:10:20"), ("2022-01-31", "21:09:36"),
    ("2026-11-24", "00:05:12"), ("2018-06-06", "10:40:59"),
)  # fmt: skip
_QUOTE_MARKS = (("\u201c", "\u201d"), ('"', '"'), ("\u2018", "\u2019"), ("'", "'"))


def gold_pages() -> Iterator[GoldPage]:
    """All pages: stories of every layout, then what is no article."""
    from tests.gold.negatives import negative_pages

    for number, site in enumerate(sites()):
        for index in range(PAGES_PER_LAYOUT):
            yield from story_pages(site, number, index)
    yield from negative_pages()


@cache
def sites() -> list[dict[str, Any]]:
    """The invented outlets, one per layout."""
    files = sorted((HERE / "sites").glob("*.yaml"))
    return [site for file in files for site in yaml.safe_load(file.read_text("utf-8"))]


def story_pages(site: Mapping[str, Any], number: int, index: int) -> Iterator[GoldPage]:
    """Render one story of a site."""
    flags = {**DEFAULTS, **site["flags"], **site["cases"][index % len(site["cases"])]}
    rng = random.Random(f"gold {site['layout']} {index}")  # noqa: S311 - the same pages every time
    story = _story(site, number, index, flags, rng)
    html = template(f"{site['layout']}.html").render(
        s=site, p=story, c=story.flags, now=NOW, chance=lambda share: rng.random() < share
    )
    charset = flags["charset"]
    yield GoldPage(
        name=f"{site['layout']}-{index:02d}",
        layout=site["layout"],
        url=flags["fetched"].format(url=story.url) if flags["fetched"] else story.url,
        html=html.encode(charset, "xmlcharrefreplace"),
        charset=flags["declared"] or charset,
        truth=_truth(site, story),
    )


def _story(
    site: Mapping[str, Any], number: int, index: int, flags: Mapping[str, Any], rng: random.Random
) -> Story:
    day, clock = _TIMES[(index + 3 * number) % len(_TIMES)]
    at = datetime.fromisoformat(f"{day}T{clock}+07:00").astimezone(WIB)
    stated = flags["stated"]
    datelines = {"none": "none", "dateline": "same"}.get(stated, "before")
    if flags["short_dateline"]:
        datelines = "short"
        if NOW - at < timedelta(days=14):  # of these days a reader knows the year
            flags = {**flags, "stated": "dateline"}
    title, blocks = compose(rng, number * PAGES_PER_LAYOUT + index, at, datelines=datelines)
    title = _dressed(title, index, rng)
    half = (len(blocks) + 1) // 2
    blocks = {"first": blocks[:half], "second": blocks[half:]}.get(flags["part"], blocks)
    if blocks[-1].kind == "h2":
        blocks = blocks[:-1]  # a subheading over nothing
    if flags["lead"]:
        blocks = lead_in(blocks, flags["lead"])
    writers = rng.sample(WRITERS, 3)
    author = {"none": None, "two": f"{writers[0]}, {writers[1]}"}.get(flags["author"], writers[0])
    ident = 10_000 + 997 * number + 37 * index
    url = _url(site, title, ident, at)
    return Story(
        title=title, blocks=tuple(blocks), author=author, editor=writers[2],
        initials="".join(w[0].lower() for w in writers), at=at,
        updated=at + timedelta(minutes=rng.choice((0, 7, 95, 60 * 26))),
        created=at - timedelta(minutes=rng.choice((12, 190, 60 * 20))),
        section=SECTIONS[(number + index) % len(SECTIONS)],
        tags=tuple(rng.sample(("pati", "juwana", "pelayanan publik", "infrastruktur", "warga"), 3)),
        id=ident, slug=slug_of(title), url=url,
        canonical=flags["canonical"].format(url=url) if flags["canonical"] else url,
        caption=f"Suasana di lokasi saat warga berkumpul. (Foto: Dok. {site['name']})",
        summary=blocks[0].text[:150], others=neighbours(site, number, index, rng), flags=flags,
    )  # fmt: skip


def _truth(site: Mapping[str, Any], story: Story) -> Truth:
    flags = story.flags
    precision = {"instant": "minute", "day": "day", "dateline": "day", "none": None}[flags["stated"]]
    at = story.at if precision else None
    if precision == "day":
        at = story.at.replace(hour=0, minute=0, second=0)
    pages = tuple(f"{story.url}{suffix}" for suffix in flags["pages"])
    return Truth(
        title=story.title, body=tuple(b.text for b in story.blocks), author=story.author, at=at,
        precision=precision, canonical=story.canonical, advertorial=bool(flags["adv"]), pages=pages,  # type: ignore[arg-type]
        pages_whole=bool(flags["whole"]),
    )  # fmt: skip


def _url(site: Mapping[str, Any], title: str, ident: int, at: datetime) -> str:
    path: str = site["url"].format(slug=slug_of(title), id=ident, at=at)
    return f"https://{site['host']}{path}"


def _dressed(title: str, index: int, rng: random.Random) -> str:
    """Give some headlines the characters that break title readers."""
    words = title.split()
    match index % 6:
        case 1:
            left, right = rng.choice(_QUOTE_MARKS)
            return " ".join([left + words[0], words[1] + right, *words[2:]])
        case 3:
            return title.replace(" dan ", " & ")
        case 4:
            return f"{title} \u2013 Warga Angkat Bicara"
        case 5:
            return f"{title}: Ini Kata Pemkab | Bagian {rng.randint(1, 3)}"
    return title


def neighbours(site: Mapping[str, Any], number: int, index: int, rng: random.Random) -> tuple[Neighbour, ...]:
    found = []
    for step in range(24):
        draft = drafts()[(number * 41 + index * 29 + step * 13 + 7) % len(drafts())]
        at = NOW - timedelta(minutes=rng.randint(20, 60 * 24 * 6))
        found.append(
            Neighbour(
                title=draft.title, url=_url(site, draft.title, 90_000 + step, at), at=at,
                author=rng.choice(WRITERS), excerpt=draft.paragraphs[0][:160] + " [\u2026]",
            )
        )  # fmt: skip
    return tuple(found)


@cache
def template(name: str) -> Template:
    """Return one template, compiled once."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "layouts"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "tgl": indonesian, "en": english, "iso": lambda at: at.isoformat(),
        "utc": lambda at: at.astimezone(UTC).isoformat(),
        "utcz": lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "naive": lambda at: f"{at:%Y-%m-%d %H:%M:%S}",
        "json": lambda value: Markup(json.dumps(value, ensure_ascii=False).replace("</", "<\\/")),  # noqa: S704 - JSON for a script element
    }  # fmt: skip
    return environment


def indonesian(at: datetime, pattern: str) -> str:
    """Format like strftime with Indonesian names (%A, %B, %b)."""
    names = {"%A": DAYS[at.weekday()], "%B": MONTHS[at.month - 1], "%b": SHORT_MONTHS[at.month - 1]}
    for code, name in names.items():
        pattern = pattern.replace(code, name)
    return at.strftime(pattern)


def english(at: datetime, pattern: str) -> str:
    """Format like strftime with English month names, whatever the locale (%b, %B)."""
    full = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December")  # fmt: skip
    pattern = pattern.replace("%B", full[at.month - 1]).replace("%b", ENGLISH_MONTHS[at.month - 1])
    return at.strftime(pattern)
