"""Mask the records of a file, in processes of their own where it pays, and pack them for the landing zone."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice

from config import Config
from crawlers.items import Document, Rejection, refusal
from crawlers.landing import pack
from pipelines.erasure.forgotten import Forgotten, refusing
from pipelines.privacy import key_masker, scrubber

PART = 2500
"""Records per batch in the landing zone."""
WORTH_A_POOL = 4000
"""Fewer records are done before a second process has started."""
_WAITING = 4  # parts on their way; bounds what is in memory
_SAMPLE = 3

Records = Iterable[Document | Rejection]


@dataclass(frozen=True, slots=True)
class Part:
    """Some masked records.

    Attributes:
        packed: all of them, as a batch of the landing zone; empty if that was not asked for.
        n_documents: how many are documents.
        rejected: the others.
        sample: the first documents.
        digests: id and content hash of each document; empty if that was not asked for.
    """

    packed: bytes
    n_documents: int
    rejected: tuple[Rejection, ...]
    sample: tuple[Document, ...]
    digests: tuple[tuple[str, str], ...] = ()


Work = Callable[[list[Document | Rejection]], Part]


def worker(config: Config, key: bytes, forgotten: Forgotten, *, dry: bool) -> Work:
    """A function that masks a part.

    Args:
        config: what to mask by.
        key: of pseudonyms.
        forgotten: what was erased and must not come back.
        dry: nothing will be stored: digests are wanted instead of bytes.
    """
    from pipelines.stages.load import content_hash

    scrub, mask = refusing(scrubber(config, key), forgotten), key_masker(config)

    def work(records: list[Document | Rejection]) -> Part:
        clean = [
            (scrub(one) or refusal(one.source_id, one.doc_id, one.fetched_at))
            if isinstance(one, Document)
            else replace(one, key=mask(one.key), detail=mask(one.detail))
            for one in records
        ]
        documents = [one for one in clean if isinstance(one, Document)]
        return Part(
            b"" if dry else pack(clean),
            len(documents),
            tuple(one for one in clean if isinstance(one, Rejection)),
            tuple(documents[:_SAMPLE]),
            tuple((one.doc_id, content_hash(one)) for one in documents) if dry else (),
        )

    return work


def masked(
    records: Records, config: Config, key: bytes, forgotten: Forgotten, *, dry: bool
) -> Iterator[Part]:
    """Mask records, in order and in bounded memory.

    Args:
        records: as a reader of files gives them.
        config: what to mask by.
        key: of pseudonyms.
        forgotten: see `worker`.
        dry: see `worker`.
    """
    feed = iter(records)
    first = list(islice(feed, WORTH_A_POOL))
    if len(first) < WORTH_A_POOL or (os.cpu_count() or 1) < 2:
        work = worker(config, key, forgotten, dry=dry)
        yield from map(work, _parts(iter([*first, *feed])))
        return
    with _pool(config, key, forgotten, dry=dry) as pool:
        waiting: deque[Future[Part]] = deque()
        for part in _parts(_chained(first, feed)):
            waiting.append(pool.submit(_in_process, part))
            if len(waiting) >= _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _chained(
    first: list[Document | Rejection], rest: Iterator[Document | Rejection]
) -> Iterator[Document | Rejection]:
    yield from first
    yield from rest


def _parts(feed: Iterator[Document | Rejection]) -> Iterator[list[Document | Rejection]]:
    while part := list(islice(feed, PART)):
        yield part


@contextmanager
def _pool(config: Config, key: bytes, forgotten: Forgotten, *, dry: bool) -> Iterator[ProcessPoolExecutor]:
    """Two processes; started afresh, so that they share neither locks nor memory with this one."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(2, context, _begin, (config, key, forgotten, dry))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


_work: Work | None = None


def _begin(config: Config, key: bytes, forgotten: Forgotten, dry: bool) -> None:  # noqa: FBT001 - called by the pool
    global _work  # noqa: PLW0603 - the one thing that a process of the pool is for
    _work = worker(config, key, forgotten, dry=dry)


def _in_process(records: list[Document | Rejection]) -> Part:
    if _work is None:
        raise RuntimeError("the process was not set up")
    return _work(records)
