"""The rules, word classes and cues of `data/lexicon`, read and checked.

Knowledge is data: a rule names trigger words, the grammatical slots its roles are read from (see `kb.extract.syntax`),
and sentences on which it should and should not fire. CONTRIBUTING.md, "Add a verb", explains every field.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.errors import LexiconError
from kb.extract.wordlists import WordLists
from kb.model import ACTOR_KINDS, EntityKind

POS = ("verb", "noun", "adj")
FILLS = ("agents", "party", "target", "destination", "venue", "phrase", "years", "word")
EFFECTS = frozenset(
    [
        "negative",
        "planned",
        "expected",
        "proposed",
        "possible",
        "probable",
        "hypothetical",
        "would",
        "cancelled",
        "postponed",
        "prevented",
        "ongoing",
        "doubtful",
        "denied",
        "transparent",
    ]
)
_RULE_FIELDS = {"id", "event", *POS, "roles", "set", "needs", "unless", "label", "yes", "no", "note"}
_ROLE_FIELDS = {"role", "at", "accept", "fill", "required", "classes"}
CUE_POS = (*POS, "adv", "aux", "det", "amod", "mark")
_CUE_FIELDS = {"id", *CUE_POS, "at", "effect", "note"}


@dataclass(frozen=True, slots=True)
class Role:
    """How one role of a rule is filled.

    `at` are slots tried in order, the first that gives a filler wins; `accept` the kinds of entity it may be; `fill`
    says what is made of the tokens: agents, a party (agents, else people or firms without a name), a target (agents,
    else the place), the destination of a journey (state and city), a venue, the phrase's words, a number of years, or
    the word alone. `classes`: the head must be one of these words, if there are any.
    """

    name: str
    at: tuple[str, ...]
    accept: frozenset[EntityKind] = ACTOR_KINDS
    fill: str = "agents"
    required: bool = False
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One frame: triggers of one part of speech, roles, fixed values, conditions and examples."""

    id: str
    event: str
    pos: str
    triggers: frozenset[str]
    roles: tuple[Role, ...]
    fixed: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unless: tuple[tuple[str, tuple[str, ...]], ...] = ()
    label: str | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that changes the factuality of what depends on it.

    `at` are the relations by which the event hangs on the cue (obj, xcomp, ccomp, subj, for ...); `effect` is one of
    `EFFECTS`.
    """

    id: str
    pos: str
    words: frozenset[str]
    at: frozenset[str]
    effect: str


@dataclass(frozen=True)
class Lexicon:
    """All rules, word classes and cues; `hash` identifies the version in the provenance of every claim."""

    rules: tuple[Rule, ...]
    classes: Mapping[str, frozenset[str]]
    cues: tuple[Cue, ...]
    families: Mapping[str, Mapping[str, Any]]
    hash: str = field(default="", compare=False)
    lists: WordLists = field(default_factory=WordLists, compare=False, repr=False)

    def words(self, name: str) -> frozenset[str]:
        """Return a word class; raises LexiconError when it does not exist."""
        try:
            return self.classes[name]
        except KeyError:
            raise LexiconError(f"no word class '{name}' in data/lexicon/classes.toml") from None

    def expand(self, words: Iterable[str]) -> frozenset[str]:
        """Return the words with every "@class" replaced by its members."""
        found: set[str] = set()
        for word in words:
            found |= self.words(word[1:]) if word.startswith("@") else {word}
        return frozenset(found)

    @cached_property
    def addressed(self) -> frozenset[str]:
        """The ids of the rules that need a target of their own."""
        return frozenset(rule.id for rule in self.rules if any(r.name == "target" and r.required for r in rule.roles))

    @cached_property
    def rules_by_trigger(self) -> Mapping[tuple[str, str], tuple[Rule, ...]]:
        """The rules of each (part of speech, lemma or "lemma particle"), in file order."""
        table: dict[tuple[str, str], list[Rule]] = {}
        for rule in self.rules:
            for word in rule.triggers:
                table.setdefault((rule.pos, word), []).append(rule)
        return {key: tuple(rules) for key, rules in table.items()}

    @cached_property
    def cues_by_word(self) -> Mapping[tuple[str, str], tuple[Cue, ...]]:
        """The cues of each (part of speech, lemma)."""
        table: dict[tuple[str, str], list[Cue]] = {}
        for cue in self.cues:
            for word in cue.words:
                table.setdefault((cue.pos, word), []).append(cue)
        return {key: tuple(cues) for key, cues in table.items()}


def load_lexicon(folder: Path) -> Lexicon:
    """Read every file of `folder`: classes.toml, cues.toml, families.toml and the rule files.

    Raises:
        LexiconError: a file breaks the schema; the message names the file and the entry.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise LexiconError(f"{folder} holds no lexicon")
    content = {path: _parse(path) for path in files}
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]
    classes = _classes(content.pop(folder / "classes.toml"), folder / "classes.toml")
    base = Lexicon((), classes, (), content.pop(folder / "families.toml"))
    cues = tuple(_cue(row, base) for row in content.pop(folder / "cues.toml").get("cue", ()))
    rules = tuple(_rule(row, path, base) for path, data in content.items() for row in data.get("rule", ()))
    _check_unique(rules)
    return Lexicon(rules, classes, cues, base.families, digest)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error


