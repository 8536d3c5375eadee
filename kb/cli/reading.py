"""Commands that read articles: load, extract."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kb.cli.session import defect_of, store_option, writer
from kb.errors import OptionError, StoreError
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.intake import Input
    from kb.pipeline import LoadReport

    Work = Callable[[Input], LoadReport]

MANY = 5
"""From this number of articles on, a progress bar shows how far the work is, and facts are not listed."""


def iso_date(value: str) -> date:
    """Return the day of the form YYYY-MM-DD.

    Raises:
        OptionError: it is none.
    """
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise OptionError(f"--published {value}: not a day of the form 2024-06-19") from None


def about_options(command: Any) -> Any:
    """Give a command the options that say what the caller knows about its articles."""
    for option in (
        click.option("--title", help="Headline, if the text does not have it."),
        click.option("--publisher", help="Who published it."),
        click.option("--url", help="Where it was published; identifies the article in later versions."),
        click.option(
            "--published", type=iso_date, metavar="YYYY-MM-DD", help="Publication date, anchor of relative times."
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@about_options
@click.option("--dry-run", is_flag=True, help="Read and check, but store nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "turtle", "trig"]),
    default="table",
    show_default=True,
    help="What to print: a table, one JSON report a line, or the articles' graphs.",
)
@click.option("--facts/--no-facts", default=None, help=f"List the facts (by default for fewer than {MANY} articles).")
@store_option
def load(paths: tuple[str, ...], dry_run: bool, form: str, facts: bool | None, store: str | None, **about: Any) -> None:
    """Read articles, check their facts and store them.

    PATH is a file (.txt, .html, .jsonl), a folder, a pattern, or - for standard input. The same article again changes
    nothing; a changed version replaces the earlier one.
    """
    settings = Settings.from_environment(store=store)
    items = _gather(paths, about)
    listed = len(items) < MANY if facts is None else facts
    with _loading(settings, items, dry_run=dry_run) as read:
        reports = with_progress(items, read)
        codes = [_print_report(report, form, listed=listed) for report in reports]
    if form == "table" and len(codes) > 1:
        good = sum(code == 0 for code in codes)
        click.echo(f"{good} of {len(codes)} articles {'checked' if dry_run else 'in the base'}", err=True)
    sys.exit(max(codes, default=0))


def _gather(paths: tuple[str, ...], about: dict[str, Any]) -> tuple[Input, ...]:
    """Return the articles that the paths of a command name, with what its options say of them."""
    from kb.intake import gather
    from kb.model import ArticleInfo

    return gather(paths, ArticleInfo(**about), stdin=sys.stdin.buffer)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@about_options
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
def extract(paths: tuple[str, ...], form: str, **about: Any) -> None:
    """Print the facts of articles as JSON, one object a line, without storing anything."""
    from kb.pipeline import Reader

    reader = Reader(Settings.from_environment())
    codes = [0]
    for report in with_progress(_gather(paths, about), reader.try_out):
        codes.append(report.exit_code)
        if report.error:
            print_problem(report)
        else:
            row = {"source": report.source, "article": report.article, "facts": report.facts}
            click.echo(json.dumps(row, ensure_ascii=False))
    sys.exit(max(codes))


# --- shared ---------------------------------------------------------------------------------------------------------


@contextmanager
def _loading(settings: Settings, items: tuple[Input, ...], *, dry_run: bool) -> Iterator[Work]:
    """Open what loads an article; a dry run touches no store, nor does a batch of which nothing can be opened."""
    if dry_run or not any(map(_is_there, items)):
        from kb.pipeline import Reader

        yield Reader(settings).try_out
        return
    with writer(settings) as loader:
        yield loader.load


def _is_there(item: Input) -> bool:
    try:
        return item.problem is None and (item.path is None or item.path.exists())
    except (OSError, ValueError):  # a name that no file can have
        return False


def with_progress(items: tuple[Input, ...], work: Work) -> Iterator[LoadReport]:
    """Yield the report of each item, with a progress bar on standard error where there are many."""
    if len(items) < MANY or not sys.stderr.isatty():
        yield from (_done(work, item) for item in items)
        return
    from rich.console import Console
    from rich.progress import Progress

    # The bar takes over what is printed while it is shown, but not what goes to a file or a pipe.
    with Progress(console=Console(stderr=True), redirect_stdout=sys.stdout.isatty()) as progress:
        yield from (_done(work, item) for item in progress.track(items, description="Reading"))


def _done(work: Work, item: Input) -> LoadReport:
    """Do the work on one article; a defect of ours ends that one, not the batch, unless it is to be looked into.

    Raises:
        StoreError: the store's server went away, so it does not take the other articles either.
    """
    try:
        return work(item)
    except StoreError:
        raise
    except Exception as error:
        if click.get_current_context().find_root().params.get("debug"):
            raise
        from kb.pipeline import LoadReport

        return LoadReport.failure(item.source, defect_of(error, item.source))


def _print_report(report: LoadReport, form: str, *, listed: bool) -> int:
    from kb.cli.output import graph_text, print_article, report_json

    if report.error and form != "json":
        print_problem(report)
    elif form == "json":
        click.echo(report_json(report))
    elif form == "table":
        print_article(report, listed=listed)
    else:
        click.echo(graph_text(report, form), nl=False)
    return report.exit_code


def print_problem(report: LoadReport) -> None:
    """Print what is wrong with an article to standard error."""
    error = report.error or {}
    click.echo(f"error[{error['code']}]: {error['detail']}\n  hint: {error['hint']}", err=True)


read_commands = (load, extract)
