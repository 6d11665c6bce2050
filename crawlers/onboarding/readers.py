"""The crawler's killable readers, for front pages too."""

from __future__ import annotations

from crawlers.onboarding.front import Front, ReadFront
from crawlers.pool import ReaderPool, ReadingFailedError


class SiteReaders(ReaderPool):
    """Worker processes that also read front pages."""

    async def front(self, job: ReadFront) -> Front:
        """Read a front page.

        Raises:
            ReadingFailedError: it took too long, too much memory, or broke the parser.
        """
        result = await self._run(job)
        if not isinstance(result, Front):
            raise ReadingFailedError(str(result))
        return result
