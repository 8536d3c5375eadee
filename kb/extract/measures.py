"""The words an article uses for sanctions: what they are, whose, on whom, and which words alone do not suffice.

"Sanctions", "embargo" or "travel ban" always speak of sanctions; "the measures", "the list" or "them" only where the
article has spoken of sanctions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from kb.extract.lexicon import Lexicon
from kb.extract.parties import unnamed_party
from kb.extract.syntax import Syntax
from kb.link import agents_with_conjuncts, places
from kb.model import Document, Entity, EntityKind, LinkedDocument

_PRONOUNS = {"they": True, "them": True, "their": True, "these": True, "those": True, "both": True}
_PRONOUNS |= {"it": False, "its": False, "this": False, "that": False}
_REACH_SENTENCES = 2
_BULLETS = ("*", "•", "-", "–", "—", "·", "▪")
_HEADING_TOKENS = 8
_AT_TRIGGER = (
    "self",
    "obj",
    "subj",
    "of",
    "for",
    "with",
    "on",
    "from",
    "off",
    "under",
    "to",
    "in",
    "over",
    "sanctions",
)
_BELOW = ("comp/obj", "comp/comp/obj", "obj/of", "for/of", "in/of", "obj/acl/obj", "head/sanctions")
_TARGET_SLOTS = ("mod", "poss", "of", "to", "from", "with")
_IN_FRONT = ("compound", "nmod", "nmod:unmarked")
_SHORT = 3
_IMPOSER_SLOTS = ("leader", "poss", "mod", "mod/mod", "by", "acl/subj", "of")


def pronouns_for_sanctions(doc: Document, lexicon: Lexicon) -> Mapping[int, int]:
    """Return the pronouns that can stand for sanctions, each with the nearest word for sanctions of its number before.

    It lies in the same sentence or the two before. Whether the pronoun does stand for it the verb decides: one lifts or
    extends sanctions, not states.
    """
    words, found = lexicon.words("sanction-any"), {}
    latest: dict[bool, int] = {}
    for token in doc.tokens:
        plural = _PRONOUNS.get(token.text.lower())
        if plural is not None and token.upos in ("PRON", "DET"):
            noun = latest.get(plural)
            if noun is not None and token.sentence - doc.tokens[noun].sentence <= _REACH_SENTENCES:
                found[token.i] = noun
        elif token.upos in ("NOUN", "PROPN") and token.lemma.lower() in words:
            latest[token.xpos.endswith("S")] = token.i
    return found


class Measures:
    """Finds the words for sanctions that a trigger is about, and reads what stands beside them."""

    def __init__(self, linked: LinkedDocument, syntax: Syntax, lexicon: Lexicon) -> None:
        self.linked = linked
        self.doc = linked.doc
        self.syntax = syntax
        self.lexicon = lexicon

    def nouns(self, trigger: int) -> Iterator[int]:
        """Yield the words for sanctions that a trigger is about, pronouns left out."""
        words = self.lexicon.words("sanction-any")
        for path in (*_AT_TRIGGER, *_BELOW):
            for i in self.syntax.slot(trigger, path):
                if self.doc.tokens[i].lemma.lower() in words:
                    yield i

    def lemmas(self, trigger: int) -> frozenset[str]:
        """Return the lemmas of those words."""
        return frozenset(self.doc.tokens[i].lemma.lower() for i in self.nouns(trigger))

    def speaks_of_sanctions(self, trigger: int) -> bool:
        """Tell whether one of those words means sanctions in any article."""
        return any(self._is_sanction(i) or self._is_sanctions_list(i) for i in self.nouns(trigger))

    @cached_property
    def spoken_of(self) -> bool:
        """Whether the article speaks of sanctions."""
        said = (t for t in self.doc.tokens if t.upos in ("NOUN", "PROPN", "VERB"))
        signs = self.lexicon.words("sanction-sign")
        return any(token.lemma.lower() in signs or self._is_sanction(token.i) for token in said)

    def all_nouns(self) -> Iterator[int]:
        """Yield the nouns of the article that mean sanctions in any article."""
        nouns = (t.i for t in self.doc.tokens if t.upos in ("NOUN", "PROPN"))
        yield from (i for i in nouns if self._is_sanction(i))

    def _is_sanction(self, i: int) -> bool:
        """Tell whether noun i, alone or with a word before it, is a word for sanctions ("travel ban")."""
        words, lemma = self.lexicon.words("sanction"), self.doc.tokens[i].lemma.lower()
        before = [self.doc.tokens[c].lemma.lower() for c in self.doc.children[i] if c < i]
        banned = [self.doc.tokens[j].lemma.lower() for j in self.syntax.slot(i, "on")]  # "restrictions on exports"
        return lemma in words or any(f"{word} {lemma}" in words for word in (*before, *banned))

    def _is_sanctions_list(self, i: int) -> bool:
        """Tell whether noun i is a list for sanctions by what stands beside it ("list of sponsors of terrorism")."""
        if self.doc.tokens[i].lemma.lower() not in self.lexicon.words("sanction-list"):
            return False
        kinds = self.lexicon.words("list-kind") | self.lexicon.words("sanction")
        beside = [j for path in ("mod", "of", "of/of") for j in self.syntax.slot(i, path)]
        return any(self.doc.tokens[j].lemma.lower() in kinds for j in (i, *beside))

    def in_front(self, trigger: int) -> tuple[Entity, ...]:
        """Return the states that the sanctions are on by standing before the word: "the Mali sanctions".

        Not adjectives, organisations and abbreviations, which tell whose they are ("Malian", "EU", "US sanctions"), nor
        where it is said on whom they are.
        """
        nouns = [i for i in self.nouns(trigger) if not self.syntax.slot(i, "on|against")]
        before = [self.doc.tokens[c] for i in nouns for c in self.doc.children[i] if c < i]
        mentions = [self.linked.mention_of.get(t.i) for t in before if t.dep in _IN_FRONT and not _abbreviation(t.text)]
        found = [m.entity for m in mentions if m is not None and m.entity is not None and m.how == "gazetteer"]
        return tuple(dict.fromkeys(e for e in found if e.kind is EntityKind.STATE))

    # --- who stands beside them -----------------------------------------------------------------------------------

    def imposers(self, trigger: int, targets: frozenset[str]) -> tuple[Entity, ...]:
        """Return the bodies that stand at the word as those whose sanctions they are, the targets left out."""
        targets |= {e.id for e in self.in_front(trigger)}
        for noun in self.nouns(trigger):
            for slot in _IMPOSER_SLOTS:
                found = [e for i in self.syntax.slot(noun, slot) for e in agents_with_conjuncts(self.linked, i)]
                bodies = tuple(e for e in found if e.kind is not EntityKind.OFFICIAL and e.id not in targets)
                if bodies:
                    return bodies
        return ()

    def targets(self, trigger: int) -> tuple[Entity, ...]:
        """Return whose people or places the sanctions are on ("on Haitian elites", "the embargo on Darfur")."""
        heads = [i for j in (trigger, *self.nouns(trigger)) for i in self.syntax.slot(j, "on|against")]
        beside = [j for i in heads for slot in _TARGET_SLOTS for j in self.syntax.slot(i, slot)]
        found = [e for i in (*heads, *beside) for e in places(self.linked, i) if e.kind is EntityKind.STATE]
        found += [e for i in beside for e in agents_with_conjuncts(self.linked, i)]
        return tuple(dict.fromkeys(found))

    def unnamed_targets(self, trigger: int) -> tuple[Entity, ...]:
        """Return the people or firms without a name that the sanctions are on ("on two magnates")."""
        heads = [i for j in (trigger, *self.nouns(trigger)) for i in self.syntax.slot(j, "on|against")]
        every = [h for i in heads for h in (i, *self.syntax.conjuncts(i))]
        return tuple(dict.fromkeys(e for h in every if (e := unnamed_party(self.syntax, h)) is not None))

    def headings(self) -> Iterator[tuple[int, tuple[Entity, ...]]]:
        """Yield the first token of every item of a round-up that has a heading, and the bodies the heading names.

        Such an item is "* Japan / Russia: Tokyo tightened its export ban on Thursday."
        """
        for sentence in self.doc.sentences:
            first = self.doc.tokens[sentence.start : min(sentence.start + _HEADING_TOKENS, sentence.end)]
            colon = next((t.i for t in first if t.text == ":"), None)
            if colon is not None and first[0].text in _BULLETS:
                named = [e for i in range(sentence.start, colon) for e in self.linked.references.get(i, ())]
                yield sentence.start, tuple(dict.fromkeys(e for e in named if e.kind is not EntityKind.OFFICIAL))


def _abbreviation(word: str) -> bool:
    """Tell whether a word is short and in capitals, such as "US", "U.S." or "UK"."""
    letters = word.replace(".", "")
    return letters.isupper() and len(letters) <= _SHORT
