"""What stands at the end of the report: articles, the meaning of the grades, who did what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from tui.exchange.bundles import ArticleBundle, Item
from tui.exchange.markdown import code, linked, plain
from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.records import Review
from tui.model.views import grade_of, said_of_whole
from tui.model.wording import (
    CREDIBILITY_MEANINGS,
    RELIABILITY_MEANINGS,
    counted,
    format_date,
    format_list,
)


def article_entry(codebook: Codebook, part: ArticleBundle, claims: int) -> str:
    """An article in the list of them, behind its number: with what tells its text, file and hash.

    `claims` says how many there are on it.
    """
    return (
        f"{_article(part.article)}. {counted(claims, 'claim')}."
        f"\n   File {code(part.article.path)}, SHA-256 of its text {code(part.article.revision)}"
        + "".join(f"\n   {line}" for line in _whole(codebook, part))
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


def legend(shown: Collection[str]) -> Iterator[str]:
    """The meaning of the letters and digits that the report shows, and of no others."""
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


class People:
    """Who wrote how much, and who reviewed."""

    def __init__(self) -> None:
        self._writers: dict[str, Counter[str]] = {}
        self._reviewers: Counter[str] = Counter()

    def wrote(self, item: Item) -> None:
        """Count a claim, or a highlight without one."""
        record = item.placed.record if item.claim is None else item.claim
        kind = "highlight" if item.claim is None else "claim"
        self._writers.setdefault(record.by, Counter())[kind] += 1

    def reviewed(self, reviews: Iterable[Review]) -> None:
        """Count the reviews of an article."""
        self._reviewers.update(review.by for review in reviews if review.decision != "none")

    def blocks(self) -> Iterator[str]:
        """It in words."""
        lines = [
            f"- {plain(name) or 'unknown'} wrote "
            + format_list([counted(n, kind) for kind, n in sorted(counts.items())])
            for name, counts in sorted(self._writers.items())
        ]
        lines += [
            f"- {plain(name) or 'unknown'} made {counted(number, 'review decision')}"
            for name, number in sorted(self._reviewers.items())
        ]
        if lines:
            yield "## Who did what"
            yield "\n".join(f"{line}." for line in lines)
