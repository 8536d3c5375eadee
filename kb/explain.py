"""Why a fact is in the base: its sentence and parse, the rule that fired, and how each slot was filled.

The claim itself is read from the store; the parse and the matches are made again from the stored text, with the same
model and rules. Where the store does not keep the text, only what the graph says can be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from kb.errors import NotFoundError
from kb.model import stretch
from kb.pipeline import Reader
from kb.settings import BASE_IRI, Settings

if TYPE_CHECKING:
    from kb.extract import Lexicon
    from kb.intake import Input
    from kb.model import Argument, Claim, Document, Entity, LinkedDocument
    from kb.store import Store

_FIND = """
PREFIX dem: <https://w3id.org/demarche/ontology#>
SELECT DISTINCT ?claim ?article WHERE {{
  {condition}
  GRAPH ?article {{ ?claim a dem:Claim . ?article a dem:Article }}
}} ORDER BY ?claim
"""
_ITSELF_OR_OF_EVENT = "{{ BIND({iri} AS ?claim) }} UNION {{ {iri} <https://w3id.org/demarche/ontology#claim> ?claim }}"
_SO_NAMED = 'FILTER(STRENDS(STR(?claim), CONCAT("#", {name})))'
_TEXT = """
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
SELECT ?text WHERE {{ GRAPH <{article}> {{ <{article}> nif:isString ?text }} }}
"""


@dataclass(frozen=True)
class Explanation:
    """What is known about one claim; the last four are empty where it cannot be read again (see `note`)."""

    fact: dict[str, Any]
    article: dict[str, Any]
    rule: dict[str, Any] = field(default_factory=dict)
    sentence: str = ""
    parse: tuple[dict[str, Any], ...] = ()
    slots: tuple[dict[str, str], ...] = ()
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the explanation for JSON output."""
        return {
            "fact": self.fact,
            "article": self.article,
            "rule": self.rule,
            "sentence": self.sentence,
            "parse": list(self.parse),
            "slots": list(self.slots),
            "note": self.note,
        }

    def as_text(self) -> str:
        """Return the explanation as lines to read."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        fact, article = self.fact, self.article
        yield f"{fact['type']} ({fact['status']}), {fact['iri']}"
        yield f"article: {article.get('title') or article.get('source')} ({article.get('published') or 'undated'})"
        yield f"evidence: characters {fact['evidence']['start']}-{fact['evidence']['end']}"
        yield f"  {fact['evidence'].get('quote') or '(the store keeps no quotes)'}"
        said_by = ", ".join(agent["name"] for agent in fact.get("said_by", ()))
        yield f"said by: {said_by or 'the article itself'}"
        yield f"rule: {fact['rule']}, triggered by “{fact.get('trigger') or '?'}”"
        for example in self.rule.get("yes", ()):
            yield f"  fires on: {example}"
        for slot in self.slots:
            yield f"  {slot['role']} = {slot['value']}" + (f"  ({slot['how']})" if slot["how"] else "")
        if self.sentence:
            yield f"sentence: {self.sentence}"
        for token in self.parse:
            yield "  {i:>4} {text:<18} {lemma:<16} {upos:<6} {dep:<14} {head}".format_map(token)
        if self.note:
            yield f"note: {self.note}"


def explain(store: Store, reference: str, settings: Settings) -> tuple[Explanation, ...]:
    """Return the explanations of what `reference` means: a claim, or an event, which rests on one or more claims.

    It is an IRI, as it is or as tables show it (``article/3f2a#visit-91c2``, ``id/event/61fa``), or the part of a
    claim's IRI after the #, which claims of several articles may share.

    Raises:
        NotFoundError: there is no such claim or event.
    """
    reader = Reader(settings)
    return tuple(_explained(store, claim, article, reader) for claim, article in _find(store, reference))


def _explained(store: Store, claim: str, article: str, reader: Reader) -> Explanation:
    view = reader.flat.article_view(store.graph(article))
    fact = next(fact for fact in view["facts"] if fact["iri"] == claim)
    bare = Explanation(fact, view["article"])
    texts = store.select(_TEXT.format(article=article)).rows
    if not texts or texts[0][0] is None:
        return _noted(bare, "the store does not keep the article's text, so it cannot be read again")
    return _read_again(bare, reader, texts[0][0].value)


def _find(store: Store, reference: str) -> list[tuple[str, str]]:
    """Return the claims that are meant, each with its article."""
    rows = store.select(_FIND.format(condition=_condition(reference))).rows
    found = [(row[0].value, row[1].value) for row in rows if row[0] is not None and row[1] is not None]
    if not found:
        raise NotFoundError(f"no fact {reference} in {store.location}")
    return found


def _condition(reference: str) -> str:
    import pyoxigraph as ox

    if "/" not in reference:
        return _SO_NAMED.format(name=ox.Literal(reference))
    try:
        iri = ox.NamedNode(reference if ":" in reference else BASE_IRI + reference)
    except ValueError as error:
        raise NotFoundError(f"{reference}: neither an IRI nor the name of a fact") from error
    return _ITSELF_OR_OF_EVENT.format(iri=iri)


def _noted(explanation: Explanation, note: str) -> Explanation:
    return Explanation(explanation.fact, explanation.article, note=note)


def _read_again(bare: Explanation, reader: Reader, text: str) -> Explanation:
    from kb import extract

    linked = reader.linked(_input(bare.article, text))
    claims = extract.extract(linked, reader.lexicon, reader.gazetteer.regime_of).claims
    claim = next((c for c in claims if bare.fact["iri"].endswith("#" + c.id)), None)
    if claim is None:
        return _noted(bare, "the rules or the model have changed since: they no longer make this claim")
    first, last = _sentence(linked.doc, claim)
    return Explanation(
        bare.fact,
        bare.article,
        _rule(reader.lexicon, claim.rule),
        linked.doc.words(first, last),
        tuple(_token(linked.doc, i) for i in range(first, last)),
        (*(_slot(argument, linked) for argument in claim.arguments), *_time(claim)),
    )


def _input(article: dict[str, Any], text: str) -> Input:
    from kb.intake import Input
    from kb.model import ArticleInfo

    published = article.get("published")
    info = ArticleInfo(
        article.get("title"),
        article.get("url"),
        date.fromisoformat(published) if published else None,
        article.get("publisher"),
    )
    return Input(article.get("source") or "store", None, text.encode(), "text", info)


def _sentence(doc: Document, claim: Claim) -> tuple[int, int]:
    inside = next(s for s in doc.sentences if doc.tokens[s.end - 1].end > claim.trigger.start)
    return inside.start, inside.end


def _rule(lexicon: Lexicon, rule_id: str) -> dict[str, Any]:
    """Return the rule's trigger words, roles and examples; only its id for what the engine finds by itself."""
    for rule in lexicon.rules:
        if rule.id == rule_id:
            roles = {role.name: list(role.at) for role in rule.roles}
            return {"id": rule.id, "triggers": sorted(rule.triggers), "roles": roles, "yes": list(rule.yes)}
    return {"id": rule_id}


def _token(doc: Document, i: int) -> dict[str, Any]:
    token = doc.tokens[i]
    head = "root" if token.head == i else doc.tokens[token.head].text
    return {"i": i, "text": token.text, "lemma": token.lemma, "upos": token.upos, "dep": token.dep, "head": head}


def _slot(argument: Argument, linked: LinkedDocument) -> dict[str, str]:
    value: Entity | str | int = argument.value
    name = value if isinstance(value, str | int) else f"{value.name} [{value.id}]"
    return {
        "role": argument.role,
        "value": str(name),
        "how": ", ".join(filter(None, [argument.how, *_words(argument, linked)])),
    }


def _words(argument: Argument, linked: LinkedDocument) -> Iterator[str]:
    """Yield the words that fill the slot, and how they were linked to an entity."""
    if argument.span is None:
        return
    for mention in linked.mentions:
        if linked.doc.tokens[mention.head].start == argument.span.start:
            yield f"“{linked.doc.words(mention.start, mention.end)}”"
            yield f"linked by {mention.how}"
            return
    yield f"“{argument.span.of(linked.doc.article.text)}”"


def _time(claim: Claim) -> Iterator[dict[str, str]]:
    if claim.time is not None:
        value = stretch(claim.time.value, claim.time.end_value)
        yield {"role": "time", "value": value, "how": f"“{claim.time_text}”" if claim.time_text else ""}
