"""What every format that is read and written has to hold."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from tests.exchange.telling import SENTENCE, marked_bundles, telling_bundle

from tui.exchange import FORMATS, Bundle, Incoming, read_in, write_out
from tui.exchange.offsets import CODE_POINTS, UTF8, UTF16, ForeignText, Offsets, canonical
from tui.model.records import Highlight

CODEBOOKS = {a.name for a in FORMATS.values() if a.codebook}
BOTH = [a.name for a in FORMATS.values() if a.reads and a.writes and not a.codebook]


def round_trip(bundle: Bundle, name: str, folder: Path) -> Incoming:
    about = FORMATS[name]
    path = folder / f"claims{about.suffixes[0] if about.suffixes else ''}"
    options = {"with_text": True} if name == "jsonl" else {}
    write_out(bundle, name, path, **options)
    return read_in(path)


def there_in(bundle: Bundle) -> dict[str, object]:
    """The records of a bundle by id."""
    notes = next(iter(bundle.articles)).annotations
    claims = [claim for held in notes.claims.values() for claim in held]
    found = [*notes.records, *(p.record for p in notes.highlights), *claims, *notes.reviews]
    return {record.id: record for record in found}


@pytest.mark.parametrize("name", BOTH)
def test_the_telling_sentence_comes_back_equal(name: str, tmp_path: Path) -> None:
    bundle = telling_bundle()
    found = round_trip(bundle, name, tmp_path)
    assert found.refused == ()
    assert {record.id: record for record in found.records} == there_in(bundle)


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=25, deadline=None)
@given(bundle=marked_bundles())
def test_any_text_with_any_highlights_comes_back_equal(name: str, bundle: Bundle) -> None:
    with TemporaryDirectory() as folder:
        found = round_trip(bundle, name, Path(folder))
    assert found.refused == ()
    highlights = {k: r for k, r in there_in(bundle).items() if isinstance(r, Highlight)}
    assert {r.id: r for r in found.records if isinstance(r, Highlight)} == highlights


def test_the_sentence_has_other_lengths_in_other_units() -> None:
    sizes = {unit: Offsets(SENTENCE, unit).size for unit in (CODE_POINTS, UTF16, UTF8)}
    assert sizes == {CODE_POINTS: 74, UTF16: 76, UTF8: 94}
    assert len(SENTENCE.encode("utf-16-le")) // 2 == 76


@settings(max_examples=60, deadline=None)
@given(bundle=marked_bundles())
def test_offsets_are_those_of_python_s_own_encodings_and_come_back(bundle: Bundle) -> None:
    raw = "\ufeff" + next(iter(bundle.articles)).article.text.replace("\n", "\r\n")
    for unit, encoding, width in ((UTF16, "utf-16-le", 2), (UTF8, "utf-8", 1)):
        offsets, theirs = Offsets(raw, unit), ForeignText(raw, unit)
        for place in range(len(raw) + 1):
            units = len(raw[:place].encode(encoding)) // width
            assert offsets.out(place) == units
            assert offsets.back(units) == place
            if raw[place - 1 : place + 1] != "\r\n":  # in the middle of what is one line end
                assert theirs.back(units) == len(canonical(raw[:place]))
    assert theirs.text == canonical(raw)


def test_an_offset_inside_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="middle of a character"):
        Offsets("🇰🇷", UTF16).back(1)
    with pytest.raises(ValueError, match="outside the text"):
        Offsets("a", UTF8).back(2)