def _classes(data: Mapping[str, Any], path: Path) -> dict[str, frozenset[str]]:
    """Return the word classes; a member "@other" includes another class."""
    found: dict[str, frozenset[str]] = {}
    for name, words in data.items():
        if not isinstance(words, list):
            raise LexiconError(f"{path.name}: class '{name}' is not a list of words")
        members: set[str] = set()
        for word in words:
            if word.startswith("@") and word[1:] not in found:
                raise LexiconError(f"{path.name}: class '{name}' uses '{word}' before it is defined")
            members |= found[word[1:]] if word.startswith("@") else {word}
        found[name] = frozenset(members)
    return found


def _rule(row: Mapping[str, Any], path: Path, base: Lexicon) -> Rule:
    where = f"{path.name}, rule {row.get('id', '(without id)')}"
    _check_fields(row, _RULE_FIELDS, where)
    pos = [name for name in POS if name in row]
    if len(pos) != 1 or not row.get("event") or not row.get("id"):
        raise LexiconError(f"{where}: needs id, event and exactly one of {', '.join(POS)}")
    if not row.get("yes") or not row.get("no"):
        raise LexiconError(f"{where}: needs sentences in 'yes' and in 'no'")
    return Rule(
        id=row["id"],
        event=row["event"],
        pos=pos[0],
        triggers=base.expand(row[pos[0]]),
        roles=tuple(_role(name, spec, where, base) for name, spec in row.get("roles", {}).items()),
        fixed=tuple(sorted(row.get("set", {}).items())),
        needs=_conditions(row.get("needs", {}), base),
        unless=_conditions(row.get("unless", {}), base),
        label=row.get("label"),
        yes=tuple(row["yes"]),
        no=tuple(row["no"]),
    )


def _role(name: str, spec: Mapping[str, Any], where: str, base: Lexicon) -> Role:
    _check_fields(spec, _ROLE_FIELDS, f"{where}, role {name}")
    fill = spec.get("fill", "agents")
    if fill not in FILLS or not spec.get("at"):
        raise LexiconError(f"{where}, role {name}: needs 'at', and 'fill' one of {', '.join(FILLS)}")
    try:
        accept = frozenset(EntityKind(kind) for kind in spec["accept"]) if "accept" in spec else ACTOR_KINDS
    except ValueError as error:
        raise LexiconError(f"{where}, role {name}: {error}") from error
    return Role(
        spec.get("role", name),
        tuple(spec["at"]),
        accept,
        fill,
        bool(spec.get("required")),
        tuple(sorted(base.expand(spec.get("classes", ())))),
    )


def _conditions(table: Mapping[str, list[str]], base: Lexicon) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((slot, tuple(sorted(base.expand(words)))) for slot, words in table.items())


def _cue(row: Mapping[str, Any], base: Lexicon) -> Cue:
    where = f"cues.toml, cue {row.get('id', '(without id)')}"
    _check_fields(row, _CUE_FIELDS, where)
    pos = [name for name in CUE_POS if name in row]
    if len(pos) != 1 or "effect" not in row or "id" not in row:
        raise LexiconError(f"{where}: needs id, effect and exactly one part of speech")
    if row["effect"] not in EFFECTS:
        raise LexiconError(f"{where}: effect '{row['effect']}' is not one of {', '.join(sorted(EFFECTS))}")
    return Cue(row["id"], pos[0], base.expand(row[pos[0]]), frozenset(row.get("at", ())), row["effect"])


def _check_fields(row: Mapping[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(set(row) - allowed)
    if unknown:
        raise LexiconError(f"{where}: unknown field {', '.join(unknown)}")


def _check_unique(rules: tuple[Rule, ...]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise LexiconError(f"rule id {rule.id} is used twice")
        seen.add(rule.id)
