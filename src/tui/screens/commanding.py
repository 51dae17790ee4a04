"""The command line behind `:`, the palette, copying, the help."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from pathlib import Path

from tui.actions import COMMANDS, command, command_names, key_label
from tui.actions import mode as mode_of
from tui.desk import DeskError
from tui.desk.outgoing import ALL
from tui.model.filters import parse_filter
from tui.model.spans import joined_quote
from tui.screens.exporting import Wanted
from tui.screens.handling import Hands, does
from tui.screens.review_queue import DRAFTS, PROPOSALS
from tui.screens.reviewing import EVERYTHING
from tui.widgets.key_list import KeyList
from tui.widgets.picker import Choice
from tui.widgets.prompt import Question


class Commanding(Hands):
    """What `:`, `Ctrl+p`, `?` and `yy` do."""

    @does("app.command")
    def open(self, _argument: str) -> None:
        self.screen.asking.ask(Question(":", self.run, complete=self._complete, mode="command"))

    def _complete(self, typed: str) -> tuple[str, ...]:
        head, blank, last = typed.rpartition(" ")
        if not blank:
            return command_names(typed)
        found = command(head.split()[0]) if head.split() else None
        if found is not None and found.name == "filter":
            completed = self.screen.panes.filter_completions(typed[len(head.split()[0]) + 1 :])
            return tuple(f"{head.split()[0]} {value}" for value in completed)
        if found is not None and found.name in ("import", "export"):
            return tuple(f"{head} {value}" for value in self._places(found.name, head, last))
        if found is not None and found.name in ("save", "saved"):
            return tuple(f"{head} {name}" for name in self.screen.saving.names(head, last))
        if found is not None and last.startswith("@"):
            return tuple(f"{head} @{name}" for name in self.screen.saving.names(":saved", last[1:]))
        values = found.values if found and len(head.split()) == 1 else ()
        if found is not None and found.name == "theme":
            values = tuple(sorted(self.screen.app.available_themes))
        if found is not None and found.name == "source":
            values = tuple(shlex.quote(n) for n in self.screen.desk.sources.completions(last))
            return tuple(f"{head} {value}" for value in values)
        return tuple(f"{head} {value}" for value in values if value.startswith(last))

    def _places(self, name: str, head: str, typed: str) -> Iterable[str]:
        """A format or a file behind `:export`, a file and then a format behind `:import`."""
        desk = self.screen.desk
        first = len(head.split()) == 1
        if name == "export" and first:
            return [each for each in (*desk.export_formats, ALL) if each.startswith(typed)]
        if name == "import" and not first:
            return [each for each in desk.import_formats if each.startswith(typed)]
        return map(shlex.quote, paths_like(typed))

    def run(self, line: str) -> None:
        """Run one line as typed behind the colon."""
        try:
            name, *words = shlex.split(line) or [""]
        except ValueError as error:
            self.screen.say(f":{line} {error}")
            return
        if not name:
            return
        found = command(name)
        if found is None:
            self.screen.say(f"no command :{name}: Tab completes, Ctrl+p shows all")
            return
        do: Callable[[list[str]], None] = getattr(self, f"_{found.name}")
        try:
            do(words)
        except (DeskError, ValueError, OSError) as error:
            self.screen.say(str(error))
        self.screen.sync()

    def _export(self, words: list[str]) -> None:
        named = bool(words) and words[0] in (*self.screen.desk.export_formats, ALL)
        fmt = words.pop(0) if named else "md"
        plain = [word for word in words if not (set(":=") & set(word) or word.startswith("@"))]
        rest = self._meant(word for word in words if word not in plain)
        telling = self.screen.telling
        if telling is not None:  # what is shown there
            rest = f"{telling.words} {rest}".strip()
        workspace = telling is not None and not telling.article
        name = plain[0] if plain else ""
        self.screen.exporting.offer(Wanted(fmt, name, rest, workspace))

    def _meant(self, words: Iterable[str]) -> str:
        """The words of a filter as typed, what is saved in the place of its name."""
        return self.screen.desk.expanded(" ".join(map(_requoted, words)))

    def _import(self, words: list[str]) -> None:
        """Say what a file would bring; Enter brings it in."""
        if not words:
            self.screen.say(":import FILE [FORMAT]")
            return
        self.screen.importing.offer(Path(words[0]).expanduser(), "".join(words[1:2]))

    def _passed(self, _words: list[str]) -> None:
        """All that could not be read, to look through by typing; Enter says one in full."""
        screen = self.screen
        found = screen.desk.passed
        if not found:
            screen.say("everything that was looked at could be read")
            return
        choices: list[Choice] = []
        for sentence in found:
            place, colon, reason = sentence.partition(": ")
            label = self.screen.near(place) if colon else sentence
            choices.append(Choice(sentence, label, reason))
        screen.asking.pick(f"not read: {len(choices)}", choices, screen.say)

    def _codebook(self, words: list[str]) -> None:
        if words == ["adopt"]:
            self.screen.say(self.screen.desk.adopt_codebook())
        else:
            self.screen.run("codebook.open")

    def _filter(self, words: list[str]) -> None:
        self.screen.panes.filter_by(" ".join(words))

    def _save(self, words: list[str]) -> None:
        self.screen.saving.save(words)

    def _saved(self, words: list[str]) -> None:
        self.screen.saving.saved(words)

    def _review(self, words: list[str]) -> None:
        """`:review [article|workspace] [drafts|proposals] [FILTER]`."""
        where = words.pop(0) if words[:1] in (["article"], ["workspace"]) else ""
        kinds = {"drafts": DRAFTS, "proposals": PROPOSALS}.get(words[0]) if words else None
        wanted = parse_filter(self._meant(words[1:] if kinds else words))
        self.screen.reviewing.offer(where, kinds or EVERYTHING, wanted)

    def _accept(self, words: list[str]) -> None:
        """`:accept [workspace] [FILTER]`."""
        where = words.pop(0) if words[:1] in (["article"], ["workspace"]) else "article"
        wanted = parse_filter(self._meant(words))
        self.screen.accepting.offer(where, wanted)

    def _proposals(self, words: list[str]) -> None:
        self.screen.proposing.toggle(words[0] if words else "")

    def _done(self, _words: list[str]) -> None:
        screen, article = self.screen, self.screen.place.article.id
        if article:
            done = not screen.desk.entry(article).done
            screen.desk.mark_done(article, done)
            screen.say("done" if done else "not done any more")

    def _undo(self, _words: list[str]) -> None:
        self.screen.run("go.undo")

    def _redo(self, _words: list[str]) -> None:
        self.screen.run("go.redo")

    def _theme(self, words: list[str]) -> None:
        self.screen.panes.change_theme(words[0] if words else "")

    def _analyst(self, _words: list[str]) -> None:
        desk = self.screen.desk
        self.screen.say(f"{desk.analyst} · annotations in {desk.own_folder}")

    def _source(self, words: list[str]) -> None:
        name = " ".join(word for word in words if "=" not in word)
        given = dict(word.split("=", 1) for word in words if "=" in word)
        self.screen.say(self.screen.desk.describe_source(name, given))

    def _tour(self, _words: list[str]) -> None:
        self.screen.touring.start()

    def _help(self, _words: list[str]) -> None:
        self.screen.run("app.keys")

    def _write(self, _words: list[str]) -> None:
        self.screen.desk.flush()
        if self.screen.form is not None and self.screen.form.edited:
            self.screen.say("everything is saved but the open claim: Enter saves it")
        else:
            self.screen.say("everything is saved")

    def _quit(self, _words: list[str]) -> None:
        self.screen.out.leave()

    def _wq(self, _words: list[str]) -> None:
        self.screen.out.leave()

    # the palette

    @does("app.palette")
    def palette(self, _argument: str) -> None:
        screen = self.screen
        actions = screen.keymap.actions_in(screen.mode)
        here = [a for a in actions if not a.choices and not a.takes]
        choices = [
            Choice(a.id, a.summary, f"{a.group} · {' '.join(key_label(k) for k in a.keys[:1])}")
            for a in here
        ]
        choices += [Choice(f":{c.name}", f":{c.usage}", c.summary) for c in COMMANDS]
        screen.asking.pick("all actions", choices, self._chosen)

    def _chosen(self, value: str) -> None:
        if value.startswith(":"):
            self.screen.asking.ask(
                Question(":", self.run, f"{value[1:]} ", complete=self._complete, mode="command")
            )
        else:
            self.screen.run(value)

    @does("app.keys")
    def keys(self, _argument: str) -> None:
        if self.screen.side == "help":
            self.screen.side = self.screen.under_help
            return
        mode = self.screen.mode
        found = [a for a in self.screen.keymap.actions_in(mode) if a.id in self.screen.runs]
        first = {"form": "claims", "grade": "claims", "select": "marking"}.get(mode, mode)
        self.screen.query_one(KeyList).show(found, mode_of(mode).summary, first=first)
        self.screen.under_help, self.screen.side = self.screen.side, "help"

    # copying

    @does("copy.quote")
    def copy(self, _argument: str) -> None:
        place = self.screen.place
        target = place.target()
        if not target.extents:
            self.screen.say("nothing to copy")
            return
        placed = place.annotations.highlight(target.highlight)
        text = place.article.text
        quote = (
            joined_quote(placed.record.spans)
            if placed
            else " … ".join(" ".join(e.of(text).split()) for e in target.extents)
        )
        article = place.article
        cited = ", ".join(filter(None, (article.outlet, article.title, article.published[:10])))
        where = ", ".join(f"{e.start}-{e.end}" for e in target.extents)
        self.screen.app.copy_to_clipboard(f"“{quote}” ({cited}; characters {where})")
        self.screen.say("copied with its citation")


def _requoted(word: str) -> str:
    """A word of a filter as it was before the line was split: its value quoted if it has blanks."""
    key, sign, value = word.partition(":") if ":" in word else word.partition("=")
    return f'{key}{sign}"{value}"' if " " in value else word


def paths_like(typed: str) -> list[str]:
    """Files and folders whose path begins with what was typed; folders end with a slash."""
    head, slash, last = typed.rpartition("/")
    folder = Path(head + slash).expanduser() if head or slash else Path()
    try:
        found = sorted(path for path in folder.iterdir() if path.name.startswith(last))
    except OSError:
        return []
    return [f"{head}{slash}{p.name}{'/' if p.is_dir() else ''}" for p in found if p.name[0] != "."]
