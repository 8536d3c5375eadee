"""How the figures of `kb eval` look on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from kb.cli.output import counted, plain_table, print_table
from kb.evaluate import EXTRA, Change, Comparison, Evaluation, Fault, FaultKind, WrongSlot, plain

_CHANGED = (
    ("newly right", "newly_right"),
    ("newly missed", "newly_missed"),
    ("newly in excess", "newly_spurious"),
    ("no more in excess", "gone"),
)
_NO_SENTENCE = "(its evidence is not in the text)"


def print_evaluation(result: Evaluation) -> None:
    """Print the figures by type of fact and by slot."""
    table = plain_table("type", "gold", "found", "right", "precision", "recall", "F1", "slots")
    for kind, ratio in [*result.types.items(), ("all", result.micro)]:
        slots = "" if kind == "all" else _slots(result, kind)
        figures = [f"{value:.3f}" for value in (ratio.precision, ratio.recall, ratio.f1)]
        table.add_row(kind, str(ratio.gold), str(ratio.predicted), str(ratio.hits), *figures, slots)
    print_table(table)
    table = plain_table("slot", "of", "right", "accuracy")
    for slot, (right, seen) in result.slot_counts().items():
        table.add_row(slot, str(seen), str(right), f"{right / seen:.3f}")
    print_table(table)
    click.echo(
        f"{counted(result.articles, 'article')}; micro-F1 {result.micro.f1:.3f}, macro-F1 {result.macro_f1:.3f}, "
        f"slot accuracy {result.slot_accuracy:.3f}"
    )


def _slots(result: Evaluation, kind: str) -> str:
    seen = [slot for slot in EXTRA[kind] if result.slots[kind, slot]]
    return " ".join(f"{slot} {result.slots_right[kind, slot]}/{result.slots[kind, slot]}" for slot in seen)


def print_errors(faults: Sequence[Fault], slips: Sequence[WrongSlot], most: int) -> None:
    """Print up to `most` facts missed, in excess and with a wrong slot, each with its sentence."""
    for title, missed in (("missed", True), ("in excess", False)):
        listed = [fault for fault in faults if fault.missed is missed]
        kinds = Counter(fault.kind for fault in listed)
        parts = ", ".join(f"{kinds[kind]} {kind}" for kind in FaultKind if kinds[kind])
        click.echo(f"{len(listed)} {title}" + (f": {parts}" if parts else ""))
        for fault in listed[:most]:
            _print_fault(title, fault.as_dict())
    click.echo(counted(len(slips), "wrong slot"))
    for wrong in slips[:most]:
        wanted, found = map(_value, wrong.values)
        slip = wrong.slip
        click.echo(
            f"wrong slot: {slip.article}: {slip.slot} is {wanted}, found {found}: {_fact(plain(slip.predicted))}"
        )
        click.echo(f"  {wrong.sentence or _NO_SENTENCE}")


def _print_fault(title: str, fault: Mapping[str, Any]) -> None:
    click.echo(f"{title}: {fault['article']}: {_fact(fault['fact'])} ({fault['kind']})")
    if fault["instead"]:
        click.echo(f"  instead: {_fact(fault['instead'])}")
    click.echo(f"  {fault['sentence'] or _NO_SENTENCE}")


def _fact(fact: Mapping[str, Any]) -> str:
    slots = "; ".join(f"{slot} {_value(value)}" for slot, value in fact.items() if slot != "type")
    return f"{fact['type']}: {slots}"


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def print_comparison(comparison: Comparison, most: int | None) -> None:
    """Print what changed: the figures, and up to `most` facts (all if None) of each kind of change."""
    table = plain_table("figure", "before", "now", "difference")
    for name, change in comparison.overall.items():
        table.add_row(name.replace("_", " "), *_change(change))
    for slot, change in comparison.slots.items():
        table.add_row(slot, *_change(change))
    print_table(table)
    if comparison.types:
        print_table(_types_table(comparison.types))
    for title, name in _CHANGED:
        faults = getattr(comparison, name)
        click.echo(f"{title}: {len(faults)}")
        for fault in faults[:most]:
            _print_fault(f"  {title}", fault)


def _types_table(types: Mapping[str, Mapping[str, Change]]) -> Any:
    table = plain_table("type", "precision", "", "recall", "", "F1", "")
    for kind, changes in types.items():
        table.add_row(kind, *(cell for change in changes.values() for cell in _short(change)))
    return table


def _change(change: Change) -> Iterable[str]:
    return _number(change.before), _number(change.now), f"{change.difference:+.3f}"


def _short(change: Change) -> Iterable[str]:
    return _number(change.now), f"{change.difference:+.3f}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
