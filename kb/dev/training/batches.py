"""From annotated stretches to tensors: pieces, casing, labels, padded side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import torch
from torch import Tensor

from kb.dev.training.corpus import Stretch, lemma_rule, sentence_numbers
from kb.nlp.model import piece_rows
from kb.nlp.wordpiece import WordPiece

IGNORED = -100
"""The label that no loss counts."""

Item = dict[str, Any]
_SORTED = 400


class ItemMaker:
    """Encodes stretches with the pieces and label tables of one network."""

    def __init__(self, pieces: WordPiece, tables: Mapping[str, Sequence[str]]) -> None:
        self.pieces = pieces
        self.index = {task: {label: i for i, label in enumerate(labels)} for task, labels in tables.items()}

    def words(self, words: Sequence[str]) -> Item:
        """Encode words alone."""
        return {**piece_rows(self.pieces, words), "n": len(words)}

    def stretch(self, text: Stretch) -> Item:
        """Encode a treebank stretch with its labels."""
        item = self.words(text.words)
        columns = {"upos": text.upos, "xpos": text.xpos, "feats": text.feats, "dep": text.deps}
        columns["lem"] = list(map(lemma_rule, text.words, text.lemmas))
        for task, labels in columns.items():
            item[task] = [self.index[task].get(label, IGNORED) for label in labels]
        item["ss"] = [int(first) for first in text.starts]
        item["heads"] = [0 if head == i else head + 1 for i, head in enumerate(text.heads)]
        item["sid"] = sentence_numbers(text.starts)
        item["ner"] = self._names(text)
        return item

    def _names(self, text: Stretch) -> list[int]:
        if text.names is None:
            return [IGNORED] * len(text.words)
        tags = ["O"] * len(text.words)
        for start, end, label in text.names:
            tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
        return [self.index["ner"][tag] for tag in tags]


_FILL = {"ids": 0, "shape": 0, "mask": 0, "first": 0, "last": 0, "wshape": 0, "sid": -1}
_COLUMNS = ("upos", "xpos", "feats", "lem", "dep", "ss", "ner", "heads", "sid", "trigger")


def collate(items: Sequence[Item]) -> dict[str, Tensor]:
    """Pad items to one batch of tensors."""
    pieces, words = max(len(item["ids"]) for item in items), max(item["n"] for item in items)
    lengths = dict.fromkeys(("ids", "shape", "mask"), pieces) | dict.fromkeys(("first", "last", "wshape"), words)
    lengths |= {column: words for column in _COLUMNS if column in items[0]}
    return {
        key: torch.tensor([item[key] + [_FILL.get(key, IGNORED)] * (length - len(item[key])) for item in items])
        for key, length in lengths.items()
    }


def batches(items: Sequence[Item], pieces: int, random: Random) -> list[list[int]]:
    """Return shuffled batches of indexes, of items of like length, each with at most `pieces` pieces with padding."""
    order = list(range(len(items)))
    random.shuffle(order)
    length = [len(item["ids"]) for item in items]
    order = [j for k in range(0, len(order), _SORTED) for j in sorted(order[k : k + _SORTED], key=length.__getitem__)]
    found: list[list[int]] = [[]]
    for j in order:
        if found[-1] and max(length[j], *(length[i] for i in found[-1])) * (len(found[-1]) + 1) > pieces:
            found.append([])
        found[-1].append(j)
    random.shuffle(found)
    return found
