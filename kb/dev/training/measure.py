"""How well a network finds the events of annotated passages it was not trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch

from kb.dev.training.batches import IGNORED, ItemMaker, collate
from kb.dev.training.events import Passage, event_item
from kb.dev.training.network import Network


def event_scores(network: Network, found: Sequence[Passage], maker: ItemMaker) -> dict[str, float]:
    """Return F1 of labelled triggers and of the roles at true triggers, and the accuracy of statuses there."""
    network.eval()
    counts: Counter[str] = Counter()
    with torch.no_grad():
        for passage in found:
            _count(network, passage, maker, counts)
    f1 = {
        task: 2 * counts[f"{task}_hits"] / max(1, counts[f"{task}_gold"] + counts[f"{task}_predicted"])
        for task in ("trigger", "roles")
    }
    return f1 | {"status": counts["statuses"] / max(1, counts["trigger_gold"])}


def _count(network: Network, passage: Passage, maker: ItemMaker, counts: Counter[str]) -> None:
    item = event_item(passage, maker)
    trigger, status, heads, arguments = network.events(network.words(collate([item])))
    best = trigger[0].argmax(-1).tolist()
    gold = {event[0]: event[1] for event in passage.events}
    counts["trigger_gold"] += len(gold)
    counts["trigger_predicted"] += sum(label > 0 for label in best)
    counts["trigger_hits"] += sum(best[i] == label for i, label in gold.items())
    for t, true_status in item["status"]:
        counts["statuses"] += int(status[0, t].argmax()) == true_status
    for t, roles in item["roles"]:
        scored = network.roles(heads[:, t : t + 1].expand(-1, len(best), -1), arguments)[0].argmax(-1).tolist()
        judged = [(role, found) for role, found in zip(roles, scored, strict=True) if role != IGNORED]
        counts["roles_gold"] += sum(role > 0 for role, _ in judged)
        counts["roles_predicted"] += sum(found > 0 for _, found in judged)
        counts["roles_hits"] += sum(role == found > 0 for role, found in judged)
