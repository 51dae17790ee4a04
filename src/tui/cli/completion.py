"""`pressmark completion`: the script for a shell; and the answers that script asks for."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import CompletionItem, get_completion_class, shell_complete

from tui.cli.loading import COMPLETE, load
from tui.cli.options import SETTINGS
from tui.cli.output import put_exact
from tui.cli.page import COMMANDS

SHELLS = ("bash", "zsh", "fish")


class Root(click.Group):
    """All commands under one, as completion wants them; what is no command goes to the reader."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now; None for what is no name of one."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        args: list[str],
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first word, else the reader with all words."""
        if args[0] in COMMANDS:
            return args[0], load(args[0]), args[1:]
        return "", load(""), args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands, the reader's options, files."""
        found: list[Any] = [
            CompletionItem(name, help=summary)
            for name, summary in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        if incomplete.startswith("-"):
            return load("").shell_complete(ctx, incomplete)
        return [*found, CompletionItem(incomplete, type="file")]


def answer(instruction: str) -> int:
    """What the shell's script asks for; the exit code."""
    root = Root("pressmark", context_settings={"ignore_unknown_options": True})
    return shell_complete(root, {}, "pressmark", COMPLETE, instruction)


@click.command(context_settings=SETTINGS)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    bash:  eval "$(pressmark completion bash)"      in ~/.bashrc
    zsh:   eval "$(pressmark completion zsh)"       in ~/.zshrc
    fish:  pressmark completion fish | source       in config.fish
    """  # noqa: D301 (click wants the character itself)
    kind = get_completion_class(shell)
    if kind is not None:
        put_exact(kind(Root("pressmark"), {}, "pressmark", COMPLETE).source())
