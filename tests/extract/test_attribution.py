"""Who says it: chains of sources, quotations, reports, colons."""

from __future__ import annotations

import pytest

from kb.extract.claims import Reading


@pytest.fixture(scope="module")
def chain_of(linked_of, lexicon):
    """A function from a text and one of its words to the names in the chain of sources of that word."""

    def chain_of(text, word):
        linked = linked_of(text)
        trigger = next(t.i for t in linked.doc.tokens if t.text == word)
        chain = Reading(linked, lexicon).attribution.chain(trigger)
        return [sorted(e.code or e.name for e in link.sources) for link in chain]

    return chain_of


CHAINS = [
    ("Fiji said Tonga had withdrawn.", "withdrawn", [["FJI"]]),
    ("Tonga had withdrawn, Fiji said.", "withdrawn", [["FJI"]]),
    ("Tonga had withdrawn, according to Fiji.", "withdrawn", [["FJI"]]),
    ("Tonga has withdrawn.", "withdrawn", []),
    ("Fiji said that Samoa claimed Tonga had withdrawn.", "withdrawn", [["FJI"], ["WSM"]]),
    ("“Tonga has withdrawn,” Fiji's envoy Ana Duarte said.", "withdrawn", [["Ana Duarte"]]),
    ("“It is cold,” Fiji's envoy Ana Duarte said. “Tonga has withdrawn.”", "withdrawn", [["Ana Duarte"]]),
    ("“It is cold. Tonga has withdrawn,” Fiji's envoy Ana Duarte said.", "withdrawn", [["Ana Duarte"]]),
    ("A report by Fiji says Tonga has withdrawn.", "withdrawn", [["FJI"]]),
    ("Tonga has withdrawn, according to a report by Fiji.", "withdrawn", [["FJI"]]),
    ("Officials say Tonga has withdrawn.", "withdrawn", [[]]),
    ("Fiji's envoy Ana Duarte: Tonga has withdrawn.", "withdrawn", [["Ana Duarte"]]),
    ("When Fiji announced a truce, Tonga withdrew.", "withdrew", []),
    ("Fiji accused Tonga of a raid; Tonga denied it.", "accused", []),
    ("Fiji accused Tonga of arming rebels.", "arming", [["FJI"]]),
]


@pytest.mark.parametrize(("text", "word", "expected"), CHAINS)
def test_chain(text, word, expected, chain_of):
    assert chain_of(text, word) == expected
