"""The ex commands: what is too rare for a key, and what a vim hand types."""

from __future__ import annotations

from tui.actions.kinds import Command

FILTER_USAGE = "[tag:PATH] [status:NAME] [WORDS]"

COMMANDS: tuple[Command, ...] = (
    Command(
        "export",
        "export [FORMAT] [FILE] [tag:PATH] [status:NAME]",
        "write claims and highlights to a file, as md, in any other format, or in all of them into "
        "a folder; says first what it will write",
    ),
    Command(
        "import",
        "import FILE [FORMAT]",
        "bring in what another Pressmark, or another program, exported; says first what that is",
    ),
    Command("passed", "passed", "files and lines that could not be read, each with the reason"),
    Command(
        "codebook",
        "codebook [adopt]",
        "the codebook; `adopt` makes your own the one all analysts share",
        values=("adopt",),
    ),
    Command("filter", f"filter {FILTER_USAGE}", "filter this pane; without words, show all again"),
    Command(
        "save",
        "save NAME",
        "keep the filter of this pane under a name: F, : and `pressmark` take it as @NAME",
    ),
    Command(
        "saved",
        "saved [delete] [NAME]",
        "use a filter that you saved, or take it away; without a name, show all",
        values=("delete",),
    ),
    Command(
        "review",
        "review [article|workspace] [drafts|proposals] [source:NAME] [WORDS]",
        "review drafts or proposals, one key each",
        values=("article", "workspace", "drafts", "proposals"),
    ),
    Command(
        "accept",
        f"accept [workspace] {FILTER_USAGE}",
        "accept all drafts and proposals that a filter means; shows first which",
        values=("workspace",),
    ),
    Command(
        "proposals",
        "proposals [on|off]",
        "show what is proposed, or do not",
        values=("on", "off"),
    ),
    Command("done", "done", "mark this article done, or not done"),
    Command("undo", "undo", "take the newest change back"),
    Command("redo", "redo", "do again what was taken back"),
    Command("theme", "theme [NAME]", "other colours"),
    Command("analyst", "analyst", "says who you are here, and where your annotations lie"),
    Command(
        "source",
        "source NAME [alias=NAME] [kind=KIND] [role=WORDS] [affiliation=NAME] [reliability=A-F]",
        "what the registry knows of a source; with words, what it is to remember",
    ),
    Command("tour", "tour", "five steps on the sample articles"),
    Command("help", "help", "the keys that work here", aliases=("h", "keys")),
    Command(
        "write",
        "write",
        "everything is saved already; waits until it is on the disk",
        aliases=("w",),
    ),
    Command("quit", "quit", "leave Pressmark", aliases=("q", "qa", "quit!", "q!", "qa!")),
    Command("wq", "wq", "wait until all is on the disk, and leave", aliases=("x", "wqa", "xa")),
)

_BY_NAME = {name: found for found in COMMANDS for name in (found.name, *found.aliases)}


def command(name: str) -> Command | None:
    """The command with this name or alias, or the only one whose name begins so; else None."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    begun = [found for found in COMMANDS if name and found.name.startswith(name)]
    return begun[0] if len(begun) == 1 else None


def command_names(typed: str = "") -> tuple[str, ...]:
    """Names of the commands that begin with what was typed, in the order of the table."""
    return tuple(found.name for found in COMMANDS if found.name.startswith(typed))
