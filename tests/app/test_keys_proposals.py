"""Keys on what the machine proposes: reached, taken, dropped, opened, reviewed, all accepted."""

from __future__ import annotations

from pathlib import Path

from tests.app.robot import Robot, presses, reader

from tui.model.records import Decision


def decisions(user: Robot) -> list[Decision]:
    return list(user.desk.annotations(user.place.article.id).decisions)


def focused(user: Robot) -> str:
    proposal = user.place.focused_proposal()
    return proposal.id if proposal else ""


def all_statuses(user: Robot) -> list[str]:
    notes = user.desk.annotations(user.place.article.id)
    return [notes.status(claim).name for claim in user.claims()]


@presses("focus.next", "review.accept", "review.reject", "go.undo")
async def test_a_proposal_is_reached_and_taken_with_a_key_each(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        many = len(user.place.proposals)
        assert many > 5
        assert f"{many} ?" in user.shown()
        assert not user.claims()
        await user.keys("]")
        first = focused(user)
        assert "proposal 1 of" in user.status()
        assert user.place.proposals[first].reasons[0] in user.shown()
        await user.keys("a")
        (claim,) = user.claims()
        assert claim.origin == f"suggestion:{first}"
        assert all_statuses(user) == ["accepted"]
        assert user.place.focus == claim.id, "r b 2 grades it, a digit tags it"
        await user.keys("]")
        assert focused(user) not in ("", first)
        await user.keys("x")
        assert len(user.claims()) == 1
        assert len(user.place.proposals) == many - 2
        await user.keys("u")
        assert "undone: drop" in user.status()
        assert len(user.place.proposals) == many - 1
        await user.keys("u")
        assert not user.claims()
        assert focused(user) == first, "what was undone is in focus again"


async def test_ten_accepted_claims_of_the_first_article_take_no_more_than_twenty_keys(
    root: Path,
) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        keys = ["R", "<enter>", *"a" * 10]
        assert len(keys) <= 20
        await user.keys(*keys)
        assert all_statuses(user) == ["accepted"] * 10
        ranks = [d.suggestion for d in decisions(user)]
        assert len(set(ranks)) == 10


@presses("claim.new", "claim.save")
async def test_c_opens_a_proposal_filled_and_what_is_changed_is_recorded(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        await user.keys("]", "c")
        assert "CLAIM" in user.status()
        form = user.screen.form
        assert form is not None
        assert form.claim.chain[-1].source.text
        await user.keys(";p", "Kursk", "<enter>", "<enter>")
        assert all_statuses(user) == ["draft"]
        (decision,) = decisions(user)
        assert (decision.decision, decision.changed) == ("accept", ("place",))
        await user.keys("a")
        assert all_statuses(user) == ["accepted"]


@presses("tag.slot", "select.start", "mark.delete", "focus.open")
async def test_other_keys_mean_the_words_of_a_proposal(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        await user.keys("]")
        proposal = user.place.focused_proposal()
        assert proposal is not None
        await user.keys("d")
        assert "x drops it" in user.status()
        await user.keys("1")
        (highlight,) = user.highlights()
        assert highlight.spans == proposal.spans
        assert proposal.id in user.place.proposals, "a tag is no claim"
        await user.keys("u", "[", "]")
        await user.keys("v")
        assert user.place.selection[0] == proposal.spans[-1].extent
        await user.keys("<esc>", "]", "<enter>")
        assert "CLAIM" in user.status()


@presses("claim.field-place")
async def test_a_field_of_a_proposal_opens_it(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        await user.keys("]", ";p", "Kursk", "<enter>")
        assert "CLAIM" in user.status()
        await user.keys("<enter>")
        (claim,) = user.claims()
        assert claim.origin.startswith("suggestion:")
        assert claim.place is not None


async def test_they_are_shown_or_not_as_the_analyst_wants(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        assert user.place.proposals
        await user.keys(":", "proposals off", "<enter>")
        assert not user.place.proposals
        assert "┊" not in user.shown()
        await user.keys("R")
        assert "nothing to review" in user.status()
        await user.keys("q")
        assert await user.left()
    async with reader(root, proposals=True) as user:
        user.screen.proposing.begin()
        await user.settle()
        assert not user.screen.proposing.shown, "it is remembered"
        assert not user.desk.reading_ahead


async def test_the_panel_filters_them_too(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        many = len(user.place.proposals)
        await user.keys("]", "a", "F", "status:proposed", "<enter>")
        assert f"0 highlights · 0 claims · {many - 1} ?" in user.shown()
        await user.keys("F", "<ctrl+u>", "status:accepted", "<enter>")
        assert "1 highlight · 1 claim ·" in user.shown()
        assert "?" not in user.shown().splitlines()[0]


async def test_the_reason_is_said_where_no_panel_has_it(root: Path) -> None:
    async with reader(root, size=(80, 24), proposals=True) as user:
        await user.proposed()
        await user.keys("]")
        assert "›" in user.message()


async def test_a_review_of_proposals_goes_on_into_the_next_articles(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        await user.keys("R")
        assert f"this article, {len(user.place.proposals)} proposals" in user.message()
        await user.keys("<tab>")
        assert "after it" in user.message()
        await user.keys("<enter>")
        first = user.place.article.id
        for _ in range(len(user.place.proposals)):
            await user.keys("x")
        for _ in range(3000):
            if user.place.article.id != first:
                break
            await user.pilot.pause(0.01)
        assert user.place.article.id != first
        assert focused(user)
        await user.keys("a", "[")
        assert user.place.focused_claim() is not None, "what was taken is a claim now"


async def test_a_review_can_be_of_one_source(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        every = len(user.place.proposals)
        source = next(iter(user.place.proposals.values())).chain[-1].source.text
        await user.keys(":", f'review article proposals source:"{source}"', "<enter>")
        assert f"source {source}" in user.message()
        await user.keys("<enter>")
        review = user.screen.review
        assert review is not None
        assert 0 < len(review.queue) < every


async def test_accept_shows_the_list_and_takes_all_in_one_step(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        many = len(user.place.proposals)
        await user.keys(":", "accept status:proposed", "<enter>")
        assert f"accept all {many}" in user.shown()
        await user.keys("<esc>")
        assert not user.claims()
        await user.keys(":", "accept", "<enter>", "<enter>")
        assert all_statuses(user) == ["accepted"] * many
        assert not user.place.proposals
        await user.keys("u")
        assert not user.claims()
        assert len(user.place.proposals) == many
        await user.keys(":", "accept source:Nobody", "<enter>")
        assert "nothing to accept" in user.status()


async def test_a_proposal_has_no_place_in_what_is_exported(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        bundle = user.desk.bundle()
        assert not any(part.annotations.claims for part in bundle.articles)


async def compared(user: Robot, wanted: str = "") -> None:
    """Wait until links are proposed for the open article, and this one among them."""
    for _ in range(3000):
        await user.settle()
        links = {link.id for some in user.place.links.values() for link in some}
        if links and (not wanted or wanted in links):
            return
        await user.pilot.pause(0.01)
    raise AssertionError("no link is proposed within 30 seconds")


FOUR = "ABOVE SEOUL'S COUNT"  # in the title of the article whose count another one updates


async def test_a_link_is_proposed_below_its_claim_and_made_with_a_key(root: Path) -> None:
    async with reader(root, proposals=True) as user:
        await user.proposed()
        for entry in user.desk.entries():
            user.screen.go_to(entry.id)
            await user.proposed()
            counting = [each.id for each in user.place.proposals.values() if each.quantities]
            user.desk.take({entry.id: counting})
        user.screen.go_to(next(entry.id for entry in user.desk.entries() if FOUR in entry.title))
        await compared(user)
        (claim, links), *_ = user.place.links.items()
        await user.keys("gg", "]")
        for _ in range(60):
            if user.place.focused_link() is not None:
                break
            await user.keys("]")
        found = user.place.focused_link()
        assert found is not None
        assert (found[0].id, found[1]) == (claim, links[0])
        assert links[0].reasons[0].split()[0] in user.shown()
        assert "proposed link" in user.status()
        await user.keys("x")
        notes = user.desk.annotations(user.place.article.id)
        assert not notes.links
        assert links[0].id not in {each.id for all_ in user.place.links.values() for each in all_}
        await user.keys("u")
        await compared(user, links[0].id)
        user.screen.place.focus_on(links[0].id)
        user.screen.sync()
        await user.keys("a")
        (link,) = user.desk.annotations(user.place.article.id).links
        assert (link.kind, {link.from_, link.to}) == (
            links[0].kind,
            {links[0].from_.id, links[0].to.id},
        )
        await user.keys("u")
        assert not user.desk.annotations(user.place.article.id).links
        await compared(user, links[0].id)
        here = user.place.article.id
        user.screen.place.focus_on(links[0].id)
        await user.keys("d")
        assert "x drops it" in user.status()
        await user.keys("<enter>")
        assert user.place.article.id != here
