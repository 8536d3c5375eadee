"""Small questions to a dependency tree (Universal Dependencies v2) that all of linking asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kb.model import Document, Token

COORDINATED = ("conj", "flat", "appos", "nmod:desc", "compound")
POSSESSIVES = ("'s", "’s", "'", "’")
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
ARGUMENTS = ("obj", "obl", "obl:agent", "nmod", "nmod:poss", "iobj")


def joined(left: Token, right: Token) -> bool:
    """Tell whether two tokens stand without a space between them ("Seoul" and "-")."""
    return left.end == right.start


def breaks(doc: Document, i: int) -> bool:
    """Tell whether a new line of the text begins at token i."""
    return i == 0 or "\n" in doc.article.text[doc.tokens[i - 1].end : doc.tokens[i].start]


def is_plural(token: Token) -> bool:
    """Tell whether a noun is plural by its tag."""
    return token.xpos in ("NNS", "NNPS")


def is_subject(token: Token) -> bool:
    """Tell whether a token is the subject of its head."""
    return token.dep.startswith("nsubj")


def is_argument(token: Token) -> bool:
    """Tell whether a token is a subject, object, oblique or possessor, and no part of a name."""
    return is_subject(token) or token.dep in ARGUMENTS


def listed(doc: Document, i: int, lemmas: Collection[str]) -> bool:
    """Tell whether noun i is among the lemmas, alone or with the word before it ("air force")."""
    lemma = doc.tokens[i].lemma.lower()
    return lemma in lemmas or (i > 0 and f"{doc.tokens[i - 1].text.lower()} {lemma}" in lemmas)


def span_head(doc: Document, start: int, end: int) -> int:
    """Return the token of [start, end) whose head lies outside, the last one where there are several."""
    outside = [i for i in range(start, end) if not start <= doc.tokens[i].head < end or doc.tokens[i].head == i]
    return outside[-1] if outside else end - 1


def children(doc: Document, i: int, *deps: str) -> list[int]:
    """Return the dependents of token i with one of the relations."""
    below = doc.children[i]
    return [c for c in below if doc.tokens[c].dep in deps] if below else []


def subjects(doc: Document, i: int) -> list[int]:
    """Return the subjects of token i."""
    return children(doc, i, *SUBJECTS)


def conjuncts(doc: Document, i: int) -> Iterator[int]:
    """Yield what is coordinated below token i: B and C for A in "A, B and C"."""
    for child in children(doc, i, "conj"):
        yield child
        yield from conjuncts(doc, child)


def top(doc: Document, i: int) -> int:
    """Return the head of the noun phrase in which token i is coordinated, apposed or part of a name."""
    while doc.tokens[i].dep in COORDINATED and doc.tokens[i].head != i:
        head = doc.tokens[i].head
        if doc.tokens[i].dep == "compound" and doc.tokens[head].upos == "VERB":  # a subject that the parser mistook
            break
        i = head
    return i


def preposition(doc: Document, i: int) -> str:
    """Return the preposition of a noun phrase in lower case ("out of" as one), or ""."""
    return " ".join(doc.tokens[c].text.lower() for c in children(doc, i, "case") if c < i)


def determiners(doc: Document, i: int) -> set[str]:
    """Return the articles, numerals and other words that determine a noun, in lower case."""
    found = children(doc, i, "det", "det:predet", "nummod", "cc:preconj", "nmod:poss")
    return {doc.tokens[c].text.lower() for c in found if c < i}


def antecedent(doc: Document, i: int) -> int | None:
    """Return the noun that a relative pronoun stands for: above its clause, else right before its comma; or None."""
    for ancestor in doc.ancestors(i):
        if doc.tokens[ancestor].dep in ("acl:relcl", "advcl:relcl"):
            return doc.tokens[ancestor].head
    before = i - 1 - (i > 1 and doc.tokens[i - 1].text == ",")
    beside = before >= 0 and before < i - 1 and doc.tokens[before].sentence == doc.tokens[i].sentence
    return before if beside and doc.tokens[before].upos in ("NOUN", "PROPN") else None
