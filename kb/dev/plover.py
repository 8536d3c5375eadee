"""How well events are read from the example sentences of PLOVER (github.com/openeventdata/PLOVER, CC BY-SA 4.0).

322 sentences, each with one coded event, its actors and recipients. The file of the shared gold (plover_gsr.jsonl) says
of each whether the event is one of our families (`in_scope`) and which classes of our model it can count as (`accept`).
Each sentence is read as an article of its own, and any fact but an office counts as an event. The figures:

* `family`: share of the in-scope sentences with a fact of an accepted type. `accept` is older than the guide's thirteen
  types and knows a promise of aid or troops, say, as an agreement only, where the guide wants a transfer or a military
  action. So a type counts if `accept` names it (`ACCEPTED` maps its classes) or if the guide records an event of this
  code as such (`GUIDE`); `strict_family` counts the types of `accept` alone;
* `actors`, `strict_actors`: share of the in-scope sentences with such a fact that has the actor on its acting side and
  the recipient on the other; where the record has no recipient, or the fact's sides are equal (meeting, agreement),
  both on any side. An agent is right by code, if the record means the state or its government, or by name. One right
  filler is enough for a side, as in the guide;
* `silence`: share of the out-of-scope sentences without an event, but for those the guide asks for (`GUIDE`: a demand
  is a stance, an aid delivery a transfer, an attack a military action); `strict_silence` counts those without any.

    python -m kb.dev.plover ../shared/gold/plover --errors 20
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from kb.evaluate import CORE, Fact, plain
from kb.evaluate.agreement import fold, same_agent
from kb.evaluate.scheme import AGENTS, alike
from kb.intake.inputs import TEXT, Input
from kb.model import ArticleInfo
from kb.pipeline import Reader
from kb.settings import Settings

NAME = "plover_gsr.jsonl"

ACCEPTED: Mapping[str, str] = {
    "Accusation": "accuse",
    "Agreement": "agreement",
    "ArmsTransfer": "transfer",
    "Denial": "deny",
    "DiplomaticAction": "diplomatic_action",
    "Meeting": "meeting",
    "SanctionsAction": "sanction_action",
    "Stance": "stance",
    "Visit": "visit",
    "WeaponsTest": "weapons_test",
}
"""The classes of `accept`, by the types of the guide."""

_PRESS, _SUPPORT, _CONDEMN = "press", "support", "condemn"
GUIDE: Mapping[str, Mapping[str, str | None]] = {
    "AGREE": {"transfer": None, "military_action": None, "sanction_action": "ease", "stance": _SUPPORT},
    "AID": {"transfer": None},
    "ASSAULT": {"military_action": None},
    "CONCEDE": {"sanction_action": "ease", "diplomatic_action": None, "military_action": None},
    "COOPERATE": {"agreement": None, "military_action": None, "transfer": None},
    "DEMAND": {"stance": _PRESS, "sanction_action": _PRESS},
    "DISAPPROVE": {"accuse": None, "stance": _CONDEMN, "diplomatic_action": "summon"},
    "FIGHT": {"military_action": None},
    "MOBILIZE": {"military_action": None},
    "RETREAT": {"military_action": None},
    "SANCTION": {"diplomatic_action": None, "sanction_action": None},
    "THREATEN": {"stance": _PRESS, "sanction_action": _PRESS},
}
"""By PLOVER's code, the types that the guide records such an event as, and of which kind (None: any)."""

_STATE_SECTORS = frozenset({None, "***", "COP", "GOV", "JUD", "LEG", "MIL", "SPY"})
"""Sectors of PLOVER that stand for the state itself; others are groups within it."""
_EVEN = frozenset({"meeting", "agreement"})
_CODES = {"JAP": "JPN"}
"""A slip in the records."""
_BODIES = {"european community": "eu", "splm a": "splm"}
"""Organisations have no code of their own in the records; some go by another name than the gazetteer's."""


@dataclass(frozen=True)
class Record:
    """One sentence and its coded event; an agent is {"text", "code", "sector"}."""

    id: str
    text: str
    code: str
    actors: Sequence[Mapping[str, Any]]
    recipients: Sequence[Mapping[str, Any]]
    accepted: frozenset[str]
    in_scope: bool


@dataclass
class PloverFigures:
    """How many sentences came out right, and those that did not, with their facts."""

    in_scope: int = 0
    out_of_scope: int = 0
    family: int = 0
    strict_family: int = 0
    actors: int = 0
    strict_actors: int = 0
    silent: int = 0
    strict_silent: int = 0
    faults: list[tuple[str, Record, Sequence[Fact]]] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """Return the figures."""
        return {
            "family": self.family / self.in_scope,
            "strict_family": self.strict_family / self.in_scope,
            "actors": self.actors / self.in_scope,
            "strict_actors": self.strict_actors / self.in_scope,
            "silence": self.silent / self.out_of_scope,
            "strict_silence": self.strict_silent / self.out_of_scope,
        }


def load_records(folder: Path) -> list[Record]:
    """Return the sentences of a folder that holds plover_gsr.jsonl."""
    lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    return [_record(json.loads(line)) for line in lines]


