"""What the shell offers after Tab: ids of articles, tags. Cheap, and silent when it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import click


def tag_completions(ctx: click.Context, _param: click.Parameter, typed: str) -> list[Any]:
    """Tags of the codebook that begin so; their descriptions beside them."""
    from click.shell_completion import CompletionItem

    try:
        from tui.cli.opening import codebook_of

        tags = codebook_of(ctx.params.get("workspace")).tags
    except Exception:  # a completion has nowhere to say what is wrong
        return []
    return [
        CompletionItem(tag.path, help=tag.description or None)
        for tag in tags
        if tag.path.startswith(typed)
    ]


def saved_completions(ctx: click.Context, _param: click.Parameter, typed: str) -> list[Any]:
    """Names that something is saved under, after an `@`; what they stand for beside them."""
    from click.shell_completion import CompletionItem

    if not typed.startswith("@"):
        return []
    try:
        from tui.cli.opening import saved_by

        found = saved_by(ctx.params.get("workspace"), ctx.params.get("analyst_name") or "")
    except Exception:  # as above
        return []
    return [
        CompletionItem(f"@{each.name}", help=each.words)
        for each in found
        if f"@{each.name}".startswith(typed)
    ]


def article_completions(ctx: click.Context, _param: click.Parameter, typed: str) -> list[Any]:
    """Ids of articles that have annotations, then the files there are."""
    from click.shell_completion import CompletionItem

    found: list[Any] = []
    try:
        from tui.cli.opening import annotations_of

        ids = _article_ids(annotations_of(ctx.params.get("workspace")))
        found = [CompletionItem(one) for one in ids if one.startswith(typed)] if typed else []
    except Exception:  # as above
        found = []
    return found or [CompletionItem(typed, type="file")]


def _article_ids(annotations: Path) -> list[str]:
    """Ids by the names of the shards, without reading one."""
    names = annotations.glob("*/??/*.json")
    return sorted({path.name.partition(".")[0] for path in names})
