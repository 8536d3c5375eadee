"""How reports, tables and figures look on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click
import pyoxigraph as ox

from kb.evaluate import CORE
from kb.model import stretch

if TYPE_CHECKING:
    from rich.table import Table

    from kb.pipeline import LoadReport
    from kb.recheck import Findings

_QUOTE = 80
_WIDTH = 120
"""Width in characters where the output is no terminal."""


def report_json(report: LoadReport) -> str:
    """Return a report as one line of JSON, without its graph."""
    row = asdict(report)
    del row["graph"]
    return json.dumps(row, ensure_ascii=False)


def graph_text(report: LoadReport, form: str) -> str:
    """Return an article's graph as Turtle, or as TriG with the graph's name."""
    from kb.graph.namespaces import PREFIXES

    named = form == "trig" and report.article
    name = ox.NamedNode(report.article["iri"]) if named else ox.DefaultGraph()
    quads = (
        ox.Quad(q.subject, q.predicate, q.object, name) for q in ox.parse(report.graph, format=ox.RdfFormat.N_TRIPLES)
    )
    format_ = ox.RdfFormat.TRIG if named else ox.RdfFormat.TURTLE
    triples = quads if named else (quad.triple for quad in quads)
    body = ox.serialize(triples, format=format_, prefixes=PREFIXES)
    return (body or b"").decode()


# --- articles and facts ---------------------------------------------------------------------------------------------


def print_article(report: LoadReport, *, listed: bool) -> None:
    """Print what was learnt from an article: its facts (if `listed`), what was kept out, counts and time."""
    article = report.article
    about = ", ".join(filter(None, [article.get("publisher"), article.get("published")]))
    click.secho(
        f"{report.outcome}: {article.get('title') or report.source}" + (f" ({about})" if about else ""), bold=True
    )
    if listed and report.facts:
        print_table(_facts_table(report.facts))
    for row in report.rejected:
        click.echo(f"  kept out: {row['claim'].rpartition('#')[2]}: {'; '.join(row['reasons'])}")
    for warning in report.warnings:
        click.echo(f"  warning: {warning}")
    click.echo("  " + _counts_line(report.counts) + f"; {report.seconds:.2f} s")


def _counts_line(counts: Mapping[str, int]) -> str:
    return (
        f"{counted(counts['sentences'], 'sentence')}, {counted(counts['mentions_linked'], 'mention')} linked, "
        f"{counts['mentions_unlinked']} not; {counted(counts['facts'], 'fact')} kept, {counts['rejected']} kept out; "
        f"{counted(counts['warnings'], 'warning')}"
    )


def _facts_table(facts: Iterable[Mapping[str, Any]]) -> Table:
    table = plain_table("what", "who", "when", "factuality", "said by", "quote")
    for fact in facts:
        table.add_row(_what(fact), who(fact), _when(fact), fact["status"], _names(fact.get("said_by")), _quote(fact))
    return table


def counted(number: int, noun: str) -> str:
    """Return a number with what it counts: 1 article, 2 articles."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def plain_table(*columns: str) -> Table:
    """Return an empty table with these columns."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def print_table(table: Table) -> None:
    """Print a table, as wide as the terminal."""
    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else _WIDTH).print(table, highlight=False, markup=False)


def _what(fact: Mapping[str, Any]) -> str:
    kind = fact.get("action") or fact.get("kind") or fact.get("role")
    return f"{fact['type'].replace('_', ' ')}: {kind}" if kind else fact["type"].replace("_", " ")


def who(fact: Mapping[str, Any]) -> str:
    """Return the core agents of a fact, the acting side first."""
    slots = dict.fromkeys((*CORE[fact["type"]], "targets"))
    sides = [_names(fact.get(slot)) for slot in slots if slot not in ("action", "kind")]
    return " → ".join(side for side in sides if side)


def _names(value: Any) -> str:
    items = value if isinstance(value, list) else [value] if value else []
    return ", ".join(item["name"] if isinstance(item, dict) else str(item) for item in items)


def _when(fact: Mapping[str, Any]) -> str:
    return stretch(fact.get("start"), fact.get("end")) or str(fact.get("date") or "")


def _quote(fact: Mapping[str, Any]) -> str:
    quote = " ".join((fact["evidence"].get("quote") or "(not kept)").split())
    return quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1].rsplit(" ", 1)[0] + " …"


# --- the base -------------------------------------------------------------------------------------------------------


def print_status(status: Mapping[str, Any]) -> None:
    """Print what a base holds."""
    click.echo(f"store {status['store']}, Demarche {status['version']}, {counted(len(status['articles']), 'article')}")
    for name, count in status["counts"].items():
        click.echo(f"  {count:>7} {name}")
    if status["articles"]:
        table = plain_table("key", "published", "publisher", "title", "facts", "source")
        for row in status["articles"]:
            table.add_row(
                *(row.get(name, "") for name in ("key", "published", "publisher", "title", "facts", "source"))
            )
        print_table(table)


def print_findings(findings: Findings) -> None:
    """Print what a re-check has found, by graph."""
    for graph, results in findings.by_graph:
        for result in results:
            severity = str(result.severity).rpartition("#")[2].lower()
            click.echo(f"{severity}: {graph}\n  {result.focus}: {result.message}")
    if not findings.canonical_in_step:
        click.echo("violation: the canonical graph is not what the claims make it; load the articles into a new store")
    report = findings.report
    warnings = len(report.results) - len(report.violations)
    click.echo(
        f"{counted(len(findings.by_graph), 'graph')} checked: {counted(len(report.violations), 'violation')}, "
        f"{counted(warnings, 'warning')}"
    )
