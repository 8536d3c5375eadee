"""Accuracy on the first documents of treebanks that were held out of training, in raw text.

The floors are about 1 point below what was measured; int8 kernels differ a little from processor to processor.
Measured on the whole files (words, sentences, names, UPOS, UAS, LAS, lemmas of aligned words):
PUD 100.0, 99.0, 80.9, 97.1, 93.4, 90.4, 99.3; GUM news 99.0, 88.8, 73.0, 95.9, 87.2, 85.0, 98.8;
EWT 98.1, 83.2, 78.3, 95.2, 88.5, 86.0, 98.7 (GUM's and EWT's headings are run together with the text here).
"""

import pytest

from kb.nlp import analyse

FLOORS = {
    "pud_test": {"words": 99, "sentences": 97, "names": 75, "upos": 96, "uas": 92, "las": 89, "lemmas": 98.5},
    "gum_news_test": {"words": 98, "sentences": 80, "names": 65, "upos": 94, "uas": 85, "las": 83, "lemmas": 97},
    "ewt_test": {"words": 97, "sentences": 75, "names": 70, "upos": 94, "uas": 87, "las": 84, "lemmas": 95},
}


@pytest.mark.parametrize("name", FLOORS)
def test_accuracy(treebank, scorer, parser, article_of, name):
    for row in treebank(name, 60):
        scorer.add(row, analyse(article_of(row["text"]), parser))
    measured = scorer.f1()
    low = {measure: round(measured[measure], 2) for measure, floor in FLOORS[name].items() if measured[measure] < floor}
    assert not low, f"{name}: {low} below the floors {FLOORS[name]}"
