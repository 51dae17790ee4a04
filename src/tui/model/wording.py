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
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2})(?::\d{2})?(.*))?)?)?")
_NEEDS_QUOTES = re.compile(r'[/>"]|^$')


def format_chain(chain: Iterable[Hop]) -> str:
    """The chain as one line, outermost hop first: `KBS/reported > unnamed officials/said`.

    A hop without a cue is its source alone. A source or cue that is empty or has `/`, `>` or `"`
    in it is put into double quotes, with a backslash before each `"` and backslash in it.
    """
    return " > ".join(_hop(hop) for hop in chain)


def _hop(hop: Hop) -> str:
    source = _name(" ".join(hop.source.text.split()))
    cue = " ".join(hop.cue.text.split()) if hop.cue is not None else ""
    return f"{source}/{_name(cue)}" if cue else source


def _name(text: str) -> str:
    if not _NEEDS_QUOTES.search(text):
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
    number = _bounds(quantity)
    if not number:
        return " ".join(quantity.text.split())
    unit = quantity.unit
    if unit in ("%", "percent", "per cent"):
        number += "%"
    elif unit:
        number += f" {unit}"
    notes = [n for n in (quantity.measure, quantity.basis) if n and n != unit]
    return f"{number} ({', '.join(notes)})" if notes else number


def _bounds(quantity: Quantity) -> str:
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
    found = _DATE.fullmatch(iso)
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
    """A time as understood, with the words it was read from: `mid-January 2025 (“last month”)`.

    An unresolved one says so, and keeps the words.
    """
    words = " ".join(when.text.split())
    if not when.edtf:
        return f"“{words}”, not resolved" if words else ""
    understood = format_edtf(when.edtf)
    if when.qualifier in ("before", "after") and "/" not in when.edtf:
        understood = f"{when.qualifier} {understood}"
    elif when.qualifier == "approximate" and not understood.startswith("about"):
        understood = f"about {understood}"
    elif when.qualifier == "uncertain" and "(uncertain)" not in understood:
        understood = f"{understood} (uncertain)"
    if not words or words.casefold() in (understood.casefold(), when.edtf.casefold()):
        return understood
    return f"{understood} (“{words}”)"


def format_list(words: Sequence[str], last: str = "and") -> str:
    """Words as an English list: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


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


def _attributed(hop: Hop) -> str:
    source = " ".join(hop.source.text.split())
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
