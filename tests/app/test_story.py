"""A day's work at the keyboard, read as a story."""

from __future__ import annotations

import json
from pathlib import Path

from tests.app.robot import reader


async def test_an_analyst_reads_marks_claims_reviews_and_exports(root: Path) -> None:
    async with reader(root) as user:
        # The first article is open, the cursor on its headline.
        assert user.place.article.outlet == "News Today"
        assert user.place.target().kind == "headline"

        # Tag a sentence: one key.
        await user.keys("j", "j", "1")
        assert [h.tags for h in user.highlights()] == [("military",)]

        # Claim the next one: two keys; grade it: three.
        await user.keys("j", "c", "<enter>")
        assert len(user.claims()) == 1
        assert user.claims()[0].statement
        await user.keys("r", "b", "2")
        claim = user.claims()[0]
        assert (claim.chain[-1].reliability, claim.credibility) == ("B", "2")

        # Review: one key a decision; undo: one key.
        await user.keys("R", "<enter>", "a")
        assert user.claim_status() == "accepted"
        await user.keys("u")
        assert user.claim_status() == "draft"
        await user.keys("U")
        assert user.claim_status() == "accepted"

        # Export from inside; the file holds what the screen showed.
        await user.keys(":", "export jsonl claims.jsonl", "<enter>", "<enter>")
        assert "wrote" in user.status()
    written = next(root.rglob("claims.jsonl"), None) or Path("claims.jsonl")
    rows = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert [row["status"] for row in rows if row["type"] == "claim"] == ["accepted"]


async def test_the_desk_comes_back_to_where_it_was_left(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("J", "j", "j", "j")
        article, sentence = user.place.article.id, user.text()
        await user.keys("q")
    async with reader(root) as user:
        assert user.place.article.id == article
        assert user.text() == sentence
