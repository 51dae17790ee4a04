"""Comparisons across articles: how long they take, how that grows, and what they say.

    python -m benchmarks conflicts --news FOLDER [--read KIND] [--count 40] [--seed 1] [--far]

FOLDER holds articles as .txt, or as .json with a `title` and `sentences`. Near duplicates of whole
articles are found by samples of their shingles, beside all pairs that share a shingle, compared
whole; and copies are looked for that lost a quarter of their sentences. Then all that is proposed
for the articles is compared; all is measured on a quarter, half and all of them, which gives its
growth. With --read a number of the links of a kind are printed, chosen by the seed, to be read and
judged; --far leaves out those between articles that are near duplicates themselves.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import heading, percentile, say
from tui.analysis import Suggestions, suggest
from tui.analysis.accounts import Account, account_of_proposal
from tui.analysis.across import Accounts
from tui.analysis.proposed_links import ProposedLink
from tui.analysis.resembling import LEAST, Resembling
from tui.analysis.shingles import likeness, shingles, sketch
from tui.articles import outline, read_article
from tui.model.articles import Article, Outline
from tui.model.sources import Registry
from tui.model.spans import Extent

_PARTS = (0.25, 0.5, 1.0)
_FEW = 300  # statements whose own links are asked for, as the panel does
_COPIED = 200  # texts that shortened copies are made of
_ENDS = re.compile(r"(?<=[.!?])\s+")
_COMMON = 50  # texts that may share a shingle for all of them to be compared whole


class Read(NamedTuple):
    article: Article
    outline: Outline
    proposed: Suggestions


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """The articles of a folder by name, each different text once, in a mixed order."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix in (".txt", ".json"))
    random.Random(0).shuffle(paths)
    seen: set[str] = set()
    for path in paths:
        text = path.read_bytes().decode("utf-8", errors="replace")
        if path.suffix == ".json":
            told = json.loads(text)
            text = f"{told['title']}\n\n" + "\n\n".join(f"{s}." for s in told["sentences"])
        if text not in seen:
            seen.add(text)
            yield path.relative_to(folder).as_posix(), text


def read(name: str, text: str) -> Read:
    """An article with all that is proposed for it."""
    found = read_article(text.encode(), f"{name}.txt")
    stops = outline(found)
    return Read(found, stops, suggest(found, stops, Registry()))


