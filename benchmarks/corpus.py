"""A workspace of any size made from a seed number: articles, and annotations in their shards.

    python -m benchmarks corpus FOLDER [--articles 100000] [--annotations 1000000] [--seed 11]

Articles lie in folders of 1,000 files, 1.5 to 3 kB each: a title, an outlet, a date, paragraphs of
sentences that cite made sources; every tenth is Korean. An annotated article has ten annotations:
four highlights with tags, three claims with source, time and quantity, two reviews, and a link to a
claim of the article before it. Every tenth article has one of its reviews from a second analyst.
Shards are written as the store writes them, one file an article and analyst, with a step for each
highlight in the history, but without an fsync. What is made of a number depends on the seed alone.
All files bear a time of the past, since one that was written just now would be read again.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import multiprocessing
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.corpus_texts import Sentence, Text, skewed, stock, text_of
from benchmarks.made import ANALYST
from benchmarks.measuring import heading, say
from tui.desk.sealing import article_record_id
from tui.model.ids import article_id_of_text, id_of_number, sha256
from tui.model.records import (
    ArticleRecord,
    Change,
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
    Step,
    When,
)
from tui.model.sources import Registry, Reliability, Source
from tui.model.spans import select
from tui.store import save_sources, starter_codebook
from tui.store.lines import HISTORY, RECORDS, Rows, serialise
from tui.store.pasts import step_row
from tui.store.shelves import doc_id, row_of

EACH = 10  # annotations of an annotated article
IN_FOLDER = 1000
COLLEAGUE = "lee"
PAST = 1_740_000_000  # seconds since 1970: when everything was written


class Made(NamedTuple):
    """How much was made."""

    articles: int = 0
    annotations: int = 0
    text_bytes: int = 0
    shard_bytes: int = 0


# annotations


class Annotated(NamedTuple):
    """An article whose annotations are being made: its id, its text's hash and where it lies."""

    number: int
    id: str
    revision: str
    path: str
    text: Text


