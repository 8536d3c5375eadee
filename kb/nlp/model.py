"""The multi-task network: words in, scores for every annotation out.

Its inputs are the WordPiece ids of a stretch of words, the shape of each word (the vocabulary is uncased, so casing
enters here) and the first and last piece of each word. Every stretch is run alone: int8 scales are taken over a whole
batch, so what stands beside a stretch would change its scores, and a batch gains less than 10 % on one core.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kb.errors import ResourceError
from kb.nlp.wordpiece import WordPiece

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float32]

NETWORK, LABELS, VOCABULARY, RELATIONS = "model.int8.onnx", "vocab.json", "vocab.txt", "rel.npy"
INPUTS = ("ids", "shape", "mask", "first", "last", "wshape")
WINDOW = 510
"""Pieces that fit beside [CLS] and [SEP] in the encoder's 512 positions."""

_BLOCK = 24
"""Rows of one matrix product: few enough that BLAS starts no threads, which wait for each other on a busy machine."""

_DOUBLED = re.compile("``|''")
_PLAIN_QUOTES = str.maketrans("“”‘’—–", "\"\"''--")


@dataclass(frozen=True)
class Labels:
    """What the columns of the scores mean: tags, features, relations, lemma rules and BIO name tags."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    dep: tuple[str, ...]
    lem: tuple[str, ...]
    ner: tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """Scores of n words, one row each. In `arcs`, `head_states` column or row 0 is the root and h + 1 is word h."""

    upos: Floats
    xpos: Floats
    feats: Floats
    lemmas: Floats
    starts: Floats
    names: Floats
    arcs: Floats
    head_states: Floats
    dependent_states: Floats


@dataclass(frozen=True)
class Model:
    """The loaded network with its vocabulary and labels; `relations` scores a label for two biaffine states."""

    session: InferenceSession
    pieces: WordPiece
    labels: Labels = field(repr=False)
    relations: Floats = field(repr=False)

    def scores(self, words: Sequence[str]) -> Scores:
        """Return the scores of one stretch of words, at most `WINDOW` pieces long."""
        rows = self.session.run(None, self._inputs(words))
        return Scores(*(row[0] for row in rows))

    def lengths(self, words: Sequence[str]) -> list[int]:
        """Return the number of pieces of each word."""
        return [len(ids) for ids in self.pieces.encode(_plain(words))]

    def relation_scores(self, scores: Scores, heads: NDArray[np.intp]) -> Floats:
        """Return the scores of each relation between word i and `heads[i]` (0 is the root, h + 1 is word h)."""
        one = np.ones((len(heads), 1), np.float32)
        dependents = np.concatenate([scores.dependent_states, one], 1)
        governors = np.concatenate([scores.head_states[heads], one], 1)
        blocks = [slice(start, start + _BLOCK) for start in range(0, len(heads), _BLOCK)]
        return np.concatenate(
            [np.einsum("rnj,nj->nr", np.matmul(dependents[rows], self.relations), governors[rows]) for rows in blocks]
        )

    def _inputs(self, words: Sequence[str]) -> dict[str, NDArray[np.int64]]:
        return {name: np.array([row], np.int64) for name, row in piece_rows(self.pieces, words).items()}


def piece_rows(pieces: WordPiece, words: Sequence[str]) -> dict[str, list[int]]:
    """Return the pieces of one stretch of words with their casing, and the first and last piece of each word."""
    vocabulary = pieces.vocabulary
    shapes = [shape(word) for word in words]
    ids, piece_shapes, first, last = [vocabulary["[CLS]"]], [0], [], []
    for own, word_shape in zip(pieces.encode(_plain(words)), shapes, strict=True):
        first.append(len(ids))
        ids.extend(own)
        piece_shapes.extend([word_shape] * len(own))
        last.append(len(ids) - 1)
    ids.append(vocabulary["[SEP]"])
    piece_shapes.append(0)
    rows = {"ids": ids, "shape": piece_shapes, "mask": [1] * len(ids), "first": first, "last": last}
    return rows | {"wshape": shapes}


def _plain(words: Sequence[str]) -> list[str]:
    """Return the words with plain quotes and dashes, as the network was trained."""
    return [
        word if word.isalnum() else word.replace("``", '"').replace("''", '"').translate(_PLAIN_QUOTES)
        for word in words
    ]


def shape(word: str) -> int:
    """Return the class of a word's casing, 1 to 9; 0 is kept for [CLS] and [SEP]."""
    if any(char.isdigit() for char in word):
        return 1 if word.isdigit() else 2
    if not any(char.isalpha() for char in word):
        return 3
    if word.islower():
        return 4
    if word.isupper():
        return 5 if len(word) == 1 else 6
    if word[0].isupper():
        return 7 if word[1:].islower() else 8
    return 9


def load_model(folder: Path, threads: int = 1) -> Model:
    """Load the network from its folder.

    Raises:
        ResourceError: a file is missing or malformed; the message names it.
    """
    labels = _read_labels(folder / LABELS)
    relations = _read_relations(folder / RELATIONS, len(labels.dep))
    return Model(_open(folder / NETWORK, threads), WordPiece(_read_vocabulary(folder / VOCABULARY)), labels, relations)


def _open(path: Path, threads: int) -> InferenceSession:
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as native

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(_bytes(path), options, providers=["CPUExecutionProvider"])
    except (native.Fail, native.InvalidArgument, native.InvalidGraph, native.InvalidProtobuf) as error:
        raise ResourceError(f"{path} is not a network: {error}") from error
    names = [node.name for node in session.get_inputs()]
    if tuple(names) != INPUTS or len(session.get_outputs()) != len(fields(Scores)):
        raise ResourceError(f"{path} is another network: its inputs are {', '.join(names)}")
    return session


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path} cannot be read: {error.strerror}") from error


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ResourceError(f"{path} is not UTF-8: {error}") from error


def _read_labels(path: Path) -> Labels:
    try:
        tables: dict[str, Any] = json.loads(_text(path))
        return Labels(**{field.name: tuple(map(str, tables[field.name])) for field in fields(Labels)})
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ResourceError(f"{path} is not a table of labels: {error!r}") from error


def _read_vocabulary(path: Path) -> dict[str, int]:
    vocabulary = {piece: id_ for id_, piece in enumerate(_text(path).splitlines())}
    missing = {"[UNK]", "[CLS]", "[SEP]"} - vocabulary.keys()
    if missing:
        raise ResourceError(f"{path} lacks the pieces {', '.join(sorted(missing))}")
    return vocabulary


def _read_relations(path: Path, labels: int) -> Floats:
    try:
        array = np.load(io.BytesIO(_bytes(path)), allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise ResourceError(f"{path} is not an array: {error}") from error
    if array.ndim != 3 or len(array) != labels:
        raise ResourceError(f"{path} has shape {array.shape}, for {labels} relations")
    return np.asarray(array, np.float32)
