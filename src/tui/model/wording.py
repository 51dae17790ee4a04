"""How the parts of a claim read in one line: chains, quantities, times, grades.

The screen, the exports and the command line say these things in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tui.model.records import Hop, Quantity, When

# The Admiralty (NATO) code, in words of our own. F and 6 are no worse than E and 5: they say that
# there is nothing to judge by.
RELIABILITY_MEANINGS: Mapping[str, str] = {
    "A": "completely reliable source",
    "B": "usually reliable source",
    "C": "fairly reliable source",
    "D": "source not usually reliable",
    "E": "unreliable source",
    "F": "reliability of the source cannot be judged",
}
CREDIBILITY_MEANINGS: Mapping[str, str] = {
    "1": "confirmed by independent sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS = {
    "21": "spring",
    "22": "summer",
    "23": "autumn",
    "24": "winter",
    "33": "the first quarter of",
    "34": "the second quarter of",
    "35": "the third quarter of",
    "36": "the fourth quarter of",
    "40": "the first half of",
    "41": "the second half of",
}
_QUALIFIERS = {"~": "about {}", "?": "{} (uncertain)", "%": "about {} (uncertain)"}
_DATE = r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2})(?::\d{2})?(.*))?)?)?"
_YEAR = r"(?<!\d)[12]\d{3}(?!\d)"
_MONTH_NUMBERS = {month[:3].casefold(): number for number, month in enumerate(MONTHS, 1)}
_MONTH = rf"(?i)\b({'|'.join((*MONTHS, 'Sept', *(month[:3] for month in MONTHS)))})\b\.?"
_DAY_AFTER = r"(?: \d{1,2}(?:st|nd|rd|th)?)?"  # what may follow a month before its year
_RELATIVE = r"(?i)\b(?:last|past|next|this|that|same|coming|previous|following|ago|earlier|later)\b"
# Where thirds of a month and of a year begin and end, by day and by month.
_DAYS: tuple[Mapping[int, str], Mapping[int, str]] = (
    {1: "early", 11: "mid", 21: "late"},
    {10: "early", 20: "mid", 28: "late", 29: "late", 30: "late", 31: "late"},
)
_MONTH_EDGES: tuple[Mapping[int, str], Mapping[int, str]] = (
    {1: "early", 5: "mid", 9: "late"},
    {4: "early", 8: "mid", 12: "late"},
)
_NEEDS_QUOTES = r'[/>"]|^$'


def format_chain(chain: Iterable[Hop]) -> str:
    """The chain as one line, outermost hop first: `KBS/reported > unnamed officials/said`.

    A hop without a cue is its source alone; an outlet that is not known is left out. A source or
    cue that is empty or has `/`, `>` or `"` in it is put into double quotes, with a backslash
    before each `"` and backslash in it.
    """
    hops = list(chain)
    if len(hops) > 1 and not hops[0].source.text and hops[0].cue is None:
        del hops[0]
    return " > ".join(_hop(hop) for hop in hops)


def _hop(hop: Hop) -> str:
    source = _name(" ".join(hop.source.text.split()))
    cue = " ".join(hop.cue.text.split()) if hop.cue is not None else ""
    return f"{source}/{_name(cue)}" if cue else source


def _name(text: str) -> str:
    if not re.search(_NEEDS_QUOTES, text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def format_number(number: float) -> str:
    """A number with thousands parted by commas and no needless zeros: `11,000`, `2.5`."""
    if isinstance(number, int):
        return f"{number:,}"
    if number.is_integer() and abs(number) < 1e15:
        return f"{int(number):,}"
    whole, point, fraction = f"{number:,.10f}".rstrip("0").partition(".")
    return whole + point + fraction if abs(number) < 1e15 else repr(number)


def format_quantity(quantity: Quantity) -> str:
    """A quantity as understood: `> 3,000`, `≈ 11,000 soldiers`, `2,000 to 3,000 (killed, total)`.

    `measure` and `basis` stand in brackets; without bounds it is the words of the text.
    """
    number = format_bounds(quantity)
    if not number:
        return " ".join(quantity.text.split())
    unit = quantity.unit
    if unit in ("%", "percent", "per cent"):
        number += "%"
    elif unit:
        number += f" {unit}"
    notes = [n for n in (quantity.measure, quantity.basis) if n and n != unit]
    return f"{number} ({', '.join(notes)})" if notes else number


def format_bounds(quantity: Quantity) -> str:
    """The bounds of a quantity alone: `> 3,000`, `≈ 11,000`; empty where it has none."""
    lower, upper = quantity.lower, quantity.upper
    about = "≈ " if quantity.hedge else ""
    if lower is None:
        sign = "≤" if quantity.upper_inclusive else "<"
        return "" if upper is None else f"{sign} {format_number(upper)}"
    if upper is None:
        return f"{'≥' if quantity.lower_inclusive else '>'} {format_number(lower)}"
    if lower == upper:
        return about + format_number(lower)
    ends = format_number(lower), format_number(upper)
    if quantity.lower_inclusive and quantity.upper_inclusive:
        return f"{about}{ends[0]} to {ends[1]}"
    low = "≥" if quantity.lower_inclusive else ">"
    high = "≤" if quantity.upper_inclusive else "<"
    return f"{low} {ends[0]}, {high} {ends[1]}"


def format_date(iso: str) -> str:
    """An ISO date or time in words: `5 February 2025`, `January 2025`, `5 February 2025, 15:53`.

    A time keeps its offset (`UTC`, `+09:00`). What is no ISO date is given back as it is.
    """
    found = re.fullmatch(_DATE, iso)
    if found is None:
        return iso
    year, month, day, clock, zone = found.groups()
    if month is None:
        return str(int(year))
    if month in _SEASONS and day is None:
        return f"{_SEASONS[month]} {int(year)}"
    if not 1 <= int(month) <= 12:
        return iso
    words = f"{MONTHS[int(month) - 1]} {int(year)}"
    if day is None:
        return words
    words = f"{int(day)} {words}"
    if clock is None:
        return words
    zone = re.sub(r"^\.\d+", "", zone or "")
    return f"{words}, {clock} {'UTC' if zone in ('Z', '+00:00') else zone}".rstrip()


def format_edtf(edtf: str) -> str:
    """An EDTF value (ISO 8601-2, levels 0 and 1) in words; what is beyond them as it is."""
    if "/" not in edtf:
        return _edtf_date(edtf)
    start, _, end = edtf.partition("/")
    if end in ("..", ""):
        return f"from {_edtf_date(start)} on" if start not in ("..", "") else edtf
    if start in ("..", ""):
        return f"until {_edtf_date(end)}"
    return f"{_edtf_date(start)} to {_edtf_date(end)}"


def _edtf_date(edtf: str) -> str:
    mark = edtf[-1:] if edtf[-1:] in _QUALIFIERS else ""
    words = format_date(edtf.removesuffix(mark))
    if decade := re.fullmatch(r"(\d{3})X", edtf.removesuffix(mark)):
        words = f"the {decade[1]}0s"
    return _QUALIFIERS[mark].format(words) if mark else words


def format_when(when: When) -> str:
    """A time in the shortest form that is no more precise than its words: `since mid-January 2025`.

    Words that name a month get the year that they were resolved to; others stand behind what they
    were resolved to: `5 February 2025 (“Wednesday”)`. An unresolved one says so, and keeps the
    words. The exact bounds are those of its EDTF: `format_edtf`.
    """
    words = " ".join(when.text.split())
    if not when.edtf:
        return f"“{words}”, not resolved" if words else ""
    understood = format_time(when)
    if not words or words.casefold() in (understood.casefold(), when.edtf.casefold()):
        return understood
    named = _with_year(words, when)
    if named:
        doubted = when.qualifier == "uncertain" or any(mark in when.edtf for mark in "?%")
        return f"{named} (uncertain)" if doubted else named
    return f"{understood} (“{words}”)"


def format_time(when: When) -> str:
    """What a time was resolved to, without its words: `since mid-January 2025`; else empty."""
    return _qualified(_shortly(when), when) if when.edtf else ""


def _qualified(understood: str, when: When) -> str:
    if when.qualifier in ("before", "after") and "/" not in when.edtf:
        return f"{when.qualifier} {understood}"
    if when.qualifier == "approximate" and "/" not in when.edtf and "about" not in understood:
        return f"about {understood}"
    if when.qualifier == "uncertain" and "(uncertain)" not in understood:
        return f"{understood} (uncertain)"
    return understood


def _with_year(words: str, when: When) -> str:
    """The words with the year, if they name the month or year that they were resolved to."""
    ends = [end for end in when.edtf.split("/") if end not in ("..", "")]
    years = {end[:4] for end in ends}
    if len(years) != 1 or not min(years).isdigit() or re.search(_RELATIVE, words):
        return ""
    named = [found for found in re.finditer(_MONTH, words) if found[0][0].isupper()]
    months = {_MONTH_NUMBERS[found[1][:3].casefold()] for found in named}
    if when.qualifier in ("before", "after"):
        # The bound is the day beside what the words name: it may be in another month or year.
        if months & {1 if when.qualifier == "before" else 12}:
            return ""
    elif months:
        numbers = set(map(int, re.findall(r"(?<!\d)\d{1,2}(?!\d)", words)))
        days = {int(end[8:10]) for end in ends if end[8:10].isdigit() and "~" not in end}
        if months != {int(end[5:7]) for end in ends if end[5:7].isdigit()} or days - numbers:
            return ""
    written = set(re.findall(_YEAR, words))
    if written:
        return words if written == years else ""
    if not named or not re.fullmatch(_DAY_AFTER, words[named[-1].end() :]):
        return ""
    return f"{words}{',' if words[-1].isdigit() else ''} {min(years)}"


def _shortly(when: When) -> str:
    """What EDTF says in words; thirds of a month or a year by name, as the words had them."""
    start, slash, end = when.edtf.partition("/")
    opens, ends = start not in ("..", ""), end not in ("..", "")
    if not slash or not (opens or ends):
        return format_edtf(when.edtf)
    guessed = when.rule != "typed"
    first, last = (_third(start, 0), _third(end, 1)) if guessed else ("", "")
    if opens and ends:
        return first if first and first == last else _range(_edtf_date(start), _edtf_date(end))
    if opens:
        begin = first or _edtf_date(start)
        return f"since {begin}" if when.qualifier == "since" else f"from {begin} on"
    return f"until {last or _edtf_date(end)}"


def _third(edtf: str, edge: int) -> str:
    """The third of a month or a year that begins (edge 0) or ends (1) about there, by name."""
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?~", edtf)
    if found is None:
        return ""
    year, month, day = found.groups()
    edges = _DAYS[edge] if day else _MONTH_EDGES[edge]
    part = edges.get(int(day or month), "")
    whole = format_date(f"{year}-{month}") if day else str(int(year))
    return f"mid-{whole}" if part == "mid" else f"{part} {whole}" if part else ""


def _range(start: str, end: str) -> str:
    """Two dates in words; the month and year that both have once."""
    head, tail = start.split(), end.split()
    common = 0
    while common < min(len(head), len(tail)) - 1 and head[-common - 1] == tail[-common - 1]:
        common += 1
    return f"{' '.join(head[: len(head) - common])} to {end}"


def format_list(words: Sequence[str], last: str = "and") -> str:
    """Words as an English list: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


