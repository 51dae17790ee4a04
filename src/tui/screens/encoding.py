"""The key that shows which encoding the open article was read in, and lets another be chosen."""

from __future__ import annotations

from tui.model.articles import Article, decoding_words
from tui.model.wording import counted
from tui.screens.handling import Hands, does
from tui.screens.rereading import read_again
from tui.widgets.picker import Choice

_GUESS = "guess"
# What the encoding of an article was known by, where it was not guessed. It was named to a reader
# by what the document came in: a header of the message or of the answer.
_BASES = {
    "declared": "declared",
    "named": "declared",
    "mark": "by its mark",
    "valid": "by its bytes",
}


def replaced_words(article: Article, key: str) -> str:
    """What is said of an article some bytes of which could not be read; empty if all could."""
    if not article.replaced:
        return ""
    return f"{decoding_words(article.encoding, article.replaced)} ({key}: another encoding)"


class EncodingHands(Hands):
    """What `E` does."""

    _awaited: str | None = None  # the encoding in which the file is being read

    @does("article.encoding")
    def offer(self, _argument: str) -> None:
        screen, article = self.screen, self.screen.place.article
        if not article.id:
            screen.say("no article is open")
            return
        if screen.form is not None:
            screen.say("a claim is open: Enter saves it, q leaves it")
            return
        said = screen.desk.encoding_said(article.id)
        how = "as you said" if said else _BASES.get(article.basis, "guessed")
        lost = f", {article.replaced:,} bytes lost" if article.replaced else ""
        choices = [
            Choice(
                sight.encoding,
                f"{sight.encoding}  {sight.line}",
                _detail(sight.languages, sight.replaced),
                "▸" if sight.encoding == article.encoding else "",
            )
            for sight in screen.desk.encodings(article.id)
        ]
        if said:
            choices.append(Choice(_GUESS, _GUESS, "as if nothing had been said"))
        label = f"read as {article.encoding} ({how}{lost}); another:"
        screen.asking.pick(label, choices, self._read, at=article.encoding)

    def _read(self, encoding: str) -> None:
        screen, old = self.screen, self.screen.place.article
        chosen = "" if encoding == _GUESS else encoding
        if screen.desk.read_in(old.id, chosen) is None:
            self._awaited = chosen
            screen.say(f"the file is being read again as {chosen or 'it is guessed'}")
            screen.scanning.resume()
        else:
            self._shown(chosen)

    def arrived(self) -> None:
        """Show a file that has been read in another encoding, or say why it could not be."""
        screen, chosen = self.screen, self._awaited
        if chosen is not None and screen.desk.encoding_said(screen.place.article.id) == chosen:
            self._shown(chosen)
        elif screen.desk.troubles:
            screen.say(screen.near(screen.desk.troubles[-1]))
        self._awaited = None

    def _shown(self, chosen: str) -> None:
        screen = self.screen
        read_again(screen)
        article = screen.place.article
        how = "guessed again" if not chosen else "and so it will be from now on"
        words = replaced_words(article, screen.keymap.label_of("article.encoding", "reading"))
        others = screen.desk.articles_beside(article.id)
        also = f", with {counted(others, 'other article')} of its file" if others else ""
        screen.say(words or f"read as {article.encoding}{also}, {how}")


def _detail(languages: str, replaced: int) -> str:
    return f"{languages}, {replaced:,} do not fit" if replaced else languages
