"""Masking of personal data, applied before a text touches disk, log or model file."""

from nlp.privacy.masker import TOKENS, Masked, Masker

__all__ = ["TOKENS", "Masked", "Masker"]
