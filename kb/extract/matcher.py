"""Rules against text: every trigger whose rule's conditions hold and whose required roles can be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.extract.lexicon import Lexicon, Role, Rule
from kb.extract.measures import pronouns_for_sanctions
from kb.extract.parties import unnamed_party
from kb.extract.phrases import phrase
from kb.extract.syntax import Syntax
from kb.extract.unnamed import is_office, led_by
from kb.link import agents, places
from kb.model import Argument, Entity, EntityKind, LinkedDocument, Span

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Match:
    """A rule that fired on a trigger, with the arguments it found and the tokens they stand on."""

    rule: Rule
    trigger: int
    arguments: tuple[Argument, ...]
    tokens: frozenset[int]

    def values(self, role: str) -> tuple[Entity | str | int, ...]:
        """Return what fills a role."""
        return tuple(argument.value for argument in self.arguments if argument.role == role)


class Matcher:
    """Matches the rules of a lexicon against one document."""

    def __init__(self, linked: LinkedDocument, syntax: Syntax, lexicon: Lexicon) -> None:
        self.linked = linked
        self.doc = linked.doc
        self.syntax = syntax
        self.lexicon = lexicon
        self.standing_for = pronouns_for_sanctions(linked.doc, lexicon)

    def matches(self) -> Iterator[Match]:
        """Yield the matches in text order; of the rules of one event class only the first that fits a trigger."""
        for token in self.doc.tokens:
            fired: set[str] = set()
            for rule in self._rules(token.i):
                match = self._match(rule, token.i) if rule.event not in fired else None
                if match is not None:
                    fired.add(rule.event)
                    yield match

    def _rules(self, i: int) -> list[Rule]:
        token = self.doc.tokens[i]
        pos = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "ADV": "adj"}.get(token.upos, "")
        if token.dep == "amod" and token.xpos in ("VBN", "VBG") and token.upos == "VERB":
            pos = ""
        if not pos and not self.doc.children[i]:
            return []
        lemma, particle = token.lemma.lower(), self.syntax.particle(i) if pos == "verb" else ""
        keys = [(pos, f"{lemma} {particle}")] if particle else []
        keys += [(pos, f"{self.doc.tokens[i - 1].lemma.lower()} {lemma}")] if i - 1 in self.doc.children[i] else []
        keys += [("verb", "be")] if self.syntax.slot(i, "where") else []  # "Duarte is in Lisbon"
        keys += [(pos, f"{self.doc.tokens[j].text.lower()}-{lemma}") for j in self.syntax.slot(i, "prefix")]
        return [rule for key in [*keys, (pos, lemma)] for rule in self.lexicon.rules_by_trigger.get(key, ())]

    def _match(self, rule: Rule, i: int) -> Match | None:
        if not all(self.has(i, slot, words) for slot, words in rule.needs):
            return None
        if any(self.has(i, slot, words) for slot, words in rule.unless):
            return None
        arguments: list[Argument] = []
        tokens: set[int] = {i}
        for role in rule.roles:
            found = self._fill(role, i, tokens)
            if role.required and not found:
                return None
            arguments.extend(found)
        arguments.extend(Argument(name, value, how="rule") for name, value in rule.fixed)
        return Match(rule, i, tuple(arguments), frozenset(tokens))

    # --- conditions -----------------------------------------------------------------------------------------------

    def has(self, i: int, slot: str, words: tuple[str, ...]) -> bool:
        """Tell whether what fills `slot` (or a conjunct of it) is one of the words; "*" asks only that it is there.

        Slots separated by commas are alternatives.
        """
        found = [head for path in slot.split(", ") for head in self.syntax.slot(i, path)]
        heads = [h for head in found for h in (head, *self.syntax.conjuncts(head))]
        return bool(heads) if words == ("*",) else any(self.is_one_of(head, words) for head in heads)

    def is_one_of(self, i: int, words: tuple[str, ...]) -> bool:
        """Tell whether token i is one of the words; a word of several ("travel ban") ends in i.

        A pronoun is what it stands for.
        """
        token = self.doc.tokens[i]
        lemmas = {token.lemma.lower(), token.text.lower()}
        single, longer = self.lexicon.lists.by_last_word(words)
        if not lemmas.isdisjoint(single):
            return True
        for last in lemmas & longer.keys():
            if any(self._preceded(i, before) for before in longer[last]):
                return True
        return i in self.standing_for and self.is_one_of(self.standing_for[i], words)

    def _preceded(self, i: int, words: Sequence[str]) -> bool:
        left = {self.doc.tokens[c].lemma.lower() for c in self.doc.children[i] if c < i}
        left |= {self.doc.tokens[c].text.lower() for c in self.doc.children[i] if c < i}
        return all(word in left for word in words)

    # --- roles ----------------------------------------------------------------------------------------------------

    def _fill(self, role: Role, i: int, tokens: set[int]) -> list[Argument]:
        for slot in role.at:
            found: list[Argument] = []
            for head in self._heads(i, slot):
                if role.classes and not self._in_classes(head, role):
                    continue
                filled = self._read(role, head, slot)
                if filled:
                    found.extend(filled)
                    tokens.update((head, *self.syntax.conjuncts(head)) if role.fill != "phrase" else (head,))
            if found:
                return _distinct(found)
        return self._unnamed(role, i, tokens) if role.fill == "party" else []

    def _unnamed(self, role: Role, i: int, tokens: set[int]) -> list[Argument]:
        """Return the parties that fill a role without a name or a state beside them: "nine officials"."""
        for slot in role.at:
            heads = [h for head in self._heads(i, slot) for h in (head, *self.syntax.conjuncts(head))]
            parties = [(h, party) for h in heads if (party := unnamed_party(self.syntax, h)) is not None]
            if parties:
                tokens.update(h for h, _ in parties)
                return [Argument(role.name, party, f"{slot}: unnamed", self._span(h)) for h, party in parties]
        return []

    def _heads(self, i: int, slot: str) -> tuple[int, ...]:
        """Return what fills a slot, the matcher's own at the head or end of a path included.

        "retained" is the object of a passive ("Tajikistan was given jeeps"), "maker" Turkey in "Turkish-made drones".
        """
        first, _, rest = slot.partition("/")
        if first == "retained":
            kept = self._retained(i)
            return kept if not rest else tuple(h for j in kept for h in self._heads(j, rest))
        before, _, last = slot.rpartition("/")
        if last != "maker":
            return self.syntax.slot(i, slot)
        made = [c for j in self.syntax.slot(i, before or "self") for c in self.doc.children[j]]
        made = [c for c in made if self.doc.tokens[c].text.lower() in self.lexicon.words("made")]
        return tuple(c for j in made for c in self.doc.children[j] if self.doc.tokens[c].upos in ("PROPN", "ADJ"))

    def _retained(self, i: int) -> tuple[int, ...]:
        if not self.syntax.is_passive(i):
            return ()
        return tuple(c for c in self.doc.children[i] if self.doc.tokens[c].dep == "obj")

    def _in_classes(self, head: int, role: Role) -> bool:
        """Tell whether a head, a conjunct, or the unit it is measured in ("tonnes of millet") is in the classes."""
        token = self.doc.tokens[head]
        unit = (token.head,) if token.dep == "nmod" and self.syntax.case_of(head) == "of" else ()
        return any(self.is_one_of(i, role.classes) for i in (head, *self.syntax.conjuncts(head), *unit))

    def _read(self, role: Role, head: int, slot: str) -> list[Argument]:
        how = f"{slot}: {self.doc.tokens[head].text}"
        span = self._span(head)
        if role.fill in ("agents", "party"):
            found = self._accepted(role, head) or [e for e in self._leader(head, slot) if e.kind in role.accept]
            return [Argument(role.name, e, how, span) for e in found]
        if role.fill == "target":
            hit = [e for e in self._agents(head) if e.kind in role.accept]
            return [Argument(role.name, e, how, span) for e in hit] or self._place(role, head, how, span)
        if role.fill in ("destination", "venue"):
            return self._place(role, head, how, span)
        if role.fill == "years":
            years = _NUMBER.search(self._numeral(head))
            return [Argument(role.name, int(years.group()), how, span)] if years else []
        text = phrase(self.doc, head) if role.fill == "phrase" else self.doc.tokens[head].lemma
        return [Argument(role.name, text, how, span)] if text else []

    def _agents(self, head: int) -> tuple[Entity, ...]:
        return tuple(dict.fromkeys(e for i in self._sides(head) for e in agents(self.linked, i)))

    def _sides(self, head: int) -> Iterator[int]:
        """Yield a head, its conjuncts, and the first side of each pair of nationalities among them."""
        for i in (head, *self.syntax.conjuncts(head)):
            yield from (*self._hyphenated(i), i)

    def _accepted(self, role: Role, head: int) -> list[Entity]:
        """Return the agents of the kinds a role takes; where it takes officials, also the state of an unnamed one."""
        found: list[Entity] = []
        for i in self._sides(head):
            leaders = led_by(i, self.syntax, self.linked) if EntityKind.OFFICIAL in role.accept else ()
            unnamed = EntityKind.OFFICIAL in role.accept and is_office(self.doc.tokens[i], self.lexicon)
            found += [e for e in leaders or agents(self.linked, i) if e.kind in role.accept or (unnamed and e.code)]
        return list(dict.fromkeys(found))

    def _hyphenated(self, i: int) -> list[int]:
        """Return the first side of a pair of nationalities: Russian in "a Russian-Belarusian exercise"."""
        tokens = self.doc.tokens
        if tokens[i].upos not in ("ADJ", "PROPN") or tokens[i].dep not in ("amod", "compound", "nmod:poss"):
            return []
        return [c for c in self.doc.children[i] if c == i - 2 and tokens[c + 1].text in ("-", "–")]

    def _place(self, role: Role, head: int, how: str, span: Span) -> list[Argument]:
        """Return the state and the city of a journey's end, or the city alone of a venue."""
        found = []
        for entity in (e for h in (head, *self.syntax.conjuncts(head)) for e in self._places_at(h)):
            if entity.kind is EntityKind.PLACE:
                found.append(Argument("place", entity, how, span))
            elif role.fill != "venue":
                found.append(Argument(role.name, entity, how, span))
        return found

    def _places_at(self, i: int) -> tuple[Entity, ...]:
        """Return the place and state at token i, or the state that a common noun refers to ("the country")."""
        found = places(self.linked, i)
        if found or self.doc.tokens[i].upos != "NOUN":
            return found
        states = tuple(e for e in agents(self.linked, i) if e.kind is EntityKind.STATE)
        return states or self._named_beside(i)

    def _named_beside(self, i: int) -> tuple[Entity, ...]:
        """Return the place that a noun of place belongs to: "the Kenyan capital", "the town of Isfara"."""
        if not self.is_one_of(i, tuple(self.lexicon.words("place-noun"))):
            return ()
        beside = [j for slot in ("of", "poss", "mod") for j in self.syntax.slot(i, slot)]
        found = [e for j in beside for e in places(self.linked, j)]
        found += [e for j in beside for e in agents(self.linked, j) if e.kind is EntityKind.STATE]
        return tuple(dict.fromkeys(found))

    def _leader(self, i: int, slot: str) -> tuple[Entity, ...]:
        """Return who leads in "US-led", makes in "US-made": only the slots `leader` and `maker` take them as acting."""
        mention = self.linked.mention_of.get(i) if slot.endswith(("leader", "maker")) else None
        return (mention.entity,) if mention is not None and mention.entity is not None else ()

    def _numeral(self, head: int) -> str:
        return " ".join(self.doc.tokens[i].text for i in (*self.doc.children[head], head))

    def _span(self, i: int) -> Span:
        return Span(self.doc.tokens[i].start, self.doc.tokens[i].end)


def _distinct(arguments: list[Argument]) -> list[Argument]:
    seen: set[tuple[str, object]] = set()
    found = []
    for argument in arguments:
        key = (argument.role, argument.value.id if isinstance(argument.value, Entity) else argument.value)
        if key not in seen:
            seen.add(key)
            found.append(argument)
    return found
