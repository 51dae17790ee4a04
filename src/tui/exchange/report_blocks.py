"""The blocks of the report in Markdown: a claim with its evidence, a highlight, two in conflict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tui.exchange.bundles import Bundle, Item
from tui.exchange.markdown import linked, plain, table
from tui.exchange.prose import (
    analyst_line,
    capital,
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
from tui.model.records import Claim
from tui.model.spans import joined_quote
from tui.model.wording import format_date


def claim_blocks(bundle: Bundle, item: Item, claim: Claim, topic: str) -> Iterator[str]:
    """Those of a claim, its heading without its number; other claims are references (`spools`)."""
    yield plain(headline(item))
    yield evidence(item)
    yield "\n".join(f"- **{name}:** {text}" for name, text in details(bundle, item, topic))
    related = " ".join(link_lines(item))
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


def highlight_blocks(bundle: Bundle, item: Item) -> Iterator[str]:
    """Those of a highlight without a claim."""
    tags = plain(", ".join(bundle.codebook.resolved(item.placed.record.tags)))
    note = plain(item.placed.record.note)
    yield evidence(item)
    about = [f"Tagged {tags}." if tags else "", f"Note: {note}" if note else ""]
    if any(about):
        yield " ".join(part for part in about if part)


def compared(names: Sequence[str], sides: Sequence[tuple[bool, Mapping[str, str]]]) -> str:
    """Two claims beside each other: whether each is quoted word for word, and its facts."""
    shown = [name for name in _COMPARED if any(said.get(name) for _, said in sides)]
    if all(quoted for quoted, _ in sides):
        shown.remove("Statement")
    rows = [[f"**{name}**", *(said.get(name, "") for _, said in sides)] for name in shown]
    return table([["", *names], *rows])


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


def facts(item: Item, claim: Claim) -> Iterator[tuple[str, str]]:
    """What two claims are compared by; only what is set."""
    article = item.article
    found = {
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
    yield from ((name, text) for name, text in found.items() if text)
