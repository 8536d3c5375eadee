"""Write a part of a trained network to files: `python -m kb.dev.training.export syntax|events TRAINED OUT`.

`syntax` is what `kb.nlp.model` reads in `data/model`; `events` are the event heads, which nothing reads yet. The
weights become int8 of 7 bits, one scale a channel (so that no product overflows on processors without VNNI).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kb.dev.training.network import Network, build
from kb.nlp import model

PARTS = {
    "syntax": (model.NETWORK, model.RELATIONS, "R", tuple(field.name for field in fields(model.Scores))),
    "events": (
        "events.int8.onnx",
        "roles.npy",
        "Q",
        ("events", "statuses", "trigger_states", "argument_states"),
    ),
}
"""Of each part: the files of its network and of its biaffine weights, these weights, and the outputs."""

_PIECES, _WORDS = 12, 8
_INNER = {"arcs": ("batch", "words", "heads"), "head_states": ("batch", "heads")}


class Part(nn.Module):
    """The outputs of one of the network's two parts."""

    def __init__(self, network: Network, part: str) -> None:
        super().__init__()
        self.network, self.part = network, part

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Return the part's outputs for inputs in the order of `kb.nlp.model.INPUTS`."""
        words = self.network.words(dict(zip(model.INPUTS, inputs, strict=True)))
        found: tuple[Tensor, ...] = getattr(self.network, self.part)(words)
        return found


def export(part: str, trained: Path, out: Path) -> None:
    """Export the `syntax` or the `events` of `trained/model.pt` into the folder `out`."""
    tables = json.loads((trained / "vocab.json").read_text())
    network = build(tables)
    network.load_state_dict(torch.load(trained / "model.pt"))
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    file, weights_file, weights, outputs = PARTS[part]
    if part == "syntax":
        (out / model.LABELS).write_text(json.dumps(tables, separators=(",", ":")))
    np.save(out / weights_file, getattr(network, weights).detach().numpy().astype(np.float16))
    _write(Part(network, part), outputs, out / file)


def _write(network: nn.Module, names: Sequence[str], target: Path) -> None:
    plain = target.with_suffix(".fp32")
    pieces = torch.ones(2, _PIECES, dtype=torch.long)
    words = torch.arange(_WORDS)[None].repeat(2, 1)
    axes: dict[str, tuple[str, ...]] = dict.fromkeys((*model.INPUTS, *names), ("batch", "words"))
    axes |= dict.fromkeys(model.INPUTS[:3], ("batch", "pieces"))
    axes |= {name: inner for name, inner in _INNER.items() if name in names}
    torch.onnx.export(
        network,
        (pieces * 100, pieces * 0, pieces, words, words, words * 0),
        str(plain),
        input_names=list(model.INPUTS),
        output_names=list(names),
        dynamic_axes={name: dict(enumerate(labels)) for name, labels in axes.items()},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        plain,
        target,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        per_channel=True,
        reduce_range=True,
    )
    plain.unlink()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=list(PARTS))
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    export(options.part, options.trained, options.out)
