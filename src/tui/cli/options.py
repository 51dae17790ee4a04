"""What several commands take: where the workspace is, who works, which claims are meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from tui.cli.completing import article_completions, saved_completions, tag_completions

if TYPE_CHECKING:
    from pathlib import Path

    from tui.model.filters import Filter

F = TypeVar("F", bound=Callable[..., Any])

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 88}


class PathName(click.ParamType):
    """A path as it was typed; only the empty one is refused."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, whether there is something or not."""
        from pathlib import Path

        if isinstance(value, Path):
            return value
        if not value or "\0" in value:
            self.fail("a path cannot be empty", param, ctx)
        return Path(value)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[Any]:
        """Leave it to the shell, which knows files."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


class Place(NamedTuple):
    """Which workspace, seen by whom, its articles read in which encoding (empty: found out)."""

    workspace: Path | None
    analyst: str
    encoding: str


def place_options(*, identity: str = "--analyst") -> Callable[[F], F]:
    """`--workspace`, `--analyst` (or what `identity` calls it) and `--encoding`, as `place`."""

    def decorate(function: F) -> F:
        def command(workspace: Path | None, analyst_name: str, encoding: str, **rest: Any) -> Any:
            return function(place=Place(workspace, analyst_name, encoding), **rest)

        command.__doc__ = function.__doc__
        command.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        for option in (
            click.option(
                "--encoding",
                metavar="NAME",
                default="",
                help="Read the articles in this encoding, such as cp949.",
            ),
            click.option(
                identity,
                "analyst_name",
                metavar="NAME",
                default="",
                help="Who you are here (else $PRESSMARK_ANALYST, settings, login name).",
            ),
            click.option(
                "--workspace",
                metavar="DIR",
                type=PathName(),
                help="The folder that holds annotations/ and pressmark.toml.",
            ),
        ):
            command = option(command)
        return cast(F, command)

    return decorate


def json_option(help_text: str = "Print JSON.") -> Callable[[F], F]:
    """`--json`, as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=help_text)


def paths_argument(function: F) -> F:
    """Any number of PATHs, as `paths`."""
    return click.argument("paths", nargs=-1, metavar="[PATH ...]", type=PathName())(function)


# Option, key of the filter, name of its value, help.
_FILTERS = (
    ("--tag", "tag", "PATH", "With this tag or a child of it; `none`: without any."),
    ("--status", "status", "NAME", "draft, accepted, rejected, disputed, flagged, stale."),
    ("--assessment", "assessment", "NAME", "corroborated, contested, refuted ..."),
    ("--modality", "modality", "NAME", "asserted, reported, estimated, possible, denied."),
    ("--grade", "grade", "GRADE", "Admiralty grade: B2, B or 2; `none`: not graded."),
    ("--source", "source", "NAME", "Anywhere in the chain, by any name it is known under."),
    ("--analyst", "by", "NAME", "Written by this analyst."),
    ("--after", "after", "TIME", "Created or changed at or after it: 2025-02, 2025-02-05 ..."),
    ("--before", "before", "TIME", "Created or changed before it."),
    ("--when", "when", "TIME", "About this time: 2025-01, or 2025-01-10/2025-02."),
    ("--article", "article", "ARTICLE", "In this article; may be given several times."),
)
_SEVERAL = ("tag", "status", "assessment", "modality", "grade")  # values parted by commas


class Asked(NamedTuple):
    """What the options of a filter were given, by their names."""

    given: Mapping[str, tuple[str, ...]]

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that are meant, as they were named; none: all."""
        return self.given["filter_article"]

    def filter(self, place: Place, paths: Sequence[Path]) -> Filter:
        """The filter that is asked for, but for the articles.

        Raises UsageError, with one sentence, for what makes no sense.
        """
        from msgspec.structs import replace

        from tui.model.filters import parse_filter, with_part

        try:
            line = expanded(" ".join(self.given["filter_words"]), place, paths)
            found = parse_filter(line)
        except ValueError as error:
            raise click.UsageError(f"--filter: {error}") from error
        for option, key, value in self._parts():
            try:
                found = with_part(found, key, value)
            except ValueError as error:
                raise click.UsageError(f"{option}: {error}") from error
        for value in self.given["filter_field"]:
            name, sign, wanted = value.partition("=")
            if not (name and sign):
                raise click.UsageError(f"--field {value}: write NAME=VALUE")
            found = replace(found, fields={**found.fields, name: wanted})
        return found

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        """Option, key and value of each part; of one that takes several values all in one."""
        for option, key, _, _ in _FILTERS:
            values = self.given[f"filter_{key}"] if key != "article" else ()
            if len(values) > 1 and key not in _SEVERAL:
                raise click.UsageError(f"{option} is given {len(values)} times, and can be once")
            if values:
                yield option, key, ",".join(values)


def filter_options(function: F) -> F:
    """All parts of a filter, as `asked`."""

    def command(**given: Any) -> Any:
        asked = {name: given.pop(name) for name in list(given) if name.startswith("filter_")}
        return function(asked=Asked(asked), **given)

    command.__doc__ = function.__doc__
    command.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    click.option(
        "--field",
        "filter_field",
        metavar="NAME=VALUE",
        multiple=True,
        help="One of the workspace's own fields.",
    )(command)
    click.option(
        "--filter",
        "filter_words",
        metavar="LINE",
        multiple=True,
        help="A line as typed behind F in the reader: 'status:accepted kursk', or @NAME.",
        shell_complete=saved_completions,
    )(command)
    for option, key, metavar, text in reversed(_FILTERS):
        completions = {"tag": tag_completions, "article": article_completions}.get(key)
        click.option(
            option,
            f"filter_{key}",
            metavar=metavar,
            multiple=True,
            help=text,
            shell_complete=completions,
        )(command)
    return cast(F, command)


def expanded(line: str, place: Place, paths: Sequence[Path]) -> str:
    """A line with what the analyst saved in the place of each `@NAME`.

    Raises ValueError, with one sentence, for a name that nothing is saved under.
    """
    if "@" not in line:
        return line
    from tui.cli.opening import saved_by
    from tui.model.saved import expanded as filled

    return filled(line, saved_by(place.workspace, place.analyst, paths))
