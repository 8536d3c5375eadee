"""Commands that ask a base: query, status, export, validate, explain."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from kb.cli.session import reading, store_option
from kb.errors import OptionError
from kb.settings import Settings

_RDF_FORMATS = {"trig": "TRIG", "nquads": "N_QUADS", "turtle": "TURTLE", "jsonld": "JSON_LD"}


@click.command()
@click.argument("question", required=False, metavar="[NAME|SPARQL]")
@click.option("--file", "path", type=click.Path(path_type=Path), help="Read the SPARQL query from a file.")
@click.option("--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of a named query.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="Of an answer that is a graph, table is Turtle and json is JSON-LD.",
)
@click.option("--list", "listed", is_flag=True, help="List the named queries with their parameters.")
@store_option
def query(
    question: str | None, path: Path | None, parameters: tuple[str, ...], form: str, listed: bool, store: str | None
) -> None:
    """Ask a named question, or one in SPARQL.

    For example: kb query visits --param state=PRK
    """
    from kb.cli.questions import answer, list_text

    if listed:
        click.echo(list_text())
        return
    with reading(Settings.from_environment(store=store)) as base:
        click.echo(answer(base, question, path, _parameters(parameters), form), nl=False)


def _parameters(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals:
            raise OptionError(f"--param {item}: not of the form NAME=VALUE")
        found[name] = value
    return found


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@store_option
def status(form: str, store: str | None) -> None:
    """Say what the base holds."""
    from kb.cli.output import print_status
    from kb.holdings import status_of

    with reading(Settings.from_environment(store=store)) as base:
        found = status_of(base)
    if form == "json":
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        print_status(found)


@click.command()
@click.option("--format", "form", type=click.Choice(sorted(_RDF_FORMATS)), default="trig", show_default=True)
@click.option("--article", metavar="ARTICLE", help="Only this article, by IRI, key or source.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file instead of standard output."
)
@store_option
def export(form: str, article: str | None, output: Path | None, store: str | None) -> None:
    """Write the base, or one article, as RDF. The same base gives the same bytes."""
    import pyoxigraph as ox

    from kb.holdings import find_article

    format_ = getattr(ox.RdfFormat, _RDF_FORMATS[form])
    with reading(Settings.from_environment(store=store)) as base:
        graph = find_article(base, article) if article else None
        _write(output, base.export(format_, graph))


def _write(output: Path | None, chunks: Iterable[bytes]) -> None:
    """Write a file as a whole or not at all; what is no regular file, such as a pipe, is written as it comes."""
    whole = output is not None and (output.is_file() or not output.exists())
    try:
        with click.open_file(str(output or "-"), "wb", atomic=whole) as stream:
            for chunk in chunks:
                stream.write(chunk)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OptionError(f"{output or 'standard output'}: {error.strerror}") from error


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "turtle", "json"]), default="text", show_default=True)
@click.option("--reference", is_flag=True, help="Use plain pyshacl, which is slower.")
@store_option
def validate(form: str, reference: bool, store: str | None) -> None:
    """Check everything stored against the shapes, and the canonical events against the claims.

    Ends with 1 if there are violations; warnings alone are no failure.
    """
    from kb.cli.output import print_findings
    from kb.recheck import recheck

    with reading(Settings.from_environment(store=store)) as base:
        findings = recheck(base, reference=reference)
    if form == "turtle":
        click.echo(findings.report.as_graph().serialize(format="turtle"), nl=False)
    elif form == "json":
        click.echo(json.dumps(findings.as_dict(), indent=1, ensure_ascii=False))
    else:
        print_findings(findings)
    sys.exit(0 if findings.sound else 1)


@click.command()
@click.argument("fact")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@store_option
def explain(fact: str, form: str, store: str | None) -> None:
    """Say why a fact is in the base: its sentence, the rule, the parse, and how each slot was filled.

    FACT is the IRI of a claim or an event, in full or as tables show it, or the part of it after the # (`kb query
    facts` lists the claims). An event is explained by the claims it rests on.
    """
    from kb import explain as why

    settings = Settings.from_environment(store=store)
    with reading(settings) as base:
        found = why.explain(base, fact, settings)
    if form == "json":
        click.echo(json.dumps([one.as_dict() for one in found], indent=1, ensure_ascii=False))
    else:
        click.echo("\n\n".join(one.as_text() for one in found))


ask_commands = (query, status, export, validate, explain)