class Pen:
    """Makes the records of articles one after the other; they are the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._tags = [tag.path for tag in starter_codebook().tags]
        self._linked: Claim | None = None  # the first claim of the article before

    def records(self, article: Annotated) -> list[Record]:
        """Ten annotations of an article, in the order in which an analyst makes them."""
        chance = random.Random(f"{self._seed}/{article.number}/annotations")
        places = sorted(chance.sample(article.text.places[1:], 4))
        found: list[Record] = []
        claims: list[Claim] = []
        for count, (start, sentence) in enumerate(places):
            highlight = self._highlight(article, len(found), start, sentence, chance)
            found.append(highlight)
            if count < 3:
                claims.append(self._claim(article, len(found), highlight, sentence, chance))
                found.append(claims[-1])
        first = claims[0]
        other = self._linked or claims[1]
        link = Link(
            **self._common(article, len(found)),
            from_=first.id,
            to=other.id,
            to_article=other.article,
            kind=chance.choice(("supports", "contradicts", "updates", "repeats")),
        )
        self._linked = first
        found.append(link)
        for claim in claims[:2]:
            colleague = claim is not first and article.number % 10 == 7
            found.append(
                Review(
                    **self._common(article, len(found), COLLEAGUE if colleague else ANALYST),
                    claim=claim.id,
                    claim_rev=1,
                    decision=chance.choices(("accept", "reject", "none"), (7, 2, 1))[0],
                    flag=chance.random() < 0.05,
                )
            )
        return found

    def _common(self, article: Annotated, count: int, by: str = ANALYST) -> dict[str, Any]:
        moment = PAST * 1000 + article.number * 100 + count
        return {
            "id": self._ulid(moment, f"{article.number}/{count}"),
            "article": article.id,
            "rev": 1,
            "by": by,
            "created": _time(moment),
            "modified": _time(moment),
        }

    def _ulid(self, moment: int, name: str) -> str:
        digest = hashlib.blake2b(f"{self._seed}/{name}".encode(), digest_size=10).digest()
        return id_of_number(moment << 80 | int.from_bytes(digest))

    def _highlight(
        self,
        article: Annotated,
        count: int,
        start: int,
        sentence: Sentence,
        chance: random.Random,
    ) -> Highlight:
        end = start + len(sentence.text) - 1
        return Highlight(
            **self._common(article, count),
            revision=article.revision,
            spans=(select(article.text.text, start, end),),
            tags=(self._tags[skewed(chance, len(self._tags))],),
            note="look again" if chance.random() < 0.1 else "",
        )

    def _claim(
        self,
        article: Annotated,
        count: int,
        highlight: Highlight,
        sentence: Sentence,
        chance: random.Random,
    ) -> Claim:
        (span,) = highlight.spans
        outlet = Hop(Phrase(article.text.outlet), "document", reliability="B")
        named = _cited(article.text.text, span.start, sentence.source, chance)
        day = article.text.published[:10]
        figure = Quantity(
            text=f"{sentence.figure:,}",
            lower=sentence.figure,
            upper=sentence.figure,
            unit="people",
            measure=sentence.measure,
            basis="total",
        )
        return Claim(
            **self._common(article, count),
            highlight=highlight.id,
            revision=article.revision,
            statement=" ".join(span.exact.split()),
            chain=(outlet, named) if named else (outlet,),
            when=When(edtf=day, earliest=day, latest=day, rule="typed"),
            quantities=(figure,) if sentence.figure else (),
            modality="reported" if named else "asserted",
            credibility=chance.choice("1233346"),
        )

    def described(self, article: Annotated, by: str, *, done: bool) -> ArticleRecord:
        """What an analyst's shard says of the article as a whole."""
        moment = _time(PAST * 1000 + article.number * 100)
        digest = article.revision
        return ArticleRecord(
            id=article_record_id(article.id, by),
            article=article.id,
            rev=1,
            by=by,
            created=moment,
            modified=moment,
            title=article.text.title,
            outlet=article.text.outlet,
            published=article.text.published,
            revisions=(RevisionRef(digest, digest, "utf-8", "plain", "1", seen=moment),),
            paths=(PathRef(article.path),),
            done=done,
        )

    def shard(self, article: Annotated, records: Sequence[Record]) -> bytes:
        """The bytes of one analyst's shard: the records, and the steps that made them."""
        rows: Rows = {doc_id(record.id): row_of(record) for record in records}
        steps: Rows = {}
        revs = 0
        for count, batch in enumerate(_steps(records)):
            moment = PAST * 1000 + article.number * 100 + 50 + count
            changes = tuple(Change(None, record) for record in batch)
            name = self._ulid(moment, batch[0].id)
            revs += len(batch)  # each record has the revision 1
            step = Step(name, f"annotate: {batch[-1].type}", _time(moment), changes)
            steps[doc_id(name)] = step_row(step, changes, revs, step.articles)
        return serialise({RECORDS: rows, HISTORY: steps})


def _steps(records: Sequence[Record]) -> list[list[Record]]:
    """The records by the step that made them: a highlight with its claim, reviews, a link."""
    found: list[list[Record]] = [[]]
    for record in records:
        if found[-1] and not isinstance(record, Claim):
            found.append([])
        found[-1].append(record)
    return found


# the workspace


