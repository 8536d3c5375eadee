"""How well the facts of a set of articles agree with a gold annotation.

A predicted fact and a gold fact of one type are the same when their core slots agree (`CORE`); every gold fact is used
at most once, best pairs first. An official and the state that the article's own gold `office` facts give that official
count as one agent, except in `office` itself. The measure is the project's annotation guide's; figures equal those of
the guide's own scorer (tests/evaluate compares them).
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.errors import InputError, MissingInputError

Fact = Mapping[str, Any]

CORE: Mapping[str, tuple[str, ...]] = {
    "office": ("person", "of"),
    "visit": ("visitors", "to"),
    "meeting": ("participants",),
    "regime": ("imposers", "targets"),
    "sanction_action": ("actors", "targets", "action"),
    "agreement": ("parties",),
    "accuse": ("speakers", "targets"),
    "deny": ("speakers",),
    "stance": ("speakers", "targets", "kind"),
    "transfer": ("suppliers", "recipients"),
    "weapons_test": ("actors",),
    "diplomatic_action": ("actors", "action"),
    "military_action": ("actors", "targets"),
}
EXTRA: Mapping[str, tuple[str, ...]] = {
    "office": ("role",),
    "visit": ("start", "end", "status", "place", "from", "companions", "first_in_years"),
    "meeting": ("date", "status", "place", "kind"),
    "regime": ("reason",),
    "sanction_action": ("date", "status", "action"),
    "agreement": ("action", "status", "date"),
    "accuse": (),
    "deny": (),
    "stance": ("kind",),
    "transfer": ("goods", "status"),
    "weapons_test": ("weapon", "date", "status"),
    "diplomatic_action": ("targets", "date", "status"),
    "military_action": ("action", "date", "status"),
}
_CLOSED = ("action", "kind")
_AGENTS = frozenset(slot for slots in CORE.values() for slot in (*slots, "from", "companions") if slot not in _CLOSED)
_WORDS = frozenset({"role", "reason", "goods", "weapon", "about", "place"})
_ALIKE = {  # values of closed lists that count as one kind
    **dict.fromkeys(("impose", "extend", "tighten", "designate"), "impose"),
    **dict.fromkeys(("ease", "lift"), "ease"),
    **dict.fromkeys(("threaten", "urge", "propose", "demand", "warn"), "press"),
    **dict.fromkeys(("promise", "support", "praise", "thank"), "support"),
    **dict.fromkeys(("violate", "evade"), "break"),
    **dict.fromkeys(("veto", "oppose", "reject"), "oppose"),
    **dict.fromkeys(("condemn", "criticise"), "condemn"),
}


@dataclass(frozen=True)
class Ratio:
    """Counts behind precision, recall and F1."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the predicted facts that are in the gold."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold facts that were predicted."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Evaluation:
    """The figures of one run: per type, per remaining slot, and the facts missed or spurious."""

    articles: int = 0
    types: dict[str, Ratio] = field(default_factory=dict)
    slots: Counter[tuple[str, str]] = field(default_factory=Counter)
    slots_right: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[tuple[str, Fact]] = field(default_factory=list)
    spurious: list[tuple[str, Fact]] = field(default_factory=list)

    @property
    def micro(self) -> Ratio:
        """All types together."""
        return sum(self.types.values(), Ratio())

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the types that occur in the gold."""
        present = [ratio.f1 for ratio in self.types.values() if ratio.gold]
        return sum(present) / len(present) if present else 0.0

    @property
    def slot_accuracy(self) -> float:
        """Share of the non-core slots of matched facts that are right."""
        seen = self.slots.total()
        return self.slots_right.total() / seen if seen else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for JSON output."""
        types = {
            kind: {
                "precision": r.precision,
                "recall": r.recall,
                "f1": r.f1,
                "gold": r.gold,
                "predicted": r.predicted,
                "slots": {
                    s: [self.slots_right[kind, s], self.slots[kind, s]] for s in EXTRA[kind] if self.slots[kind, s]
                },
            }
            for kind, r in self.types.items()
        }
        micro = self.micro
        return {
            "articles": self.articles,
            "precision": micro.precision,
            "recall": micro.recall,
            "f1": micro.f1,
            "macro_f1": self.macro_f1,
            "slot_accuracy": self.slot_accuracy,
            "types": types,
        }


def load_gold(folder: Path) -> dict[str, list[Fact]]:
    """Read NAME.gold.json files; return the facts by NAME.

    Raises:
        MissingInputError: the folder has none.
        InputError: one of them is not a gold file.
    """
    files = sorted(folder.glob("*.gold.json"))
    if not files:
        raise MissingInputError(
            f"no *.gold.json in {folder}", hint="Name a folder of NAME.gold.json and NAME.txt files."
        )
    return {file.name.removesuffix(".gold.json"): _facts(file) for file in files}


