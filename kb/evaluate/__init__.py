"""How well the facts of a set of articles agree with a gold annotation.

A predicted fact and a gold fact of one type are the same when their core slots agree (`CORE`); every gold fact is used
at most once, best pairs first. An official and the state that the article's own gold `office` facts give that official
count as one agent, except in `office` itself. The measure is the project's annotation guide's; figures equal those of
the guide's own scorer (tests/evaluate compares them).
"""

from kb.evaluate.comparison import Change, Comparison, compare
from kb.evaluate.faults import Fault, FaultKind, WrongSlot, faults_of, plain, wrong_slots
from kb.evaluate.figures import Evaluation, Ratio, Slip, evaluate
from kb.evaluate.files import gold_hash, load_articles, load_figures, load_gold, load_predicted, load_texts
from kb.evaluate.scheme import CORE, EXTRA, Fact

__all__ = [
    "CORE",
    "EXTRA",
    "Change",
    "Comparison",
    "Evaluation",
    "Fact",
    "Fault",
    "FaultKind",
    "Ratio",
    "Slip",
    "WrongSlot",
    "compare",
    "evaluate",
    "faults_of",
    "gold_hash",
    "load_articles",
    "load_figures",
    "load_gold",
    "load_predicted",
    "load_texts",
    "plain",
    "wrong_slots",
]
