"""A report in Markdown (CommonMark with tables): claims by topic, each with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tui.exchange.appendices import articles, legend, people
from tui.exchange.bundles import Bundle, Item, held
from tui.exchange.markdown import linked, plain, table
from tui.exchange.prose import (
    analyst_line,
    capital,
    claim_name,
    conflicts,
    evidence,
    grade_line,
    headline,
    in_quotes,
    is_quoted,
    judgement_lines,
    link_lines,
    quantity_line,
    source_line,
    status_line,
    time_line,
    wording_line,
)
from tui.model.codebook import Codebook
from tui.model.records import Claim
from tui.model.spans import joined_quote
from tui.model.views import SAID_IN_ORDER
from tui.model.wording import (
    counted,
    format_date,
    format_list,
)

UNTAGGED = ""


def export(bundle: Bundle, **_: bool) -> Iterator[str]:
    """The bundle as a report, block by block, once all of it was read.

    Text of articles and of analysts stands in it as data, escaped.
    """
    bundle = yield from held(bundle)
    between = ""
    for block in _blocks(bundle, list(bundle.items())):
        yield f"{between}{block}"
        between = "\n\n"
    yield "\n"


def _blocks(bundle: Bundle, items: Sequence[Item]) -> Iterator[str]:
    topics = _by_topic(bundle.codebook, (i for i in items if _counts(i)))
    ordered = [item for topic in topics.values() for item in topic]
    rejected = [i for i in items if i.claim is not None and not _counts(i)]
    numbers = {
        item.claim.id: number
        for number, item in enumerate([*ordered, *rejected], 1)
        if item.claim is not None
    }
    yield from _head(bundle, items, numbers)
    yield from _conflicts([*ordered, *rejected], numbers)
    yield from _claims(bundle, topics, numbers)
    yield from _rejected(bundle, rejected, numbers)
    yield from _bare_highlights(bundle, items)
    yield from articles(bundle, items)
    yield from legend(bundle, [*ordered, *rejected])
    yield from people(bundle, items)


def _counts(item: Item) -> bool:
    """Whether it is a claim that the report makes: one that review has not rejected."""
    return item.claim is not None and item.status.name != "rejected"


# The head


def _head(bundle: Bundle, items: Sequence[Item], numbers: Mapping[str, int]) -> Iterator[str]:
    yield f"# {plain(bundle.workspace) or 'Claims'}: claims and evidence"
    scope = plain(bundle.scope).rstrip(".")
    made = f"Made on {plain(format_date(bundle.made))}." if bundle.made else ""
    if scope or made:
        yield " ".join(part for part in (f"{scope}." if scope else "", made) if part)
    yield "## Summary"
    yield "\n".join(f"- {line}" for line in _summary(bundle, items, numbers))


def _summary(bundle: Bundle, items: Sequence[Item], numbers: Mapping[str, int]) -> Iterator[str]:
    claims = [item for item in items if item.claim is not None]
    read = counted(len(bundle.articles), "article")
    yield f"{counted(len(claims), 'claim')} from {read}{_period(bundle)}."
    if claims:
        yield _statuses(claims)
    pairs = len(list(conflicts(claims)))
    if pairs:
        yield f"{counted(pairs, 'pair')} of claims in conflict, set side by side below."
    repeats = sum(any(li.kind == "repeats" for li in item.links) for item in claims)
    if repeats:
        yield (
            f"{counted(repeats, 'claim')} {'goes' if repeats == 1 else 'go'} back to the same"
            " original source as another: that is repetition, no corroboration."
        )
    lost = [numbers[i.claim.id] for i in claims if i.claim is not None and not i.placed.extents]
    if lost:
        found = format_list([f"claim {number}" for number in sorted(lost)])
        yield f"Not found again in the text of today: the quote of {found}."


def _statuses(claims: Sequence[Item]) -> str:
    counts = Counter(item.status.name for item in claims)
    parts = [f"{counts[name]} {name}" for name in SAID_IN_ORDER if counts[name]]
    own = sum(item.status.self_reviewed for item in claims)
    notes = [
        f"{counted(own, 'decision')} by the claim's own author (self-reviewed)." if own else "",
        "What is draft has not been reviewed as it stands." if counts["draft"] else "",
    ]
    return " ".join(part for part in (f"Review: {format_list(parts)}.", *notes) if part)


def _period(bundle: Bundle) -> str:
    days = sorted(p.article.published[:10] for p in bundle.articles if p.article.published)
    if not days:
        return ""
    first, last = format_date(days[0]), format_date(days[-1])
    span = f"of {first}" if first == last else f"published from {first} to {last}"
    return f" {plain(span)}"


# Conflicts


def _conflicts(items: Sequence[Item], numbers: Mapping[str, int]) -> Iterator[str]:
    known = {item.claim.id: item for item in items if item.claim is not None}
    links = [li for li in conflicts(list(items)) if li.from_ in known or li.to in known]
    if not links:
        return
    yield "## In conflict"
    for link in links:
        ends = sorted((link.from_, link.to), key=lambda end: numbers.get(end, 1 << 30))
        if ends[1] in known:
            yield _side_by_side(known[ends[0]], known[ends[1]], numbers)
        else:
            names = [claim_name(end, numbers) for end in ends]
            yield f"{names[0].capitalize()} is in conflict with {names[1]}."


def _side_by_side(left: Item, right: Item, numbers: Mapping[str, int]) -> str:
    columns = [dict(_facts(item)) for item in (left, right)]
    names = [name for name in _COMPARED if any(column.get(name) for column in columns)]
    if is_quoted(left) and is_quoted(right):
        names.remove("Statement")
    head = [claim_name(i.claim.id, numbers).capitalize() for i in (left, right) if i.claim]
    rows = [[f"**{name}**", *(column.get(name, "") for column in columns)] for name in names]
    return table([["", *head], *rows])


_COMPARED = (
    "Statement",
    "Quote",
    "Source",
    "When",
    "Quantity",
    "Modality",
    "Grade",
    "Assessment",
    "Rationale",
    "Evidence",
    "Likelihood",
    "Confidence",
    "Status",
    "Article",
)  # what two claims are compared by, in this order


def _facts(item: Item) -> Iterator[tuple[str, str]]:
    """What two claims are compared by; only what is set."""
    claim, article = item.claim, item.article
    if claim is None:
        return
    facts = {
        "Statement": "as quoted" if is_quoted(item) else plain(capital(claim.statement)),
        "Quote": plain(in_quotes(joined_quote(item.placed.record.spans))),
        "Source": source_line(claim),
        "When": time_line(claim.when),
        "Quantity": quantity_line(claim),
        "Modality": wording_line(claim),
        "Grade": grade_line(item),
        **dict(judgement_lines(claim)),
        "Status": status_line(item.status),
        "Article": linked(article.title or article.path, article.url)
        + (f", {plain(format_date(article.published))}" if article.published else ""),
    }
    yield from ((name, text) for name, text in facts.items() if text)


# Claims


def _by_topic(codebook: Codebook, items: Iterable[Item]) -> dict[str, list[Item]]:
    """Items by the first of their tags in the codebook's order; those without a tag last."""
    order = {tag.path: i for i, tag in enumerate(codebook.tags)}
    found: dict[str, list[Item]] = {}
    for item in items:
        tags = codebook.resolved(item.placed.record.tags)
        topic = min(tags, key=lambda path: (order.get(path, len(order)), path), default=UNTAGGED)
        found.setdefault(topic, []).append(item)
    rank = {path: _rank(path, order) for path in found}
    return {path: found[path] for path in sorted(found, key=lambda path: rank[path])}


