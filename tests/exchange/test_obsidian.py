from __future__ import annotations

import re
from pathlib import Path

import frontmatter
from markdown_it import MarkdownIt
from msgspec.structs import replace
from tests.exchange.telling import article_of, bundle_of, records_of, telling_bundle

from tui.exchange import Bundle, write_out
from tui.model.spans import Extent

WIKILINK = re.compile(r"\[\[([^\]|#]+)#\^([0-9A-Z]{26})\|([^\]|]+)\]\]")


def notes(bundle: Bundle, folder: Path) -> dict[str, frontmatter.Post]:
    write_out(bundle, "obsidian", folder)
    return {path.stem: frontmatter.load(str(path)) for path in sorted(folder.iterdir())}


def test_an_article_is_a_note_whose_fields_are_front_matter(tmp_path: Path) -> None:
    ((name, note),) = notes(telling_bundle(), tmp_path / "vault").items()
    assert name == "2025-02-05 What the NIS said"
    told = [note[key] for key in ("outlet", "source", "claims", "accepted", "tags")]
    tags = ["people/source", "war/사상자", "figure"]
    assert told == ["News Today", "https://example.org/nis", 1, 1, tags]
    assert "> “NIS 🇰🇷 (국가정보원)”" in note.content
    assert "#war/사상자 #figure" in note.content


def test_links_between_claims_lead_to_their_blocks(bundle: Bundle, tmp_path: Path) -> None:
    found = notes(bundle, tmp_path / "vault")
    links = [link for note in found.values() for link in WIKILINK.findall(note.content)]
    assert len(found) == len(bundle.articles)
    assert links
    for note, block, _ in links:
        assert re.search(rf"^\^{block}$", found[note].content, re.MULTILINE)


def test_nothing_in_a_text_is_markup(tmp_path: Path) -> None:
    evil = "%%hidden%% ==mark== [[note]] #tag <b>&\n---\n^block"
    article = article_of(evil)
    bundle = bundle_of(article, records_of(article, [((Extent(0, len(evil)),), ("a b/1",), evil)]))
    (note,) = notes(bundle, tmp_path / "vault").values()
    text = "".join(
        child.content
        for block in MarkdownIt().parse(note.content)
        for child in block.children or ()
        if child.type in ("text", "text_special")
    )
    assert text.count(" ".join(evil.split())) == 3
    assert not re.search(r"%%|==|\[\[|(?<!\\)#tag|<b>|^\^block", note.content, re.MULTILINE)
    assert note["tags"] == ["a-b/1"]


def test_two_articles_of_one_name_are_two_notes(tmp_path: Path) -> None:
    parts = [
        next(iter(bundle_of(a, records_of(a, [])).articles))
        for a in map(article_of, ("one", "two"))
    ]
    found = notes(Bundle("x", tuple(parts)), tmp_path / "vault")
    assert found.keys() == {"2025-02-05 What the NIS said", "2025-02-05 What the NIS said 2"}


def test_a_title_is_a_name_of_a_file_and_a_value_of_yaml(tmp_path: Path) -> None:
    title = '../🇰🇷 "said": [[x]]\n--- #y | \u2028%'
    article = replace(article_of("one"), title=title, published="")
    ((name, note),) = notes(bundle_of(article, []), tmp_path / "vault").items()
    assert name.startswith("🇰🇷 said x")
    assert not set(name) & set('/\\:"|#^[]%\n')
    assert str(note["title"]).startswith('../🇰🇷 "said": [[x]]')
