"""Four articles of one story with thirteen claims, as two analysts left them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from msgspec.structs import replace

from tui.exchange import ArticleBundle, Bundle
from tui.model.articles import Article
from tui.model.codebook import Codebook, Tag
from tui.model.ids import article_id, id_of_number, sha256
from tui.model.records import (
    ArticleRecord,
    Assessment,
    Claim,
    Highlight,
    Hop,
    Link,
    PathRef,
    Phrase,
    Quantity,
    Record,
    Review,
    RevisionRef,
    When,
)
from tui.model.settings import FieldSpec, Settings
from tui.model.sources import Registry, Reliability, Source
from tui.model.spans import Extent, Span, select
from tui.model.views import Placed, gathered

UNSEEN = """NORTH KOREAN UNITS DROP OUT OF SIGHT

[LEAD]

Nobody has seen the soldiers whom Pyongyang sent to Kursk for weeks.

[REPORT]

The National Intelligence Service told lawmakers on Wednesday that no North Korean unit
had been observed in combat since mid-January.

The agency estimates that the force of about 11,000 has taken more than 3,000 casualties.

The New York Times wrote earlier that the soldiers had not been seen "for about two weeks".

A government official in Seoul warned against reading the lull as a retreat.
"""
LOSSES = """UKRAINE COUNTS 5,000 NORTH KOREAN DEAD AND WOUNDED

Ukraine's general staff said on Friday that nearly 5,000 North Korean soldiers had been
killed or wounded in the Kursk region.

South Korea's spy agency has put the casualties at more than 3,000.

An independent count of graves found 214 dead, its authors said.
"""
MORE = """KYIV BRACES FOR 20,000 MORE

President Volodymyr Zelensky said that Pyongyang means to send more than 20,000
additional soldiers.

A South Korean defense official denied that there was evidence of movement on such a scale.

Moving 20,000 soldiers would take at least 25 trains, a study by the Lindqvist Institute found.
"""
KOREAN = """북한군, 한 달째 전선에서 자취 감춰

국가정보원은 지난 5일 1월 중순 이후 북한군이 전투에 참여한 정황이 포착되지 않았다고 밝혔다.

