"""Shards as analysts have them, and what may befall their bytes."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from tests.store.saving import ARTICLE, opened, step_of

from tui.model.ids import new_id, sha256
from tui.model.records import Claim, Highlight, Link, Phrase, Record
from tui.model.spans import Span

TEXT = (
    "Kyiv said|on Tuesday|that|300 troops|crossed the river near|평양|국방부는|북한군 1만 명이|50%|"
    '"two officials"|— on condition —|of anonymity|Ünited\\Nations|\u2028|\ud800|=1+1|https://a.b/?c=d'
)
WORDS = TEXT.split("|")


def words(count: int) -> str:
    return " ".join(random.choices(WORDS, k=count))


def a_record() -> Record:
    """A highlight, a claim or a link of an analyst."""
    start = random.randrange(9000)
    text = words(random.randrange(2, 30))
    spans = (Span(start, start + len(text), text, words(4), words(4)),)
    found = random.choices((_highlight, _claim, _link), (7, 2, 1))[0](text, spans)
    moment = f"2025-02-05T10:{random.randrange(10, 60)}:00Z"
    return replace(found, created=moment, modified=moment)


def _highlight(text: str, spans: tuple[Span, ...]) -> Record:
    tags = ("military", "forecast")
    return Highlight(
        id=new_id(),
        article=ARTICLE,
        rev=1,
        by="kim",
        revision=sha256(text),
        spans=spans,
        tags=tags,
        note=words(3),
    )


def _claim(text: str, spans: tuple[Span, ...]) -> Record:
    return Claim(
        id=new_id(),
        article=ARTICLE,
        rev=1,
        by="kim",
        highlight=new_id(),
        statement=text,
        about=Phrase(words(3), spans[0]),
        fields={"confidence": 0.5},
    )


def _link(_text: str, _spans: tuple[Span, ...]) -> Record:
    return Link(
        id=new_id(),
        article=ARTICLE,
        rev=1,
        by="kim",
        from_=new_id(),
        to=new_id(),
        kind="supports",
    )


def grown(folder: Path, count: int) -> Path:
    """A shard of so many records, some of them edited or deleted since; returns its file."""
    store = opened(folder)
    known: list[Record] = []
    for _ in range(count):
        record = a_record()
        store.put(step_of((None, record)))
        known.append(record)
        if random.random() < 0.4:
            before = known.pop(random.randrange(len(known)))
            after = replace(
                before, rev=before.rev + 1, modified="2025-03-01", deleted=random.random() < 0.2
            )
            store.put(step_of((before, after)))
            known.append(after)
    return folder / "annotations" / "kim" / ARTICLE[-2:] / f"{ARTICLE}.json"


# -- what may befall bytes --------------------------------------------------------------------


def flipped(data: bytes, bits: int = 1) -> bytes:
    changed = bytearray(data)
    for _ in range(bits):
        changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(changed)


def flipped_often(data: bytes) -> bytes:
    return flipped(data, random.randrange(2, 6))


def cut_short(data: bytes) -> bytes:
    return data[: random.randrange(1, len(data) - 4)]


def cut_at_a_line(data: bytes) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join(lines[: random.randrange(1, len(lines) - 2)]) + b"\n"


def with_zeros(data: bytes) -> bytes:
    start, length = random.randrange(len(data)), random.choice((1, 16, 512, 4096))
    end = min(len(data), start + length)
    return data[:start] + bytes(end - start) + data[end:]


def with_more(data: bytes) -> bytes:
    place = random.randrange(len(data))
    return data[:place] + random.randbytes(random.randrange(1, 20)) + data[place:]


def with_less(data: bytes) -> bytes:
    place = random.randrange(len(data) - 20)
    return data[:place] + data[place + random.randrange(1, 20) :]


def with_a_line_twice(data: bytes) -> bytes:
    lines = data.split(b"\n")
    lines.insert(random.randrange(len(lines)), random.choice(lines[1:-1]))
    return b"\n".join(lines)


def without_a_line(data: bytes) -> bytes:
    lines = data.split(b"\n")
    del lines[random.randrange(len(lines) - 1)]
    return b"\n".join(lines)


def with_lines_swapped(data: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = random.sample(range(len(lines) - 1), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def with_lines_joined(data: bytes) -> bytes:
    lines = data.split(b"\n")
    place = random.randrange(len(lines) - 2)
    return b"\n".join([*lines[:place], lines[place] + lines[place + 1], *lines[place + 2 :]])


def in_conflict(data: bytes) -> bytes:
    lines = data.split(b"\n")
    place = random.randrange(1, len(lines) - 2)
    ours = lines[place]
    marked = [b"<<<<<<< HEAD", ours, b"=======", random.choice((ours, b"")), b">>>>>>> laptop"]
    return b"\n".join([*lines[:place], *marked, *lines[place + 1 :]])


def with_a_part_twice(data: bytes) -> bytes:
    start = random.randrange(len(data))
    end = min(len(data), start + random.randrange(1, 2000))
    return data[:end] + data[start:]


MUTATIONS: tuple[Callable[[bytes], bytes], ...] = (
    flipped,
    flipped_often,
    cut_short,
    cut_at_a_line,
    with_zeros,
    with_more,
    with_less,
    with_a_line_twice,
    without_a_line,
    with_lines_swapped,
    with_lines_joined,
    in_conflict,
    with_a_part_twice,
)
