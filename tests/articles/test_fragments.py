from __future__ import annotations

import time

import pytest

from tui.articles.readers.fragments import blocks_of, blocks_of_markup, line_of


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>One <b>t</b>wo\n three</p><p>four", ["One two three", "four"]),
        ("a<br>b<br><br>c", ["a\nb", "c"]),
        ("<ul><li>a<li><p>b</p></ul>c", ["a", "b", "c"]),
        (
            "<table><tr><td>A</td><td>B</td></tr><tr><td></td><td>C</td></tr></table>",
            ["A | B", "C"],
        ),
        ("<pre>a  b\n\nc</pre>d  e", ["a  b", "c", "d e"]),
        ("<head><title>x</title><body>y", ["y"]),
        ("<p style='display: none'>x<b>y</b></p>z", ["z"]),
        ("a<script>if (a < b) '<p>'</script>b<style>p{}</style>", ["ab"]),
        ("a &amp; &lt;b&gt; &#55357; &#x1F600;", ["a & <b> � 😀"]),
        ("<x:p>a</x:p><x:br/><x:p/>b", ["a", "b"]),
        ("a <!-- b --> c <![CDATA[d]]>", ["a  c d"]),
        ("<svg><text>x</text><svg>y</svg></svg>z", ["z"]),
    ],
)
def test_markup_becomes_the_blocks_that_a_browser_shows(markup: str, blocks: list[str]) -> None:
    assert [" ".join(b.split(" ")).strip() for b in blocks_of_markup(markup)] == blocks


def test_a_value_without_a_tag_is_plain_text() -> None:
    assert blocks_of("a < b\nc\n \nd > e") == ["a < b\nc", "d > e"]
    assert blocks_of("AT&amp;T") == ["AT&T"]
    assert line_of("The <i>Dora</i>\n is <b>back</b>") == "The Dora is back"


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<!--", "<![CDATA[", "<", "<a ", "<a b='", "<!doctype ", "<?", "&", "</", "<td>x",
     "<br>", "\n ", "<script>", "<p style='display"],
)  # fmt: skip
def test_the_time_it_takes_does_not_depend_on_what_is_never_closed(piece: str) -> None:
    markup = piece * (100_000 // len(piece))
    begun = time.process_time()
    blocks_of(markup)
    blocks_of_markup(markup)
    assert time.process_time() - begun < 2
