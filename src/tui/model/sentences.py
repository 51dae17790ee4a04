"""Errors whose words are a sentence for the analyst."""

from __future__ import annotations


class SentenceError(Exception):
    """Something cannot be done; its words say what, where and the mend."""
