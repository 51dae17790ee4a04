"""What each verb does to records: pure builders, records in, changes out. Sealing comes later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from tui.desk.events import DeskError
from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.ids import new_id
from tui.model.records import (
    CREDIBILITIES,
    DECISIONS,
    LINK_KINDS,
    RELIABILITIES,
    ArticleRecord,
    Change,
    Claim,
    Decision,
    Highlight,
    Hop,
    Link,
    Phrase,
    Record,
    Review,
)
from tui.model.spans import Extent, Span, joined_quote, merged, select
from tui.model.views import Annotations, graded_hop

BOTH_WAYS = ("contradicts", "repeats")
LABEL = 40  # code points of a quote in the label of a step


# highlights


def spans_of(article: Article, extents: Iterable[Extent]) -> tuple[Span, ...]:
    """Selectors of the extents, joined where they touch; DeskError for none or one outside."""
    found = merged(Extent(*extent) for extent in extents)
    if not found:
        raise DeskError("nothing is selected to mark")
    try:
        return tuple(select(article.text, extent.start, extent.end) for extent in found)
    except ValueError as error:
        raise DeskError(f"{article.path or article.id}: {error}") from error


def marked(
    annotations: Annotations,
    article: Article,
    extents: Sequence[Extent],
    tags: Iterable[str] | None,
    note: str,
    book: Codebook,
    *,
    all_tags: bool = False,
) -> Change:
    """A highlight on the extents: the one that is there, tags and note added, or a new one.

    With `all_tags` the tags are all that it has afterwards.
    """
    there = annotations.on(extents)
    wanted = tuple(tags or ())
    if there is None:
        spans = spans_of(article, extents)
        fresh = Highlight(
            id=new_id(),
            article=annotations.article,
            revision=article.revision,
            spans=spans,
            tags=book.resolved(wanted),
            note=note,
        )
        return Change(None, fresh)
    record = there.record
    if all_tags:
        kept = record.tags if tags is None else exactly(record.tags, wanted, book)
    else:
        kept = with_tags(record.tags, wanted, book)
    return Change(record, replace(record, tags=kept, note=note or record.note))


def with_tags(tags: tuple[str, ...], more: Iterable[str], book: Codebook) -> tuple[str, ...]:
    """The tags and those of `more` that are not among them, under whatever name."""
    have = set(book.resolved(tags))
    return (*tags, *(path for path in book.resolved(more) if path not in have))


def without_tag(tags: tuple[str, ...], path: str, book: Codebook) -> tuple[str, ...]:
    """The tags without this one, under whatever name."""
    gone = book.resolve(path)
    return tuple(tag for tag in tags if book.resolve(tag) != gone)


def exactly(tags: tuple[str, ...], wanted: Iterable[str], book: Codebook) -> tuple[str, ...]:
    """The wanted tags alone, each under the name that the record has it by already."""
    names = {book.resolve(tag): tag for tag in tags}
    return tuple(names.get(path, path) for path in book.resolved(wanted))


def toggled(
    records: Sequence[Highlight], path: str, on: bool | None, book: Codebook
) -> list[Change]:
    """A tag put on highlights or taken off; None takes it off if all of them have it."""
    path = book.resolve(path)
    if on is None:
        on = not all(path in book.resolved(r.tags) for r in records)
    if on:
        return [Change(r, replace(r, tags=with_tags(r.tags, (path,), book))) for r in records]
    return [Change(r, replace(r, tags=without_tag(r.tags, path, book))) for r in records]


def respanned(
    annotations: Annotations, article: Article, record: Highlight, extents: Sequence[Extent]
) -> Change:
    """A highlight on other extents, same id; DeskError if another one stands exactly there."""
    there = annotations.on(extents)
    if there is not None and there.record.id != record.id:
        raise DeskError("there is a highlight on exactly these words already: focus that one", 1)
    spans = spans_of(article, extents)
    return Change(record, replace(record, spans=spans, revision=article.revision))


def noted(record: Record, text: str) -> Change:
    """A note on a highlight, claim or article record; an empty text takes it away."""
    if not isinstance(record, (Highlight, Claim, ArticleRecord)):
        raise DeskError(f"a {record.type} has no note")
    return Change(record, replace(record, note=text.strip()))


def removed(record: Record, records: Iterable[Record], analyst: str) -> list[Change]:
    """An annotation deleted; with a highlight the analyst's own claims on it."""
    if isinstance(record, ArticleRecord):
        raise DeskError("the record of an article is not deleted; take off its tags and its note")
    found = [Change(record, replace(record, deleted=True))]
    if isinstance(record, Highlight):
        found += [
            Change(claim, replace(claim, deleted=True))
            for claim in records
            if isinstance(claim, Claim)
            and claim.highlight == record.id
            and claim.by == analyst
            and not claim.deleted
        ]
    return found


