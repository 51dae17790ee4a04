"""Which blocks of a page are the article: trafilatura chooses them, our own walk words them.

trafilatura (precision mode) gives the words of the article, but closes up, joins and normalises
them. So its blocks are only looked for again among those of the page, in order, and what is read
is the page itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tui.articles.extras import library
from tui.articles.markup import Block, blocks, depth, name_of

_DEEPEST = 250  # nested elements that trafilatura is given; it goes down them by recursion
_MANY = 20_000  # elements that it is given; it takes seconds for more
_LONG = 30  # letters and figures of a block that is known again wherever it stands
_LINE = 60  # code points of a paragraph that is taken for one by its place only
_SHORT = 700  # code points; for less, another mode is tried
_KICKER = 200  # code points in front of a title
_FAR = 20  # elements looked up through
_ENOUGH = 0.8  # share of trafilatura's words that must be found again in the page
_AWAY = re.compile(
    r"\W{0,3}(?:(?:read|see|more|watch|learn|also|related|recommended|don[’']?t miss|you may also|"
    r"click here|leggi anche|lire aussi|lea también|leia também|lesen sie|mehr dazu|читайте|"
    r"関連記事)\b|관련 ?기사|더 ?보기|함께 ?보면)",
    re.IGNORECASE,
)
_NO_WORD = re.compile(r"[\W_]+")


def body_blocks(tree: Any, found: Sequence[Block], title: str = "") -> list[Block]:
    """The blocks of a page that are its article; all that is no boilerplate if none stands out.

    `found` are all blocks of the page. The title, and what of a few words stands in front of it,
    are not among those of the article.
    """
    kept = _kept(tree, found) or [block for block in found if not _is_linked(block)]
    return _without_title([block for block in kept if not _leads_away(block)], title)


def _kept(tree: Any, found: Sequence[Block]) -> list[Block]:
    """The blocks of the article as far as trafilatura knows it."""
    if depth(tree) > _DEEPEST or sum(1 for _ in tree.iter()) > _MANY:
        return []
    chosen = _chosen(tree, favor_precision=True)
    if _size(chosen) < _SHORT:
        other = _chosen(tree, favor_precision=False)
        chosen = other if _size(other) > 2 * _size(chosen) else chosen
    numbers, share = _found_again(found, chosen)
    if share < _ENOUGH:
        return chosen
    return [found[number] for number in sorted({*numbers, *_alike(found, numbers)})]


def _size(chosen: Sequence[Block]) -> int:
    return sum(len(block.text) for block in chosen)


def _chosen(tree: Any, *, favor_precision: bool) -> list[Block]:
    """The blocks that trafilatura makes of a page, none if it finds no article in it."""
    trafilatura = library("trafilatura", "html")
    document = trafilatura.bare_extraction(
        tree, favor_precision=favor_precision, include_comments=False, with_metadata=False
    )
    if document is None or document.body is None:
        return []
    return list(_inner_blocks(document.body))


def _is_linked(block: Block) -> bool:
    """Whether most of a block is links."""
    return block.linked * 2 >= len(block.text)


def _leads_away(block: Block) -> bool:
    """Whether a block in the midst of an article only names another one (`Read more: ...`)."""
    return _is_linked(block) and _AWAY.match(block.text) is not None


def _without_title(kept: list[Block], title: str) -> list[Block]:
    """The blocks without those that repeat the title, and without a kicker in front of it."""
    wanted = _squeezed(title)
    at = [n for n, block in enumerate(kept) if wanted and _squeezed(block.text) == wanted]
    first = at[0] if at and at[0] <= 3 and _size(kept[: at[0]]) < _KICKER else 0
    return [block for n, block in enumerate(kept) if n >= first and n not in at]


def _alike(found: Sequence[Block], numbers: Sequence[int]) -> Iterator[int]:
    """Paragraphs that stand in the page exactly as most of the chosen ones do.

    An article that advertisements part into several containers is often chosen by half. Such a
    paragraph has the same elements of the same classes above it, up to the same `<article>`.
    """
    lengths: Counter[tuple[Any, ...]] = Counter()
    times: Counter[tuple[Any, ...]] = Counter()
    for number in numbers:
        place = _place(found[number])
        lengths[place] += len(found[number].text)
        times[place] += 1
    total = sum(lengths.values())
    usual = {
        at for at in lengths if times[at] >= 3 and lengths[at] * 2 > total and at[0] is not None
    }
    if usual:
        for number, block in enumerate(found):
            if len(block.text) >= _LINE and not _is_linked(block) and _place(block) in usual:
                yield number


def _place(block: Block) -> tuple[Any, ...]:
    """The article or main element that a text stands in, and all that lies between, by class."""
    element, between = block.element, [block.kind]
    for _ in range(_FAR):
        if element is None:
            break
        name = name_of(element)
        if name in ("article", "main") or element.get("role") == "main":
            return (element, *between)
        between.append(f"{name} {element.get('class') or ''}")
        element = element.getparent()
    return (None, *between)


def _inner_blocks(body: Any) -> Iterator[Block]:
    """The blocks of trafilatura's own tree, which has other names for some elements."""
    names = {"head": "h2", "list": "ul", "item": "li", "lb": "br", "quote": "blockquote"}
    names |= {"row": "tr", "cell": "td", "hi": "b", "ref": "a", "code": "pre"}
    for element in body.iter():
        name = name_of(element)
        if name in names:
            element.tag = names[name]
    yield from blocks(body)


