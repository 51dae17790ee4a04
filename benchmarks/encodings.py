"""Guessing the encoding of pieces of news, beside charset-normalizer and plain chardet.

    python -m benchmarks encodings --news FOLDER --korean FOLDER [--pieces 150]

Pieces of 20, 60 and 200 letters (code points) are cut out of texts, encoded, and read again without
a word about the encoding. Right is what comes out as the very text that went in. Pieces that the
encoding writes as plain ASCII prove nothing and are not taken. English news gets the typographic
quotes and dashes that it has in print; Korean, if no folder is named, is left out.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.encodings_texts import TEXTS
from benchmarks.measuring import heading, say

LENGTHS = (20, 60, 200)
HOLDS = {20: 97.0, 60: 100.0, 200: 100.0}
LARGE = 10_000_000  # bytes of the text that time is measured with

Guess = Callable[[bytes], str | None]


class Kind(NamedTuple):
    """One language in one encoding; `held`: the issue of it is to be held, not only reported."""

    language: str
    encoding: str
    held: bool = True


KINDS = (
    Kind("ko", "cp949"),
    Kind("ko", "euc-kr"),
    Kind("ko", "utf-8"),
    Kind("ko", "utf-16-le"),
    Kind("ko", "utf-16-be"),
    Kind("en", "cp1252"),
    Kind("en", "cp949"),  # English copy of a Korean desk: only its quotes are not ASCII
    Kind("en", "utf-16-le"),
    Kind("fr", "cp1252"),
    Kind("de", "cp1252"),
    Kind("es", "cp1252"),
    Kind("pt", "cp1252"),
    Kind("ja", "shift_jis"),
    Kind("ja", "utf-16-le"),
    Kind("zh-hans", "gb18030"),
    Kind("zh-hans", "utf-16-be"),
    Kind("ja", "euc_jp", held=False),
    Kind("ja", "iso2022_jp", held=False),
    Kind("zh-hant", "big5", held=False),
    Kind("ru", "cp1251", held=False),
    Kind("ru", "koi8-r", held=False),
    Kind("pl", "cp1250", held=False),
    Kind("cs", "cp1250", held=False),
    Kind("ko", "utf-32-le", held=False),
)


def ours(data: bytes) -> str | None:
    """What Pressmark reads."""
    from tui.articles import UnreadableError, decode

    try:
        return decode(data).text
    except UnreadableError:
        return None


def plain_chardet(data: bytes) -> str | None:
    """What chardet alone leads to, with the wider encoding of a family, as it recommends."""
    found: Any = importlib.import_module("chardet").detect(data, prefer_superset=True)
    return _read(data, found["encoding"])


def charset_normalizer(data: bytes) -> str | None:
    """What charset-normalizer leads to."""
    best: Any = importlib.import_module("charset_normalizer").from_bytes(data).best()
    return None if best is None else _read(data, best.encoding)


PEERS: dict[str, Guess] = {
    "ours": ours,
    "chardet": plain_chardet,
    "charset-normalizer": charset_normalizer,
}


def _read(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding or "ascii")
    except (UnicodeDecodeError, LookupError):
        return None


def english(folder: Path) -> str:
    """English news from a folder, with the quotes and dashes of print."""
    texts = [p.read_text("utf-8", "replace") for p in sorted(folder.rglob("*.txt"))[::20]]
    text = "\n".join(texts).replace(" - ", " – ").replace("'", "’")
    quoted = text.split('"')
    return "".join(q + "“”"[n % 2] for n, q in enumerate(quoted))


def korean(folder: Path) -> str:
    """Korean news from a folder: the strings of JSON files, sentences of CoNLL-U, or texts."""
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".json":
            found += _strings(json.loads(path.read_text("utf-8")))
        elif path.suffix == ".conllu":
            lines = path.read_text("utf-8").split("\n")
            found += [line[9:] for line in lines if line.startswith("# text = ")]
        elif path.suffix == ".txt" and path.stem.isupper() is False:
            found.append(path.read_text("utf-8"))
    return "\n".join(text for text in found if any("가" <= c <= "힣" for c in text[:200]))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def pieces(text: str, encoding: str, length: int, count: int) -> list[bytes]:
    """That many pieces of a text in an encoding; ones that tell nothing or do not fit left out."""
    chance = random.Random(f"{encoding} {length}")
    found: list[bytes] = []
    for _ in range(count * 40):
        at = chance.randrange(max(1, len(text) - length))
        piece = text[at : at + length]
        try:
            data = piece.encode(encoding)
        except UnicodeEncodeError:
            continue
        if data != piece.encode("ascii", "ignore"):
            found.append(data)
        if len(found) == count:
            break
    return found


def score(texts: dict[str, str], count: int) -> None:
    """Print how many pieces each of the peers reads rightly, and a summary with the holds."""
    right: dict[tuple[str, int], list[bool]] = {}
    print(f"  {'':28}" + "".join(f"{name:>26}" for name in PEERS))
    for kind in KINDS:
        text = texts.get(kind.language)
        if text is None:
            continue
        shown = dict.fromkeys(PEERS, "")
        for length in LENGTHS:
            cut = pieces(text, kind.encoding, length, count)
            for name, guess in PEERS.items():
                hits = [guess(data) == data.decode(kind.encoding) for data in cut]
                shown[name] += f"{100 * sum(hits) / max(1, len(hits)):8.1f}"
                if kind.held:
                    right.setdefault((name, length), []).extend(hits)
        label = f"{kind.language} {kind.encoding}{'' if kind.held else ' *'}"
        print(f"  {label:28}" + "".join(f"{figures:>26}" for figures in shown.values()), flush=True)
    print("  * reported, and not part of the sums below")
    for length in LENGTHS:
        for name in PEERS:
            hits = right[name, length]
            percent = 100 * sum(hits) / len(hits)
            held = "held" if percent >= HOLDS[length] else "BEHIND"
            words = f"  (hold {HOLDS[length]:g} %: {held})" if name == "ours" else ""
            say(f"{length} letters, {name}", f"{percent:9.2f} % of {len(hits):,}{words}")


def large(texts: dict[str, str]) -> None:
    """Print how long 10 MB take in each encoding, beside decoding them with the name known."""
    for language, encoding in (("ko", "cp949"), ("fr", "cp1252"), ("ja", "shift_jis")):
        if language not in texts:
            continue
        whole = texts[language].encode(encoding, "ignore")
        data = whole * (LARGE // len(whole) + 1)
        begun = time.perf_counter()
        data.decode(encoding)
        bare = time.perf_counter() - begun
        begun = time.perf_counter()
        ours(data)
        taken = time.perf_counter() - begun
        figures = f"{taken * 1000:9.1f} ms  beside {bare * 1000:8.1f} ms  {taken / bare:.2f}x"
        say(f"{len(data) // 1_000_000} MB of {language} in {encoding}", figures)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--news", type=Path, metavar="FOLDER", help="a folder of English news")
    parser.add_argument(
        "--korean", type=Path, metavar="FOLDER", action="append", help="Korean news; repeatable"
    )
    parser.add_argument("--pieces", type=int, default=150, help="of each kind and length")
    given = parser.parse_args(arguments)
    heading("Guessing encodings (beside chardet and charset-normalizer)")
    texts = dict(TEXTS)
    if given.news is not None:
        texts["en"] = english(given.news)
    if given.korean:
        texts["ko"] = "\n".join(korean(folder) for folder in given.korean)
    score(texts, given.pieces)
    large(texts)


if __name__ == "__main__":
    main()
