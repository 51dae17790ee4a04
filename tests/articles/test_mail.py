from __future__ import annotations

import pytest
from tests.articles.entries import article, articles, entries, refusal

from tui.articles.documents import Passed

HEAD = b"""From: =?utf-8?B?6rmA7JWE6528?= <ara@note.example>
Subject: =?utf-8?q?The_morning_n=C3=B6te?= for
 Wednesday
Date: Wed, 05 Feb 2025 06:53:00 +0900
Message-ID: <17@note.example>
Content-Language: en-GB
MIME-Version: 1.0
"""
MANY = (
    HEAD
    + b"""List-Id: "The Morning Note" <morning.note.example>
Content-Type: multipart/mixed; boundary=A

--A
Content-Type: multipart/alternative; boundary=B

--B
Content-Type: text/plain; charset=euc-kr; format=flowed
Content-Transfer-Encoding: 8bit

A line that flows\x20
on is one: \xc7\xd1\xb1\xdb.

A byte \xff is bad.
--B
Content-Type: text/html; charset=utf-8

<p>In HTML</p>
--B--
--A
Content-Type: text/plain; name="list.txt"
Content-Disposition: attachment

The attachment
--A--
"""
)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_newsletter_is_an_article_with_all_that_it_says(ending: bytes) -> None:
    found = article(MANY.replace(b"\n", ending), "note.eml")
    assert found.title == "The morning nöte for Wednesday"
    assert found.text == f"{found.title}\n\nA line that flows on is one: 한글.\n\nA byte � is bad."
    assert found.replaced == 1
    assert (found.outlet, found.byline) == ("The Morning Note", "김아라")
    assert found.published == "2025-02-05T06:53:00+09:00"
    assert (found.language, found.reader) == ("en", "mail")
    assert (found.guid, found.entry) == ("17@note.example", "")


def test_html_is_read_where_there_is_no_plain_text_to_speak_of() -> None:
    html = "<head><title>x</title></head><p style='display:none'>Look inside</p>" + "".join(
        f"<p>Paragraph {n} of the letter.</p>" for n in range(9)
    )
    parts = f"""Content-Type: multipart/alternative; boundary=B

--B
Content-Type: text/plain

Open this in a browser.
--B
Content-Type: text/html; charset=utf-8

{html}
--B--
"""
    found = article(HEAD + parts.encode())
    assert found.text.split("\n\n")[1:3] == [
        "Paragraph 0 of the letter.",
        "Paragraph 1 of the letter.",
    ]
    assert "browser" not in found.text
    assert "inside" not in found.text
    assert (found.byline, found.outlet) == ("김아라", "")


def test_a_mailbox_holds_an_article_a_message_and_keeps_their_ids() -> None:
    one = HEAD + b"\nThe first.\n\n>From here on it is quoted.\n\nFrom nowhere it came.\n"
    two = b"Subject: Two\nContent-Type: image/png\n\nxx\n"
    three = b"Subject: Three\nDate: 5 Feb 2025 06:53 -0000\n\nThe third.\n"
    line = b"From ara@note.example Wed Feb  5 06:53:00 2025\n"
    found = entries(b"\n".join(line + m for m in (one, two, three)), "inbox")
    first, empty, last = found
    assert not isinstance(first, Passed)
    assert first.text.split("\n\n")[1:] == [
        "The first.",
        "From here on it is quoted.",
        "From nowhere it came.",
    ]
    assert (first.entry, first.reader) == ("17@note.example", "mbox")
    assert empty == Passed("message 2", "holds no text")
    assert not isinstance(last, Passed)
    assert last.published == "2025-02-05T06:53:00+00:00"
    (again,) = articles(line + three)
    assert (again.id, again.entry) == (last.id, last.entry)


@pytest.mark.parametrize(
    "head",
    [
        b"MIME-Version: 1.0\nFrom: " + b"(" * 50_000,
        b"MIME-Version: 1.0\nSubject: " + b"=?utf-8?q?x?= " * 20_000,
        b"MIME-Version: 1.0\nSubject: =?utf-9?b?//?= \xff\xfe =?x",
        b"MIME-Version: 1.0\nDate: Wed, 99 Feb 20255 99:53:00 +9900\nList-Id: <",
        b'MIME-Version: 1.0\nContent-Type: text/plain; charset="no such"',
        b"MIME-Version: 1.0\nContent-Transfer-Encoding: x-unknown",
    ],
)
def test_headers_that_make_no_sense_leave_the_text(head: bytes) -> None:
    assert article(head + b"\n\nThe words.\n", "odd.eml").text.endswith("The words.")


def test_a_message_without_text_is_refused_in_words() -> None:
    assert "x.eml holds no text" in refusal(HEAD + b"Content-Type: image/png\n\nxx", "x.eml")
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=B%d\n\n--B%d\n" % (n, n) for n in range(1500)
    )
    assert "x.eml is damaged" in refusal(b"MIME-Version: 1.0\n" + nested, "x.eml")
