"""The parts of the page: a claim in a row and with its evidence, an article with its highlights."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from tui.exchange.bundles import ArticleBundle, Bundle, Item, link_words
from tui.exchange.page.markup import attribute, element, escaped, link
from tui.exchange.spools import reference
from tui.model.records import Claim, Highlight
from tui.model.spans import joined_quote
from tui.model.views import Placed, Status
from tui.model.wording import (
    CREDIBILITY_MEANINGS,
    RELIABILITY_MEANINGS,
    format_attribution,
    format_chain,
    format_date,
    format_quantity,
    format_when,
)


def claim_row(bundle: Bundle, item: Item, numbers: Mapping[str, int]) -> str:
    """The row of a claim in the table."""
    claim = item.claim
    if claim is None:
        return ""
    number = numbers[claim.id]
    source = claim.chain[-1].source.text if claim.chain else ""
    quantity = claim.quantities[0] if claim.quantities else None
    bounds = () if quantity is None else (quantity.lower, quantity.upper)
    size = next((bound for bound in bounds if bound is not None), None)
    cells = (
        _cell(f'<a href="#c{number}">{number}</a>', number),
        _cell(escaped(_statement(item))),
        _cell(escaped(source)),
        _cell(
            escaped(format_when(claim.when) if claim.when else ""),
            claim.when.earliest or claim.when.latest if claim.when else "",
        ),
        _cell(
            escaped("; ".join(map(format_quantity, claim.quantities))), "" if size is None else size
        ),
        _cell(escaped(item.grade)),
        _cell(escaped(_status(item.status))),
        _cell(escaped(_verdict(claim))),
        _cell(_breakable(", ".join(bundle.codebook.resolved(item.placed.record.tags)))),
        _cell(f'<a href="#a-{escaped(item.article.id)}">{escaped(_title(item))}</a>'),
    )
    return f"<tr>{''.join(cells)}</tr>\n"


def _cell(markup: str, key: object = None) -> str:
    sort = attribute("data-key", str(key)) if key is not None else ""
    return f"<td{sort}>{markup}</td>"


def _breakable(tags: str) -> str:
    """Tags that go on in the next line, where there is little room, after a stroke."""
    return escaped(tags).replace("/", "/<wbr>")


def _statement(item: Item) -> str:
    said = item.claim.statement if item.claim is not None else ""
    return " ".join((said or joined_quote(item.placed.record.spans)).split())


def _verdict(claim: Claim) -> str:
    return "" if claim.assessment.verdict == "unchecked" else claim.assessment.verdict


def _quantities(claim: Claim) -> str:
    return "; ".join(map(format_quantity, claim.quantities))


def _title(item: Item) -> str:
    return item.article.title or item.article.path or item.article.id


def _status(status: Status) -> str:
    notes = ("changed since" if status.stale else "", "flagged" if status.flagged else "")
    return ", ".join(filter(None, (status.name, *notes)))


def claim_block(bundle: Bundle, item: Item, numbers: Mapping[str, int]) -> str:
    """A claim with everything that is set in it, and its quote.

    `numbers` has its own; claims that it is linked with are references (`spools`).
    """
    claim = item.claim
    if claim is None:
        return ""
    number = numbers[claim.id]
    facts = "".join(
        f"<dt>{label}</dt><dd>{value}</dd>\n"
        for label, value in _facts(bundle, item, claim)
        if value
    )
    return (
        f'<article class="claim" id="c{number}">\n'
        f"<h3>{number}. {escaped(_statement(item))}</h3>\n{_quote(item)}<dl>\n{facts}</dl>\n"
        "</article>\n"
    )


def _quote(item: Item) -> str:
    record = item.placed.record
    if not record.spans:
        return "<p>The highlight that it rests on has been deleted.</p>\n"
    where = ", ".join(filter(None, (item.article.outlet, format_date(item.article.published))))
    offsets = ", ".join(f"{span.start}–{span.end}" for span in record.spans)
    anchor = f'<a href="#h-{escaped(record.id)}">{escaped(_title(item))}</a>'
    place = anchor if item.placed.extents else escaped(_title(item))
    cited = f"{place}{escaped(f', {where}' if where else '')}; characters {offsets}"
    fit = {"exact": "", "moved": " The text has been revised; the words are the same."}.get(
        item.placed.fit, f" The text has been revised; the quote is {escaped(item.placed.fit)}."
    )
    return (
        f"<blockquote><p>{escaped(joined_quote(record.spans))}</p>\n"
        f"<footer>{cited}.{fit}</footer></blockquote>\n"
    )


def _facts(bundle: Bundle, item: Item, claim: Claim) -> Iterator[tuple[str, str]]:
    judged, record = claim.assessment, item.placed.record
    yield "Status", escaped(_status(item.status)) + _reviewed(item.status)
    yield "Source", escaped(format_attribution(claim.chain))
    yield "Chain", escaped(format_chain(claim.chain)) if len(claim.chain) > 1 else ""
    yield "When", escaped(format_when(claim.when)) if claim.when else ""
    yield "Quantity", escaped(_quantities(claim))
    yield "About", escaped(claim.about.text) if claim.about else ""
    yield "Place", escaped(claim.place.text) if claim.place else ""
    yield "Modality", escaped(claim.modality)
    yield "Hedge", escaped(claim.hedge.text) if claim.hedge else ""
    yield "Grade", escaped(". ".join(filter(None, (item.grade, *item.warnings))))
    yield "Assessment", escaped(_verdict(claim))
    yield "Rationale", escaped(judged.rationale)
    yield "Evidence", ", ".join(link(each, each) for each in judged.evidence)
    yield "Likelihood", escaped(judged.likelihood)
    yield "Confidence", escaped(judged.confidence)
    yield "Basis", escaped(judged.confidence_basis)
    yield "Translation", escaped(claim.translation)
    labels = {spec.name: spec.label or spec.name for spec in bundle.settings.fields}
    for name, value in claim.fields.items():
        yield escaped(labels.get(name, name)), escaped(_plain(value))
    yield "Tags", escaped(", ".join(bundle.codebook.resolved(record.tags)))
    yield "Links", "; ".join(_links(item, claim))
    yield "Note", escaped(claim.note or record.note)
    yield "Analyst", escaped(f"{claim.by}, {claim.created[:10]}")


def _reviewed(status: Status) -> str:
    if not status.by:
        return ""
    reason = f": {status.reason}" if status.reason else ""
    return escaped(f" ({status.by}, {status.time[:10]}{reason})")


def _links(item: Item, claim: Claim) -> Iterator[str]:
    for each in item.links:
        words, other = link_words(each, claim.id)
        yield f"{escaped(words)} {reference(other)}"


def claim_link(number: int | None) -> str:
    """What a reference becomes: a link to a claim by its number, None for one that is not there."""
    return f'<a href="#c{number}">claim {number}</a>' if number else "a claim outside this page"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return "" if value is None else str(value)


def article_section(
    bundle: Bundle, part: ArticleBundle, numbers: Mapping[str, int]
) -> Iterator[str]:
    """An article with its highlights marked in its text."""
    article = part.article
    name = article.title or article.path or article.id
    yield f'<article class="text" id="a-{escaped(article.id)}">\n'
    yield f"<h3>{link(name, article.url)}</h3>\n"
    about = ", ".join(filter(None, (article.outlet, format_date(article.published), article.path)))
    yield element("p", about, "about")
    language = attribute("lang", article.language) if article.language.isalpha() else ""
    yield f'<div class="body"{language}>{"".join(_marked(bundle, part, numbers))}</div>\n'
    yield "</article>\n"


def _marked(bundle: Bundle, part: ArticleBundle, numbers: Mapping[str, int]) -> Iterator[str]:
    """The text cut where a highlight begins or ends; each piece under all that it lies in."""
    text, index = part.article.text, {t.path: i for i, t in enumerate(bundle.codebook.tags)}
    spans = sorted(
        (extent.start, extent.end, number)
        for number, placed in enumerate(part.annotations.highlights)
        for extent in placed.extents
    )
    edges = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    begun: set[str] = set()
    at = 0
    lying: list[tuple[int, int, int]] = []
    for start, end in pairwise(edges):
        while at < len(spans) and spans[at][0] <= start:
            lying.append(spans[at])
            at += 1
        lying = [span for span in lying if span[1] > start]
        over = [part.annotations.highlights[number] for _, _, number in lying]
        piece = escaped(text[start:end])
        if over:
            piece = _mark(bundle, part, over, piece, begun, numbers, index)
        yield piece


def _mark(
    bundle: Bundle,
    part: ArticleBundle,
    over: Sequence[Placed],
    piece: str,
    begun: set[str],
    numbers: Mapping[str, int],
    index: Mapping[str, int],
) -> str:
    """A piece under the highlights that it lies in; the first piece of each has its anchor."""
    tags = bundle.codebook.resolved(tag for placed in over for tag in placed.record.tags)
    anchors = "".join(_anchors((p.record for p in over), begun))
    claims = [
        numbers[claim.id]
        for placed in over
        for claim in part.annotations.claims.get(placed.record.id, ())
        if claim.id in numbers
    ]
    said = ", ".join((*tags, *(f"claim {number}" for number in claims))) or "highlight"
    kind = f"t{index[tags[0]]}" if tags and tags[0] in index else "plain"
    return f'{anchors}<mark class="{kind}"{attribute("title", said)}>{piece}</mark>'


def _anchors(records: Iterable[Highlight], begun: set[str]) -> Iterator[str]:
    for record in records:
        if record.id not in begun:
            begun.add(record.id)
            yield f'<a id="h-{escaped(record.id)}"></a>'


def legend(grades: Collection[str]) -> str:
    """What the grades that are used mean."""
    letters = sorted({grade[0] for grade in grades if grade} - {"-"})
    digits = sorted({grade[1] for grade in grades if grade} - {"-"})
    rows = [(letter, RELIABILITY_MEANINGS[letter]) for letter in letters]
    rows += [(digit, CREDIBILITY_MEANINGS[digit]) for digit in digits]
    if not rows:
        return ""
    entries = "".join(f"<dt>{name}</dt><dd>{escaped(words)}</dd>\n" for name, words in rows)
    return (
        '<section id="grades"><h2>Grades</h2>\n<p>Letters grade the source, digits the '
        f"information (Admiralty code).</p>\n<dl>\n{entries}</dl>\n</section>\n"
    )
