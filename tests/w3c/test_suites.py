"""The W3C's SPARQL suites through HTTP. `outcomes.toml` says what passes, and why a test that fails does so."""

import tomllib
from pathlib import Path

import pytest

from kb.dev.w3c.suites import NOT_RUN, counts

EXPECTED = tomllib.loads(Path(__file__).with_name("outcomes.toml").read_text(encoding="utf-8"))
FAILURES = {test: cause for cause, listed in EXPECTED["failures"].items() for test in listed["tests"]}

pytestmark = pytest.mark.slow


def total(outcomes, verdicts, *folders):
    return sum(
        outcome.verdict in verdicts for outcome in outcomes if outcome.folder.removeprefix("sparql11/") in folders
    )


UPDATES = """add basic-update clear copy delete-data delete-insert delete-where delete drop move
    update-silent"""
QUERIES = """aggregates bind bindings cast construct exists functions grouping negation project-expression property-path
    subquery csv-tsv-res json-res"""
SYNTAX = "syntax-query syntax-update-1 syntax-update-2 syntax-fed"


def test_counts_by_folder(outcomes):
    """No suite shrinks unseen, and none gets worse."""
    assert counts(outcomes) == EXPECTED["counts"]
    assert set(EXPECTED["not_run"]) == set(NOT_RUN)


def test_what_fails_is_known(outcomes):
    faults = {outcome.test: outcome.fault for outcome in outcomes if outcome.verdict == "fail"}
    assert set(faults) == set(FAILURES), {test: faults.get(test) for test in set(faults) ^ set(FAILURES)}


def test_what_differs_in_literals_is_known(outcomes):
    found = {outcome.test for outcome in outcomes if outcome.verdict == "literal"}
    assert found == set(EXPECTED["literals"]["tests"])


def test_every_failure_has_a_reason():
    for cause, listed in EXPECTED["failures"].items():
        assert len(listed["reason"]) > 30, cause
        assert listed["tests"], cause
    listed = [test for found in EXPECTED["failures"].values() for test in found["tests"]]
    assert len(set(listed)) == len(listed)


def test_protocols_pass_whole(outcomes):
    assert total(outcomes, {"pass"}, "protocol") == 34
    assert total(outcomes, {"pass"}, "graph-store-protocol") == 13
    assert total(outcomes, {"pass"}, "service-description") == 3


def test_updates_pass_whole(outcomes):
    assert total(outcomes, {"pass"}, *UPDATES.split()) == 102  # 94 of evaluation, 8 of syntax
    assert total(outcomes, {"literal", "fail"}, *UPDATES.split()) == 0


def test_syntax_passes_whole(outcomes):
    assert total(outcomes, {"pass"}, *SYNTAX.split()) == 152
    assert total(outcomes, {"literal", "fail"}, *SYNTAX.split()) == 0


def test_queries_and_result_formats(outcomes):
    assert total(outcomes, {"pass", "literal"}, *QUERIES.split()) >= 225
