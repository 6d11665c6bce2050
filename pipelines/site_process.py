"""The process that looks at a site: `python -m pipelines.site_process`; see `child_process`.

The order holds `address`, `taken` (ids in use), `known` (ways in that stand in the source's entry,
by method) and `keep` (folder for a regression fixture, or null). Lines back: `{"step", "total"}`,
`{"asked"}`, and at the end `{"report"}` or `{"error"}`.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def main() -> None:
    """Look at the site named on standard input and report on standard output."""
    # Imported here: the reader's process imports this module too, and needs none of it.
    from pydantic import TypeAdapter

    from crawlers.onboarding.fixtures import save
    from crawlers.onboarding.model import OnboardingError, SiteReport
    from crawlers.onboarding.probe import Wish
    from crawlers.onboarding.spider import inspect_site
    from crawlers.runner import CrawlContext
    from pipelines.child_process import answer_parent
    from pipelines.logs import to_file
    from pipelines.privacy import key_masker, relevance, scrubber
    from pipelines.settings import Settings

    order, send = answer_parent()
    settings = Settings.load()
    mask = key_masker(settings.config)
    to_file(settings.logs, "sources", mask, secrets=settings.secrets())
    context = CrawlContext(
        config=settings.config,
        landing=settings.landing,
        state=settings.state,
        run_id="sources",
        now=settings.now,
        # nothing is stored and press authors get no pseudonym: a key for this process only
        scrub=scrubber(settings.config, secrets.token_bytes(32)),
        is_relevant=relevance(settings),
        on_progress=lambda _report: None,
        secrets=os.environ,
        inbox=settings.inbox,
        mask_key=mask,
    )
    try:
        look = inspect_site(
            Wish(order["address"], frozenset(order["taken"]), order["known"]),
            context,
            tell=lambda step, total: send({"step": step, "total": total}),
            told=lambda url: send({"asked": mask(url)}),
        )
    except OnboardingError as error:
        send({"error": str(error)})
        return
    if order["keep"] and look.kept:
        save(Path(order["keep"]), look.kept)
    send({"report": TypeAdapter(SiteReport).dump_python(look.report, mode="json")})


if __name__ == "__main__":
    main()
