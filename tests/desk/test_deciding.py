"""Decisions on what is proposed: taken, dropped, changed first; kept, undone, and by whom."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.desk.conftest import Opener

from tui.analysis import Suggestion
from tui.desk import Changed, Desk, DeskError
from tui.desk.proposed import still_open
from tui.model.filters import parse_filter
from tui.model.records import Claim, Decision, Highlight, Phrase, Review
from tui.model.sources import Registry, Source, is_name
from tui.model.spans import Extent, select
from tui.model.views import Annotations, Placed


def words(proposals: tuple[Suggestion, ...]) -> list[str]:
    return [each.spans[0].exact[:20] for each in proposals]


def take(desk: Desk, article: str, index: int) -> str:
    """Take a proposal; the id of the claim that it has become."""
    name = desk.proposals(article)[index].id
    step = desk.take({article: [name]})
    assert step is not None
    return next(c.after.id for c in step.changes if isinstance(c.after, Claim))


def test_taking_makes_an_accepted_claim_whose_origin_is_known(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    before = desk.proposals(article)
    taken = take(desk, article, 0)
    notes = desk.annotations(article)
    (claim,) = notes.all_claims()
    assert (claim.id, claim.origin) == (taken, f"suggestion:{before[0].id}")
    assert claim.chain[-1].source.text == "The intelligence service"
    status = notes.status(claim)
    assert (status.name, status.self_reviewed) == ("accepted", False)
    placed = notes.highlight(claim.highlight)
    assert placed is not None
    assert placed.record.spans == before[0].spans
    assert words(desk.proposals(article)) == words(before[1:])
    assert desk.sources.find("the intelligence service") is None, "each country has one"


def test_one_undo_takes_back_claim_review_decision_and_highlight(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    before = desk.proposals(article)
    take(desk, article, 1)
    desk.drop({article: [before[0].id]}, "not a claim")
    assert [d.reason for d in desk.annotations(article).decisions if d.reason] == ["not a claim"]
    assert desk.undo().label.startswith("drop")
    desk.undo()
    notes = desk.annotations(article)
    assert (notes.highlights, notes.reviews, notes.decisions) == ((), (), ())
    assert not notes.claims
    assert words(desk.proposals(article)) == words(before)
    desk.redo()
    assert len(desk.annotations(article).all_claims()) == 1
    assert len(desk.proposals(article)) == len(before) - 1


def test_decisions_last_and_a_dropped_one_stays_dropped_in_a_later_text(
    open_desk: Opener, root: Path
) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    dropped = desk.proposals(article)[0]
    taken = desk.proposals(article)[1]
    desk.drop({article: [dropped.id]})
    desk.take({article: [taken.id]})
    desk.close()
    text = (root / "nis.txt").read_text(encoding="utf-8")
    (root / "nis.txt").write_text(f"{text}\nMoscow denied it lost men.\n", encoding="utf-8")
    again = open_desk()
    article = again.find("nis.txt")
    open_ones = again.proposals(article)
    assert not {each.spans[0].exact for each in open_ones} & {
        dropped.spans[0].exact,
        taken.spans[0].exact,
    }
    assert any("lost men" in each.spans[0].exact for each in open_ones)


def test_what_was_changed_before_a_proposal_was_saved_is_recorded(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    proposal = desk.proposals(article)[0]
    claim = desk.proposed_claim(article, proposal)
    changed = replace(claim, place=Phrase("Kursk"), modality="denied")
    extents = [span.extent for span in proposal.spans]
    shorter = [replace_end(extents[0])]
    desk.save_claim(changed, shorter)
    (decision,) = desk.annotations(article).decisions
    assert (decision.decision, decision.suggestion) == ("accept", proposal.id)
    assert set(decision.changed) == {"spans", "place", "modality"}
    (saved,) = desk.annotations(article).all_claims()
    assert desk.annotations(article).status(saved).name == "draft", "it was not accepted yet"
    assert proposal.id not in {each.id for each in desk.proposals(article)}


def replace_end(extent: Extent) -> Extent:
    return Extent(extent.start, extent.end - 1)


def test_a_claim_on_the_same_words_leaves_nothing_to_propose(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    proposal = desk.proposals(article)[0]
    sentence = next(
        s.extent
        for s in desk.outline(article).sentences
        if s.extent.meets(proposal.spans[0].extent)
    )
    desk.save_claim(desk.draft(article, [sentence]), [sentence])
    assert proposal.id not in {each.id for each in desk.proposals(article)}
    desk.undo()
    assert proposal.id in {each.id for each in desk.proposals(article)}


def test_another_analyst_decides_for_themself(open_desk: Opener) -> None:
    kim = open_desk()
    article = kim.find("nis.txt")
    before = kim.proposals(article)
    kim.drop({article: [before[0].id]})
    kim.take({article: [before[1].id]})
    kim.close()
    lee = open_desk(analyst="lee")
    article = lee.find("nis.txt")
    assert words(lee.proposals(article)) == words((before[0], *before[2:]))


def test_a_proposal_that_is_gone_is_not_taken(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    proposal = desk.proposals(article)[0]
    desk.take({article: [proposal.id]})
    with pytest.raises(DeskError, match="not open"):
        desk.take({article: [proposal.id]})
    with pytest.raises(DeskError, match="not open"):
        desk.drop({article: ["0" * 16]})


def test_all_that_a_filter_means_is_accepted_in_one_step(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    first = desk.outline(article).sentences[1].extent
    desk.save_claim(desk.draft(article, [first]), [first])
    kinds = ("changed", "draft", "proposal")
    waiting = desk.waiting(article, kinds)
    assert [each.kind for each in waiting].count("draft") == 1
    proposed = desk.waiting(article, kinds, parse_filter("status:proposed"))
    assert {each.kind for each in proposed} == {"proposal"}
    ranks = {each.id: each.rank for each in desk.proposals(article)}
    found = [ranks[each.id] for each in proposed]
    assert found == sorted(found, reverse=True)
    assert not desk.waiting(article, kinds, parse_filter("source:Nobody"))
    desk.accept_all(waiting)
    assert not desk.waiting(article, kinds)
    claims = desk.annotations(article).all_claims()
    assert len(claims) == len(waiting)
    assert {desk.annotations(article).status(c).name for c in claims} == {"accepted"}
    desk.undo()
    assert desk.waiting(article, kinds) == waiting


def test_whoever_listens_is_told_when_an_article_was_read(open_desk: Opener) -> None:
    read = Event()

    class Heard(list[object]):
        def append(self, said: object, /) -> None:
            if isinstance(said, Changed) and said.origin == "proposals":
                read.set()

    desk = open_desk(events=Heard())
    article = desk.find("nis.txt")
    assert desk.proposals(article) == (), "nobody is kept waiting"
    assert not desk.read_for_proposals(article)
    desk.read_ahead([article])
    assert read.wait(30)
    found = desk.proposals(article)
    assert desk.read_for_proposals(article)
    desk.close()
    assert open_desk().proposals(article) == found


TEXT = "one two three four five six seven eight nine ten " * 4
extents = st.tuples(st.integers(0, 180), st.integers(1, 15)).map(lambda p: Extent(p[0], sum(p)))


def suggested(number: int, extent: Extent) -> Suggestion:
    span = select(TEXT, *extent)
    return Suggestion(f"{number:016x}", (span,), (), None, (), "asserted", None, 0.5, ())


@given(st.lists(extents, max_size=8), st.lists(extents, max_size=8))
def test_what_stands_open_has_no_claim_on_the_better_part_of_its_words_and_what_has_none_does(
    proposed: list[Extent], claimed: list[Extent]
) -> None:
    proposals = tuple(suggested(n, e) for n, e in enumerate(sorted(proposed)))
    placed = tuple(
        Placed(Highlight(id=str(n), spans=(select(TEXT, *e),)), (e,))
        for n, e in enumerate(sorted(claimed))
    )
    claims = {p.record.id: (Claim(id=f"c{p.record.id}", highlight=p.record.id),) for p in placed}
    notes = Annotations("a", placed, claims)
    open_ones = {each.id for each in still_open(proposals, notes, "kim")}
    for each in proposals:
        mine = set(range(*each.spans[0].extent))
        others = [set(range(*p.extents[0])) for p in placed]
        if any(2 * len(mine & other) >= len(mine | other) for other in others):
            assert each.id not in open_ones
        if not any(mine & other for other in others):
            assert each.id in open_ones


def test_a_claim_on_a_sentence_stands_for_one_of_its_statements(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    before = desk.proposals(article)
    first, second = before[0].spans[0], before[1].spans[0]
    whole = Extent(first.start - 4, second.end)
    desk.save_claim(desk.draft(article, [whole]), [whole])
    assert len(desk.proposals(article)) == len(before) - 1


def test_records_of_decisions_come_back_from_an_export(open_desk: Opener, tmp_path: Path) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    take(desk, article, 0)
    desk.drop({article: [desk.proposals(article)[0].id]}, "duplicate")
    path = tmp_path / "out.jsonl"
    desk.export("jsonl", output=path)
    decisions = desk.annotations(article).decisions
    desk.close()
    other = open_desk(analyst="lee")
    assert other.annotations(article).decisions == decisions
    assert {type(d) for d in decisions} == {Decision}
    assert not any(isinstance(d, Review) for d in decisions)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("NIS", True), ("The New York Times", True), ("South Korea's spy agency", True),
        ("국정원", True), ("The agency", False), ("one of them", False), ("officials", False),
    ],
)  # fmt: skip
def test_what_may_be_another_one_in_the_next_article_is_no_name(words: str, named: bool) -> None:
    assert is_name(words) == named


def test_only_sources_that_a_text_mentions_count_for_it() -> None:
    registry = Registry((Source("National Intelligence Service", ("NIS",)), Source("The Fed")))
    assert registry.mentioned("The nis said so.").sources == registry.sources[:1]
    assert registry.mentioned("National\nIntelligence\nService").sources == registry.sources[:1]
    assert registry.mentioned("the fed").sources == registry.sources[1:]
    assert registry.mentioned("nothing").sources == ()
    grown = registry.with_source(Source("Ferry Office")).with_source(Source("Harbor Institute"))
    text = "The NIS and the Ferry Office said so."
    found = grown.mentioned_too(text, registry, registry.mentioned(text))
    assert found == grown.mentioned(text)
    assert [each.name for each in found.sources][-1] == "Ferry Office"
