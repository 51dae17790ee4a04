"""The first page of help. A constant, so that it is there at once."""

from __future__ import annotations

COMMANDS = {
    "list": "the articles, with their counts of highlights and claims",
    "search": "words and phrases in all articles, highlights, claims and notes",
    "new": "what came since your last visit, for a nightly job too",
    "show": "one article with everything marked in it",
    "claims": "the claims, by article and in text order",
    "timeline": "the claims by the time they are about, and figures over time",
    "tags": "the codebook, with how often each tag is used",
    "suggest": "claims proposed, with all dates and figures",
    "learner": "what was learned from proposals taken and dropped",
    "conflicts": "claims that contradict, update or repeat each other",
    "anchors": "how each highlight sits on today's text",
    "export": "write claims and highlights as jsonl, csv or md",
    "import": "bring in what another Pressmark exported",
    "add": "take an article from a file or standard input into the workspace",
    "doctor": "where everything lies, and what is damaged or altered",
    "keys": "the keys, your own remapping included",
    "formats": "what can be read, exported and imported",
    "completion": "print the completion script of a shell",
}

_COMMANDS = "\n".join(f"  {name:<11} {summary}" for name, summary in COMMANDS.items())

PAGE = f"""\
Usage: pressmark [OPTIONS] [PATH ...]
       pressmark COMMAND [OPTIONS] ...

A reading desk in the terminal: open files and folders of news, read next to an
annotation panel, mark what matters, turn it into claims with their evidence.
Without a command it opens the reader; without a PATH, on the whole workspace.

Options:
  --workspace DIR  the folder that holds annotations/ and pressmark.toml
  --analyst NAME   who you are here (else $PRESSMARK_ANALYST, your settings,
                   your login name)
  --encoding NAME  read the articles in this encoding, such as cp949
  --tour           open the sample articles and show the first five steps
  --version        print the version
  -h, --help       print this page

Commands:
{_COMMANDS}

`pressmark COMMAND --help` says more. A PATH with the name of a command is
written ./list. Exit codes: 0 done, 1 not found or fell short, 2 wrong use or
unusable input, 3 could not write.
"""
