"""Our own gold set: pages as Indonesian sites make them, rendered from data that is the truth.

`sites/` describes one invented outlet per layout and the cases its pages go through,
`layouts/` holds the templates, `negatives.yaml` what is no article. See README.md.
"""

from tests.gold.model import GoldPage, Truth
from tests.gold.render import NOW, gold_pages

__all__ = ["NOW", "GoldPage", "Truth", "gold_pages"]
