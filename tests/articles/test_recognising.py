from __future__ import annotations

import gzip
import time

import pytest

from tui.articles.recognising import HEAD, recognise

PROLOG = '<?xml version="1.0"?>\n<!-- a > b --><!DOCTYPE nitf SYSTEM "a>b" [<!ENTITY c ">]"> ]>\n'


@pytest.mark.parametrize(
    ("head", "path", "name"),
    [
        (PROLOG + "<nitf>", "a.xml", "nitf"),
        ("\n \n<rss version='2.0'>", "a", "feed"),
        ("\ufeff<rdf:RDF xmlns:rdf='x'>", "a.txt", "feed"),
        ("<newsMessage>", "a.xml", "newsml"),
        ("<?xml version='1.0'?><library>", "a.xml", "newsml"),
        ("<?xml version='1.0'?><library>", "a.txt", "plain"),
        ("<LEAD>\nIt is so.", "a", "plain"),
        ("[LEAD]\nIt is so.", "a", "plain"),
        ('["It is so," he said.]', "a", "plain"),
        ("{ so it is", "a", "plain"),
        ('\n\n[\n {"title": 1}]', "a", "json"),
        ('{"a": 1}\n{"a": 2}', "a", "json"),
        ('{"a": 1}', "a.txt", "plain"),
        ('{"uri": "x", "body_text": ""}', "a.json", "ninjs"),
        ("From ara@x.example Wed Feb  5 06:53:00 2025\r\nReturn-Path: <>", "inbox", "mbox"),
        ("From what we know in 2025\nNothing: yet? No", "a.txt", "plain"),
        ("From what we know in 2025\nnothing happened.", "a", "plain"),
        ("Subject: x\r\nMIME-Version: 1.0\r\n\r\n", "a", "mail"),
        ("Subject: x\nFrom: y\n\nMIME-Version: 1.0", "a", "plain"),
    ],
)
def test_what_a_document_holds_says_its_format(head: str, path: str, name: str) -> None:
    assert recognise(head.encode(), path).name == name
    if head.isascii() and head[0] == "<":
        assert recognise(head.encode("utf-16"), path).name == name
        assert recognise(head.encode("utf-16-be"), path).name == name


def test_a_zipped_web_archive_is_known_whatever_it_is_called() -> None:
    assert recognise(gzip.compress(b"WARC/1.1\r\n"), "a").name == "warc"
    assert recognise(gzip.compress(b"something"), "a").name == "plain"


@pytest.mark.parametrize(
    "head",
    [
        "<!---->",
        "<!DOCTYPE x '",
        "<!DOCTYPE x [] ",
        "<?",
        "<! >",
        "From x 1234 ",
        "Subject: x\nx-a-",
        "{ ",
        '{"',
        "[{",
        "<a:a",
        "a-",
    ],
)
def test_recognising_takes_no_longer_for_a_hostile_beginning(head: str) -> None:
    data = (head * HEAD).encode()[:HEAD]
    begun = time.process_time()
    recognise(data, "a")
    assert time.process_time() - begun < 0.5