def _squeezed(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def _found_again(found: Sequence[Block], chosen: Sequence[Block]) -> tuple[list[int], float]:
    """Which blocks of the page stand in the chosen ones, and the share of those that was found.

    A long block is known wherever it stands; a short one must be a chosen block by itself, or
    begin or end one. Of all ways to put them in the order of the chosen text, the longest counts.
    """
    pieces = [_squeezed(block.text) for block in chosen]
    whole = "".join(pieces)
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    edges = set(starts)
    hits: list[tuple[int, int, int]] = []  # block of the page, start and end in the whole
    for number, block in enumerate(found):
        words = _squeezed(block.text)
        if words and len(words) <= len(whole):
            places = list(_places(words, whole, edges)) or list(_torn(words, whole))
            hits.extend((number, *place) for place in places)
    kept = _longest_chain(hits)
    share = sum(end - start for _, start, end in kept) / max(1, len(whole))
    return [number for number, _, _ in kept], share


def _torn(words: str, whole: str) -> Iterator[tuple[int, int]]:
    """Where a squeezed block stands without some of its inner words, such as links."""
    if len(words) >= 3 * _LONG:
        start = whole.find(words[:_LONG])
        end = whole.find(words[-_LONG:], start + _LONG, start + len(words)) if start >= 0 else -1
        if end >= 0 and (end + _LONG - start) * 2 > len(words):
            yield start, end + _LONG


def _places(words: str, whole: str, edges: set[int]) -> Iterator[tuple[int, int]]:
    """Where a squeezed block may stand in the squeezed text; the first few places only."""
    at = whole.find(words)
    for _ in range(8):
        if at < 0:
            return
        if len(words) >= _LONG or (at in edges and at + len(words) in edges):
            yield at, at + len(words)
        at = whole.find(words, at + 1)


def _longest_chain(hits: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The hits in order of both texts, none over another, that cover most of the chosen text."""
    # For each end in the chosen text the best chain that ends there, ends and lengths growing.
    ends, sizes, chains = [0], [0], [-1]
    before: list[int] = []
    at = 0
    while at < len(hits):
        number = hits[at][0]
        fresh: list[tuple[int, int, int]] = []
        while at < len(hits) and hits[at][0] == number:
            _, start, end = hits[at]
            best = bisect_right(ends, start) - 1
            before.append(chains[best])
            fresh.append((end, sizes[best] + end - start, at))
            at += 1
        for end, size, hit in fresh:
            place = bisect_right(ends, end)
            if size < sizes[place - 1]:
                continue
            if ends[place - 1] == end:
                place -= 1
            stop = place
            while stop < len(ends) and sizes[stop] <= size:
                stop += 1
            ends[place:stop], sizes[place:stop], chains[place:stop] = [end], [size], [hit]
    found: list[tuple[int, int, int]] = []
    hit = chains[-1]
    while hit >= 0:
        found.append(hits[hit])
        hit = before[hit]
    return found[::-1]
