"""Whether the text presents an event as fact: the axes of certainty, polarity and time.

`read_modality` walks from the trigger up the tree and collects what every cue on the way does to the event: its own
auxiliaries and adverbs, the verbs and nouns that govern it, the conjunction of its clause. Cues are data
(`data/lexicon/cues.toml`, effects in `kb.extract.lexicon.EFFECTS`); the walk follows FactBank (Sauri and Pustejovsky
2009): a cue reaches as far down as its complement, and not into relative clauses. Who says it is
`kb.extract.attribution`; `label` joins the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kb.extract.lexicon import Cue, Lexicon
from kb.extract.syntax import Syntax
from kb.extract.tense import Tense
from kb.model import Attribution, Certainty, Factuality, FactualityLabel, Polarity, Temporal, Token, ZoneKind

_ENDING = frozenset({"cancelled", "postponed", "prevented"})
_AHEAD = frozenset({"planned", "expected"})
_TO_COME = ("due", "set", "about", "slated", "scheduled")
_CLAUSE_ENDS = frozenset({"acl:relcl", "advcl:relcl", "parataxis", "appos", "list"})
_CORE = {"nsubj": "subj", "nsubj:pass": "obj", "obj": "obj", "csubj": "subj", "csubj:pass": "obj"}


@dataclass
class Modality:
    """What the cues between the trigger and the top of its clause say, innermost first."""

    effects: list[str] = field(default_factory=list)
    temporal: Temporal = Temporal.PAST

    def has(self, *names: str) -> bool:
        """Tell whether one of the effects was met."""
        return any(name in self.effects for name in names)


class ModalityReader:
    """Reads modality off the tree, with the cues of one lexicon."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon) -> None:
        self.syntax = syntax
        self.lexicon = lexicon
        self.doc = syntax.doc
        self.tense = Tense(syntax, lexicon)

    def read(self, trigger: int) -> Modality:
        """Return the modality of the event that token `trigger` evokes."""
        modality = Modality()
        for node, relation in self._path(trigger):
            if relation:
                self._add(modality, self._fulfilled(node, self._cues(node, relation)))
                self._later_cues(node, relation, modality)
            self._own_cues(node, modality, innermost=not relation)
        modality.temporal = self._temporal(trigger, modality)
        return modality

    def _later_cues(self, node: int, relation: str, modality: Modality) -> None:
        """Add what a verb beside the governor does to their common subject: "was announced but was dropped"."""
        if relation not in ("subj", "obj"):
            return
        for verb in self.syntax.conjuncts(node):
            own = any(self.doc.tokens[c].dep.startswith("nsubj") and c > node for c in self.doc.children[verb])
            role = "obj" if self.syntax.is_passive(verb) else "subj"
            if not own:
                self._add(modality, tuple(c for c in self._cues(verb, role) if c.effect in _ENDING))

    def _temporal(self, trigger: int, modality: Modality) -> Temporal:
        return Temporal.FUTURE if modality.has("planned", "expected", "proposed") else self.tense.of(trigger)

    # --- the way up -----------------------------------------------------------------------------------------------

    def _path(self, trigger: int) -> Iterator[tuple[int, str]]:
        """Yield the trigger, then each governor whose cues reach it, with the relation that leads to it."""
        yield trigger, ""
        node = trigger
        for _ in range(12):
            token = self.doc.tokens[node]
            relation = self.relation(token)
            if token.head == node or not relation or not self._reaches(token, relation):
                return
            node = token.head
            yield node, relation

    def relation(self, token: Token) -> str:
        """Return how a token hangs on its head: subj, obj, xcomp, ccomp, acl, conj, a preposition, or "" at the end."""
        dep = token.dep
        if dep == "acl:relcl" and self._of_concern(token.head):
            return "relcl"
        if token.head == token.i or dep in _CLAUSE_ENDS or self._is_reduced_relative(token):
            return ""
        if dep in _CORE:
            return _CORE[dep]
        if dep.split(":")[0] in ("obl", "nmod") and dep != "nmod:poss":
            return self.syntax.case_of(token.i) or "mod"
        if dep == "advcl":
            return self._adverbial(token)
        return dep

    def _is_reduced_relative(self, token: Token) -> bool:
        """Tell whether a participle is a relative clause of its own: "a treaty proposed by Kenya was rejected"."""
        return token.dep == "acl" and token.xpos == "VBN" and not self.syntax.case_of(token.i)

    def _of_concern(self, i: int) -> bool:
        """Tell whether noun i is what a concern or rumour is about: then so is what its relative clause says."""
        token = self.doc.tokens[i]
        relation = self.syntax.case_of(i)
        return token.head != i and any(cue.effect == "doubtful" for cue in self._cues(token.head, relation))

    def _adverbial(self, token: Token) -> str:
        """Return "if", "without" ... for an adverbial clause with a cue of its own, "purpose" for a to-infinitive."""
        marks = self.syntax.case_of(token.i)
        if marks == "to" or marks.endswith(" to"):
            return "purpose"
        if token.xpos == "VBG" and not marks:
            return "participle"
        return marks or "advcl"

    def _reaches(self, token: Token, relation: str) -> bool:
        """Tell whether the governor's own cues reach the event, so that the walk goes on."""
        governor = self.doc.tokens[token.head]
        if relation in ("xcomp", "conj", "acl", "purpose", "relcl"):
            return relation != "conj" or self._shares_auxiliaries(token, governor)
        if relation == "ccomp":
            return bool(self._cues(governor.i, relation))
        if relation == "in" and self._is_manner(token):
            return True
        return bool(self._cues(governor.i, relation)) or self._carries(token, governor, relation)

    def _is_manner(self, token: Token) -> bool:
        """Tell whether a noun only says how its clause's act is done: "in defiance of", "in violation of"."""
        deps = {self.doc.tokens[c].dep for c in self.doc.children[token.i]}
        return token.upos == "NOUN" and "det" not in deps and bool(self.syntax.slot(token.i, "of"))

    def _shares_auxiliaries(self, token: Token, governor: Token) -> bool:
        """Tell whether a conjunct stands under its head's auxiliaries ("will meet Xi and visit Seoul")."""
        if token.upos != "VERB":
            return True
        own = {self.doc.tokens[c].dep for c in self.doc.children[token.i]}
        return not own & {"aux", "aux:pass", "nsubj", "nsubj:pass"} and token.xpos == governor.xpos

    def _carries(self, token: Token, governor: Token, relation: str) -> bool:
        """Tell whether the governor only carries an event noun: a support verb, or "the talks begin"."""
        if governor.upos not in ("VERB", "AUX"):
            return False
        if relation in ("subj", "obj") and governor.lemma in self.lexicon.words("happen-verb"):
            return True
        return self.syntax.support_verb(token.i) == governor.i

    # --- cues -----------------------------------------------------------------------------------------------------

    def _cues(self, i: int, relation: str) -> tuple[Cue, ...]:
        token = self.doc.tokens[i]
        pos = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}.get(token.upos, "")
        lemmas = (token.lemma.lower(), f"{token.lemma.lower()} {self.syntax.particle(i)}")
        found = [cue for lemma in lemmas for cue in self.lexicon.cues_by_word.get((pos, lemma), ())]
        return tuple(cue for cue in found if relation in cue.at)

    def _add(self, modality: Modality, cues: tuple[Cue, ...]) -> None:
        modality.effects.extend(cue.effect for cue in cues)

    def _fulfilled(self, i: int, cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
        return tuple(replace(cue, effect=self.came_true(i, cue.effect)) for cue in cues)

    def came_true(self, i: int, effect: str) -> str:
        """Return "cancelled" for a plan told in the past perfect, which came to nothing: "had been due to visit"."""
        unfulfilled = self.doc.tokens[i].lemma.lower() in self.lexicon.words("plan-word")
        return "cancelled" if effect in _AHEAD and unfulfilled and self.tense.is_past_perfect(i) else effect

    def _own_cues(self, i: int, modality: Modality, *, innermost: bool) -> None:
        """Add what the token's own auxiliaries, adverbs, determiners, clause mark, "neither" and "nor" say."""
        token = self.doc.tokens[i]
        own = ("aux", "advmod", "det", "cop", "amod", "mark", "case", *(("cc",) if innermost else ()))
        for child in self.doc.children[i]:
            dependent = self.doc.tokens[child]
            if dependent.dep.startswith(own):
                self._add(modality, self._word_cues(dependent))
            if dependent.dep == "acl" and dependent.xpos == "VBN":  # "talks planned for last week"
                self._add(modality, self.lexicon.cues_by_word.get(("amod", dependent.text.lower()), ()))
            if dependent.text.lower() == "longer" and self._no_longer(child):  # "will no longer attend"
                modality.effects.append("negative")
        self._settle_would(token, modality)
        if token.xpos == "VB" and token.dep in ("root", "acl", "xcomp") and self._to_headline(token):
            modality.effects.append("planned")
        if self._have_to(token):
            modality.effects.append("proposed")
        if self._be_to(token):
            modality.effects.append("planned" if token.xpos == "VB" else "cancelled")

    def _no_longer(self, i: int) -> bool:
        return i > 0 and self.doc.tokens[i - 1].text.lower() == "no"

    def _settle_would(self, token: Token, modality: Modality) -> None:
        """Read "would" as the future of reported speech ("said he would visit"), else as hypothetical."""
        if "would" not in modality.effects:
            return
        while token.dep == "conj" and token.head != token.i:  # "said he regretted it and would go"
            token = self.doc.tokens[token.head]
        governor = self.doc.tokens[token.head]
        reported = token.dep in ("ccomp", "parataxis") and governor.lemma in self.lexicon.words("reporting-verb")
        modality.effects[modality.effects.index("would")] = "planned" if reported else "hypothetical"

    def _word_cues(self, token: Token) -> tuple[Cue, ...]:
        key = {"aux": "aux", "advmod": "adv", "det": "det", "amod": "amod", "mark": "mark", "case": "mark", "cc": "adv"}
        pos = key.get(token.dep.split(":")[0], "")
        return self.lexicon.cues_by_word.get((pos, token.text.lower()), ()) or self.lexicon.cues_by_word.get(
            (pos, token.lemma.lower()), ()
        )

    def _to_headline(self, token: Token) -> bool:
        """Tell whether this is a headline's "Putin to visit Hanoi"."""
        if self.doc.sentences[token.sentence].zone is not ZoneKind.TITLE:
            return False
        governor = self.doc.tokens[token.head]
        marked = any(self.doc.tokens[c].lemma == "to" for c in self.doc.children[token.i] if c < token.i)
        return marked and (token.head == token.i or governor.upos == "PROPN")

    def _have_to(self, token: Token) -> bool:
        """Tell whether the verb stands in "has to ratify", "has yet to ratify": it is not done."""
        to = any(self.doc.tokens[c].text.lower() == "to" for c in self.doc.children[token.i] if c < token.i)
        return to and token.dep == "xcomp" and token.xpos == "VB" and self.doc.tokens[token.head].lemma == "have"

    def _be_to(self, token: Token) -> bool:
        """Tell whether the verb stands in "is to meet", or in "was to have met", which did not come about."""
        before = [self.doc.tokens[c] for c in self.doc.children[token.i] if c < token.i]
        to = next((t for t in before if t.lemma == "to" and t.dep == "mark"), None)
        unfulfilled = token.xpos == "VBN" and any(t.text.lower() == "have" and t.dep == "aux" for t in before)
        if not (token.xpos == "VB" or unfulfilled) or to is None or to.i == 0:
            return False
        previous = self.doc.tokens[to.i - 1]
        if previous.text.lower() in _TO_COME and previous in before:  # "is due to meet", with "due" as its mark
            return True
        return previous.lemma == "be" and previous.i in (token.head, *(t.i for t in before))


def label(modality: Modality, chain: tuple[Attribution, ...], *, third_party: bool) -> Factuality:
    """Join modality and attribution to the four axes and one label.

    `third_party`: the innermost source speaks of a hostile or hidden act of somebody else, which makes it alleged.
    """
    commitment = chain[-1].commitment if chain else ""
    negative = modality.effects.count("negative") % 2 == 1
    polarity = Polarity.NEGATIVE if negative or commitment == "denying" else Polarity.POSITIVE
    name = _label(modality, commitment, negative, third_party)
    return Factuality(name, _certainty(modality, name), polarity, modality.temporal, chain)


def _label(modality: Modality, commitment: str, negative: bool, third_party: bool) -> FactualityLabel:
    settled = FactualityLabel.DENIED if commitment == "denying" else _first(modality, _SETTLING)
    if settled is not None:
        return settled
    if negative or modality.has("prevented"):
        return FactualityLabel.DENIED if third_party else FactualityLabel.NOT_OCCURRED
    modal = _first(modality, _MODAL)
    if modal is not None:
        return modal
    if commitment == "doubtful" or third_party or modality.has("doubtful"):
        return FactualityLabel.ALLEGED
    if modality.temporal is Temporal.PRESENT or modality.has("ongoing"):
        return FactualityLabel.ONGOING
    return FactualityLabel.OCCURRED


def _first(modality: Modality, table: Labels) -> FactualityLabel | None:
    return next((name for effect, name in table if modality.has(effect)), None)


Labels = tuple[tuple[str, FactualityLabel], ...]
"""The label that each effect gives, the strongest first."""

_SETTLING: Labels = (
    ("denied", FactualityLabel.DENIED),
    ("postponed", FactualityLabel.POSTPONED),
    ("cancelled", FactualityLabel.CANCELLED),
)
_MODAL: Labels = (
    ("hypothetical", FactualityLabel.HYPOTHETICAL),
    ("possible", FactualityLabel.POSSIBLE),
    ("proposed", FactualityLabel.PROPOSED),
    ("expected", FactualityLabel.EXPECTED),
    ("probable", FactualityLabel.POSSIBLE),
    ("planned", FactualityLabel.PLANNED),
)


def _certainty(modality: Modality, name: FactualityLabel) -> Certainty:
    if name in (FactualityLabel.POSSIBLE, FactualityLabel.HYPOTHETICAL):
        return Certainty.PROBABLE if modality.has("probable") else Certainty.POSSIBLE
    if name in (FactualityLabel.EXPECTED, FactualityLabel.ALLEGED):
        return Certainty.PROBABLE if name is FactualityLabel.EXPECTED else Certainty.UNDERSPECIFIED
    return Certainty.CERTAIN
