"""Annotations as data: the objects of the native export, so that every command says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.exchange import Bundle


def objects(bundle: Bundle) -> list[dict[str, Any]]:
    """A line of the native export each: article, highlight, claim, review, link, source, tag."""
    import json

    from tui.exchange import export_text

    # Never str.splitlines(): lines end in LF alone.
    return [json.loads(line) for line in export_text(bundle, "jsonl").split("\n") if line]