def _facts(file: Path) -> list[Fact]:
    try:
        return list(json.loads(file.read_text(encoding="utf-8"))["facts"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{file}: not a gold file: {error!r}") from error


def load_predicted(path: Path) -> dict[str, list[Fact]]:
    """Read facts as `kb extract` prints them; return them by the name of their source file, without its suffix.

    Raises:
        MissingInputError: there is no such file.
        InputError: a line of it is no such object.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise MissingInputError(f"{path}: {error.strerror}") from error
    found = {}
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            found[Path(row["source"]).stem] = list(row["facts"])
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{path}:{number}: not a line of `kb extract`: {error!r}") from error
    return found


def evaluate(gold: Mapping[str, Sequence[Fact]], predicted: Mapping[str, Sequence[Fact]]) -> Evaluation:
    """Compare predictions with the gold, both by article name; an article without prediction counts as none."""
    result = Evaluation(articles=len(gold), types={kind: Ratio() for kind in CORE})
    for name in sorted(gold):
        _evaluate_article(result, name, gold[name], predicted.get(name, ()))
    return result


def _evaluate_article(result: Evaluation, name: str, gold: Sequence[Fact], predicted: Sequence[Fact]) -> None:
    offices = [f for f in gold if f["type"] == "office" and f.get("person") and f.get("of")]
    serves = {_fold(f["person"]): _fold(f["of"]) for f in offices}
    for kind in CORE:
        left = [f for f in gold if f["type"] == kind]
        right = [f for f in predicted if f["type"] == kind]
        loyal = {} if kind == "office" else serves
        pairs = _pairs(kind, left, right, loyal)
        result.types[kind] += Ratio(len(pairs), len(right), len(left))
        for i, j in pairs:
            _count_slots(result, kind, left[i], right[j], loyal)
        result.missed += [(name, f) for i, f in enumerate(left) if i not in {p[0] for p in pairs}]
        result.spurious += [(name, f) for j, f in enumerate(right) if j not in {p[1] for p in pairs}]


def _count_slots(result: Evaluation, kind: str, gold: Fact, predicted: Fact, serves: Mapping[str, str]) -> None:
    for slot in EXTRA[kind]:
        if gold.get(slot) not in (None, [], ""):
            result.slots[kind, slot] += 1
            result.slots_right[kind, slot] += _slot_right(slot, gold[slot], predicted.get(slot), serves)


def _pairs(
    kind: str, gold: Sequence[Fact], predicted: Sequence[Fact], serves: Mapping[str, str]
) -> list[tuple[int, int]]:
    """Return the best pairing, greedy by core score, each fact used once."""
    scored = [(-_core_score(kind, g, p, serves), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for score, i, j in sorted(scored):
        if score < 0 and i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((i, j))
    return pairs


def _core_score(kind: str, gold: Fact, predicted: Fact, serves: Mapping[str, str]) -> float:
    """Return 0 when the two are not the same fact, else how much of the core agrees, in (0, 1]."""
    scores = [_slot_score(slot, gold, predicted, serves) for slot in CORE[kind]]
    return 0.0 if 0.0 in scores else sum(scores) / len(scores)


def _slot_score(slot: str, gold: Fact, predicted: Fact, serves: Mapping[str, str]) -> float:
    if slot in _CLOSED:
        return float(_kind(gold.get(slot)) == _kind(predicted.get(slot)))
    wanted, found = _agents(gold.get(slot)), _agents(predicted.get(slot))
    if not wanted:  # the text names none: nothing to hold against the prediction
        return 1.0
    hits = _overlap(wanted, found, serves)
    needed = 2 if slot in ("participants", "parties") else 1
    return 2 * hits / (len(wanted) + len(found)) if hits >= min(needed, len(wanted)) else 0.0


def _slot_right(slot: str, gold: Any, predicted: Any, serves: Mapping[str, str]) -> bool:
    if slot in _AGENTS:
        wanted = _agents(gold)
        return _overlap(wanted, _agents(predicted), serves) == len(wanted)
    if slot in _WORDS:
        return bool(set(_fold(gold).split()) & set(_fold(predicted or "").split()))
    if slot in _CLOSED:
        return _fold(gold) == _fold(predicted or "")
    return str(gold) == str(predicted)


def _agents(value: Any) -> list[str]:
    """Return a slot's agents, folded: the code where there is one, else the name."""
    items = value if isinstance(value, list) else [value]
    names = (item.get("code") or item.get("name") if isinstance(item, Mapping) else item for item in items)
    return [folded for name in names if name and (folded := _fold(name))]


def _overlap(left: Iterable[str], right: Sequence[str], serves: Mapping[str, str]) -> int:
    """Count how many of `left` have one of their own in `right`."""
    free, count = list(right), 0
    for agent in left:
        partner = next((other for other in free if _same(agent, other, serves)), None)
        if partner is not None:
            free.remove(partner)
            count += 1
    return count


def _same(a: str, b: str, serves: Mapping[str, str]) -> bool:
    if a == b or serves.get(a) == b or serves.get(b) == a:
        return True
    if len(a) <= 3 or len(b) <= 3:  # codes are equal or they are not
        return False
    left, right = a.split(), b.split()
    if left[-1] == right[-1] or set(left) <= set(right) or set(right) <= set(left):
        return True
    return difflib.SequenceMatcher(None, a, b).ratio() >= 0.85


def _kind(value: Any) -> str:
    word = _fold(value or "")
    return _ALIKE.get(word, word)


def _fold(value: Any) -> str:
    text = unicodedata.normalize("NFKD", str(value))
    plain = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9 ]+", " ", plain).strip()
