"""What came out of a terminal over time: as an asciicast, and as one SVG that plays by itself.

An asciicast v2 is a header and a line an event (docs.asciinema.org/manual/asciicast/v2). The SVG
shows the screen at moments that were marked; rows that several of them share are in it once.
"""

from __future__ import annotations

import codecs
import html
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from wcwidth import wcswidth

from benchmarks.emulator import Run, Screen, Style

CELL, LINE, EDGE = 7.8, 17.0, 12.0  # of the picture
INK, PAPER = "#e0e0e0", "#121212"
FONT = 'ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,"Noto Sans Mono CJK KR",monospace'


class Event(NamedTuple):
    """What was written, in seconds from the begin."""

    at: float
    text: str


class Recording:
    """Events as they come, and the moments at which a picture is wanted."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.events: list[Event] = []
        self.marks: list[tuple[float, str]] = []
        self._begun = time.perf_counter()
        self._screen = Screen(columns, rows)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def take(self, data: bytes) -> None:
        """Note what was written just now."""
        if text := self._decoder.decode(data):
            self.events.append(Event(time.perf_counter() - self._begun, text))
            self._screen.feed(text)

    def words(self) -> str:
        """What the screen shows now."""
        return self._screen.words()

    def mark(self, caption: str) -> None:
        """Have the screen of this moment in the picture, with these words below it."""
        self.marks.append((time.perf_counter() - self._begun, caption))


def write_cast(recording: Recording, file: Path, title: str) -> None:
    """Write an asciicast v2."""
    header = {
        "version": 2,
        "width": recording.columns,
        "height": recording.rows,
        "title": title,
        "env": {"TERM": "xterm-256color"},
    }
    lines = [json.dumps(header)]
    lines += [
        json.dumps([round(e.at, 3), "o", e.text], ensure_ascii=False) for e in recording.events
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_picture(recording: Recording, file: Path, title: str, *, shown: float) -> None:
    """Write an SVG that shows the marked screens one after the other, each for so many seconds."""
    screen = Screen(recording.columns, recording.rows)
    rows: dict[str, str] = {}  # a row as SVG: its id
    frames: list[str] = []
    events = iter([*recording.events, Event(float("inf"), "")])
    event = next(events)
    for number, (moment, caption) in enumerate(recording.marks):
        while event.at <= moment:
            screen.feed(event.text)
            event = next(events)
        frames.append(_frame(screen, rows, number, caption))
    file.write_text(_document(recording, rows, frames, title, shown), encoding="utf-8")


def _frame(screen: Screen, rows: dict[str, str], number: int, caption: str) -> str:
    """A screen as uses of its rows."""
    uses: list[str] = []
    for row in range(screen.rows):
        drawn = "".join(map(_run, screen.runs(row)))
        if drawn:
            name = rows.setdefault(drawn, f"r{len(rows)}")
            uses.append(f'<use href="#{name}" y="{EDGE + row * LINE:g}"/>')
    below = EDGE * 2 + screen.rows * LINE + 12
    words = f'<text class="c" x="{EDGE}" y="{below:g}">{html.escape(caption)}</text>'
    return f'<g class="f f{number}">{"".join(uses)}{words}</g>'


def _run(run: Run) -> str:
    ink, paper = _colours(run.style)
    x, width = EDGE + run.column * CELL, run.cells * CELL
    drawn = ""
    if paper != PAPER:
        drawn = f'<rect x="{x:g}" width="{width:g}" height="{LINE:g}" fill="{paper}"/>'
    text = run.text.rstrip()
    if not text:
        return drawn
    blanks = len(text) - len(text.lstrip())
    length = max(1, wcswidth(text.lstrip())) * CELL
    looks = "".join(
        f' {name}="{value}"'
        for name, value, is_so in (
            ("font-weight", "bold", run.style.bold),
            ("font-style", "italic", run.style.italic),
            ("text-decoration", "underline", run.style.underline),
            ("opacity", ".6", run.style.dim),
        )
        if is_so
    )
    return (
        f'{drawn}<text x="{x + blanks * CELL:g}" y="13" textLength="{length:g}" '
        f'fill="{ink}"{looks}>'
        f"{html.escape(text.lstrip(), quote=False)}</text>"
    )


def _colours(style: Style) -> tuple[str, str]:
    ink, paper = style.ink or INK, style.paper or PAPER
    return (paper, ink) if style.reverse else (ink, paper)


def _document(
    recording: Recording, rows: Mapping[str, str], frames: Sequence[str], title: str, shown: float
) -> str:
    width = recording.columns * CELL + EDGE * 2
    height = recording.rows * LINE + EDGE * 2 + 28
    whole = shown * len(frames)
    share = 100 / len(frames)
    style = [
        f"text{{font:13px {FONT};white-space:pre}}.c{{fill:#9a9a9a}}",
        f"@keyframes k{{0%{{visibility:visible}}{share:.4f}%,100%{{visibility:hidden}}}}",
        f".f{{visibility:hidden;animation:k {whole:g}s step-end infinite}}",
        *(f".f{n}{{animation-delay:{n * shown:g}s}}" for n in range(len(frames))),
        "@media (prefers-reduced-motion){.f{animation:none}.f0{visibility:visible}}",
    ]
    symbols = "".join(f'<g id="{name}">{drawn}</g>' for drawn, name in rows.items())
    # `use` takes no line breaks from here: each row is drawn at y = 0 and put in its place.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" xml:space="preserve"><title>{html.escape(title)}</title>'
        f"<style>{''.join(style)}</style><defs>{symbols}</defs>"
        f'<rect width="{width:g}" height="{height:g}" rx="8" fill="{PAPER}"/>\n'
        + "\n".join(frames)
        + "\n</svg>\n"
    )