합동참모본부는 올겨울 북한군의 동계훈련이 예년과 다르다고 분석했다.
"""


@dataclass
class Notes:
    """Makes records on one article by quoting it."""

    article: Article
    number: int
    records: list[Record] = field(default_factory=list)
    fits: dict[str, tuple[tuple[Extent, ...], str]] = field(default_factory=dict)

    def _next(self, by: str, day: str) -> dict[str, Any]:
        self.number += 1
        time = f"{day}T09:{self.number % 60:02}:00Z"
        return {
            "id": id_of_number((1 << 120) + self.number),
            "article": self.article.id,
            "rev": 1,
            "by": by,
            "created": time,
            "modified": time,
        }

    def span(self, quote: str) -> Span:
        start = self.article.text.index(quote)
        return select(self.article.text, start, start + len(quote))

    def phrase(self, words: str) -> Phrase:
        return Phrase(words, self.span(words) if words in self.article.text else None)

    def highlight(self, *quotes: str, tags: str = "", note: str = "", by: str = "Kim") -> Highlight:
        record = Highlight(
            **self._next(by, "2025-02-14"),
            revision=self.article.revision,
            spans=tuple(self.span(quote) for quote in quotes),
            tags=tuple(tags.split()),
            note=note,
        )
        self.records.append(record)
        return record

    def claim(self, *quotes: str, tags: str = "", by: str = "Kim", **values: Any) -> Claim:
        base = self.highlight(*quotes, tags=tags, by=by)
        values.setdefault("statement", " ".join(quotes[0].split()))
        record = Claim(
            **self._next(by, "2025-02-14"),
            highlight=base.id,
            revision=self.article.revision,
            **values,
        )
        self.records.append(record)
        return record

    def review(self, claim: Claim, decision: str, by: str, reason: str = "", **values: Any) -> None:
        base = self._next(by, "2025-02-15")
        review = Review(
            **base, claim=claim.id, claim_rev=claim.rev, decision=decision, reason=reason, **values
        )
        self.records.append(review)

    def link(self, from_: Claim, to: Claim, kind: str) -> None:
        link = Link(
            **self._next("Kim", "2025-02-15"),
            from_=from_.id,
            to=to.id,
            to_article=to.article,
            kind=kind,
        )
        self.records.append(link)

    def bundle(self, links: Sequence[Link]) -> ArticleBundle:
        article = self.article
        self.records.append(
            ArticleRecord(
                **self._next("Kim", "2025-02-14"),
                title=article.title,
                outlet=article.outlet,
                published=article.published,
                url=article.url,
                revisions=(RevisionRef(article.revision, reader="plain"),),
                paths=(PathRef(article.path),),
                done=True,
                tags=("military",),
                note="Read *twice*.",
                reliability="E",
            )
        )
        placed = [
            Placed(r, *self.fits.get(r.id, (tuple(s.extent for s in r.spans), "exact")))
            for r in self.records
            if isinstance(r, Highlight)
        ]
        records = [*self.records, *(link for link in links if link.to_article == article.id)]
        return ArticleBundle(article, gathered(article.id, records, placed, own="Kim"))


def make_article(text: str, path: str, outlet: str, published: str, **values: Any) -> Article:
    title = text.split("\n", 1)[0]
    return Article(
        id=article_id(text),
        text=text,
        revision=sha256(text),
        title=title,
        outlet=outlet,
        published=published,
        path=path,
        encoding="utf-8",
        **values,
    )


def hop(notes: Notes, source: str, cue: str = "", said: str = "", **values: Any) -> Hop:
    when = When(said, edtf=said, earliest=said, latest=said, rule="typed") if said else None
    words = notes.phrase(cue) if cue else None
    values.setdefault("kind", "named")
    return Hop(notes.phrase(source), cue=words, said=when, **values)


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """Thirteen claims: accepted, rejected, disputed, stale, drafts; conflicts and repetitions."""
    unseen = Notes(
        make_article(
            UNSEEN,
            "2025-02-05-unseen.txt",
            "News Today",
            "2025-02-05T18:12:40+09:00",
            modified="2025-02-05T18:31:05+09:00",
            url="https://news.example/2025/02/05/unseen?id=1&x=2",
        ),
        100,
    )
    losses = Notes(
        make_article(LOSSES, "2025-02-07-losses.txt", "Northern Desk", "2025-02-07T11:00:00+00:00"),
        200,
    )
    more = Notes(
        make_article(MORE, "2025-02-11-more.txt", "The Meridian", "2025-02-11T21:15:02+09:00"), 300
    )
    korean = Notes(
        make_article(
            KOREAN, "2025-02-12-ko.txt", "나루일보", "2025-02-12T09:05:17+09:00", language="ko"
        ),
        400,
    )
    today = hop(unseen, "News Today", "reported", "2025-02-05", reliability="C")
    nis = hop(
        unseen, "The National Intelligence Service", "told lawmakers", "2025-02-05", reliability="B"
    )
    not_seen = unseen.claim(
        "no North Korean unit\nhad been observed in combat since mid-January",
        tags="military/fighting",
        chain=(today, nis),
        when=When(
            "since mid-January",
            unseen.span("since mid-January"),
            "2025-01-11~/..",
            "2025-01-11",
            "",
            "since",
            "2025-02-05",
            "since-part-of-month",
        ),
        modality="reported",
        credibility="2",
        place=Phrase("Kursk"),
        fields={"desk": "Asia", "lead": True},
        note="Compare with what the Times wrote.",
    )
    casualties = unseen.claim(
        "the force of about 11,000 has taken more than 3,000 casualties",
        tags="military/casualties",
        chain=(today, hop(unseen, "The agency", "estimates", resolved=True, reliability="B")),
        quantities=(
            Quantity(
                "about 11,000",
                unseen.span("about 11,000"),
                11000,
                11000,
                hedge="about",
                unit="soldiers",
                measure="deployed",
            ),
            Quantity(
                "more than 3,000",
                unseen.span("more than 3,000"),
                3000,
                None,
                False,
                unit="casualties",
                basis="total",
            ),
        ),
        modality="estimated",
        hedge=unseen.phrase("estimates"),
        credibility="3",
        assessment=Assessment(
            "contested",
            "Kyiv counts nearly twice as many.",
            ("https://stats.example/kursk",),
            "likely",
            "moderate",
            "two services, no access to the ground",
        ),
    )
    two_weeks = unseen.claim(
        "the soldiers had not been seen",
        "for about two weeks",
        tags="military/fighting",
        statement="The soldiers had not been seen for about two weeks.",
        chain=(today, hop(unseen, "The New York Times", "wrote", reliability="B")),
        when=When("for about two weeks"),
        modality="reported",
        by="Lee",
    )
    retreat = unseen.claim(
        "warned against reading the lull as a retreat",
        tags="diplomacy",
        chain=(
            today,
            hop(
                unseen,
                "A government official in Seoul",
                "warned",
                kind="anonymous",
                reliability="F",
            ),
        ),
        modality="asserted",
        credibility="6",
    )
    unseen.highlight(
        "Nobody has seen the soldiers", tags="military", note="The lead says more than the report."
    )
    desk = hop(losses, "Northern Desk", "reported", "2025-02-07", reliability="C")
    five = losses.claim(
        "nearly 5,000 North Korean soldiers had been\nkilled or wounded in the Kursk region",
        tags="military/casualties",
        chain=(desk, hop(losses, "Ukraine's general staff", "said", "2025-02-07", reliability="D")),
        quantities=(
            Quantity(
                "nearly 5,000",
                losses.span("nearly 5,000"),
                None,
                5000,
                True,
                False,
                unit="soldiers",
                measure="killed or wounded",
                basis="total",
                hedge="nearly",
            ),
        ),
        modality="asserted",
        credibility="3",
    )
    again = losses.claim(
        "has put the casualties at more than 3,000",
        tags="military/casualties",
        chain=(desk, hop(losses, "South Korea's spy agency", "has put", reliability="B")),
        quantities=(
            Quantity(
                "more than 3,000",
                losses.span("more than 3,000"),
                3000,
                None,
                False,
                unit="casualties",
            ),
        ),
        modality="estimated",
        credibility="1",
    )
    losses.claim(
        "An independent count of graves found 214 dead",
        tags="military/casualties",
        statement="<b>214</b> dead | were *counted* in [graves](http://x.example) & elsewhere",
        chain=(desk, Hop(Phrase("its authors"), kind="collective", cue=losses.phrase("said"))),
    )
    meridian = hop(more, "The Meridian", "reported", "2025-02-11", reliability="B")
    twenty = more.claim(
        "Pyongyang means to send more than 20,000\nadditional soldiers",
        tags="military/deployment",
        chain=(meridian, hop(more, "President Volodymyr Zelensky", "said", reliability="C")),
        quantities=(
            Quantity(
                "more than 20,000",
                more.span("more than 20,000"),
                20000,
                None,
                False,
                unit="soldiers",
                measure="deployed",
                basis="additional",
            ),
        ),
        when=When("", None, "2025-03?", "2025-03-01", "2025-03-31", "uncertain", "", "typed"),
        modality="possible",
        credibility="4",
        by="Lee",
    )
    no_move = more.claim(
        "denied that there was evidence of movement on such a scale",
        tags="military/deployment diplomacy",
        chain=(
            meridian,
            hop(more, "A South Korean defense official", "denied", kind="role", reliability="C"),
        ),
        modality="denied",
        credibility="2",
    )
    more.claim(
        "Moving 20,000 soldiers would take at least 25 trains",
        chain=(meridian, hop(more, "a study by the Lindqvist Institute", "found", kind="document")),
    )
    naru = hop(korean, "나루일보", "보도", "2025-02-12")
    korean_nis = korean.claim(
        "1월 중순 이후 북한군이 전투에 참여한 정황이 포착되지 않았다",
        tags="military/fighting",
        chain=(naru, hop(korean, "국가정보원", "밝혔다", "2025-02-05", reliability="B")),
        when=When(
            "1월 중순 이후",
            korean.span("1월 중순 이후"),
            "2025-01-11/..",
            "2025-01-11",
            "",
            "since",
            "2025-02-05",
            "since-part-of-month",
        ),
        modality="reported",
        credibility="2",
        translation="No sign has been caught of North Korean troops in combat since mid-January.",
    )
    training = korean.claim(
        "올겨울 북한군의 동계훈련이 예년과 다르다",
        tags="military/deployment",
        chain=(naru, hop(korean, "합동참모본부", "분석했다", reliability="B")),
        modality="estimated",
        hedge=korean.phrase("분석했다"),
    )
    unseen.review(not_seen, "accept", "Lee")
    unseen.review(casualties, "accept", "Kim")
    unseen.review(retreat, "reject", "Lee", "not a claim")
    losses.review(five, "accept", "Lee")
    losses.review(five, "reject", "Park", "other", flag=True)
    more.review(no_move, "accept", "Lee")
    losses.link(five, casualties, "contradicts")
    losses.link(again, casualties, "repeats")
    more.link(no_move, twenty, "contradicts")
    korean.link(korean_nis, not_seen, "repeats")
    korean.link(training, twenty, "supports")
    unseen.link(not_seen, two_weeks, "updates")
    more.records[more.records.index(no_move)] = replace(no_move, rev=2)  # edited since its review
    unseen.fits[two_weeks.highlight] = ((), "orphan")
    parts = (unseen, losses, more, korean)
    links = [r for notes in parts for r in notes.records if isinstance(r, Link)]
    return Bundle(
        workspace="Kursk",
        articles=tuple(
            notes.bundle([link for link in links if link not in notes.records]) for notes in parts
        ),
        codebook=Codebook(
            (
                Tag("military", 1, "red"),
                Tag("military/casualties", 2, description="Killed, wounded, taken prisoner."),
                Tag("military/fighting"),
                Tag("military/deployment", was=("military/dispatch",)),
                Tag("diplomacy", 3, "blue"),
            )
        ),
        sources=Registry(
            (
                Source(
                    "National Intelligence Service",
                    ("NIS", "국가정보원"),
                    reliability=(Reliability("B", "2025-01-01", "checked last year"),),
                ),
                Source("News Today", kind="named", role="outlet"),
            )
        ),
        settings=Settings("Kursk", fields=(FieldSpec("desk", label="Desk"), FieldSpec("lead"))),
        scope="All claims of the four articles on the Kursk front",
        made="2025-02-16T10:00:00+09:00",
    )
