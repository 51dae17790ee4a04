"""A workspace with four claims in two articles, of which the last one is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.desk import Desk

EARLY = """Losses in the east
Harbor Wire
2025-02-07 10:00

The NIS said that more than 3,000 men were killed in January 2025.

Kyiv said that 20,000 more soldiers were deployed in November 2024.

The troops are gone, officials said.
"""
LATE = """Losses above the count
Northern Desk
2025-02-11 10:00

The Joint Chiefs said that 4,000 men were killed on 3 February 2025.
"""
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80", "120", "200"])


def four_claims(folder: Path, locks: Path) -> Path:
    """The workspace, made in a folder; what lies there already is used."""
    (folder / "early.txt").write_text(EARLY, encoding="utf-8")
    (folder / "late.txt").write_text(LATE, encoding="utf-8")
    desk = Desk.open([folder], root=folder, analyst="kim", locks=locks)
    desk.scan()
    for entry in desk.entries():
        for stop in desk.outline(entry.id).sentences:
            if stop.extent.of(desk.article(entry.id).text).endswith("."):
                desk.save_claim(desk.draft(entry.id, [stop.extent]), [stop.extent])
    late = desk.annotations(desk.find("late.txt")).all_claims()[0]
    desk.review(late.id, "accept")
    desk.close()
    return folder
