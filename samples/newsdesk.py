"""Makes articles: which outlet runs a text, under which byline, address and number."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from samples.dates import WIB
from samples.media import Media, Outlet
from samples.plan import Copy, generator
from samples.records import Article, Labels, numbered

ADVERTORIAL = re.compile(r"\((?:adv|hms|advertorial)\)", re.IGNORECASE)
DATELINE = re.compile(r"^([A-Z][A-Z ]{2,30}) (\u2013|-) ")
FIRST_NUMBER = {
    "detak": 8_200_000, "pesisir": 41_000, "patikini": 3_200,
    "promedia": 339_000_000, "jawapos": 694_000_000, "lereng": 407_000,
}  # fmt: skip


def slug_of(title: str) -> str:
    """A title as an address part: lower case, ASCII, at most 12 words."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:12])


def outlets_for(copy: Copy, media: Media, rng: random.Random) -> tuple[Outlet, ...]:
    """The outlets that run a text.

    Irrelevant texts go to general outlets, complaints never to the government's own sites,
    and nobody is chosen after it stopped publishing.

    Args:
        copy: the use of the text.
        media: all outlets.
        rng: the copy's generator.

    Returns:
        At least one outlet.
    """
    item = copy.item
    if item.outlets == "all":
        return tuple(media.outlet(name) for name in media.press_release)
    named = tuple(media.outlet(name) for name in item.outlets or ())
    alive = tuple(outlet for outlet in named if publishes(outlet, copy.week))
    if alive:
        return alive
    fitting = [
        outlet
        for outlet in media.outlets
        if publishes(outlet, copy.week)
        and (item.labels.relevant or outlet.scope == "general")
        and not (item.labels.sentiment == "negatif" and outlet.kind == "government")
        and outlet.weight
    ]
    return (rng.choices(fitting, weights=[o.weight for o in fitting])[0],)


def publishes(outlet: Outlet, week: int) -> bool:
    """Whether the outlet still publishes in that week and writes its own texts."""
    return outlet.clone_of is None and (outlet.last_week is None or week <= outlet.last_week)


def article(copy: Copy, outlet: Outlet, texts: tuple[str, str, Labels], media: Media, seed: int) -> Article:
    """One outlet's version of a text.

    Args:
        copy: the use of the text.
        outlet: who runs it.
        texts: filled title, filled text, expected labels.
        media: bylines and sections.
        seed: the world's seed.

    Returns:
        The article, not yet numbered.
    """
    title, text, labels = texts
    rng = generator(seed, copy.id, outlet.id)
    release = copy.item.outlets == "all"
    lag = timedelta(minutes=rng.randint(0, 600)) if release else timedelta()
    if outlet.branded and not release:
        text = DATELINE.sub(rf"\1, {outlet.name.upper()} \2 ", text, count=1)
    return Article(
        id=f"{copy.id}@{outlet.id}",
        item_id=copy.item.id,
        storyline=copy.item.storyline,
        week=copy.week,
        published_at=copy.moment + lag,
        title=title,
        text=text,
        labels=labels,
        outlet=outlet.id,
        author=rng.choice(media.reporters),
        section=rng.choice(media.sections),
        tags=tags_of(labels),
        slug=slug_of(title),
        advertorial=bool(ADVERTORIAL.search(text)),
        release=release,
    )


def tags_of(labels: Labels) -> tuple[str, ...]:
    """Tags an editor would give: the region, the kecamatan and the topic."""
    tags = ["pati"] if labels.relevant else ["jawa tengah"]
    tags += [name.lower() for name in labels.kecamatan]
    if labels.topic and labels.topic != "tidak_relevan":
        tags.append(labels.topic.replace("_", " "))
    return tuple(dict.fromkeys(tags))


def clones(articles: Iterable[Article], media: Media, now: datetime, seed: int) -> Iterator[Article]:
    """Republish another outlet's stories some hours later with its name replaced.

    Args:
        articles: everything published so far.
        media: who clones whom.
        now: clones that would appear later than this are left out.
        seed: the world's seed.

    Yields:
        The copies.
    """
    copiers = {o.clone_of: o for o in media.outlets if o.clone_of}
    for original in articles:
        copier = copiers.get(original.outlet)
        if copier is None:
            continue
        rng = generator(seed, original.id, copier.id)
        moment = original.published_at + timedelta(minutes=rng.randint(60, 540))
        if moment > now:
            continue
        source = media.outlet(original.outlet)
        yield replace(
            original,
            id=f"{original.id.partition('@')[0]}@{copier.id}",
            outlet=copier.id,
            published_at=moment,
            text=rebrand(original.text, source, copier),
            title=rebrand(original.title, source, copier),
            author="Admin",
            section="Viral",
            copy_of=original.id,
        )


def rebrand(text: str, source: Outlet, copier: Outlet) -> str:
    """Replace an outlet's name by another's, in every spelling the outlet uses of itself."""
    pairs = (
        (source.name, copier.name),
        (source.name.upper(), copier.name.upper()),
        (source.name.replace(" ", ""), copier.name.replace(" ", "")),
        (source.id, copier.id),
    )
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def with_addresses(articles: Sequence[Article], media: Media) -> tuple[Article, ...]:
    """Number every outlet's articles in the order they appeared and give them addresses.

    Args:
        articles: all articles of the world.
        media: address patterns.

    Returns:
        The articles sorted by time.
    """
    counts: dict[str, int] = defaultdict(int)
    used: dict[str, int] = defaultdict(int)
    done = []
    for one in sorted(articles, key=lambda a: (a.published_at, a.id)):
        outlet = media.outlet(one.outlet)
        counts[outlet.id] += 1
        used[f"{outlet.id}/{one.slug}"] += 1
        repeated = used[f"{outlet.id}/{one.slug}"]
        slug = one.slug if repeated == 1 else f"{one.slug}-{repeated}"
        number = FIRST_NUMBER.get(outlet.platform, 1_000) + counts[outlet.id] * 3
        local = one.published_at.astimezone(WIB)
        link = outlet.permalink.replace("{section}", slug_of(one.section))
        link = link.replace("{author}", slug_of(one.author))
        done.append(numbered(replace(one, slug=slug), number, link, local))
    return tuple(done)