BAR = 5  # cells of a bar that says how far something is


def bar(done: int, of: int) -> str:
    """A bar of five cells that says how far something is."""
    full = done * BAR // of
    return f"{'━' * full}{'╌' * (BAR - full)}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A count with its noun: `1 claim`, `1,204 claims`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def format_attribution(chain: Sequence[Hop]) -> str:
    """Who said it, in plain words, the original source first.

    `the NIS said, 5 February 2025; via News Today`: the outlet and whoever else passed it on come
    after `via`. Without a chain it is empty.
    """
    if not chain:
        return ""
    *outer, original = chain
    words = _attributed(original)
    day = format_edtf(original.said.edtf) if original.said and original.said.edtf else ""
    if day:
        words = f"{words}, {day}"
    carriers = [_carrier(hop) for hop in reversed(outer) if hop.source.text.strip()]
    return f"{words}; via {format_list(carriers)}" if carriers else words


def format_sources(chain: Sequence[Hop], outlet: str = "") -> str:
    """Who said it, innermost first, as a line: `unnamed officials said · via NYT · via KBS`.

    The outermost hop is left out where it is the article's own `outlet`, or has no name.
    """
    hops = list(chain)
    if hops and hops[0].source.text.strip().casefold() in ("", outlet.strip().casefold()):
        del hops[0]
    if not hops:
        return ""
    *outer, original = hops
    cue = " ".join(original.cue.text.split()) if original.cue else ""
    said = f"no source named ({cue})" if cue else "no source named"
    words = [_attributed(original) if original.source.text.strip() else said]
    carriers = (" ".join(hop.source.text.split()) for hop in reversed(outer))
    return " · ".join([*words, *(f"via {name}" for name in carriers if name)])


def format_standing(hop: Hop) -> str:
    """Role and affiliation of a source: `chief economist, Lindqvist Institute`; empty for none."""
    return ", ".join(" ".join(part.split()) for part in (hop.role, hop.affiliation) if part.strip())


def _attributed(hop: Hop) -> str:
    source = " ".join(hop.source.text.split())
    if source and (standing := format_standing(hop)):
        source = f"{source} ({standing})"
    cue = " ".join(hop.cue.text.split()) if hop.cue else ""
    if not source:
        return f"no source named (“{cue}”)" if cue else "no source named"
    if cue.casefold() in ("according to", "per", "citing", "quoting"):
        return f"according to {source}"
    return f"{source} {cue}" if cue else source


def _carrier(hop: Hop) -> str:
    source = " ".join(hop.source.text.split())
    day = format_edtf(hop.said.edtf) if hop.said and hop.said.edtf else ""
    return f"{source} ({day})" if day else source