def make(
    folder: Path,
    articles: int,
    annotations: int = 0,
    *,
    seed: int = 11,
    processes: int | None = None,
) -> Made:
    """Write a workspace, and say how much is in it.

    The annotated articles, a tenth as many as annotations, are spread evenly over all. Folders of
    1,000 articles are made side by side in as many processes (by default one a core).
    """
    annotated = min(articles, annotations // EACH)
    folder.mkdir(parents=True, exist_ok=True)
    if annotated:
        for each in ("revisions", ANALYST, COLLEAGUE):
            (folder / "annotations" / each).mkdir(parents=True, exist_ok=True)
        _write_sources(folder / "annotations", seed)
    parts = [
        (folder, seed, range(begin, min(begin + IN_FOLDER, articles)), articles, annotated)
        for begin in range(0, articles, IN_FOLDER)
    ]
    if len(parts) == 1:
        return _folder(parts[0])
    with multiprocessing.get_context("spawn").Pool(processes or os.cpu_count()) as pool:
        found = pool.map(_folder, parts, chunksize=1)
    return Made(*map(sum, zip(*found, strict=True)))


def _write_sources(annotations: Path, seed: int) -> None:
    """The first quarter of the sources, which are cited most, are known to the analyst."""
    known = stock(seed).sources[:100]
    found = tuple(
        Source(name, reliability=(Reliability("ABCD"[at % 4], "2025-01-01"),))
        for at, name in enumerate(dict.fromkeys(known))
    )
    save_sources(annotations, ANALYST, Registry(found))


def _folder(part: tuple[Path, int, range, int, int]) -> Made:
    """Write one folder of articles and what belongs to them."""
    root, seed, numbers, articles, annotated = part
    name = f"{numbers.start // IN_FOLDER:03}"
    (root / name).mkdir(exist_ok=True)
    pen = Pen(seed)
    made = Made()
    for number in numbers:
        text = text_of(seed, number, articles // 2)
        path = f"{name}/{number:06}.txt"
        data = text.text.encode()
        _write(root / path, data)
        many = shards = 0
        if number * annotated // articles != (number + 1) * annotated // articles:
            digest = sha256(data)
            article = Annotated(number, article_id_of_text(digest), digest, path, text)
            _write(root / "annotations" / "revisions" / f"{digest}.txt", data)
            many, shards = _annotate(root / "annotations", pen, article)
        new = Made(1, many, len(data), shards)
        made = Made(*map(sum, zip(made, new, strict=True)))
    return made


def _annotate(annotations: Path, pen: Pen, article: Annotated) -> tuple[int, int]:
    """Write the shards of an article; how many annotations are in them, and their bytes."""
    records = pen.records(article)
    size = 0
    for analyst in (ANALYST, COLLEAGUE):
        own = [record for record in records if record.by == analyst]
        if not own:
            continue
        done = analyst == ANALYST and article.number % 3 != 0
        data = pen.shard(article, [pen.described(article, analyst, done=done), *own])
        _write(annotations / analyst / article.id[-2:] / f"{article.id}.json", data)
        size += len(data)
    return len(records), size


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    os.utime(path, (PAST, PAST))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks corpus", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--annotations", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args(arguments)
    if asked.folder.exists() and any(asked.folder.iterdir()):
        parser.error(f"{asked.folder} is not empty: name a new folder")
    begun = time.perf_counter()
    made = make(asked.folder, asked.articles, asked.annotations, seed=asked.seed)
    heading("A workspace was made", {"folder": asked.folder, "seed": asked.seed})
    say("articles", f"{made.articles:9,}   {made.text_bytes / 1e6:9.1f} MB")
    say("annotations", f"{made.annotations:9,}   {made.shard_bytes / 1e6:9.1f} MB")
    say("time", f"{time.perf_counter() - begun:9.1f} s")


if __name__ == "__main__":
    main()


def _cited(text: str, start: int, source: str, chance: random.Random) -> Hop | None:
    """The hop of a source that the text names at `start`; None if no source is named."""
    if not source:
        return None
    phrase = Phrase(source, select(text, start, start + len(source)))
    return Hop(phrase, "named", Phrase("said"), reliability=chance.choice("ABCCDF"))


@functools.lru_cache(16)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def _time(milliseconds: int) -> str:
    return f"{_second(milliseconds // 1000)}.{milliseconds % 1000:03}000Z"
