"""Train the network: `python -m kb.dev.training.train TREEBANKS ENCODER OUT`, two stages, fixed seeds.

1. Syntax and names on the treebanks (`TREEBANKS/*_train.jsonl`), from the encoder's published weights: 8 epochs.
2. Events on `data/training/*.ann`, every third step beside a batch of treebank, so that the parser stays what it was.

`--from CHECKPOINT` starts with stage 2. Losses are weighted sums of cross entropies.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn
from torch.nn import functional

from kb.dev.training.annotations import read_articles
from kb.dev.training.augment import Augmenter
from kb.dev.training.batches import IGNORED, Item, ItemMaker, batches, collate
from kb.dev.training.corpus import Stretch, label_tables, read_stretches
from kb.dev.training.events import Passage, event_item, passages, split
from kb.dev.training.labels import EVENTS, ROLES, STATUSES
from kb.dev.training.measure import event_scores
from kb.dev.training.network import Network, build
from kb.nlp import load_parser
from kb.resources import resource

SEED = 7
BATCH = 1200
"""Pieces in a batch."""

WEIGHTS = {"upos": 0.5, "xpos": 0.3, "feats": 0.3, "lem": 0.3, "ss": 1.0, "arc": 1.5, "rel": 1.0, "ner": 2.0}
EVENT_WEIGHTS = {"trigger": 20.0, "status": 1.0, "roles": 8.0}
"""Few words are triggers or arguments, and the mean is over all words: hence the weights."""

_REPLAY = 3
"""One step in so many of the second stage is on treebank too."""

TREEBANKS = ("ewt_train", "gum_train", "pud_train")
_AUGMENTED = 0.35


def cross_entropy(scores: Tensor, labels: Tensor) -> Tensor:
    """Return the mean cross entropy over the labels that count."""
    return functional.cross_entropy(
        scores.reshape(-1, scores.shape[-1]).float(), labels.reshape(-1), ignore_index=IGNORED
    )


def syntax_loss(network: Network, batch: Mapping[str, Tensor], bf16: bool) -> dict[str, Tensor]:
    """Return the loss of each task on a treebank batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        *tags, arcs, governors, dependents = network.syntax(network.words(batch))
    same = (batch["sid"][:, :, None] == batch["sid"][:, None, :]) & (batch["sid"][:, :, None] >= 0)
    open_arcs = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
    arcs = arcs.float().masked_fill(~open_arcs, -1e4)
    heads = batch["heads"].clamp(min=0)[:, :, None].expand(-1, -1, governors.shape[2])
    relations = network.relations(torch.gather(governors, 1, heads).float(), dependents.float())
    losses = {
        task: cross_entropy(s, batch[task])
        for task, s in zip(("upos", "xpos", "feats", "lem", "ss"), tags[:5], strict=True)
    }
    losses |= {"arc": cross_entropy(arcs, batch["heads"]), "rel": cross_entropy(relations, batch["dep"])}
    return losses | ({"ner": cross_entropy(tags[5], batch["ner"])} if (batch["ner"] != IGNORED).any() else {})


def event_loss(network: Network, items: Sequence[Item], bf16: bool) -> dict[str, Tensor]:
    """Return the loss of each event task on some passages."""
    batch = collate(items)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        trigger, status, as_trigger, as_argument = network.events(network.words(batch))
    losses = {"trigger": cross_entropy(trigger, batch["trigger"])}
    found = [(k, t, s) for k, item in enumerate(items) for t, s in item["status"]]
    if found:
        rows, words, statuses = (torch.tensor(column) for column in zip(*found, strict=True))
        losses["status"] = cross_entropy(status[rows, words], statuses)
        width = trigger.shape[1]
        labels = torch.tensor([r + [IGNORED] * (width - len(r)) for item in items for _, r in item["roles"]])
        pairs = as_trigger[rows, words][:, None].expand(-1, width, -1)
        losses["roles"] = cross_entropy(network.roles(pairs.float(), as_argument[rows].float()), labels)
    return losses


