"""Text to labels: relevance, topic, office, place, stance, language; and masking.

from nlp import Analyzer, Analysis
from nlp.privacy import Masker
"""

from nlp.analyzer import Analyzer
from nlp.types import Analysis

__all__ = ["Analysis", "Analyzer"]
