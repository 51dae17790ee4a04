"""The list of entries: whatever came, went and moved, it is in order, each entry as it is now."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.desk.entries import Entry
from tui.desk.listing import Listing

_IDS = st.integers(0, 30).map("{:02}".format)
_TIMES = st.sampled_from(["", "2025-01-01", "2025-01-02", "2025-02-01T10:00"])
_CHANGES = st.dictionaries(_IDS, st.none() | _TIMES, max_size=25)


@given(st.lists(st.tuples(_CHANGES, st.booleans()), max_size=8))
def test_what_is_touched_finds_its_place(rounds: list[tuple[dict[str, str | None], bool]]) -> None:
    there: dict[str, Entry] = {}
    listing = Listing(there.__getitem__, lambda: there, there.__contains__)
    listing.all()
    for changes, asked in rounds:
        for article, published in changes.items():
            there.pop(article, None)
            if published is not None:
                there[article] = Entry(article, path=f"{int(article) % 3}", published=published)
            listing.touch(article)
        listing.work()
        if asked:
            found = listing.all()
            assert {entry.id: entry for entry in found} == there
            assert len(found) == len(there)
            keys = [(entry.published or "9", entry.path) for entry in found]
            assert keys == sorted(keys)
            assert listing.all() is found