class Trainer:
    """The network with its optimizer; rates rise for 6 % of the steps, then fall to 2 %."""

    def __init__(self, network: Network, total: int, rate: float, head_rate: float) -> None:
        self.network, self.total, self.step = network, total, 0
        encoder = [p for name, p in network.named_parameters() if name.startswith("enc.")]
        heads = [p for name, p in network.named_parameters() if not name.startswith("enc.")]
        self.rates = (rate, head_rate)
        groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": head_rate}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
        self.log: Counter[str] = Counter()
        self.began = time.monotonic()

    def update(self, losses: Mapping[str, Tensor]) -> None:
        """Take one step down the weighted sum of the losses."""
        warm = int(self.total * 0.06) + 1
        factor = min(1, (self.step + 1) / warm) * max(0.02, 1 - self.step / self.total)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor
        weights = WEIGHTS | EVENT_WEIGHTS
        loss = torch.stack([weights[task] * value for task, value in losses.items()]).sum()
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        self._report(losses)

    def _report(self, losses: Mapping[str, Tensor], every: int = 100) -> None:
        self.log.update({task: float(value.detach()) for task, value in losses.items()})
        if self.step % every == 0:
            means = {task: round(value / every, 3) for task, value in self.log.items()}
            print(f"{self.step}/{self.total} {time.monotonic() - self.began:.0f} s {means}", flush=True)
            self.log.clear()


class Treebank:
    """Endless shuffled batches of treebank stretches, some varied."""

    def __init__(self, stretches: Sequence[Stretch], maker: ItemMaker, random: Random) -> None:
        self.stretches, self.maker, self.random = stretches, maker, random
        self.items = [maker.stretch(text) for text in stretches]
        self.augmenter = Augmenter(stretches, random)
        self.queue: list[list[int]] = []
        self.epoch = len(batches(self.items, BATCH, Random(0)))

    def next(self) -> dict[str, Tensor]:
        """Return the next batch."""
        self.queue = self.queue or batches(self.items, BATCH, self.random)
        return collate([self._item(j) for j in self.queue.pop()])

    def _item(self, j: int) -> Item:
        varied = self.random.random() < _AUGMENTED
        return self.maker.stretch(self.augmenter.vary(self.stretches[j])) if varied else self.items[j]


def train_syntax(network: Network, treebank: Treebank, epochs: float, bf16: bool) -> None:
    """Stage 1."""
    total = int(treebank.epoch * epochs)
    trainer = Trainer(network, total, 2e-4, 1e-3)
    for _ in range(total):
        network.train()
        trainer.update(syntax_loss(network, treebank.next(), bf16))


def train_events(
    network: Network, treebank: Treebank, found: Sequence[Passage], epochs: float, bf16: bool, rate: float = 8e-5
) -> None:
    """Stage 2: batches of events, some beside one of treebank."""
    random, maker = treebank.random, treebank.maker
    items = [event_item(passage, maker) for passage in found]
    size = BATCH // 2
    total = int(len(batches(items, size, Random(0))) * epochs)
    trainer = Trainer(network, total, rate, 1e-3)
    queue: list[list[int]] = []
    for step in range(total):
        network.train()
        queue = queue or batches(items, size, random)
        varied = [event_item(found[j], maker, treebank.augmenter) for j in queue.pop()]
        losses = event_loss(network, varied, bf16)
        if step % _REPLAY == 0:
            losses |= syntax_loss(network, treebank.next(), bf16)
        trainer.update(losses)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("treebanks", "encoder", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--from", dest="checkpoint", type=Path)
    parser.add_argument("--annotations", type=Path)
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--event-epochs", type=float, default=8)
    parser.add_argument("--held-out", type=float, default=0.0, help="share of the annotated articles to measure on")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bf16", action="store_true")
    run(parser.parse_args())


def run(options: argparse.Namespace) -> None:
    """Train as told, and write `OUT/model.pt` and `OUT/vocab.json`."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    random = Random(SEED)
    stretches = [text for name in TREEBANKS for text in read_stretches(options.treebanks / f"{name}.jsonl")]
    tables = label_tables(stretches) | {"event": ["", *EVENTS], "status": [*STATUSES], "role": ["", *ROLES]}
    parser = load_parser(resource("data", "model"))
    maker = ItemMaker(parser.model.pieces, tables)
    treebank = Treebank(stretches, maker, random)
    network = build(tables, options.encoder)
    if options.checkpoint:
        print(network.load_state_dict(torch.load(options.checkpoint), strict=False))
    else:
        train_syntax(network, treebank, options.epochs, options.bf16)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "vocab.json").write_text(json.dumps(tables, separators=(",", ":")))
    folder = options.annotations or resource("data", "training")
    articles = [article for path in sorted(folder.glob("*.ann")) for article in read_articles(path)]
    train, held = split(articles, options.held_out, Random(SEED))
    cut = [passage for article in train for passage in passages(article, parser)]
    print(len(articles), "articles", len(cut), "passages", sum(len(p.events) for p in cut), "events", flush=True)
    train_events(network, treebank, cut, options.event_epochs, options.bf16)
    torch.save(network.state_dict(), options.out / "model.pt")
    if held:
        print("HELD OUT", event_scores(network, [p for article in held for p in passages(article, parser)], maker))


if __name__ == "__main__":
    main()
