"""The index: full text of articles and annotations, in one SQLite file in the user's cache.

It is derived: whoever deletes the file loses nothing but the time to build it again.

Tables
    meta            schema version, code points of texts that are dead
    files           a row a file: a hash of its path, the path, size, mtime, encoding that was named
    articles        a row an article with today's text: where it lies, revision, head fields
    article_keys    numbers by which a text is known again (`keys`), by `articles.row`
    others          further files that hold a text of an article
    article_words   FTS5 over title and body, by `articles.row`; it keeps no text
    shelves         a row an annotated article: a stamp of its shards, the id in use, done, counts
    shelf_keys      numbers by which an annotated article is known again, by `shelves.shelf`
    shelf_links     the articles that links lead to, by the shelf that they lie in
    tagged          how many highlights and articles carry the same tags
    notes           a row an annotation (highlight, claim, note on a whole article): where it
                    stands, times, its words, its facts
    claims          a row a claim, by `notes.row`: the claim, its highlight and status, compressed
                    with the help of the row in `notes`
    note_words      FTS5 over words and facts, by `notes.row`; it keeps no text
    names           numbers of tags, sources and analysts, as they stand in facts

FTS5's `unicode61` takes a run of Hangul, kana or Han as one word; so `bigrams` gives it each two
neighbours as a word, and the last letter alone: any part of a run is found. Facts are words too:
`kclaim sdraft b2 t7 n3` is a draft claim by analyst 2 under tag 7 that cites source 3, so that a
filter is one more word to be found. Tags and names stand in them as records have them; the codebook
and the registry of sources are asked when there is a question, and changing them changes no row.

A row of `article_words` cannot be taken out without the text it was made of, which is gone when a
file has changed: it is dead (`articles` has no such row, nor ever will), and the file is built anew
when dead texts have become a third of it.

The way of the data: desk -> `Index.put_file`, `put_notes` -> a queue, annotations first -> one
thread, which writes what waits in one transaction -> FTS5. A question: `language` -> FTS5
expression and filter -> `asking` -> rows -> the desk gives the stored texts -> `snippets`. Several
processes share a file: write-ahead log, busy timeout, one writer at a time; what is written twice
is written once.
"""

from __future__ import annotations

from tui.store.index.asking import Meaning, meaning_of
from tui.store.index.index import Index, StoppedError
from tui.store.index.inventory import DamagedError
from tui.store.index.keys import keys_of_records, keys_wanted
from tui.store.index.kinds import KINDS, Answer, Held, Lying, Note, Shelved
from tui.store.index.language import Query, expression, parse_query
from tui.store.index.noting import notes_of
from tui.store.index.snippets import Snippet

__all__ = [
    "KINDS",
    "Answer",
    "DamagedError",
    "Held",
    "Index",
    "Lying",
    "Meaning",
    "Note",
    "Query",
    "Shelved",
    "Snippet",
    "StoppedError",
    "expression",
    "keys_of_records",
    "keys_wanted",
    "meaning_of",
    "notes_of",
    "parse_query",
]