def _rank(path: str, order: Mapping[str, int]) -> tuple[bool, tuple[tuple[int, str], ...]]:
    """A tag after its parent and beside its siblings, each level in the codebook's order."""
    parts = path.split("/")
    levels = ("/".join(parts[: i + 1]) for i in range(len(parts)))
    return path == UNTAGGED, tuple((order.get(level, len(order)), level) for level in levels)


def _claims(
    bundle: Bundle, topics: Mapping[str, Sequence[Item]], numbers: Mapping[str, int]
) -> Iterator[str]:
    if not topics:
        return
    yield "## Claims by topic"
    for topic, items in topics.items():
        yield f"### {plain(topic).replace('/', ' / ') or 'Without a tag'}"
        tag = bundle.codebook.get(topic)
        if tag is not None and tag.description:
            yield f"*{plain(tag.description)}*"
        for item in items:
            yield from _claim(bundle, item, topic, numbers)


def _claim(bundle: Bundle, item: Item, topic: str, numbers: Mapping[str, int]) -> Iterator[str]:
    claim = item.claim
    if claim is None:
        return
    yield f"#### {numbers[claim.id]}. {plain(headline(item))}"
    yield evidence(item)
    yield "\n".join(f"- **{name}:** {text}" for name, text in details(bundle, item, topic))
    related = " ".join(link_lines(item, numbers))
    if related:
        yield related
    for note in (claim.note, item.placed.record.note):
        if note.strip():
            yield f"Note: {plain(note)}"


def details(bundle: Bundle, item: Item, topic: str) -> Iterator[tuple[str, str]]:
    """What is known of a claim, as label and Markdown; `topic` is the tag that it stands under."""
    claim = item.claim
    if claim is None:
        return
    others = [t for t in bundle.codebook.resolved(item.placed.record.tags) if t != topic]
    details = [
        ("Translation", plain(claim.translation)),
        ("Status", status_line(item.status)),
        ("Source", source_line(claim)),
        ("When", time_line(claim.when)),
        ("Quantity", quantity_line(claim)),
        ("About", plain(claim.about.text) if claim.about else ""),
        ("Place", plain(claim.place.text) if claim.place else ""),
        ("Modality", wording_line(claim)),
        ("Grade", grade_line(item)),
        *judgement_lines(claim),
        *_own_fields(bundle, claim),
        ("Also tagged" if topic else "Tagged", plain(", ".join(others))),
        ("Analyst", analyst_line(claim)),
    ]
    yield from ((name, text) for name, text in details if text)


def _own_fields(bundle: Bundle, claim: Claim) -> Iterator[tuple[str, str]]:
    labels = {spec.name: spec.label or spec.name for spec in bundle.settings.fields}
    for name in dict.fromkeys((*labels, *sorted(claim.fields))):
        value = claim.fields.get(name)
        if value not in (None, "", [], ()):
            shown = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else value
            if isinstance(value, list | tuple):
                shown = ", ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            yield plain(labels.get(name, name)), plain(str(shown))


def _rejected(bundle: Bundle, items: Sequence[Item], numbers: Mapping[str, int]) -> Iterator[str]:
    if not items:
        return
    yield "## Rejected in review"
    yield "These are on the record and are not claims of this report."
    for item in items:
        yield from _claim(bundle, item, UNTAGGED, numbers)


def _bare_highlights(bundle: Bundle, items: Sequence[Item]) -> Iterator[str]:
    bare = [item for item in items if item.claim is None]
    if not bare:
        return
    yield "## Highlights without a claim"
    for item in bare:
        tags = plain(", ".join(bundle.codebook.resolved(item.placed.record.tags)))
        note = plain(item.placed.record.note)
        yield evidence(item)
        about = [f"Tagged {tags}." if tags else "", f"Note: {note}" if note else ""]
        if any(about):
            yield " ".join(part for part in about if part)
