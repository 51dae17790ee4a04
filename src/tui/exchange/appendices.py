"""What stands at the end of the report: articles, the meaning of the grades, who did what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tui.exchange.bundles import ArticleBundle, Bundle, Item
from tui.exchange.markdown import code, linked, plain
from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.views import grade_of, said_of_whole
from tui.model.wording import (
    CREDIBILITY_MEANINGS,
    RELIABILITY_MEANINGS,
    counted,
    format_date,
    format_list,
)


def articles(bundle: Bundle, items: Sequence[Item]) -> Iterator[str]:
    """The articles with what tells their texts: file and hash."""
    if not bundle.articles:
        return
    claims = Counter(item.article.id for item in items if item.claim is not None)
    yield "## Articles"
    yield "\n".join(
        f"{number}. {_article(part.article)}. {counted(claims[part.article.id], 'claim')}."
        f"\n   File {code(part.article.path)}, SHA-256 of its text {code(part.article.revision)}"
        + "".join(f"\n   {line}" for line in _whole(bundle.codebook, part))
        for number, part in enumerate(bundle.articles, 1)
    )


def _article(article: Article) -> str:
    parts = [linked(article.title or article.path or article.id, article.url)]
    parts += [plain(part) for part in (article.outlet, format_date(article.published)) if part]
    if article.modified and article.modified != article.published:
        parts.append(f"revised {plain(format_date(article.modified))}")
    return ", ".join(parts)


def _whole(codebook: Codebook, part: ArticleBundle) -> Iterator[str]:
    """A line for each analyst who tagged, graded or annotated the article as a whole."""
    for said in said_of_whole(part.annotations):
        tags, grade = plain(", ".join(codebook.resolved(said.tags))), grade_of(said)
        facts = [f"tagged {tags}" if tags else "", f"grade {grade}" if grade else ""]
        facts += [f"note: {plain(said.note)}" if said.note.strip() else ""]
        yield f"As a whole, by {plain(said.by) or 'unknown'}: {'; '.join(filter(None, facts))}"


def legend(bundle: Bundle, items: Sequence[Item]) -> Iterator[str]:
    """The meaning of the letters and digits that the report uses, and of no others."""
    shown = {letter for item in items for letter in item.grade}
    for part in bundle.articles:
        shown |= {letter for said in part.annotations.records for letter in grade_of(said)}
    for item in items:
        shown |= {hop.reliability for hop in item.claim.chain} if item.claim is not None else set()
    meanings = {**RELIABILITY_MEANINGS, **CREDIBILITY_MEANINGS}
    used = [f"- **{sign}**: {meaning}" for sign, meaning in meanings.items() if sign in shown]
    if not used:
        return
    yield "## How to read the grades"
    yield (
        "Admiralty code: the letter grades the source, the digit the information. The two are"
        " judged apart; F and 6 mean that there is nothing to judge by, not that it is worst."
    )
    yield "\n".join(used)


def people(bundle: Bundle, items: Sequence[Item]) -> Iterator[str]:
    """Who wrote how much, and who reviewed."""
    writers: dict[str, Counter[str]] = {}
    for item in items:
        record = item.placed.record if item.claim is None else item.claim
        kind = "highlight" if item.claim is None else "claim"
        writers.setdefault(record.by, Counter())[kind] += 1
    reviewers = Counter(
        review.by
        for part in bundle.articles
        for review in part.annotations.reviews
        if review.decision != "none"
    )
    lines = [
        f"- {plain(name) or 'unknown'} wrote "
        + format_list([counted(n, kind) for kind, n in sorted(counts.items())])
        for name, counts in sorted(writers.items())
    ]
    lines += [
        f"- {plain(name) or 'unknown'} made {counted(number, 'review decision')}"
        for name, number in sorted(reviewers.items())
    ]
    if lines:
        yield "## Who did what"
        yield "\n".join(f"{line}." for line in lines)
