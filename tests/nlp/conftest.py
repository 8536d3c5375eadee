"""Scores of an analysis against a treebank, in the manner of the CoNLL 2018 shared task (Zeman et al. 2018).

Gold words and found words are paired by their character offsets, so that an error of the tokenizer counts in every
figure; each figure is an F1 in percent.
"""

import gzip
import json
from collections import Counter
from itertools import islice, pairwise

import pytest


class Scorer:
    """Counts gold, found and agreeing items by measure."""

    def __init__(self):
        self.gold, self.found, self.right = Counter(), Counter(), Counter()

    def f1(self):
        return {k: 200 * self.right[k] / (self.gold[k] + self.found[k]) for k in self.gold}

    def sets(self, measure, gold, found):
        self.gold[measure] += len(gold)
        self.found[measure] += len(found)
        self.right[measure] += len(gold & found)

    def add(self, gold, doc):
        """Count one document; `gold` is a row of the data with its `spans` of characters."""
        spans, found = gold["spans"], {(t.start, t.end): t for t in doc.tokens}
        self.sets("words", set(spans), set(found))
        self.sets("sentences", _bounds(gold["ss"], spans), _bounds(_firsts(doc), list(found)))
        if gold["ents"] is not None:
            names = {(doc.span(n.start, n.end).start, doc.span(n.start, n.end).end, n.label) for n in doc.names}
            self.sets("names", {(spans[a][0], spans[b - 1][1], label) for a, b, label in gold["ents"]}, names)
        for measure, rows in (("gold", gold["deps"]), ("found", [t.dep for t in doc.tokens])):
            self._sizes(getattr(self, measure), rows)
        for i, span in enumerate(spans):
            if span in found:
                self._word(gold, i, found[span], doc)

    def _sizes(self, counter, relations):
        for measure in ("upos", "xpos", "lemmas"):
            counter[measure] += len(relations)
        for measure in ("uas", "las"):
            counter[measure] += sum(relation != "punct" for relation in relations)

    def _word(self, gold, i, token, doc):
        self.right["upos"] += gold["upos"][i] == token.upos
        self.right["xpos"] += gold["xpos"][i] == token.xpos
        self.right["lemmas"] += gold["lemma"][i].lower() == token.lemma.lower()
        head = doc.tokens[token.head]
        attached = gold["spans"][gold["heads"][i]] == (head.start, head.end)
        if gold["deps"][i] != "punct":
            self.right["uas"] += attached
            self.right["las"] += attached and gold["deps"][i].replace("ROOT", "root") == token.dep


def _firsts(doc):
    starts = {sentence.start for sentence in doc.sentences}
    return [i in starts for i in range(len(doc.tokens))]


def _bounds(firsts, spans):
    cuts = [i for i, first in enumerate(firsts) if first or i == 0] + [len(spans)]
    return {(spans[a][0], spans[b - 1][1]) for a, b in pairwise(cuts)}


def read_rows(path, limit=None):
    """Yield the documents of a file of the treebanks with their text and the character span of each word."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, limit):
            row = json.loads(line)
            text, spans = "", []
            for word, space in zip(row["words"], row["spaces"], strict=True):
                spans.append((len(text), len(text) + len(word)))
                text += word + (" " if space else "")
            yield row | {"text": text, "spans": spans}


@pytest.fixture(scope="session")
def treebank(shared):
    """A function from the name of a file (``pud_test``) and a limit to its documents."""

    def treebank(name, limit=None):
        return list(read_rows(shared / "nlp" / "data" / f"{name}.jsonl.gz", limit))

    return treebank


@pytest.fixture
def scorer():
    """A fresh scorer."""
    return Scorer()
