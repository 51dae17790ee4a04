"""One claim in words, as the report has it: who said it, how sure, on what evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.exchange.bundles import Item, link_words
from tui.exchange.markdown import code, linked, plain, quoted
from tui.exchange.spools import reference
from tui.model.records import Claim, Highlight, Record, When
from tui.model.spans import joined_quote
from tui.model.views import Status, graded_hop
from tui.model.wording import (
    format_attribution,
    format_date,
    format_edtf,
    format_list,
    format_number,
    format_quantity,
    format_when,
)

SHORT_HASH = 12
HEADLINE = 60  # characters of a heading that says the beginning of the quote below it
_LINKS = {
    "supports": "Supports {}.",
    "supported by": "Supported by {}.",
    "contradicts": "In conflict with {}.",
    "updates": "Updates {}, which is older.",
    "updated by": "Updated by {}, which is newer.",
    "repeats": "Repeats the same original source as {}: no corroboration.",
}


def source_line(claim: Claim) -> str:
    """The attribution as a sentence; what the analyst worked out is said."""
    said = format_attribution(claim.chain)
    if not said:
        return "Not recorded."
    worked_out = claim.chain[-1].resolved and claim.chain[-1].kind not in ("none", "")
    note = " The name is taken from the context of the passage." if worked_out else ""
    return f"{plain(capital(said))}.{note}"


def capital(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def in_quotes(text: str) -> str:
    """The text in quotation marks; none are added around a text that has its own."""
    text = text.strip()
    for opening, closing in _MARKS:
        outer = len(text) > 1 and text[0] == opening and text[-1] == closing
        if outer and not {opening, closing} & set(text[1:-1]):
            return text
    return f"“{text}”"


_MARKS = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("「", "」"), ("『", "』"))


def is_quoted(item: Item) -> bool:
    """Whether the claim's statement is its quote, word for word."""
    quote = " ".join(joined_quote(item.placed.record.spans).split())
    return item.claim is not None and " ".join(item.claim.statement.split()) in ("", quote)


def headline(item: Item) -> str:
    """The statement; only its beginning if it is the quote, which stands whole right below."""
    claim = item.claim
    statement = claim.statement.strip() if claim is not None else ""
    statement = " ".join((statement or joined_quote(item.placed.record.spans)).split())
    if not item.placed.record.spans or not is_quoted(item) or len(statement) <= HEADLINE:
        return capital(statement)
    return f"{capital(statement[:HEADLINE].rpartition(' ')[0] or statement[:HEADLINE])} …"


def time_line(when: When | None) -> str:
    """The time in its own words, what these were taken for, the day they were reckoned from."""
    if when is None:
        return ""
    line = plain(format_when(when))
    bounds = plain(format_edtf(when.edtf))
    if "/" in when.edtf and "~" in when.edtf and bounds not in line:
        line += f" ({bounds})"
    if when.edtf and when.anchor and when.rule != "typed":
        line += f", reckoned from {plain(format_date(when.anchor))}"
    return line


def quantity_line(claim: Claim) -> str:
    """The quantities as understood, each with its words unless they say the same."""
    found: list[str] = []
    for quantity in claim.quantities:
        line = plain(format_quantity(quantity))
        words = " ".join(quantity.text.split())
        if words and plain(words) != line:
            line += f" (“{plain(words)}”)"
        found.append(line)
    return "; ".join(found)


def wording_line(claim: Claim) -> str:
    """How the text puts it: modality, and the words that hedge."""
    hedge = f"hedged by “{plain(claim.hedge.text)}”" if claim.hedge and claim.hedge.text else ""
    return ", ".join(part for part in (plain(claim.modality), hedge) if part)


def grade_line(item: Item) -> str:
    """The grade, whose letter it is if not the original source's, and what speaks against it.

    The letter and the digit are explained in the legend.
    """
    claim, grade = item.claim, item.grade
    if claim is None or not grade:
        return ""
    line = plain(grade)
    if grade.startswith("-"):
        line = f"{plain(grade[1])}; the source is not graded"
    elif grade.endswith("-"):
        line = f"{plain(grade[0])}; the information is not graded"
    index = graded_hop(claim.chain)
    if index is not None and index != len(claim.chain) - 1 and not grade.startswith("-"):
        line += f" (the letter is for {plain(claim.chain[index].source.text)})"
    return f"{line}." + "".join(f" Note: {plain(warning)}." for warning in item.warnings)


