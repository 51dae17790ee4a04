"""Times found and resolved by plain rules, against TIMEX3 annotation.

    python -m benchmarks dates --tempeval FOLDER [--misses N]

FOLDER holds `.tml` files (TempEval-3's AQUAINT part), which are not part of this project. A
document is what stands in `<TEXT>`, without its tags; relative times count from its creation time.

*Detection*: ours and theirs fit one to one if they share a code point. *Value*: a pair that fits
counts if both mean the same in TIMEX3's notation, else it is a miss on both sides (as in
TempEval-3's "value F"). Our EDTF is put into that notation first: weeks are `1998-W32`, seasons
`1998-FA`, quarters `1998-Q1`, decades `199`, and "the past two months" is `P2M`; what TIMEX3 keeps
in attributes of its own (early, mid and late, approximate, since and until) is left out. On both
sides parts that say nothing are dropped: unknown ones (`1998-XX`), the part of a day (`TNI`), for
which EDTF has no value, and zeros before the number of a week. Values that no calendar has
(`PRESENT_REF`) are values like any other.
"""

from __future__ import annotations

import argparse
import datetime as dt
import html
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.analysis import suggest
from tui.analysis.suggestions import Dated
from tui.articles import outline
from tui.model.articles import Article
from tui.model.sources import Registry
from tui.model.spans import Extent

HOLDS = {"detection": (0.91, 0.93), "value": (0.78, 0.82)}
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI",
            "33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4", "40": "H1", "41": "H2"}  # fmt: skip


class Time(NamedTuple):
    """A time of a document and its value in TIMEX3's notation."""

    extent: Extent
    value: str


class Document(NamedTuple):
    """A text without tags, its creation day, and its annotated times."""

    name: str
    text: str
    created: str
    times: tuple[Time, ...]


def read_document(path: Path) -> Document:
    """The document of a `.tml` file."""
    whole = path.read_text(encoding="utf-8", errors="replace")
    created = re.search(r"<DCT>.*?value=\"(\d{4}-\d\d-\d\d)", whole, re.DOTALL)
    marked = whole.partition("<TEXT>")[2].partition("</TEXT>")[0]
    text, times, opened = "", list[Time](), list[tuple[int, str]]()
    position = 0
    for tag in _TAG.finditer(marked):
        text += html.unescape(marked[position : tag.start()])
        position = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if not tag[1]:
            opened.append((len(text), dict(_ATTRIBUTE.findall(tag[3])).get("value", "")))
        elif opened:
            start, value = opened.pop()
            times.append(Time(Extent(start, len(text)), value))
    text += html.unescape(marked[position:])
    return Document(path.name, text, created[1] if created else "", tuple(times))


def ours(document: Document) -> Iterator[Time]:
    """What is found in a document."""
    article = Article("a" * 16, document.text, "", published=document.created)
    for dated in suggest(article, outline(article), Registry(())).dates:
        span = dated.when.span
        if span is not None:
            yield Time(span.extent, timex(dated))


_TRAILING = re.compile(r"([\d.]+) (year|month|week|day|decade)s? (?:up to|from) the anchor")


def timex(dated: Dated) -> str:
    """The value of one of our times in TIMEX3's notation."""
    when = dated.when
    if when.rule.startswith("present"):
        return "FUTURE_REF" if "future" in when.text.casefold() else "PRESENT_REF"
    if dated.kind in ("duration", "recurring"):
        return dated.value
    trailing = _TRAILING.fullmatch(when.rule)
    if trailing is not None:  # "the past two months"
        count, unit = float(trailing[1]), trailing[2]
        return f"P{count * 10:g}Y" if unit == "decade" else f"P{count:g}{unit[0].upper()}"
    edtf = when.edtf
    if when.qualifier in ("since", "after") and edtf.endswith("/.."):
        edtf = _moved(edtf.removesuffix("/.."), -1 if when.qualifier == "after" else 0)
    elif when.qualifier in ("until", "before") and edtf.startswith("../"):
        edtf = _moved(edtf.removeprefix("../"), 1 if when.qualifier == "before" else 0)
    rough = "~" in edtf or "%" in edtf or "this" in when.text.casefold()
    edtf = re.sub(r"[~?%]", "", edtf)
    if "/" in edtf:
        edtf = _interval(*edtf.split("/"), rough=rough)
    elif rough and re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) and when.qualifier in _BOUNDS:
        edtf = edtf[:7]  # "since early December"
    season = re.fullmatch(r"(\d{4})-(\d\d)", edtf)
    if season and season[2] in _SEASONS:
        edtf = f"{season[1]}-{_SEASONS[season[2]]}"
    return normal(re.sub(r"(T\d\d:\d\d)[-+Z].*", r"\1", edtf))


