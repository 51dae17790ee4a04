"""One sentence that tells all mistakes with offsets apart, and bundles of it and of any text.

It has 74 code points, 76 UTF-16 units and 94 bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tui.exchange import ArticleBundle, Bundle
from tui.model.articles import Article
from tui.model.codebook import Codebook, Tag
from tui.model.ids import article_id, id_of_number, sha256
from tui.model.records import (
    ArticleRecord,
    Claim,
    Highlight,
    Hop,
    PathRef,
    Phrase,
    Quantity,
    Record,
    Review,
    RevisionRef,
)
from tui.model.sources import Registry, Source
from tui.model.spans import Extent, select
from tui.model.views import Placed, gathered

SENTENCE = "The NIS 🇰🇷 (국가정보원) said “more than 3,000” casualties have occurred so far."
SOURCE, CONTENT, QUANTITY = Extent(4, 18), Extent(24, 73), Extent(35, 40)
TAGS = ("people/source", "war/사상자", "figure")


def _common(article: Article, by: str = "kim") -> dict[str, Any]:
    moment = "2025-02-05T01:02:03Z"
    return {"article": article.id, "rev": 1, "by": by, "created": moment, "modified": moment}


def article_of(text: str) -> Article:
    """A text as an article."""
    return Article(
        article_id(text),
        text,
        sha256(text),
        title="What the NIS said",
        outlet="News Today",
        url="https://example.org/nis",
        published="2025-02-05",
        path="news/nis.txt",
    )


def records_of(
    article: Article, marks: Sequence[tuple[Sequence[Extent], Sequence[str], str]]
) -> list[Record]:
    """An article record, and a highlight for each of some extents with their tags and note."""
    common = _common(article)
    revision = RevisionRef(article.revision)
    head = ArticleRecord(
        id=id_of_number(1 << 90),
        title=article.title,
        revisions=(revision,),
        paths=(PathRef(article.path),),
        **common,
    )
    found: list[Record] = [head]
    for number, (extents, tags, note) in enumerate(marks, 1):
        found.append(
            Highlight(
                id=id_of_number((1 << 90) + number),
                revision=article.revision,
                spans=tuple(select(article.text, *extent) for extent in extents),
                tags=tuple(tags),
                note=note,
                **common,
            )
        )
    return found


def bundle_of(article: Article, records: Sequence[Record]) -> Bundle:
    """Records of an article, on its very text, as an export has them."""
    placed = [
        Placed(r, tuple(span.extent for span in r.spans))
        for r in records
        if isinstance(r, Highlight)
    ]
    paths = dict.fromkeys(tag for each in placed for tag in each.record.tags)
    book = Codebook(tuple(Tag(path, number) for number, path in enumerate(paths, 1)))
    sources = Registry((Source("NIS", ("국가정보원",)),))
    notes = gathered(article.id, records, placed)
    return Bundle(
        "nis", (ArticleBundle(article, notes),), book, sources, made="2025-02-06T00:00:00Z"
    )


def telling_bundle() -> Bundle:
    """The sentence with its source, content (in two pieces, with a claim) and quantity marked."""
    article = article_of(SENTENCE)
    first, second = Extent(CONTENT.start, 41), Extent(42, CONTENT.end)
    marks = (
        ((SOURCE,), TAGS[:1], ""),
        ((CONTENT,), TAGS[1:2], "the claim"),
        ((QUANTITY,), TAGS[1:], ""),
        ((first, second), (), "in two pieces"),
    )
    records = records_of(article, marks)
    content = records[2]
    claim = Claim(
        id=id_of_number(2 << 90),
        highlight=content.id,
        revision=article.revision,
        statement="more than 3,000 casualties have occurred so far",
        chain=(
            Hop(
                Phrase("The NIS", select(SENTENCE, *SOURCE)), "named",
                cue=Phrase("said"), reliability="B",
            ),
        ),
        quantities=(
            Quantity("3,000", select(SENTENCE, *QUANTITY), 3000, None, False, measure="casualties"),
        ),
        modality="reported",
        credibility="2",
        **_common(article),
    )  # fmt: skip
    review = Review(
        id=id_of_number(3 << 90),
        claim=claim.id,
        claim_rev=1,
        decision="accept",
        **_common(article, by="lee"),
    )
    return bundle_of(article, [*records, claim, review])


WORDS = st.text(
    st.sampled_from("ab .,\n가나🇰🇷é\u0301👩‍👩‍👧[]<>&\"'“”\t\u200b\u2028"), min_size=1, max_size=60
).filter(str.strip)


@st.composite
def marked_bundles(draw: st.DrawFn) -> Bundle:
    """Any text with up to four highlights of one or two pieces, some with tags and a note."""
    article = article_of(draw(WORDS))
    size = len(article.text)
    marks: list[tuple[list[Extent], list[str], str]] = []
    for _ in range(draw(st.integers(0, 4))):
        edges = draw(st.lists(st.integers(0, size), min_size=2, max_size=4, unique=True))
        edges = sorted(edges)[: len(edges) // 2 * 2]
        extents = [Extent(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        tags: list[str] = draw(st.lists(st.sampled_from(TAGS), unique=True, max_size=2))
        marks.append((extents, tags, draw(st.sampled_from(["", "a note", "<b>&\n[x] 비고"]))))
    return bundle_of(article, records_of(article, marks))
