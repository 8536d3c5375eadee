"""The generated vocabulary is the ontology's."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner
from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from kb.dev import gen_vocab
from kb.vocab import CLAIM_CLASSES, CLAIM_LINKS, CONCEPTS, DEM, INTERVALS, SCHEMES, VERBATIM


def test_it_is_up_to_date() -> None:
    result = CliRunner().invoke(gen_vocab.main, ["--check"])
    assert (result.exit_code, result.output) == (0, "")


def test_a_changed_ontology_changes_it() -> None:
    ontology = gen_vocab.read_ontology()
    before = gen_vocab.generate(ontology)
    ontology.add((DEM.Visit, DEM.verbatim, Literal(True)))
    assert gen_vocab.generate(gen_vocab.read_ontology()) == before != gen_vocab.generate(ontology)


def test_a_stale_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gen_vocab, "generate", lambda ontology: "stale")
    result = CliRunner().invoke(gen_vocab.main, ["--check"])
    assert result.exit_code == 1
    assert "python -m kb.dev.gen_vocab" in result.output


def test_every_term_is_reached() -> None:
    terms = {term for term in gen_vocab.read_ontology().subjects(RDF.type, None) if str(term).startswith(str(DEM))}
    assert {term for term in terms if DEM[str(term).removeprefix(str(DEM))] != term} == set()
    assert DEM.visitor == URIRef("https://w3id.org/demarche/ontology#visitor")
    assert DEM["factuality-planned"] == URIRef("https://w3id.org/demarche/ontology#factuality-planned")


def test_an_unknown_term_fails() -> None:
    for name in ("vizitor", "factuality-unknown"):
        with pytest.raises(AttributeError, match=name):
            DEM[name]


def test_the_tables_hold_what_the_ontology_says() -> None:
    ontology = gen_vocab.read_ontology()
    assert all((DEM[name], DEM.claims, DEM[event]) in ontology for event, name in CLAIM_CLASSES.items())
    assert CLAIM_LINKS == {"Accusation": "alleges", "Denial": "denies"}
    assert INTERVALS == ("Visit",)
    assert all((DEM[name], DEM.verbatim, Literal(True)) in ontology for name in VERBATIM)
    assert set(SCHEMES.values()) == set(CONCEPTS)
    for key, scheme in SCHEMES.items():
        owner, _, prop = key.rpartition(".")
        assert (DEM[owner or prop], DEM.scheme, DEM[scheme]) in ontology
        assert (DEM[prop], RDFS.range, None) in ontology
    for scheme, concepts in CONCEPTS.items():
        assert {DEM[name] for name in concepts.values()} == set(ontology.subjects(SKOS.inScheme, DEM[scheme]))


def test_importing_it_parses_nothing() -> None:
    program = "import sys, kb.vocab; print([m for m in sys.modules if 'pyparsing' in m or 'notation3' in m])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