_BOUNDS = ("since", "until", "before", "after")


def normal(value: str) -> str:
    """A value without what says nothing: unknown parts, a part of the day, a zero of the week."""
    value = re.sub(r"(?:-XX)+$|X+$", "", value)
    value = re.sub(r"T(?:MO|AF|EV|NI|MI|DT)$", "", value)
    return re.sub(r"-W0(\d)$", r"-W\1", value)


def _moved(edtf: str, days: int) -> str:
    """The value whose neighbour an open interval begins or ends with."""
    bare = edtf.rstrip("~?%")
    if not days or not re.fullmatch(r"\d{4}-\d\d-\d\d", bare):
        return edtf
    day = dt.date.fromisoformat(bare) + dt.timedelta(days=days)
    if days > 0 and day.day == 1:  # before a month or a year
        return f"{day:%Y}" if day.month == 1 else f"{day:%Y-%m}"
    return day.isoformat()


def _interval(first: str, last: str, *, rough: bool) -> str:
    """A week by its number; rough parts of a week, a month, a year or a decade as the whole."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", first) and re.fullmatch(r"\d{4}-\d\d-\d\d", last):
        start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        year, week, weekday = start.isocalendar()
        if (end - start).days == 6 and weekday == 1:
            return f"{year}-W{week:02d}"
        if (end - start).days == 1 and weekday == 6:
            return f"{year}-W{week:02d}-WE"
        if rough and (end - start).days < 7 and end.isocalendar()[1] == week:
            return f"{year}-W{week:02d}"
    for length in (7, 4, 3) if rough else ():
        if first[:length] == last[:length] and len(first) > length:
            return first[:length]
    return first


class Score(NamedTuple):
    """Counts of what was found, and precision, recall and F of a number that fits."""

    given: int
    wanted: int

    def figures(self, fits: int) -> tuple[float, float, float]:
        return (
            fits / max(1, self.given),
            fits / max(1, self.wanted),
            2 * fits / max(1, self.given + self.wanted),
        )


def compare(document: Document, misses: list[str]) -> tuple[Score, int, int]:
    """How many times there are on both sides, how many fit, and how many of those in value."""
    mine, free = list(ours(document)), list(document.times)
    fits = values = 0
    for time in mine:
        match = next((other for other in free if other.extent.meets(time.extent)), None)
        words = " ".join(time.extent.of(document.text).split())
        if match is None:
            misses.append(f"ours   {words!r} {time.value}")
            continue
        free.remove(match)
        fits += 1
        right = time.value == normal(match.value)
        values += right
        if not right:
            misses.append(f"value  {words!r} {time.value} gold {match.value} ({document.created})")
    misses += [f"gold   {' '.join(t.extent.of(document.text).split())!r} {t.value}" for t in free]
    return Score(len(mine), len(document.times)), fits, values


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--tempeval", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print up to N errors")
    asked = parser.parse_args(arguments)
    paths = sorted(asked.tempeval.glob("*.tml"))
    if not paths:
        parser.error(f"{asked.tempeval} holds no *.tml: name the folder of TempEval-3's AQUAINT")
    misses = list[str]()
    given = wanted = fits = values = 0
    for path in paths:
        score, found, right = compare(read_document(path), misses)
        given, wanted = given + score.given, wanted + score.wanted
        fits, values = fits + found, values + right
    whole = Score(given, wanted)
    print(f"{len(paths)} documents, {wanted} times, {given} of ours\n")
    print(f"{'':10}{'P':>7}{'R':>7}{'F':>7}   {'hold':>5}{'aim':>6}")
    for name, right in (("detection", fits), ("value", values)):
        hold, aim = HOLDS[name]
        figures = whole.figures(right)
        verdict = "held" if figures[2] >= hold else "BEHIND"
        print(
            f"{name:10}{''.join(f'{f:7.3f}' for f in figures)}   {hold:5.2f}{aim:6.2f}   {verdict}"
        )
    for miss in misses[:: max(1, len(misses) // asked.misses)] if asked.misses else ():
        sys.stdout.write(miss + "\n")


if __name__ == "__main__":
    main()
