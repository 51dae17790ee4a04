"""`pressmark keys`: every key and command, the user's own remapping included."""

from __future__ import annotations

import click

from tui.cli.options import SETTINGS, json_option
from tui.cli.output import note, put, put_exact, put_json


@click.command(context_settings=SETTINGS)
@json_option("Print JSON: id, keys, modes, group, summary, takes, choices.")
@click.option("--markdown", is_flag=True, help="Print a Markdown page, as docs/keys.md is one.")
@click.option("--default", "as_shipped", is_flag=True, help="Leave your own keymap aside.")
def command(as_json: bool, markdown: bool, as_shipped: bool) -> None:
    """Print the keys, your own remapping included."""
    if as_json and markdown:
        raise click.UsageError("--json and --markdown cannot both be")
    from tui.actions import keys_json, keys_markdown
    from tui.cli.opening import keymap

    found, problems = keymap(default=as_shipped)
    for problem in problems:
        note(problem)
    actions = found.actions()
    if as_json:
        put_json(keys_json(actions))
    elif markdown:
        put_exact(keys_markdown(actions))
    else:
        put(_listed(actions))


def _listed(actions: tuple) -> str:  # type: ignore[type-arg]
    """The actions by group, keys first."""
    from tui.actions import COMMANDS, GROUPS, keys_label
    from tui.cli.typography import Column, styled, table

    parts: list[str] = []
    for group in GROUPS:
        rows = [
            ("  ".join(keys_label(action).split()), action.summary, action.id)
            for action in actions
            if action.group == group
        ]
        columns = (
            Column("keys", flexible=True),
            Column("does", flexible=True),
            Column("name", spare=True, dim=True),
        )
        parts.append(f"{styled(group.upper(), 'bold')}\n{table(columns, rows)}")
    rows = [(f":{found.usage}", found.summary) for found in COMMANDS]
    columns = (Column("command", flexible=True), Column("does", flexible=True))
    parts.append(f"{styled('COMMANDS', 'bold')}\n{table(columns, rows)}")
    return "\n".join(parts)
