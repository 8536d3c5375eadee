"""How well entities match a query: by their names, and by the values of their properties.

A score is from 0 to 100. Names are compared as wholes, with their words sorted, and word by word, the latter for less:
"Putin" is a part of "Vladimir Putin", but could be of another name too. An entity has the score of its best name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from api.reconcile.index import IDENTIFIERS, Index, Known, fold, texts
from api.reconcile.protocol import MOST_CANDIDATES, MOST_CHARACTERS, Condition, EntityValue, Query, Value

SCORERS = ((fuzz.ratio, 1.0), (fuzz.token_sort_ratio, 1.0), (fuzz.token_set_ratio, 0.85))
"""The ways of comparing names, with what each counts."""

LEAST = 50.0
"""A name with a lower score is no candidate."""
MOST_COMPARED = 200
"""How many names of a type are looked at more closely."""
CERTAIN, LEAD = 95.0, 5.0
"""A candidate with this score, and so far before the next one, is a match."""
NAME_WEIGHT = 0.7
"""What the name counts where there are conditions too."""


def candidates(index: Index, query: Query) -> list[dict[str, Any]]:
    """Return the entities that a query can mean, the best first, as the protocol has them."""
    ranked = sorted(_scored(index, query), key=lambda found: (-found[0], found[1].name, found[1].id))
    best = ranked[0][0] if ranked else 0.0
    alone = len(ranked) < 2 or best - ranked[1][0] >= LEAD
    shown = ranked[: int(min(query.limit, MOST_CANDIDATES))]
    return [
        _candidate(known, score, features, match=position == 0 and alone and score >= CERTAIN)
        for position, (score, known, features) in enumerate(shown)
    ]


def _candidate(known: Known, score: float, features: Mapping[str, float], *, match: bool) -> dict[str, Any]:
    return {
        "id": known.id,
        "name": known.name,
        "description": known.description,
        "type": [{"id": known.type.id, "name": known.type.name}],
        "score": round(score, 1),
        "features": [{"id": name, "value": round(value, 1)} for name, value in features.items()],
        "match": match,
    }


def _scored(index: Index, query: Query) -> list[tuple[float, Known, dict[str, float]]]:
    name = None if query.query is None else query.query.strip()[:MOST_CHARACTERS]
    types = index.types if query.types is None else [id_ for id_ in query.types if id_ in index.types]
    found = []
    for known, score in _by_name(index, types, name):
        conditions = {f"property:{one.pid}": _condition_score(known, one) for one in query.properties}
        features = conditions if score is None else {"name": score, **conditions}
        total = _total(score, list(conditions.values()))
        if total >= LEAST:
            found.append((total, known, features))
    return found


def _total(name: float | None, conditions: Sequence[float]) -> float:
    if not conditions:
        return name or 0.0
    of_conditions = sum(conditions) / len(conditions)
    return of_conditions if name is None else NAME_WEIGHT * name + (1 - NAME_WEIGHT) * of_conditions


def _by_name(index: Index, types: Iterable[str], name: str | None) -> list[tuple[Known, float | None]]:
    """Return the entities of which a name is near enough, with their scores; without a name, all."""
    wanted = set(types)
    if name is None:
        return [(known, None) for known in index.entities.values() if known.type.id in wanted]
    if known := index.find(name):
        return [(known, 100.0)] if known.type.id in wanted else []
    scores: dict[str, float] = {}
    for type_ in wanted:
        for id_, score in _near(fold(name), *index.names[type_]):
            scores[id_] = max(scores.get(id_, 0.0), score)
    return [(index.entities[id_], score) for id_, score in scores.items()]


def _near(name: str, names: Sequence[str], owners: Sequence[Known]) -> Iterator[tuple[str, float]]:
    for scorer, weight in SCORERS if name else ():
        cutoff = LEAST / weight
        for _, score, at in process.extract(name, names, scorer=scorer, limit=MOST_COMPARED, score_cutoff=cutoff):
            yield owners[at].id, score * weight


def _condition_score(known: Known, condition: Condition) -> float:
    value = known.values.get(condition.pid)
    return max((_value_score(value, wanted) for wanted in condition.values), default=0.0)


def _value_score(value: Any, wanted: Value) -> float:
    if isinstance(wanted, EntityValue):
        ids = {str(one["id"]).removeprefix(IDENTIFIERS) for one in _entities(value)}
        if wanted.id.removeprefix(IDENTIFIERS) in ids:
            return 100.0
        return _value_score(value, wanted.name) if wanted.name else 0.0
    text = fold(str(wanted))
    return max((fuzz.token_sort_ratio(text, fold(one)) for one in texts(value)), default=0.0)


def _entities(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Mapping)]
