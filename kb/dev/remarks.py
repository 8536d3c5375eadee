"""How well participants are read from the travel remarks of the US Office of the Historian (history.state.gov, CC0).

Its records of presidents' and secretaries' travels say in telegraph style whom they met: "Met with King Hussein and
Foreign Minister Masri. Visited Petra." 300 of the remarks that begin with "Met with" were drawn at random (`drawn`,
fixed seed), before any had been read by the reader. `tests/quality/remarks.toml` holds for each the participants that
one of us reads in it, by record number: `people`, the persons named, wherever the remark lets them take part in a
meeting; `bodies`, the states and organisations of those met without a name ("senior Italian officials"; the host for
"senior officials"). Others, such as soldiers and students addressed, are in neither.

A user meets the remark as a news brief: dateline, the traveller as subject ("U.S. Secretary of State John Foster Dulles
met with ..."), the remark's own words, and the record's first day as date (`brief`). Scored are the participants of all
meetings read in it, but for the traveller: `people` against the officials found, `bodies` against the states,
organisations and groups. A name counts if all its words are in the other, by surname, or as a near-spelling.

    python -m kb.dev.remarks ../shared/data/hsg --errors 20

With --bare the traveller has the title alone ("President George W. Bush met with President Ciampi"): whose president
he is, a foreign dateline then tells wrongly.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click

from kb.evaluate import Ratio
from kb.evaluate.agreement import fold, same_agent
from kb.intake.inputs import TEXT, Input
from kb.model import ArticleInfo
from kb.pipeline import Reader
from kb.settings import Settings

SEED = 20310514
SIZE = 300
GOLD = Path(__file__).resolve().parents[2] / "tests/quality/remarks.toml"


@dataclass(frozen=True)
class Trip:
    """One record: who travelled where, and the remark on it."""

    number: int
    traveller: str
    title: str
    day: date
    country: str
    locale: str
    remark: str


def trips(folder: Path) -> list[Trip]:
    """Return the records whose remark begins with "Met with", by their number."""
    files = sorted(folder.glob("*-travels/*.xml"))
    found = [_trip(node) for file in files for node in ElementTree.parse(file).getroot().iter("trip")]  # noqa: S314
    return sorted((trip for trip in found if trip.remark.startswith("Met with ")), key=lambda trip: trip.number)


def _trip(node: ElementTree.Element) -> Trip:
    text = {child.tag: " ".join((child.text or "").split()) for child in node}
    return Trip(
        number=int(text["id"]),
        traveller=re.sub(r" \(.*?\)", "", text["name"]),
        title={"president": "President", "secretary": "Secretary of State"}[text["role"]],
        day=date.fromisoformat(text["start-date"]),
        country=text["country"],
        locale=text.get("locale", ""),
        remark=text["remarks"],
    )


def drawn(folder: Path) -> list[Trip]:
    """Return the random draw, by record number."""
    sample = random.Random(SEED).sample(trips(folder), SIZE)  # noqa: S311
    return sorted(sample, key=lambda trip: trip.number)


def brief(trip: Trip, *, bare: bool = False) -> Input:
    """Return the remark as a user would meet it: with a dateline and its subject, called American unless `bare`."""
    country = re.sub(r"[,(].*", "", trip.country).strip()
    city = trip.locale.split(",")[0].strip().upper()
    dateline = f"{city}, {country}" if city else country.upper()
    title = trip.title if bare else f"U.S. {trip.title}"
    text = f"{dateline} - {title} {trip.traveller} met with {trip.remark.removeprefix('Met with ')}\n"
    return Input(f"remark {trip.number}", None, text.encode(), TEXT, ArticleInfo(published=trip.day))


@dataclass(frozen=True)
class Participants:
    """Names of those who took part in meetings beside the traveller: persons, and states or organisations."""

    people: Sequence[str] = ()
    bodies: Sequence[str] = ()


@dataclass(frozen=True)
class Misread:
    """A remark with names missed or in excess."""

    trip: Trip
    missed: Sequence[str]
    spurious: Sequence[str]


@dataclass
class RemarkFigures:
    """Precision and recall of the participants, and the remarks not read rightly."""

    people: Ratio = field(default_factory=Ratio)
    bodies: Ratio = field(default_factory=Ratio)
    misread: list[Misread] = field(default_factory=list)

    @property
    def both(self) -> Ratio:
        """Persons, states and organisations together."""
        return self.people + self.bodies


def load_expected(path: Path) -> dict[int, Participants]:
    """Return the participants expected, by record number; a record that is not there has none."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    people, bodies = tables["people"], tables["bodies"]
    return {int(n): Participants(people.get(n, ()), bodies.get(n, ())) for n in {*people, *bodies}}


