"""A day's work at the keyboard, read as a story."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.app.robot import Robot, reader

SEEN = "no North Korean unit had been observed"
LOSSES = "taken more than 3,000 casualties"
HIGHER = "casualties in Kursk at about 4,000"


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
        await user.keys("U", "q")
        assert user.claim_status() == "accepted"

        # Export from inside; the file holds what the screen showed.
        await user.keys(":", "export jsonl claims.jsonl", "<enter>", "<enter>")
        assert "wrote" in user.status()
    rows = lines(Path("claims.jsonl"))
    assert [row["status"] for row in rows if row["type"] == "claim"] == ["accepted"]


async def test_a_whole_day(root: Path) -> None:
    async with reader(root) as kim:
        await kim_reads_three_articles(kim)
        await kim_fills_in_what_the_cues_did_not_say(kim)
        await kim_compares_two_figures(kim)
        await kim_tidies_the_codebook(kim)
        await kim.keys("ZZ")
    async with reader(root) as kim:
        await kim_goes_on_after_lunch(kim)
        await kim.keys("q")
    async with reader(root, analyst="lee") as lee:
        await lee_reviews_what_kim_claimed(lee)
        await lee_writes_the_report(lee)
        await lee.keys("q")
    the_report_has_its_evidence(Path("report.md"))
    the_table_opens_in_a_spreadsheet(Path("claims.csv"))
    async with reader(root) as kim:
        await kim_sees_what_lee_decided(kim)


async def kim_reads_three_articles(kim: Robot) -> None:
    """Marks while reading; says of each article that it is done."""
    await kim.keys("i", "the agency's own figures", "<enter>", "1")
    await kim.keys("j", "1", "}", "1", "c", "<enter>", "r", "b", "2")
    assert SEEN in kim.claims()[0].statement
    await kim.keys("}", "/", LOSSES, "<enter>", "<esc>", "2", "c", "<enter>", "r", "b", "3")
    assert kim.highlights()[-1].tags == ("casualties",)
    await kim.keys("M")
    assert kim.place.article.outlet == "Harbor Wire"
    await kim.keys("}", "c", "<enter>", "M")
    assert kim.place.article.outlet == "Northern Desk"
    assert [entry.done for entry in kim.desk.entries()].count(True) == 2


async def kim_fills_in_what_the_cues_did_not_say(kim: Robot) -> None:
    """A claim of half a sentence, whose place and people are taken from the text."""
    await kim.keys("/", "Two Western", "<enter>", "<esc>", "c")
    await kim.keys("/", "Kursk", "<enter>", "v", "e", ";p", ";m", "estim", "<enter>")
    await kim.keys(";v", "contested", "<enter>", ";n", "how was it counted?", "<enter>", "<enter>")
    (claim,) = kim.claims()
    assert claim.place is not None
    assert claim.place.text == "Kursk"
    assert (claim.modality, claim.assessment.verdict) == ("estimated", "contested")
    assert any(quantity.lower == 4000 for quantity in claim.quantities)
    await kim.keys("r", "c", "3")


async def kim_compares_two_figures(kim: Robot) -> None:
    """4,000 contradicts more than 3,000: the other claim is picked from those of the workspace."""
    await kim.keys("-", "3,000", "<enter>")
    assert "contradicts" in kim.status()
    (link,) = kim.desk.annotations(kim.place.article.id).links
    assert link.kind == "contradicts"
    assert link.to_article != link.article


async def kim_tidies_the_codebook(kim: Robot) -> None:
    """A tag that was too broad gets a new name; the highlights follow."""
    await kim.keys("B", "F", "casualties", "<enter>", "<enter>", "<ctrl+u>", "losses", "<enter>")
    assert "rename casualties" in kim.message()
    await kim.keys("<enter>", "q")
    await kim.keys("K", "K")
    assert kim.desk.codebook.resolved(kim.highlights()[-1].tags) == ("losses",)


async def kim_goes_on_after_lunch(kim: Robot) -> None:
    """Everything is where it was; the last thing can still be taken back."""
    assert kim.place.article.outlet == "News Today"
    assert len(kim.claims()) == 2
    await kim.keys("]", "]", "]", "d")
    assert len(kim.claims()) == 1
    await kim.keys("u")
    assert len(kim.claims()) == 2


async def lee_reviews_what_kim_claimed(lee: Robot) -> None:
    """A colleague decides on all drafts of the workspace, a key each."""
    await lee.keys("R", "<tab>")
    assert "the workspace, 4 drafts" in lee.message()
    await lee.keys("<enter>", "a", "a", "X", "3", "!")
    assert "reviewed all 4" in lee.status()
    await lee.keys("u", "a", "q")
    assert sum(entry.drafts for entry in lee.desk.entries()) == 0


async def lee_writes_the_report(lee: Robot) -> None:
    """First the report, then a table of what was accepted."""
    await lee.keys(":", "export md report.md", "<enter>", "<tab>")
    assert "4 claims" in lee.message()
    assert "3 accepted" in lee.message()
    await lee.keys("<enter>")
    await lee.keys(":", "export csv claims.csv status:accepted", "<enter>", "<tab>", "<enter>")
    assert "wrote" in lee.status()


def the_report_has_its_evidence(path: Path) -> None:
    report = path.read_text(encoding="utf-8")
    assert SEEN in report
    assert "B2" in report
    assert "News Today" in report
    assert "4,000" in report
    assert report.count("\n") > 20


def the_table_opens_in_a_spreadsheet(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert {row["status"] for row in rows} == {"accepted"}
    assert any("3,000" in row["quote"] for row in rows)


async def kim_sees_what_lee_decided(kim: Robot) -> None:
    """The decisions stand beside kim's claims, and which of them was rejected and why."""
    statuses = {
        notes.status(claim).name
        for _, notes in kim.desk.all_annotations()
        for claim in notes.all_claims()
    }
    assert statuses == {"accepted", "rejected"}
    await kim.keys("F", "status:accepted", "<enter>")
    assert "reviewed by lee" in kim.shown()


async def test_the_desk_comes_back_to_where_it_was_left(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("J", "j", "j", "j")
        article, sentence = user.place.article.id, user.text()
        await user.keys("q")
    async with reader(root) as user:
        assert user.place.article.id == article
        assert user.text() == sentence


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
