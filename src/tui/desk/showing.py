"""From the records of an article to what is shown of it: places, own copies, live links."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping, Sequence

from msgspec.structs import replace

from tui.anchoring import Found, Passage, Placer, place
from tui.desk.memory import State
from tui.model.articles import Article
from tui.model.parts import claim_spans
from tui.model.records import ArticleRecord, Claim, Highlight, Link, Record, Review
from tui.model.views import UNPLACED, Annotations, Placed, gathered, head_order

IsLive = Callable[[str, str], bool]  # (article, claim id)
Meaning = Callable[[str, int], int]  # (record id, rev) -> the first rev with the same content
# Where passages stand on today's text of an article; None if that is still being worked out.
Seek = Callable[[Article, Collection[Passage]], Mapping[Passage, Found] | None]


def show(
    state: State,
    article: Article | None,
    own: str,
    incoming: Sequence[Link],
    is_live: IsLive,
    meaning: Meaning,
    seek: Seek,
) -> Annotations:
    """The live annotations of an article on its text, as the analyst `own` sees them.

    Reviews and links of what is deleted are left out. A highlight that was deleted stays, bare,
    while somebody else's claim rests on it: the claim would have no evidence otherwise. Reviews of
    a claim that was edited and put back as it was count again. Without an article the highlights
    get no places. `seek` says where passages of other revisions stand; it is asked only if there
    are such, and while it does not know their highlights are `sought`.
    """
    live = [*state.live(), *_bared(state)]
    found = gathered(state.article, live, _placed(state, live, article, seek), own)
    # Reviews of a claim that an own copy stands for belong to nothing that is shown.
    shown = {claim.id: claim for claim in found.all_claims()}
    copies = {r.re: r.id for r in live if r.re and r.by == own}
    links = [_onto_copies(link, copies) for link in (*found.links, *incoming)]
    return replace(
        found,
        reviews=tuple(
            _restored(r, shown[r.claim], meaning) for r in found.reviews if r.claim in shown
        ),
        links=tuple(k for k in links if _holds(k, shown, is_live)),
        altered=state.altered,
        troubles=state.troubles,
    )


def show_again(state: State, article: Article, own: str) -> Annotations | None:
    """What `show` gives now, made of what it gave before: a tag costs as much among thousands.

    None where more than a place in the text and a record of the article may look different: what
    was deleted or brought back, claims, reviews, links, copies of others' records.
    """
    if state.shown is None or state.touched is None:
        return None
    if state.shown_at[1] != article.revision or not article.text:
        return None
    records = [state.records[key] for key in state.touched]
    if any(r.deleted or r.re or not isinstance(r, (ArticleRecord, Highlight)) for r in records):
        return None
    found = state.shown
    for record in records:
        if isinstance(record, Highlight):
            before = state.places.get(record.id)
            if not _is_next(record, before, found, article):
                return None
            state.places[record.id] = placed = place(record, article)
            found = found.but(placed)
    heads = {r.id: r for r in records if isinstance(r, ArticleRecord)}
    if not heads:
        return found
    heads = {r.id: r for r in found.records} | heads
    return found.headed(sorted(heads.values(), key=lambda r: head_order(r, own)))


def _is_next(
    record: Highlight, before: Placed | None, shown: Annotations, article: Article
) -> bool:
    """Whether a highlight is new, or stands in the place of the one that was shown before.

    It has to be of today's text; and one that is not shown but was there before may be many things.
    """
    if record.revision != article.revision:
        return False
    return shown.highlight(record.id) is before if before is not None else record.rev <= 1


def _restored(review: Review, claim: Claim, meaning: Meaning) -> Review:
    """A review as one of the claim as it is, if that is again what was reviewed."""
    if review.claim_rev >= claim.rev or meaning(claim.id, claim.rev) != meaning(
        claim.id, review.claim_rev
    ):
        return review
    return replace(review, claim_rev=claim.rev)


def _placed(
    state: State, live: Sequence[Record], article: Article | None, seek: Seek
) -> list[Placed]:
    """Where the highlights stand, worked out anew only for those that changed."""
    if article is None:
        return [Placed(record, ()) for record in live if isinstance(record, Highlight)]
    if state.placed_on != article.revision or not article.text:
        state.places, state.found, state.placed_on = {}, {}, article.revision
        state.given_up = False
    highlights = [record for record in live if isinstance(record, Highlight)]
    placer = Placer(article, known=state.found)
    kept = {record.id: _kept(state, record) or placer.highlight(record) for record in highlights}
    if placer.missing and not state.given_up:
        found = seek(article, [*placer.missing, *_parts(live, kept)])
        if found is not None:
            state.found |= found
            again = Placer(article, known=state.found)
            kept |= {key: again.highlight(p.record) for key, p in kept.items() if p.unknown}
    if state.given_up:
        kept |= {key: Placed(p.record, (), UNPLACED, 0.0) for key, p in kept.items() if p.unknown}
    state.places = kept
    return list(kept.values())


def _kept(state: State, record: Highlight) -> Placed | None:
    """The place of a highlight that did not change since it was worked out."""
    known = state.places.get(record.id)
    return known if known is not None and known.record is record and not known.unknown else None


def _parts(live: Sequence[Record], placed: Mapping[str, Placed]) -> list[Passage]:
    """The passages in claims on highlights that are sought: wanted when those are settled."""
    return [
        Passage.of(span, claim.revision)
        for claim in live
        if isinstance(claim, Claim) and claim.highlight in placed
        if placed[claim.highlight].unknown
        for _, span in claim_spans(claim)
    ]


def _bared(state: State) -> list[Record]:
    """Deleted highlights that somebody else's live claims rest on, without tags and note."""
    resting = {
        r.highlight for r in state.records.values() if isinstance(r, Claim) and not r.deleted
    }
    return [
        replace(record, deleted=False, tags=(), note="")
        for record in state.records.values()
        if isinstance(record, Highlight) and record.deleted and record.id in resting
    ]


def _onto_copies(link: Link, copies: dict[str, str]) -> Link:
    """A link as it reads where own copies stand in the place of others' claims."""
    if link.from_ in copies or link.to in copies:
        return replace(
            link, from_=copies.get(link.from_, link.from_), to=copies.get(link.to, link.to)
        )
    return link


def _holds(link: Link, shown: Container[str], is_live: IsLive) -> bool:
    ends = ((link.article, link.from_), (link.to_article or link.article, link.to))
    return all(end in shown or is_live(article, end) for article, end in ends)
