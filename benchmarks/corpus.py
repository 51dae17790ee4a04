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
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

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
RARE, SYLLABLES = "quokkaville", "뷁궯"  # they stand in one article only
PHRASE = "prime minister"

_FREQUENT = (
    "the of and to in a that for on with as is by at from it was has have be after its not an are "
    "which their would over were will this but also had more than new been who about into could"
)
_COMMON = (
    "troops border officials talks region government convoy harbor ministry losses reports week "
    "east north forces supply crossing winter ceasefire army brigade prisoners shelling front "
    "village river bridge railway grain exports sanctions parliament election court budget energy "
    "pipeline power station refugees aid hospital doctors school families children workers strike "
    "wages prices market bank currency trade deal envoy summit visit delegation statement press "
    "interview witness residents drone missile artillery tanks airfield fleet port ships tankers "
    "island coast storm flood rescue fire police security guard patrol checkpoint evidence inquiry "
    "report figures estimate casualties volunteers recruits training exercise reserves commander "
    "general units positions advance retreat defence attack raid explosion damage repairs building "
    "city capital district province mayor council minister president spokesman analyst source "
    "according denied confirmed expected planned delayed moved reached crossed held opened closed "
    "sent returned agreed refused warned rose fell increased reduced several dozens hundreds many "
    "first second last next early late since before between near against under during without"
)
_FIRST = (
    "Anna Marko Jisoo Elena Tomas Mina Oskar Lena Pavel Sora Ivo Hana Jonas Ines Rafal Yuna Petra "
    "Emil Nadia Minho Clara Stefan Vera Daniel Katya Luis Greta Andrei Sofia Haruto"
)
_LAST = (
    "Lindqvist Park Ortega Novak Halloran Seo Brandt Kovac Moreau Tanaka Weiss Aldana Petrov Ryu "
    "Sandoval Keller Ilves Marchetti Osei Varga Dahl Yoon Castell Baran Whitlock Choi Ferreira "
    "Hult Zeman Rask"
)
_ONSETS = ("b", "br", "c", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "t")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_ENDS = ("", "n", "r", "l", "s", "t", "nd", "rk", "ment", "tion", "ed", "ing")
_SYLLABLES = (
    "가나다라마바사아자차고노도로모보소오조기니디리미비시이지한국군정부북남대통령회의원전투병력사상"
)
_PARTICLES = ("은", "는", "이", "가", "을", "를", "에", "의", "에서", "으로", "했다", "한다고")
_OUTLETS = ("Harbor Wire", "The Meridian", "Northern Desk", "News Today", "Naru Ilbo")
_MEASURES = ("killed", "wounded", "casualties", "deployed")
_ROLES = ("minister", "spokesman", "analyst", "general", "mayor", "officials", "Institute")


class Sentence(NamedTuple):
    """A sentence of an article, and what a claim on it says; `figure` is 0 if it has none."""

    text: str
    source: str = ""
    figure: int = 0
    measure: str = ""


class Made(NamedTuple):
    """How much was made."""

    articles: int = 0
    annotations: int = 0
    text_bytes: int = 0
    shard_bytes: int = 0


# texts


class Stock:
    """Sentences that articles are put together from, made once a process."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.sources = [_source(chance) for _ in range(400)]
        words = [*_FREQUENT.split(), *_COMMON.split(), *(_word(chance) for _ in range(12_000))]
        weights = list(accumulate((rank + 4) ** -1.2 for rank in range(len(words))))
        self.english = [self._sentence(chance, words, weights) for _ in range(20_000)]
        syllables = [
            "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3)))) for _ in "가" * 3000
        ]
        weights = list(accumulate(1 / (rank + 4) for rank in range(len(syllables))))
        self.korean = [_korean(chance, syllables, weights) for _ in range(3_000)]

    def _sentence(
        self, chance: random.Random, words: Sequence[str], weights: Sequence[float]
    ) -> Sentence:
        chosen = chance.choices(words, cum_weights=weights, k=chance.randint(8, 20))
        if chance.random() < 0.01:
            chosen[2:2] = PHRASE.split()
        text = " ".join(chosen)
        if chance.random() > 0.4:
            return Sentence(f"{text[0].upper()}{text[1:]}.")
        source = self.sources[_skewed(chance, len(self.sources))]
        if chance.random() > 0.4:
            return Sentence(f"{source} said that {text}.", source)
        figure, measure = chance.randint(2, 400) * 50, chance.choice(_MEASURES)
        return Sentence(f"{source} said {figure:,} were {measure} {text}.", source, figure, measure)


@functools.cache
def stock(seed: int) -> Stock:
    """The sentences of a seed number."""
    return Stock(seed)


def _skewed(chance: random.Random, count: int) -> int:
    """A number below `count`, small ones much oftener."""
    return int(count * chance.random() ** 3)


def _word(chance: random.Random) -> str:
    parts = (chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 3)))
    return "".join(parts) + chance.choice(_ENDS)


def _source(chance: random.Random) -> str:
    first, last = chance.choice(_FIRST.split()), chance.choice(_LAST.split())
    named = f"{first} {last}" if chance.random() < 0.6 else f"{last} {chance.choice(_ROLES)}"
    return named if chance.random() < 0.7 else f"{named} {_word(chance).capitalize()}"


def _korean(chance: random.Random, words: Sequence[str], weights: Sequence[float]) -> Sentence:
    found = (words[bisect(weights, chance.random() * weights[-1])] for _ in range(11))
    return Sentence(" ".join(word + chance.choice(_PARTICLES) for word in found) + ".")


class Text(NamedTuple):
    """An article as it is written, with the place of each of its sentences in the body."""

    text: str
    title: str
    outlet: str
    published: str
    places: Sequence[tuple[int, Sentence]]


def text_of(seed: int, number: int, middle: int) -> Text:
    """The article with this number; the rare words stand in the one numbered `middle`."""
    chance = random.Random(f"{seed}/{number}")
    pool = stock(seed).korean if number % 10 == 3 else stock(seed).english
    chosen = chance.choices(pool, k=chance.randint(16, 28))
    if number == middle:
        chosen[3] = Sentence(f"A word like {RARE} stands nowhere else, nor does {SYLLABLES}.")
    outlet = _OUTLETS[_skewed(chance, len(_OUTLETS))]
    day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
    hour = f"{chance.randint(6, 22):02}:{chance.randint(0, 59):02}"
    title = " ".join(chosen[0].text.split()[:7]).rstrip(".,") + f" {number}"
    pieces = [f"{title}\n\n입력 {day} {hour}:00 수정 {day} {hour}:30 {outlet}\n"]
    at = len(pieces[0])
    places: list[tuple[int, Sentence]] = []
    for sentence in chosen:
        blank = "\n" if not places else "\n\n" if chance.random() < 0.5 else " "
        places.append((at + len(blank), sentence))
        pieces += (blank, sentence.text)
        at += len(blank) + len(sentence.text)
    pieces.append("\n")
    return Text("".join(pieces), title, outlet, f"{day}T{hour}:00+09:00", places)


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
            tags=(self._tags[_skewed(chance, len(self._tags))],),
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
            steps[doc_id(name)] = step_row(step, changes, revs)
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