def _record(row: Mapping[str, Any]) -> Record:
    (event,) = row["gold"]
    accepted = frozenset(ACCEPTED[name] for name in row["accept"])
    return Record(
        row["id"], row["text"], event["plover"], event["actor"], event["recipient"], accepted, row["in_scope"]
    )


def measure(folder: Path, reader: Reader) -> PloverFigures:
    """Read every sentence and compare."""
    figures = PloverFigures()
    for record in load_records(folder):
        item = Input(record.id, None, record.text.encode(), TEXT, ArticleInfo(published=date(2000, 1, 1)))
        count(figures, record, [fact for fact in reader.try_out(item).facts if fact["type"] != "office"])
    return figures


def count(figures: PloverFigures, record: Record, facts: Sequence[Fact]) -> None:
    """Add one sentence and the events read in it."""
    fault = _count_in_scope(figures, record, facts) if record.in_scope else _count_out(figures, record, facts)
    if fault:
        figures.faults.append((fault, record, facts))


def _count_in_scope(figures: PloverFigures, record: Record, facts: Sequence[Fact]) -> str | None:
    strict = [fact for fact in facts if fact["type"] in record.accepted]
    accepted = [fact for fact in facts if fact in strict or in_guide(record, fact)]
    right = any(has_actors(record, fact) for fact in accepted)
    figures.in_scope += 1
    figures.family += bool(accepted)
    figures.strict_family += bool(strict)
    figures.actors += right
    figures.strict_actors += any(has_actors(record, fact) for fact in strict)
    return None if right else "other actors" if accepted else "no such event"


def _count_out(figures: PloverFigures, record: Record, facts: Sequence[Fact]) -> str | None:
    alarms = [fact for fact in facts if not in_guide(record, fact)]
    figures.out_of_scope += 1
    figures.silent += not alarms
    figures.strict_silent += not facts
    return "false alarm" if alarms else None


def in_guide(record: Record, fact: Fact) -> bool:
    """Return whether the guide records an event of the sentence's code as such a fact."""
    types = GUIDE.get(record.code, {})
    wanted = types.get(fact["type"])
    return fact["type"] in types and wanted in {None, alike(str(fact.get("kind") or fact.get("action")))}


def has_actors(record: Record, fact: Fact) -> bool:
    """Return whether a fact has both actors of the record, each on its side."""
    first, *others = _sides(fact)
    everyone = [*first, *(agent for side in others for agent in side)]
    if not record.recipients:
        return sum(_present([actor], everyone) for actor in record.actors) >= min(2, len(record.actors))
    if fact["type"] in _EVEN or not others:
        return _present(record.actors, everyone) and _present(record.recipients, everyone)
    return _present(record.actors, first) and any(_present(record.recipients, side) for side in others)


def _sides(fact: Fact) -> list[list[Mapping[str, Any]]]:
    """Return the agents of a fact by slot, the acting side first."""
    slots = [slot for slot in dict.fromkeys((*CORE[fact["type"]], "targets")) if slot in AGENTS]
    values = (fact.get(slot) or [] for slot in slots)
    return [value if isinstance(value, list) else [value] for value in values]


def _present(wanted: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> bool:
    return any(_same(agent, other) for agent in wanted for other in found)


def _same(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Return whether an agent found is the one of the record; a state is not a group of its people."""
    code = _CODES.get(wanted["code"], wanted["code"])
    of_state = wanted["sector"] in _STATE_SECTORS
    if of_state and found.get("code") == code:
        return True
    if found["kind"] == "state" and not of_state:
        return False
    name, text = fold(found["name"]), fold(wanted["text"])
    if fold(found.get("code") or "") in {text.replace(" ", ""), _BODIES.get(text, "-")}:
        return True
    return bool(name and text) and (set(name.split()) <= set(text.split()) or same_agent(name, text, {}))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--errors", type=int, default=0, metavar="N", help="List up to N sentences of each kind of fault.")
def main(folder: Path, errors: int) -> None:
    """Measure how well the sentences of PLOVER are read. FOLDER holds plover_gsr.jsonl."""
    figures = measure(folder, Reader(Settings()))
    for name, share in figures.shares().items():
        click.echo(f"{name}: {share:.3f}")
    click.echo(f"({figures.in_scope} sentences in scope, {figures.out_of_scope} out of scope)")
    for line in _listing(figures, errors):
        click.echo(line)


def _listing(figures: PloverFigures, most: int) -> Iterator[str]:
    for kind in ("no such event", "other actors", "false alarm"):
        faults = [(record, facts) for fault, record, facts in figures.faults if fault == kind]
        yield f"{kind}: {len(faults)}"
        for record, facts in faults[:most]:
            sides = " -> ".join(", ".join(a["text"] for a in side) for side in (record.actors, record.recipients))
            yield f"  {record.id}: {record.code} {sides}; accepted: {', '.join(sorted(record.accepted)) or 'none'}"
            yield f"    {record.text}"
            yield from (f"    read: {json.dumps(plain(fact), ensure_ascii=False)}" for fact in facts)


if __name__ == "__main__":
    main()