def status_line(status: Status) -> str:
    """What review has made of it. Drafts are labelled, self-reviews said."""
    who = plain(status.by)
    when = f", {plain(format_date(status.time[:10]))}" if status.time else ""
    reason = f" Reason: {plain(status.reason)}." if status.reason else ""
    flag = " Flagged for a second look." if status.flagged else ""
    if status.name == "draft":
        line = "**DRAFT**, not reviewed."
        if status.stale:
            line = f"**DRAFT**: changed since {who} reviewed it{when}."
        return line + flag
    if status.name == "disputed":
        return f"**DISPUTED**: reviewers differ; the last was {who}{when}.{reason}{flag}"
    own = " (self-reviewed: the reviewer wrote the claim)" if status.self_reviewed else ""
    return f"{status.name.capitalize()} by {who}{when}{own}.{reason}{flag}"


def analyst_line(record: Record) -> str:
    """Who wrote a record and when, with its id."""
    day = f", {plain(format_date(record.created[:10]))}" if record.created else ""
    return f"{plain(record.by) or 'unknown'}{day} (record {code(record.id)})"


def judgement_lines(claim: Claim) -> Iterator[tuple[str, str]]:
    """The analyst's assessment, as label and text; likelihood and confidence stand apart."""
    judged = claim.assessment
    if judged.verdict not in ("", "unchecked") or judged.rationale:
        yield "Assessment", f"{plain(judged.verdict)}."
    if judged.rationale:
        yield "Rationale", plain(capital(judged.rationale))
    if judged.evidence:
        evidence = (linked(e, e) if "://" in e else code(e) for e in judged.evidence)
        yield "Evidence", ", ".join(evidence)
    if judged.likelihood:
        yield "Likelihood", f"{plain(judged.likelihood)}."
    if judged.confidence:
        basis = f" Basis: {plain(judged.confidence_basis)}" if judged.confidence_basis else ""
        yield "Confidence", f"{plain(judged.confidence)}.{basis}"


def link_lines(item: Item) -> Iterator[str]:
    """A sentence for each kind of link; the other claims are references (`spools`)."""
    if item.claim is None:
        return
    found: dict[str, list[str]] = {}
    for link in item.links:
        words, other = link_words(link, item.claim.id)
        name = reference(other)
        if name not in found.setdefault(words, []):
            found[words].append(name)
    for words, names in found.items():
        yield _LINKS.get(words, plain(words) + " {}.").format(format_list(names))


def claim_name(claim_id: str, numbers: Mapping[str, int]) -> str:
    """How a claim is referred to: `claim 3`, or its id if it is not in the report."""
    number = numbers.get(claim_id)
    return f"claim {number}" if number else f"a claim outside this report ({code(claim_id)})"


def evidence(item: Item) -> str:
    """The quote in a block, with the article, its date, the offsets and the revision."""
    article, record = item.article, item.placed.record
    where = [linked(article.title or article.path or article.id, article.url)]
    where += [plain(part) for part in (article.outlet, format_date(article.published)) if part]
    if not record.spans:
        return quoted([f"The highlight that it rests on has been deleted. — {', '.join(where)}"])
    cited = f"— {', '.join(where)}; {_offsets(record)}"
    lines = [plain(in_quotes(joined_quote(record.spans))), "", cited]
    note = _fit(item)
    return quoted([*lines, "", note] if note else lines)


def _offsets(record: Highlight) -> str:
    ranges = format_list(
        [f"{format_number(span.start)}–{format_number(span.end)}" for span in record.spans]
    )
    return f"characters {ranges}, revision {code(record.revision[:SHORT_HASH])}"


def _fit(item: Item) -> str:
    """A sentence where the quote does not stand as marked in the text of today."""
    if item.placed.record.revision == item.article.revision:
        return "" if item.placed.extents else "The quote was **not found** in that text."
    today = f"revision {code(item.article.revision[:SHORT_HASH])}"
    if item.placed.fit == "exact":
        return f"The article has been revised since; in {today} the quote stands unchanged."
    if not item.placed.extents:
        return f"The article has been revised since; in {today} the quote was **not found again**."
    extents = (f"{format_number(e.start)}–{format_number(e.end)}" for e in item.placed.extents)
    where = format_list(list(extents))
    if item.placed.fit == "changed":
        words = " … ".join(" ".join(e.of(item.article.text).split()) for e in item.placed.extents)
        return (
            f"The article has been revised since; in {today} it reads **otherwise**,"
            f" {plain(in_quotes(words))}, at {where}."
        )
    return f"The article has been revised since; in {today} the same words stand at {where}."