def occurrences(text: str, quote: str, header: Iterable[Extent] = ()) -> Iterator[Extent]:
    """Where the words of a quote stand, however the text breaks them, as whole words, in order."""
    words = quote.split()
    if not words:
        return
    head = r"(?<!\w)" if words[0][0].isalnum() else ""
    tail = r"(?!\w)" if words[-1][-1].isalnum() else ""
    pattern = head + r"\s+".join(map(re.escape, words)) + tail
    outside = tuple(header)
    for match in re.finditer(pattern, text):
        found = Extent(*match.span())
        if not any(found.meets(extent) for extent in outside):
            yield found


# claims


def graded(claim: Claim, letter: str, digit: str, outlet: str = "") -> Claim:
    """The claim with a grade; a half that is given again is taken off, an empty one stays.

    The letter goes to the innermost named hop. Raises DeskError where there is no hop for it.
    """
    letter, digit = letter.upper(), digit.strip()
    _check_grade(letter, digit)
    if letter:
        chain = claim.chain or ((Hop(Phrase(outlet), "document"),) if outlet else ())
        index = graded_hop(chain)
        if index is None:
            raise DeskError("this claim names no source to hold the letter: fill in the source", 1)
        hop = chain[index]
        hop = replace(hop, reliability="" if hop.reliability == letter else letter)
        claim = replace(claim, chain=(*chain[:index], hop, *chain[index + 1 :]))
    if digit:
        claim = replace(claim, credibility="" if claim.credibility == digit else digit)
    return claim


def graded_article(record: ArticleRecord, letter: str, digit: str) -> ArticleRecord:
    """The record of an article with a grade, toggled like that of a claim."""
    letter, digit = letter.upper(), digit.strip()
    _check_grade(letter, digit)
    if letter:
        record = replace(record, reliability="" if record.reliability == letter else letter)
    if digit:
        record = replace(record, credibility="" if record.credibility == digit else digit)
    return record


def _check_grade(letter: str, digit: str) -> None:
    if letter and letter not in RELIABILITIES:
        raise DeskError(f"no reliability {letter!r}: there are A to F")
    if digit and digit not in CREDIBILITIES:
        raise DeskError(f"no credibility {digit!r}: there are 1 to 6")


def reviewed(
    claim: Claim,
    reviews: Iterable[Review],
    analyst: str,
    decision: str,
    reason: str,
    flag: bool | None,
) -> Change:
    """The analyst's review of a claim as it is now.

    A decision on the same `rev` replaces the one before; on a newer one it is a new review. With
    `none` and a flag only the flag is changed.
    """
    if decision not in DECISIONS:
        raise DeskError(f"no decision {decision!r}: there are {', '.join(DECISIONS)}")
    mine = [r for r in reviews if r.claim == claim.id and r.by == analyst and not r.deleted]
    last = max(mine, key=lambda r: (r.modified, r.id), default=None)
    flagged = flag if flag is not None else (last.flag if last else False)
    if last is not None and last.claim_rev == claim.rev:
        if decision == "none" and flag is not None:
            return Change(last, replace(last, flag=flagged, reason=reason or last.reason))
        return Change(last, replace(last, decision=decision, reason=reason, flag=flagged))
    fresh = Review(
        id=new_id(),
        article=claim.article,
        claim=claim.id,
        claim_rev=claim.rev,
        decision=decision,
        reason=reason,
        flag=flagged,
    )
    return Change(None, fresh)


def linked(one: Claim, other: Claim, kind: str, links: Iterable[Link]) -> Change | None:
    """A link from a claim to another one; None if they are linked like that already."""
    if kind not in LINK_KINDS:
        raise DeskError(f"no link {kind!r}: there are {', '.join(LINK_KINDS)}")
    if one.id == other.id:
        raise DeskError("a claim is not linked to itself", 1)
    ends = {(one.id, other.id), (other.id, one.id)} if kind in BOTH_WAYS else {(one.id, other.id)}
    if any(k.kind == kind and (k.from_, k.to) in ends and not k.deleted for k in links):
        return None
    fresh = Link(
        id=new_id(),
        article=one.article,
        from_=one.id,
        to=other.id,
        to_article=other.article,
        kind=kind,
    )
    return Change(None, fresh)


# labels of steps


def named(record: Record) -> str:
    """A record in a few words, for the label of a step."""
    words = ""
    if isinstance(record, Highlight):
        words = joined_quote(record.spans)
    elif isinstance(record, Claim):
        words = " ".join(record.statement.split())
    elif isinstance(record, Decision):
        words = record.quote
    return f"“{in_short(words)}”" if words else f"the {record.type}"


def in_short(words: str) -> str:
    """A text that fits into the label of a step."""
    return words if len(words) <= LABEL else words[: LABEL - 1].rstrip() + "…"
