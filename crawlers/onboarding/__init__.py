"""Looking at a site nobody has configured yet: what leads to its articles, what its pages give.

`inspect_site` fetches with the crawler's own rules and reads with its own readers; `propose`
turns what was found into an entry for ``sources.yaml``; `fixtures` keeps pages with what they
are expected to give, so that a change that breaks a source is seen.
"""

from crawlers.onboarding.model import (
    Coverage,
    Endpoint,
    OnboardingError,
    Proposal,
    Robots,
    Sample,
    SiteReport,
    Tried,
)
from crawlers.onboarding.propose import entry

__all__ = [
    "Coverage",
    "Endpoint",
    "OnboardingError",
    "Proposal",
    "Robots",
    "Sample",
    "SiteReport",
    "Tried",
    "entry",
]
