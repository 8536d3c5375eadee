"""The network in PyTorch: a small BERT encoder (MiniLM), and one head for each annotation.

The encoder is Devlin et al. 2019 with the weights of all-MiniLM-L6-v2; arcs and relations are scored biaffinely (Dozat
and Manning 2017), and so are the roles that a word plays in the event another word triggers.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

SHAPES = 10
"""Classes of a word's casing, `kb.nlp.model.shape`; 0 is for [CLS] and [SEP]."""

HIDDEN, LAYERS, HEADS, INNER, PIECES, POSITIONS = 384, 6, 12, 1536, 30522, 512
_ATTENTION = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "l1": "attention.output.LayerNorm",
    "f1": "intermediate.dense",
    "f2": "output.dense",
    "l2": "output.LayerNorm",
}
_FAR = -1e4


class Layer(nn.Module):
    """One transformer layer, normalised after each half."""

    def __init__(self, drop: nn.Dropout) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.l1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.f1, self.f2 = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.l2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = drop

    def forward(self, x: Tensor, far: Tensor) -> Tensor:
        """Return the next states; `far` is added to attention scores, 0 or very negative."""
        size = HIDDEN // HEADS
        q, k, v = (m(x).view(*x.shape[:2], HEADS, size).transpose(1, 2) for m in (self.q, self.k, self.v))
        attention = self.drop(torch.softmax((q @ k.transpose(2, 3)) * (size**-0.5) + far.to(q.dtype), -1))
        x = self.l1(x + self.drop(self.o((attention @ v).transpose(1, 2).reshape(*x.shape[:2], HIDDEN))))
        out: Tensor = self.l2(x + self.drop(self.f2(functional.gelu(self.f1(x)))))
        return out


class Encoder(nn.Module):
    """States of pieces, from their ids and the casing of their words."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.we, self.pe = nn.Embedding(PIECES, HIDDEN), nn.Embedding(POSITIONS, HIDDEN)
        self.te = nn.Parameter(torch.zeros(HIDDEN))
        self.sh = nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.sh.weight)
        self.ln = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.L = nn.ModuleList(Layer(self.drop) for _ in range(LAYERS))

    def load(self, path: Path) -> None:
        """Take over the weights of a BERT checkpoint (safetensors)."""
        weights = {key.removeprefix("bert."): value for key, value in load_file(path).items()}
        own = {"we.weight": "word", "pe.weight": "position"}
        state = {key: weights[f"embeddings.{name}_embeddings.weight"] for key, name in own.items()}
        state["te"] = weights["embeddings.token_type_embeddings.weight"][0]
        state |= {f"ln.{kind}": weights[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")}
        for i in range(LAYERS):
            for key, name in _ATTENTION.items():
                for kind in ("weight", "bias"):
                    state[f"L.{i}.{key}.{kind}"] = weights[f"encoder.layer.{i}.{name}.{kind}"]
        self.load_state_dict(state, strict=False)

    def forward(self, ids: Tensor, shape: Tensor, mask: Tensor) -> Tensor:
        """Return states [batch, pieces, hidden]."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.ln(self.we(ids) + self.pe(positions)[None] + self.te + self.sh(shape)))
        far = (1.0 - mask[:, None, None, :].to(x.dtype)) * _FAR
        for layer in self.L:
            x = layer(x, far)
        return x


class Network(nn.Module):
    """All tasks over one encoder. `sizes` gives the number of labels of each task."""

    def __init__(
        self, sizes: Mapping[str, int], arc: int = 192, rel: int = 96, role: int = 96, drop: float = 0.15
    ) -> None:
        super().__init__()
        self.enc = Encoder()
        self.dp = nn.Dropout(drop)
        self.pre = nn.Linear(HIDDEN * 2 + SHAPES, HIDDEN)
        for task in ("upos", "xpos", "feats", "lem"):
            setattr(self, task, nn.Linear(HIDDEN, sizes[task]))
        self.ss, self.ner = nn.Linear(HIDDEN, 2), nn.Linear(HIDDEN, sizes["ner"])
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)
        self.ah, self.ad = nn.Linear(HIDDEN, arc), nn.Linear(HIDDEN, arc)
        self.U = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rh, self.rd = nn.Linear(HIDDEN, rel), nn.Linear(HIDDEN, rel)
        self.R = nn.Parameter(torch.zeros(sizes["dep"], rel + 1, rel + 1))
        nn.init.normal_(self.R, std=0.02)
        nn.init.xavier_uniform_(self.U)
        self._add_event_heads(sizes, role)

    def _add_event_heads(self, sizes: Mapping[str, int], role: int) -> None:
        self.ev = nn.Linear(HIDDEN, HIDDEN)
        self.trigger, self.status = nn.Linear(HIDDEN, sizes["event"]), nn.Linear(HIDDEN, sizes["status"])
        self.th, self.td = nn.Linear(HIDDEN, role), nn.Linear(HIDDEN, role)
        self.Q = nn.Parameter(torch.randn(sizes["role"], role + 1, role + 1) * 0.02)

    def words(self, x: Mapping[str, Tensor]) -> Tensor:
        """Return the state of each word: of its first and last piece and its casing."""
        states = self.enc(x["ids"], x["shape"], x["mask"])
        first, last = (torch.gather(states, 1, x[k][:, :, None].expand(-1, -1, HIDDEN)) for k in ("first", "last"))
        shape = functional.one_hot(x["wshape"], SHAPES).to(first.dtype)
        out: Tensor = self.dp(functional.gelu(self.pre(torch.cat([first, last, shape], -1)))) + first
        return out

    def syntax(self, words: Tensor) -> tuple[Tensor, ...]:
        """Return the scores of tags, features, lemmas, starts, names and arcs, and the states of relations."""
        root = self.root[None, None].expand(words.shape[0], 1, -1).to(words.dtype)
        rooted = torch.cat([root, words], 1)
        ah, ad = self._state(self.ah, rooted), self._state(self.ad, words)
        arcs = _with_one(ad) @ self.U.to(words.dtype) @ ah.transpose(1, 2)
        tags = (getattr(self, task)(words) for task in ("upos", "xpos", "feats", "lem", "ss", "ner"))
        return (*tags, arcs, self._state(self.rh, rooted), self._state(self.rd, words))

    def events(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return the scores of event types and of statuses, and the states of words as triggers and as arguments."""
        x = self._state(self.ev, words)
        return self.trigger(x), self.status(x), self._state(self.th, x), self._state(self.td, words)

    def _state(self, layer: nn.Module, words: Tensor) -> Tensor:
        out: Tensor = self.dp(functional.gelu(layer(words)))
        return out

    def relations(self, heads: Tensor, dependents: Tensor) -> Tensor:
        """Score each relation for pairs of states, [batch, pairs, labels]."""
        return _biaffine(self.R, heads, dependents)

    def roles(self, triggers: Tensor, arguments: Tensor) -> Tensor:
        """Score each role for pairs of a trigger's and an argument's states, [batch, pairs, roles]."""
        return _biaffine(self.Q, triggers, arguments)


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def _biaffine(weights: Tensor, heads: Tensor, dependents: Tensor) -> Tensor:
    return torch.einsum("bni,rij,bnj->bnr", _with_one(dependents), weights.to(dependents.dtype), _with_one(heads))


def build(tables: Mapping[str, Any], encoder: Path | None = None) -> Network:
    """Return a network for the labels, its encoder with the weights of a checkpoint where one is given."""
    network = Network({task: len(labels) for task, labels in tables.items()})
    if encoder is not None:
        network.enc.load(encoder)
    return network