def measure(folder: Path, gold: Path, reader: Reader, *, bare: bool = False) -> RemarkFigures:
    """Read the drawn remarks and compare."""
    expected, figures = load_expected(gold), RemarkFigures()
    for trip in drawn(folder):
        found = participants(reader.try_out(brief(trip, bare=bare)).facts, trip.traveller)
        _score(figures, trip, expected.get(trip.number, Participants()), found)
    return figures


def participants(facts: Sequence[Mapping[str, Any]], traveller: str) -> Participants:
    """Return who takes part in the meetings of an article beside the traveller, each once."""
    met = [agent for fact in facts if fact["type"] == "meeting" for agent in fact.get("participants", ())]
    others = {agent["id"]: agent for agent in met if not same_name(agent["name"], traveller)}
    people = [agent["name"] for agent in others.values() if agent["kind"] == "official"]
    bodies = [agent.get("code") or agent["name"] for agent in others.values() if agent["kind"] != "official"]
    return Participants(people, bodies)


def _score(figures: RemarkFigures, trip: Trip, wanted: Participants, found: Participants) -> None:
    people, bodies = _matched(wanted.people, found.people), _matched(wanted.bodies, found.bodies)
    figures.people += Ratio(len(people), len(found.people), len(wanted.people))
    figures.bodies += Ratio(len(bodies), len(found.bodies), len(wanted.bodies))
    matched = [*people, *bodies]
    missed = [name for name in (*wanted.people, *wanted.bodies) if name not in {w for w, _ in matched}]
    spurious = [name for name in (*found.people, *found.bodies) if name not in {f for _, f in matched}]
    if missed or spurious:
        figures.misread.append(Misread(trip, missed, spurious))


def _matched(wanted: Sequence[str], found: Sequence[str]) -> list[tuple[str, str]]:
    """Return pairs of expected and found names, each used once; equal names find each other first."""
    ranked = sorted(
        ((fold(w) != fold(f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found) if same_name(w, f))
    )
    pairs: dict[int, int] = {}
    for _rank, i, j in ranked:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(wanted[i], found[j]) for i, j in pairs.items()]


def same_name(one: str, other: str) -> bool:
    """Return whether two names can be of one person: all words of one in the other, one surname, or a near-spelling."""
    left, right = fold(one).split(), fold(other).split()
    return bool(left and right) and (
        set(left) <= set(right) or set(right) <= set(left) or same_agent(" ".join(left), " ".join(right), {})
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--gold", type=click.Path(path_type=Path, exists=True), default=GOLD, help="The expected participants.")
@click.option("--errors", type=int, default=0, metavar="N", help="List up to N remarks that were misread.")
@click.option("--bare", is_flag=True, help="Do not say that the travellers are American.")
def main(folder: Path, gold: Path, errors: int, bare: bool) -> None:
    """Measure how well the participants of travel remarks are read. FOLDER holds the travel records."""
    figures = measure(folder, gold, Reader(Settings()), bare=bare)
    for name, ratio in (("people", figures.people), ("bodies", figures.bodies), ("both", figures.both)):
        click.echo(f"{name}: {ratio.gold} named, precision {ratio.precision:.3f}, recall {ratio.recall:.3f}")
    for line in _listing(figures.misread[:errors]):
        click.echo(line)


def _listing(misread: Sequence[Misread]) -> Iterator[str]:
    for error in misread:
        missed, spurious = (", ".join(names) or "-" for names in (error.missed, error.spurious))
        yield f"{error.trip.number}: missed {missed}; in excess {spurious}"
        yield f"  {(brief(error.trip).data or b'').decode().strip()}"


if __name__ == "__main__":
    main()
