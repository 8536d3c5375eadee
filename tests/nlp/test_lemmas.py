import numpy as np
import pytest

from kb.nlp.lemmas import Edit, Table

EDITS = [
    ("=be", "is", "be"),
    ("0|0|", "NoMa", "NoMa"),
    ("1|0|", "The", "the"),
    ("0|3|y", "countries", "country"),
    ("1|9|", "Short", ""),
    ("0|1||", "ab", "a|"),
]


@pytest.mark.parametrize(("label", "word", "lemma"), EDITS)
def test_edits(label, word, lemma):
    assert Edit.read(label).apply(word) == lemma


def test_a_malformed_edit():
    with pytest.raises(ValueError, match="unpack"):
        Edit.read("0|1")


@pytest.fixture(scope="module")
def verbs(parser):
    return parser.lemmatizer.tables["verb"]


VERBS = [
    ("stating", ["state"]),
    ("hoping", ["hope"]),
    ("signaled", ["signal"]),
    ("travelling", ["travel"]),
    ("met", ["meet"]),
    ("re-elected", ["re-elect"]),
    ("criticised", ["criticise"]),
    ("vetoes", ["veto"]),
    ("accuses", ["accuse"]),
    ("flew", ["fly"]),
    ("zzyzxed", []),
]


@pytest.mark.parametrize(("form", "lemmas"), VERBS)
def test_verbs_of_the_table(verbs, form, lemmas):
    assert verbs.lemmas(form) == lemmas


def test_a_form_of_two_verbs_keeps_both():
    table = Table({}, [("ed", "e"), ("ed", "")], frozenset({"tape", "tap", "tast", "taste"}))
    assert table.lemmas("tasted") == ["taste", "tast"]


# word, UPOS, XPOS, lemma, with a network that would leave every word as it is
WORDS = [
    ("Ministers", "NOUN", "NNS", "minister"),
    ("troops", "NOUN", "NNS", "troop"),
    ("people", "NOUN", "NNS", "people"),
    ("countries", "NOUN", "NNS", "country"),
    ("Arrived", "VERB", "VBD", "arrive"),
    ("accusing", "VERB", "VBG", "accuse"),
    ("cast", "VERB", "VBN", "cast"),
    ("are", "VERB", "VBP", "be"),
    ("saw", "VERB", "VB", "saw"),
    ("saw", "VERB", "VBD", "see"),
    ("tougher", "ADJ", "JJR", "tough"),
    ("Talks", "NOUN", "NN", "talks"),
    ("United", "PROPN", "NNP", "United"),
    ("“", "PUNCT", "``", '"'),
    ("1,800", "NUM", "CD", "1,800"),
    ("’s", "PART", "POS", "'s"),
]


@pytest.mark.parametrize(("word", "upos", "xpos", "lemma"), WORDS)
def test_lemmas(parser, word, upos, xpos, lemma):
    labels = parser.model.labels.lem
    scores = np.array([float(label == "0|0|") for label in labels], np.float32)
    assert parser.lemmatizer.lemma(word, upos, xpos, scores) == lemma


IN_TEXT = [
    ("Russia vetoed the resolutions.", "Russia veto the resolution ."),
    ("He won’t meet the envoys who fled.", "he will not meet the envoy who flee ."),
    ("The sanctions were lifted and the assets unfrozen.", "the sanction be lift and the asset unfreeze ."),
    ("Kim's aides have been accused of stating lies.", "Kim 's aide have be accuse of state lie ."),
]


@pytest.mark.parametrize(("text", "lemmas"), IN_TEXT)
def test_lemmas_in_text(analysed, text, lemmas):
    assert " ".join(token.lemma for token in analysed(text).tokens) == lemmas
