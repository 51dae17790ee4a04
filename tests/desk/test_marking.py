"""Highlights, tags, notes, claims, grades, reviews, links: what each verb does, and refuses."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.desk.conftest import Opener
from tests.desk.marking import claim, mark, spot

from tui.desk import Desk, DeskError
from tui.model.records import Claim, Highlight, Phrase, When
from tui.model.spans import Extent


def test_a_record_gets_its_id_author_times_and_revision_at_the_desk(desk: Desk) -> None:
    mark(desk, "nis.txt", "Kursk", "military")
    article = desk.article(desk.find("nis.txt"))
    record = desk.annotations(article.id).highlights[0].record
    assert len(record.id) == 26
    assert (record.rev, record.by, record.article) == (1, "kim", article.id)
    assert record.revision == article.revision
    assert record.created == record.modified
    assert record.created.endswith("Z")
    desk.note(record.id, "look")
    later = desk.annotations(article.id).highlights[0].record
    assert (later.rev, later.created) == (2, record.created)
    assert later.modified > record.modified


def test_identical_extents_are_the_same_highlight(desk: Desk) -> None:
    first = mark(desk, "nis.txt", "Kursk", "military")
    assert mark(desk, "nis.txt", "Kursk", "casualties") == first
    assert mark(desk, "nis.txt", "Kursk") == first
    shown = desk.annotations(desk.find("nis.txt")).highlights
    assert [p.record.tags for p in shown] == [("military", "casualties")]


def test_pieces_that_touch_are_one_and_pieces_apart_stay_apart(desk: Desk) -> None:
    article = desk.find("nis.txt")
    a, b = spot(desk, article, "11,000 soldiers"), spot(desk, article, "Kursk")
    desk.highlight(article, [b, Extent(a.start, a.start + 3), Extent(a.start + 3, a.end)])
    placed = desk.annotations(article).highlights[0]
    assert placed.extents == (a, b)
    assert [s.exact for s in placed.record.spans] == ["11,000 soldiers", "Kursk"]


@pytest.mark.parametrize("extents", [[], [Extent(5, 5)], [Extent(0, 10**6)], [Extent(-3, 2)]])
def test_extents_that_hold_no_text_are_refused(desk: Desk, extents: list[Extent]) -> None:
    with pytest.raises(DeskError):
        desk.highlight(desk.find("plain.txt"), extents)
    assert not desk.annotations(desk.find("plain.txt")).highlights


def test_offsets_count_code_points(desk: Desk) -> None:
    article = desk.find("plain.txt")
    mark(desk, "plain.txt", "북한군은")
    mark(desk, "plain.txt", "emoji")
    quotes = [p.record.spans[0].exact for p in desk.annotations(article).highlights]
    assert quotes == ["북한군은", "emoji"]


def test_a_tag_is_toggled_on_all_given_highlights_at_once(desk: Desk) -> None:
    first, second = mark(desk, "nis.txt", "Kursk", "military"), mark(desk, "nis.txt", "January")
    desk.tag([first, second], "military")
    article = desk.find("nis.txt")
    assert all(p.record.tags == ("military",) for p in desk.annotations(article).highlights)
    desk.tag([first, second], "military")
    assert all(p.record.tags == () for p in desk.annotations(article).highlights)
    assert desk.tag([first], "military", on=False) is None


def test_a_tag_that_is_none_is_refused_with_a_sentence(desk: Desk) -> None:
    first = mark(desk, "nis.txt", "Kursk")
    with pytest.raises(DeskError, match="is no tag"):
        desk.tag([first], "a,b")


def test_respanning_keeps_id_tags_and_claims(desk: Desk) -> None:
    made = claim(desk, "nis.txt", "11,000 soldiers", "", "military")
    article = made.article
    wider = spot(desk, article, "About 11,000 soldiers were sent to Kursk.")
    desk.respan(made.highlight, [wider])
    placed = desk.annotations(article).highlights[0]
    assert (placed.record.id, placed.extents) == (made.highlight, (wider,))
    assert desk.annotations(article).all_claims()[0].id == made.id
    mark(desk, "nis.txt", "Kursk")
    with pytest.raises(DeskError, match="already"):
        desk.respan(made.highlight, [spot(desk, article, "Kursk")])


def test_several_claims_rest_on_one_highlight(desk: Desk) -> None:
    one = claim(desk, "nis.txt", "11,000 soldiers", "they were 11,000")
    two = claim(desk, "nis.txt", "11,000 soldiers", "they were soldiers")
    assert one.highlight == two.highlight
    notes = desk.annotations(one.article)
    assert len(notes.highlights) == 1
    assert [c.id for c in notes.all_claims()] == [one.id, two.id]


def test_a_claim_and_the_tags_of_its_highlight_are_one_step(desk: Desk) -> None:
    mark(desk, "nis.txt", "11,000 soldiers", "casualties")
    made = claim(desk, "nis.txt", "11,000 soldiers", "", "military")
    article = made.article
    assert desk.annotations(article).highlights[0].record.tags == ("military",)
    desk.undo([article])
    assert desk.annotations(article).highlights[0].record.tags == ("casualties",)
    assert not desk.annotations(article).all_claims()


def test_saving_a_claim_without_a_change_is_no_step(desk: Desk) -> None:
    made = claim(desk, "nis.txt", "11,000 soldiers", "", "military")
    assert desk.save_claim(made) is None
    assert desk.save_claim(made, tags=("military",)) is None
    assert desk.save_claim(replace(made, statement="more")) is not None


def test_a_claim_without_words_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskError, match="rests on a highlight"):
        desk.save_claim(Claim(article=desk.find("nis.txt"), statement="in the air"))


def test_deleting_a_highlight_deletes_ones_claims_on_it_and_hides_their_links(desk: Desk) -> None:
    made = claim(desk, "nis.txt", "11,000 soldiers")
    other = claim(desk, "losses.txt", "Kyiv denied the figure.")
    desk.link(other.id, made.id, "contradicts")
    desk.review(made.id, "accept")
    assert desk.annotations(other.article).links_of(other.id)
    assert desk.annotations(made.article).links_of(made.id), "a link reads from its far end too"
    desk.remove(made.highlight)
    assert not desk.annotations(made.article).all_claims()
    assert not desk.annotations(made.article).reviews
    assert not desk.annotations(other.article).links_of(other.id)
    desk.undo([made.article])
    assert desk.annotations(other.article).links_of(other.id)
    assert desk.annotations(made.article).reviews


def test_what_was_deleted_cannot_be_changed(desk: Desk) -> None:
    first = mark(desk, "nis.txt", "Kursk")
    desk.remove(first)
    with pytest.raises(DeskError, match="deleted") as refusal:
        desk.note(first, "too late")
    assert refusal.value.code == 1


def test_a_grade_is_toggled_half_by_half(desk: Desk) -> None:
    made = claim(desk, "nis.txt", "11,000 soldiers")

    def grades() -> tuple[str, str, str]:
        (shown,) = desk.annotations(made.article).all_claims()
        return shown.chain[0].reliability, shown.chain[1].reliability, shown.credibility

    desk.grade(made.id, "b", "2")
    assert grades() == ("", "B", "2"), "the letter is that of the innermost named source"
    desk.grade(made.id, "C")
    assert grades() == ("", "C", "2")
    desk.grade(made.id, "C")
    desk.grade(made.id, digit="2")
    assert grades() == ("", "", "")
    with pytest.raises(DeskError, match="A to F"):
        desk.grade(made.id, "G")


def test_a_claim_without_a_chain_is_graded_by_its_outlet(desk: Desk) -> None:
    made = claim(desk, "nis.txt", "11,000 soldiers")
    desk.save_claim(replace(made, chain=()))
    desk.grade(made.id, "B")
    (shown,) = desk.annotations(made.article).all_claims()
    assert (shown.chain[0].source.text, shown.chain[0].reliability) == ("News Today", "B")


def test_a_review_is_of_the_claim_as_it_is_and_can_be_changed(desk: Desk) -> None:
    made = claim(desk, "nis.txt", "11,000 soldiers")

    def status() -> tuple[str, bool, bool, str]:
        notes = desk.annotations(made.article)
        found = notes.status(notes.all_claims()[0])
        return found.name, found.stale, found.self_reviewed, found.reason

    step = desk.review(made.id, "accept")
    assert step is not None
    assert "one's own" in step.label
    assert status() == ("accepted", False, True, "")
    assert desk.review(made.id, "accept") is None
    desk.review(made.id, "reject", "wrong span")
    assert status() == ("rejected", False, True, "wrong span")
    assert len(desk.annotations(made.article).reviews) == 1
    desk.note(made.id, "edited")
    assert status()[:2] == ("draft", True)
    desk.review(made.id, "accept")
    assert status()[:2] == ("accepted", False)
    assert len(desk.annotations(made.article).reviews) == 2


def test_a_flag_leaves_the_decision_alone(desk: Desk) -> None:
    made = claim(desk, "nis.txt", "11,000 soldiers")
    desk.review(made.id, "accept")
    desk.review(made.id, "none", flag=True)
    notes = desk.annotations(made.article)
    status = notes.status(notes.all_claims()[0])
    assert (status.name, status.flagged) == ("accepted", True)
    desk.review(made.id, "none", flag=False)
    notes = desk.annotations(made.article)
    assert not notes.status(notes.all_claims()[0]).flagged


def test_links_that_read_both_ways_are_made_once(desk: Desk) -> None:
    one, two = claim(desk, "nis.txt", "11,000 soldiers"), claim(desk, "nis.txt", "3,000 men")
    assert desk.link(one.id, two.id, "contradicts") is not None
    assert desk.link(two.id, one.id, "contradicts") is None
    assert desk.link(two.id, one.id, "supports") is not None
    assert desk.link(one.id, two.id, "supports") is not None
    assert desk.link(one.id, two.id, "supports") is None
    for wrong in (
        lambda: desk.link(one.id, one.id, "supports"),
        lambda: desk.link(one.id, two.id, "likes"),
    ):
        with pytest.raises(DeskError):
            wrong()


def test_updates_runs_from_the_newer_article_to_the_older(desk: Desk) -> None:
    older, newer = claim(desk, "nis.txt", "3,000 men"), claim(desk, "losses.txt", "4,000 men")
    desk.link(older.id, newer.id, "updates")
    (link,) = desk.annotations(older.article).links
    assert (link.from_, link.to, link.article) == (newer.id, older.id, newer.article)
    desk.unlink(link.id)
    assert not desk.annotations(newer.article).links


def test_what_is_said_of_a_whole_article_is_kept_and_toggled(desk: Desk, open_desk: Opener) -> None:
    article = desk.find("nis.txt")
    desk.tag_article(article, "military")
    desk.note_article(article, " read twice ")
    desk.grade_article(article, "B", "3")
    desk.grade_article(article, "B")
    desk.mark_done(article, True)
    assert desk.mark_done(article, True) is None
    desk.close()
    record = open_desk().annotations(article).records[0]
    assert (record.tags, record.note, record.done) == (("military",), "read twice", True)
    assert (record.reliability, record.credibility) == ("", "3")


def test_occurrences_are_whole_words_however_the_line_breaks(desk: Desk) -> None:
    article = desk.find("nis.txt")
    found = desk.occurrences("the troops", article)
    assert [o.extent.of(desk.article(article).text) for o in found] == ["the troops"] * 2
    assert not desk.occurrences("troop", article)
    step = desk.tag_occurrences(article, "the troops", "military")
    assert step is not None
    assert len(desk.annotations(article).highlights) == 2
    assert step.label == "tag all “the troops” with military"
    assert desk.tag_occurrences(article, "the troops", "military") is None


def test_a_draft_is_filled_in_and_held_at_the_letter_of_its_source(desk: Desk) -> None:
    from tui.model.sources import Reliability, Source

    article = desk.find("nis.txt")
    source = Source("intelligence service", reliability=(Reliability("B", "2020-01-01"),))
    desk.remember_source(source)
    extent = desk.outline(article).sentences[1].extent
    draft = desk.draft(article, [extent])
    assert draft.origin == "cues"
    assert (draft.id, draft.article) == ("", article)
    assert draft.statement.startswith("The intelligence service reports")
    assert draft.chain[0].source.text == "News Today"
    assert "B" in [hop.reliability for hop in draft.chain]
    assert not desk.annotations(article).highlights, "a draft is not saved"


def test_relative_times_count_from_publication_but_not_inside_a_quotation(desk: Desk) -> None:
    article = desk.find("nis.txt")
    plain = claim(desk, "nis.txt", "About 11,000 soldiers were sent to Kursk.")
    assert desk.time_anchor(article, plain) == desk.entry(article).published
    quoted = spot(desk, article, "no sign of the troops since mid-January")
    draft = desk.draft(article, [quoted])
    hop = replace(draft.chain[-1], source=Phrase("a spokesman"), said=None)
    unknown = replace(draft, chain=(draft.chain[0], hop))
    assert desk.time_anchor(article, unknown, [quoted]) == ""
    known = replace(unknown, chain=(draft.chain[0], replace(hop, said=When(edtf="2025-02-05"))))
    assert desk.time_anchor(article, known, [quoted]) == "2025-02-05"


def test_a_raw_step_is_sealed_and_applied(desk: Desk) -> None:
    from tui.model.records import Change, Step

    first = mark(desk, "nis.txt", "Kursk")
    article = desk.find("nis.txt")
    record = desk.annotations(article).highlights[0].record
    step = Step("", "by hand", "", (Change(record, replace(record, note="raw", rev=99)),))
    done = desk.apply(step)
    shown = desk.annotations(article).highlight(first)
    assert shown is not None
    assert isinstance(done.changes[0].after, Highlight)
    assert (shown.record.note, shown.record.rev) == ("raw", 2)
    with pytest.raises(DeskError, match="changes nothing"):
        desk.apply(replace(step, changes=(Change(shown.record, shown.record),)))
