"""The command that measures: eval."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.reading import print_problem, with_progress
from kb.evaluate import CORE
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.evaluate import Evaluation, Fault
    from kb.intake import Input


@click.command(name="eval")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD_DIR")
@click.option(
    "--predicted", type=click.Path(path_type=Path), help="Facts as `kb extract` prints them, instead of reading."
)
@click.option("--errors", type=int, default=0, metavar="N", help="List up to N faults of each kind.")
@click.option(
    "--type",
    "kinds",
    multiple=True,
    type=click.Choice(list(CORE)),
    metavar="TYPE",
    help="List errors of this type only.",
)
@click.option(
    "--compare", "earlier", type=click.Path(path_type=Path), help="Say what changed since a run saved with --json."
)
@click.option("--json", "as_json", is_flag=True, help="Print figures and errors as JSON.")
@click.option("--facts/--no-facts", default=True, help="Whether the JSON names the missed and spurious facts.")
def evaluate(
    gold: Path,
    predicted: Path | None,
    errors: int,
    kinds: tuple[str, ...],
    earlier: Path | None,
    as_json: bool,
    facts: bool,
) -> None:
    r"""Compare what is read with a gold annotation: precision, recall and F1 by type of fact, accuracy by slot.

    GOLD_DIR holds NAME.txt and NAME.gold.json files; the latter say when an article was published. An error is shown
    with its sentence and with what stands there instead. To see what a change of the rules does:

    \b
    kb eval GOLD_DIR --json > before.json
    kb eval GOLD_DIR --compare before.json
    """
    from kb.cli.figures import print_comparison, print_errors, print_evaluation
    from kb.evaluate import (
        compare,
        faults_of,
        gold_hash,
        load_articles,
        load_figures,
        load_gold,
        load_predicted,
        load_texts,
        wrong_slots,
    )
    from kb.evaluate import evaluate as measure

    wanted = load_gold(gold)
    before = load_figures(earlier) if earlier else None
    found = load_predicted(predicted) if predicted else _read_all(load_articles(gold))
    result = measure(wanted, found)
    texts = load_texts(gold)
    faults = faults_of(result, wanted, texts)
    figures = _figures(result, gold_hash(gold), faults)
    if before:
        comparison = compare(before, figures)
        _echo_json(comparison.as_dict()) if as_json else print_comparison(comparison, errors or None)
    elif as_json:
        _echo_json(figures if facts else {k: v for k, v in figures.items() if k not in ("missed", "spurious")})
    else:
        print_evaluation(result)
        if errors:
            slips = wrong_slots(result, texts)
            print_errors(
                [f for f in faults if not kinds or f.fact["type"] in kinds],
                [s for s in slips if not kinds or s.slip.gold["type"] in kinds],
                errors,
            )


def _figures(result: Evaluation, gold: str, faults: Iterable[Fault]) -> dict[str, Any]:
    """Return a run as JSON holds it: its figures, which annotations they are of, and its faults."""
    missed = [fault.as_dict() for fault in faults if fault.missed]
    spurious = [fault.as_dict() for fault in faults if not fault.missed]
    return result.as_dict() | {"gold": gold, "missed": missed, "spurious": spurious}


def _echo_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, indent=1, ensure_ascii=False))


def _read_all(articles: Mapping[str, Input]) -> dict[str, list[dict[str, Any]]]:
    """Return the facts of every article by its name; one that cannot be read is reported and has none."""
    from kb.pipeline import Reader

    reader = Reader(Settings.from_environment())
    facts = {}
    for name, report in zip(articles, with_progress(tuple(articles.values()), reader.try_out), strict=True):
        if report.error:
            print_problem(report)
        facts[name] = report.facts
    return facts