def seconds(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The power of the size that the time grows with."""
    return statistics.linear_regression([*map(math.log, sizes)], [*map(math.log, times)]).slope


def near_duplicates(texts: Sequence[str]) -> set[tuple[int, int]]:
    """The pairs of near duplicates, as the desk finds them."""
    found: set[tuple[int, int]] = set()
    index = Resembling((str(at), sketch(shingles(text))) for at, text in enumerate(texts))
    for at, text in enumerate(texts):
        for other in map(int, index.near(str(at))):
            if other < at and likeness(shingles(text), shingles(texts[other])).containment >= LEAST:
                found.add((other, at))
    return found


def all_pairs(texts: Sequence[str]) -> set[tuple[int, int]]:
    """The same with all pairs compared that share a shingle which not very many texts have."""
    whole = [shingles(text) for text in texts]
    having: defaultdict[int, list[int]] = defaultdict(list)
    for at, found in enumerate(whole):
        for shingle in found:
            having[shingle].append(at)
    pairs = {
        (one, other)
        for there in having.values()
        if 1 < len(there) <= _COMMON
        for at, other in enumerate(there)
        for one in there[:at]
    }
    return {pair for pair in pairs if likeness(*(whole[at] for at in pair)).containment >= LEAST}


def shortened(text: str, seed: int) -> str:
    """A text without a quarter of its sentences."""
    parts = _ENDS.split(text)
    gone = set(random.Random(seed).sample(range(len(parts)), len(parts) // 4))
    return " ".join(part for at, part in enumerate(parts) if at not in gone)


def copies_found(texts: Sequence[str]) -> tuple[int, int]:
    """How many shortened copies of texts are found by them, and how many there are."""
    some = texts[:_COPIED]
    both = [*some, *(shortened(text, at) for at, text in enumerate(some))]
    found = near_duplicates(both)
    return sum((at, at + len(some)) in found for at in range(len(some))), len(some)


def accounts_of(articles: Sequence[Read]) -> list[Account]:
    """All that is proposed for the articles, as it is compared."""
    found: list[Account] = []
    for each in articles:
        starts = [sentence.start for sentence in each.outline.sentences]
        for proposal in each.proposed.proposals:
            at = bisect_right(starts, proposal.spans[0].start) - 1
            sentences: list[Extent] = [each.outline.sentences[at].extent] if at >= 0 else []
            found.append(account_of_proposal(proposal, each.article, sentences, Registry()))
    return found


def measure_texts(texts: Sequence[str]) -> None:
    sizes = [int(len(texts) * part) for part in _PARTS]
    times = [seconds(lambda size=size: near_duplicates(texts[:size])) for size in sizes]
    found, every = near_duplicates(texts), all_pairs(texts)
    say("near duplicates of whole articles, pairs", f"{len(found)} (of {len(every)} there are)")
    say("  seconds for all articles", f"{times[-1]:9.2f}")
    say("  copies without a quarter found", "{} of {}".format(*copies_found(texts)))
    say("  growth with their number: exponent", f"{exponent(sizes, times):9.2f}")


def measure_statements(articles: Sequence[Read]) -> list[ProposedLink]:
    sizes: list[int] = []
    times: list[float] = []
    links: list[ProposedLink] = []
    index = Accounts()
    held: list[Account] = []
    for part in _PARTS:
        some = articles[: int(len(articles) * part)]
        made = seconds(lambda some=some: held.__setitem__(slice(None), accounts_of(some)))
        index = Accounts()
        entered = seconds(lambda index=index: [index.add(each) for each in held])
        compared = seconds(lambda index=index: links.__setitem__(slice(None), index.all_links()))
        sizes.append(len(held))
        times.append(made + entered + compared)
        if part == 1:
            say("statements proposed", f"{len(held):,}")
            say(
                "  seconds to read, to enter, to compare",
                f"{made:.2f}, {entered:.2f}, {compared:.2f}",
            )
    say("  growth with their number: exponent", f"{exponent(sizes, times):9.2f}")
    kinds = Counter(link.kind for link in links)
    say(
        "  links proposed", ", ".join(f"{kinds[kind]:,} {kind}" for kind in sorted(kinds)) or "none"
    )
    asked = random.Random(1).sample(held, min(_FEW, len(held)))
    each = [seconds(lambda one=one: index.links(one)) for one in asked]
    three = (percentile(each, 50), percentile(each, 99), max(each))
    say(
        "  links of one statement: p50, p99, longest",
        ", ".join(f"{t * 1000:.2f}" for t in three) + " ms",
    )
    return links


def far_apart(links: Sequence[ProposedLink], articles: Sequence[Read]) -> list[ProposedLink]:
    """The links between articles that are no near duplicates."""
    whole = {each.article.id: shingles(each.article.text) for each in articles}
    return [
        link
        for link in links
        if likeness(whole[link.from_.article], whole[link.to.article]).containment < LEAST
    ]


def print_some(links: Sequence[ProposedLink], kind: str, count: int, seed: int) -> None:
    """Links of a kind, to be read and judged."""
    some = [link for link in links if link.kind == kind]
    print(f"\n{len(some):,} {kind}")
    random.Random(seed).shuffle(some)
    for number, link in enumerate(some[:count], start=1):
        print(f"\n{number}. {link.score:.2f}  {'; '.join(link.reasons)}")
        for end in (link.from_, link.to):
            print(f"     {end.published[:10]} {end.title}: {end.quote}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--news", type=Path, required=True, metavar="FOLDER", help="articles")
    parser.add_argument("--read", default="", metavar="KIND", help="print links of this kind")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--far", action="store_true", help="not between near duplicates")
    asked = parser.parse_args(arguments)
    named = list(texts_of(asked.news))
    heading("Comparisons across articles", {"articles": f"{len(named):,}"})
    measure_texts([text for _, text in named])
    articles: list[Read] = []
    taken = seconds(lambda: articles.extend(read(*each) for each in named))
    say("seconds to propose claims for them", f"{taken:9.2f}")
    links = measure_statements(articles)
    if asked.read:
        links = far_apart(links, articles) if asked.far else links
        print_some(links, asked.read, asked.count, asked.seed)


if __name__ == "__main__":
    main()
