"""The parser: the network, and how its scores become annotations."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.model import NameSpan
from kb.nlp.lemmas import Lemmatizer, load_lemmatizer
from kb.nlp.model import WINDOW, Floats, Model, Scores, load_model
from kb.nlp.names import find_names
from kb.nlp.quotations import keep_apart
from kb.nlp.repairs import repair
from kb.nlp.trees import Heads, best_tree

CONTEXT = 90
"""A stretch takes whole sentences up to so many words, as in training."""

LONGEST = 200
"""A sentence longer than this is cut; trees over more words are slow and no longer good."""


@dataclass(frozen=True)
class Analysis:
    """The annotations of a stretch of words; `heads` are indexes into it, a root is its own head."""

    starts: list[bool]
    heads: list[int]
    dep: list[str]
    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemmas: list[str]
    names: list[NameSpan]


@dataclass(frozen=True)
class Parser:
    """A loaded model. `hash` identifies it in the provenance of what it found."""

    folder: Path
    model: Model
    lemmatizer: Lemmatizer

    @cached_property
    def hash(self) -> str:
        """The SHA-256 over the names and contents of the model folder's files, in hexadecimal."""
        digest = hashlib.sha256()
        for path in sorted(path for path in self.folder.iterdir() if path.is_file()):
            digest.update(f"{path.name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return digest.hexdigest()

    def stretches(self, words: Sequence[str], starts: Sequence[bool | None]) -> list[tuple[int, int]]:
        """Cut words into stretches [start, end) that fit the network: at certain sentence starts where possible."""
        lengths = self.model.lengths(words)
        sentences = [i for i, certain in enumerate(starts) if certain] + [len(words)]
        found: list[tuple[int, int]] = []
        for start, end in pairwise(sentences):
            if found and end - found[-1][0] <= CONTEXT and sum(lengths[found[-1][0] : end]) <= WINDOW:
                found[-1] = (found[-1][0], end)
            else:
                found.extend(_cut(start, end, lengths, words))
        return found

    def parse(self, words: Sequence[str], starts: Sequence[bool | None]) -> Analysis:
        """Annotate one stretch of words; `starts` as `kb.nlp.sentences.sentence_starts` gives them."""
        scores, labels = self.model.scores(words), self.model.labels
        first = _sentence_starts(scores, starts)
        heads = _heads(scores.arcs, first, words)
        relations = self._relations(scores, heads)
        repair(heads, relations, scores.arcs, first)
        upos, xpos = _labels(scores.upos, labels.upos), _labels(scores.xpos, labels.xpos)
        return Analysis(
            starts=first,
            heads=[int(head) - 1 if head else i for i, head in enumerate(heads)],
            dep=relations,
            upos=upos,
            xpos=xpos,
            feats=_labels(scores.feats, labels.feats),
            lemmas=list(map(self.lemmatizer.lemma, words, upos, xpos, scores.lemmas)),
            names=find_names(scores.names, first, labels.ner),
        )

    def _relations(self, scores: Scores, heads: Heads) -> list[str]:
        """Return each word's relation; the model's ROOT is written root, as in Universal Dependencies v2."""
        ranked = self.model.relation_scores(scores, heads)
        ranked[:, self.model.labels.dep.index("ROOT")] = -np.inf
        relations = _labels(ranked, self.model.labels.dep)
        return [relation if head else "root" for relation, head in zip(relations, heads, strict=True)]


def _cut(start: int, end: int, lengths: Sequence[int], words: Sequence[str]) -> list[tuple[int, int]]:
    """Cut one sentence so that each part fits, behind a punctuation mark where its second half has one."""
    parts = []
    while end - start > LONGEST or sum(lengths[start:end]) > WINDOW:
        fit, used = start, 0
        while fit < min(end, start + LONGEST) and used + lengths[fit] <= WINDOW:
            used += lengths[fit]
            fit += 1
        marks = [i + 1 for i in range((start + fit) // 2, fit) if not words[i][0].isalnum()]
        parts.append((start, marks[-1] if marks else fit))
        start = parts[-1][1]
    return [*parts, (start, end)]


def _labels(scores: Floats, names: Sequence[str]) -> list[str]:
    return [names[k] for k in scores.argmax(1)]


def _sentence_starts(scores: Scores, certain: Sequence[bool | None]) -> list[bool]:
    """Return the certain starts, and the model's where nothing is certain."""
    predicted = scores.starts.argmax(1)
    starts = [bool(predicted[i]) if known is None else known for i, known in enumerate(certain)]
    starts[0] = True
    return starts


def _heads(arcs: NDArray[np.float32], starts: Sequence[bool], words: Sequence[str]) -> Heads:
    """Return the head column of each word: 0 for a root, h + 1 for word h; each sentence is a tree of its own."""
    heads = np.zeros(len(arcs), np.intp)
    bounds = [i for i, starts_here in enumerate(starts) if starts_here] + [len(starts)]
    for start, end in pairwise(bounds):
        own = np.concatenate([arcs[start:end, :1], arcs[start:end, start + 1 : end + 1]], 1)
        keep_apart(own, words[start:end])
        inner = best_tree(own)
        heads[start:end] = np.where(inner == 0, 0, inner + start)
    return heads


def load_parser(folder: Path, *, threads: int = 1) -> Parser:
    """Load the model of a folder such as `data/model`; more `threads` change the speed, not the result.

    Raises:
        ResourceError: a file of the folder is missing or malformed; the message names it.
    """
    model = load_model(folder, threads)
    return Parser(folder, model, load_lemmatizer(folder, model.labels.lem))
