"""Who says it: the chain of sources a claim is attributed to (source, cue, content, as in PARC 3.0).

Three constructions give a link: a reporting verb whose complement holds the event ("Ushakov said ..."), an
"according to" phrase, and a quotation whose speaker stands outside the quotation marks, in the same sentence or, for
the later sentences of a long quotation, in an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kb.extract.lexicon import Lexicon
from kb.extract.syntax import Syntax
from kb.link import agents, agents_with_conjuncts
from kb.model import Attribution, Entity, LinkedDocument, Token

_OPEN, _CLOSE, _STRAIGHT = "“«", "”»", '"'
_CONTENT = ("ccomp", "parataxis", "advcl", "acl", "xcomp", "dep")
_ADDRESSING = ("tell", "inform", "assure", "remind", "warn", "quote", "cite", "ask")
_SUBORDINATING = ("when", "after", "before", "while", "if", "because", "although", "though", "since", "where", "once")
_HEADED_WORDS = 7
"""At most so many words before the colon of "Foreign Minister Ana Duarte: ..."."""
_ACCORDING = ("according to",)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens [start, end) between quotation marks, and the reporting verb that introduces them, if found."""

    start: int
    end: int
    verb: int | None


class AttributionReader:
    """Reads the chain of sources for tokens of one document."""

    def __init__(self, linked: LinkedDocument, syntax: Syntax, lexicon: Lexicon) -> None:
        self.linked = linked
        self.doc = linked.doc
        self.syntax = syntax
        self.lexicon = lexicon

    def chain(self, trigger: int) -> tuple[Attribution, ...]:
        """Return the links from the one whom the article quotes (first) to the innermost speaker (last)."""
        found: list[Attribution] = []
        verbs: set[int] = set()
        for node in (trigger, *self.doc.ancestors(trigger)):
            found.extend(self._according_to(node))
            verb = self._reporting_verb(node)
            if verb is not None and verb not in verbs:
                verbs.add(verb)
                found.append(self._link(verb))
        found.extend(self._quoted(trigger, verbs) or self._headed(trigger, found))
        return tuple(reversed(_distinct(found)))

    def speaker_of(self, verb: int) -> tuple[Entity, ...]:
        """Return who says it, for a reporting verb: its subject, or the agent of "was quoted as saying"."""
        for subject in self.syntax.subjects(verb) or self.syntax.slot(verb, "clause"):
            found = agents_with_conjuncts(self.linked, subject) or self._report_of(subject)
            if found:
                return found
        return ()

    # --- reporting verbs ------------------------------------------------------------------------------------------

    def _reporting_verb(self, node: int) -> int | None:
        """Return the reporting verb whose content clause `node` heads, whichever of the two governs the other."""
        token = self.doc.tokens[node]
        governor = self.doc.tokens[token.head]
        if token.head != node and token.dep in _CONTENT and self.is_reporting(governor.i):
            return governor.i if self._is_content(node, governor.i) else None
        if token.dep == "acl" and governor.dep in ("obj", "nsubj:pass") and self._accused_of(token, governor):
            return governor.head
        for child in self.doc.children[node]:  # "The talks failed, Lavrov said": the verb is a parataxis below
            dependent = self.doc.tokens[child]
            if dependent.dep in ("parataxis", "advcl") and self.is_reporting(child) and self._bare(child):
                return child
        return None

    def _accused_of(self, token: Token, noun: Token) -> bool:
        """Tell whether the parser hung the content of "accuse X of doing it" on X."""
        verb = self.doc.tokens[noun.head]
        doubtful = verb.upos == "VERB" and verb.lemma in self.lexicon.words("doubtful-verb")
        return doubtful and self._marked(token.i, ("of", "for"))

    def is_reporting(self, i: int) -> bool:
        """Tell whether token i is a verb or noun of saying."""
        token = self.doc.tokens[i]
        if token.upos == "VERB":
            return token.lemma in self.lexicon.words("reporting-verb")
        return token.upos == "NOUN" and token.lemma in self.lexicon.words("reporting-noun")

    def _is_content(self, node: int, verb: int) -> bool:
        """Tell content ("said that he left") from adjuncts ("said after he left", "said, pointing at the map")."""
        token = self.doc.tokens[node]
        if token.dep in ("ccomp", "parataxis"):
            return True
        if token.dep == "acl":
            return self.doc.tokens[verb].upos == "NOUN" and self._marked(node, ("that", ""))
        if token.dep == "advcl":
            return self._marked(node, ("as", "of", "that")) and self.doc.tokens[verb].lemma != "be"
        doubtful = self.doc.tokens[verb].lemma in self.lexicon.words("doubtful-verb")  # "accused of", "claims to have"
        return token.dep == "xcomp" and (doubtful or self.syntax.is_passive(verb))  # "is said to have sent"

    def _marked(self, node: int, marks: tuple[str, ...]) -> bool:
        return self.syntax.case_of(node) in marks

    def _bare(self, verb: int) -> bool:
        """Tell whether a reporting verb lacks a content clause of its own, so that it reports its governor."""
        deps = {self.doc.tokens[c].dep for c in self.doc.children[verb]}
        if self._subordinate(verb) or ("obj" in deps and self.doc.tokens[verb].lemma not in _ADDRESSING):
            return False  # "when it was announced", "he denied it"
        return ("ccomp" not in deps and bool(deps & {"nsubj", "nsubj:pass"})) or self._as_said(verb)

    def _subordinate(self, verb: int) -> bool:
        """Tell whether a conjunction other than "as" puts the clause of a reporting verb below another."""
        marks = [c for c in self.doc.children[verb] if self.doc.tokens[c].dep in ("mark", "advmod") and c < verb]
        return any(self.doc.tokens[c].text.lower() in _SUBORDINATING for c in marks)

    def _as_said(self, verb: int) -> bool:
        return self.syntax.case_of(verb) == "as"

    def _link(self, verb: int) -> Attribution:
        token = self.doc.tokens[verb]
        if token.upos == "NOUN":
            sources = tuple(e for i in self.syntax.subjects(verb) for e in agents_with_conjuncts(self.linked, i))
        else:
            sources = self.speaker_of(verb)
        return Attribution(sources, token.text, self.commitment(token.lemma))

    def commitment(self, lemma: str) -> str:
        """Return what a cue says of its content: factive, doubtful, denying, else neutral."""
        for name in ("factive", "doubtful", "denying"):
            if lemma in self.lexicon.words(f"{name}-verb"):
                return name
        return "neutral"

    # --- according to ---------------------------------------------------------------------------------------------

    def _according_to(self, node: int) -> list[Attribution]:
        found = []
        for child in self.doc.children[node]:
            token = self.doc.tokens[child]
            if token.dep.split(":")[0] in ("obl", "nmod", "advcl") and self._is_according(child):
                sources = agents_with_conjuncts(self.linked, child) or self._report_of(child)
                found.append(Attribution(sources, "according to", "neutral"))
        return found

    def _is_according(self, i: int) -> bool:
        return self.syntax.case_of(i) in _ACCORDING or self.doc.tokens[i].lemma == "accord"

    def _report_of(self, i: int) -> tuple[Entity, ...]:
        """Return the body behind a source noun: "according to a report by the institute"."""
        places = [*self.syntax.slot(i, "author"), *self.syntax.slot(i, "to")]
        return tuple(e for j in places for e in agents_with_conjuncts(self.linked, j))

    # --- quotations -----------------------------------------------------------------------------------------------

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Every quotation of the document with the verb that introduces it."""
        found: list[Quotation] = []
        for start, end in self._quoted_ranges():
            verb = self._introducing_verb(start, end)
            if verb is None and found and self._continues(found[-1], start):
                verb = found[-1].verb
            found.append(Quotation(start, end, verb))
        return tuple(found)

    def _quoted_ranges(self) -> list[tuple[int, int]]:
        ranges, opened = [], None
        for token in self.doc.tokens:
            if opened is not None and self._paragraph_break(token.i):
                opened = None if token.text not in (*_OPEN, _STRAIGHT) else opened
            if token.text in _OPEN or (token.text in (_STRAIGHT, "``") and opened is None):
                opened = token.i + 1
            elif opened is not None and (token.text in _CLOSE or token.text in (_STRAIGHT, "''")):
                ranges.append((opened, token.i))
                opened = None
        return ranges

    def _paragraph_break(self, i: int) -> bool:
        if i == 0:
            return False
        return "\n" in self.doc.article.text[self.doc.tokens[i - 1].end : self.doc.tokens[i].start]

    def _introducing_verb(self, start: int, end: int) -> int | None:
        """Return the nearest reporting verb outside the marks, in the sentences the quotation touches."""
        first = self.doc.sentences[self.doc.tokens[start].sentence].start
        last = self.doc.sentences[self.doc.tokens[max(start, end - 1)].sentence].end
        after = [i for i in range(end, min(last, end + 15)) if self._says(i)]
        before = [i for i in range(start - 1, max(first, start - 25) - 1, -1) if self._says(i)]
        if end < last and after and (not before or after[0] - end <= start - before[0]):
            return after[0]
        return before[0] if before else self._next_sentence_verb(end, last)

    def _next_sentence_verb(self, end: int, last: int) -> int | None:
        """Return the verb of a following '... ," he said.' that the sentence splitter cut off."""
        stop = min(len(self.doc.tokens), last + 8)
        if last - end > 1 or self._paragraph_break(min(last, len(self.doc.tokens) - 1)):
            return None
        return next((i for i in range(last, stop) if self._says(i)), None)

    def _says(self, i: int) -> bool:
        token = self.doc.tokens[i]
        return token.upos == "VERB" and token.lemma in self.lexicon.words("reporting-verb") and token.xpos != "VBG"

    def _continues(self, previous: Quotation, start: int) -> bool:
        """Tell whether a quotation goes on from the one before: nothing but punctuation and one reporting clause."""
        return previous.verb is not None and start - previous.end <= 12 and not self._paragraph_break(start - 1)

    def _headed(self, trigger: int, links: list[Attribution]) -> list[Attribution]:
        """Return who speaks in "Duarte: no deal with Chad", where nobody else is said to."""
        sentence = self.doc.sentences[self.doc.tokens[trigger].sentence]
        head = range(sentence.start, min(sentence.start + _HEADED_WORDS, trigger))
        colon = next((i for i in head if self.doc.tokens[i].text == ":"), None)
        if links or colon is None or any(self.doc.tokens[i].upos in ("VERB", "AUX") for i in range(head.start, colon)):
            return []
        named = (agents(self.linked, i) for i in range(colon - 1, head.start - 1, -1))
        sources = next(filter(None, named), ())
        return [Attribution(sources, ":", "neutral")] if len(sources) == 1 else []

    def _quoted(self, trigger: int, verbs: set[int]) -> list[Attribution]:
        for quotation in self.quotations:
            inside = quotation.start <= trigger < quotation.end
            if inside and quotation.verb is not None and quotation.verb not in verbs:
                return [self._link(quotation.verb)]
        return []


def _distinct(links: list[Attribution]) -> list[Attribution]:
    """Drop links that repeat a speaker (a quotation inside its own reporting clause)."""
    found: list[Attribution] = []
    for link in links:
        if not any(link.sources and link.sources == other.sources for other in found):
            found.append(link)
    return found
