"""All suites: which manifests are run, by what, and what came of each test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.dev.w3c.description import service_description
from kb.dev.w3c.endpoint import Endpoint
from kb.dev.w3c.evaluation import LITERAL, query_evaluation, syntax, update_evaluation
from kb.dev.w3c.exchanges import exchange
from kb.dev.w3c.manifests import Suite, Test

MANIFESTS = (
    "sparql10/manifest.ttl",
    "sparql11/manifest-all.ttl",
    "sparql12/manifest.ttl",
)
NOT_RUN = {
    "sparql11/entailment": "no entailment regime is offered: the store answers what it holds",
    "sparql11/service": "the endpoint calls no other servers",
}
"""Folders that are left out, with the reason."""

_RUNNERS: Mapping[str, Callable[[Test, Endpoint], str | None]] = {
    "QueryEvaluationTest": query_evaluation,
    "CSVResultFormatTest": query_evaluation,
    "UpdateEvaluationTest": update_evaluation,
    "ProtocolTest": exchange,
    "GraphStoreProtocolTest": exchange,
    "ServiceDescriptionTest": service_description,
    **{
        f"{sign}{language}SyntaxTest{version}": syntax
        for sign in ("Positive", "Negative")
        for language in ("", "Update")
        for version in ("", "11")
    },
}


@dataclass(frozen=True)
class Outcome:
    """What came of a test: `verdict` is pass, literal (only the form of literals differs) or fail."""

    folder: str
    name: str
    verdict: str
    fault: str = ""

    @property
    def test(self) -> str:
        """The test in one word."""
        return f"{self.folder}#{self.name}"


def run(suite: Suite, endpoint: Endpoint, manifests: Iterable[str] = MANIFESTS) -> Iterator[Outcome]:
    """Run the tests of some manifests but those of the folders `NOT_RUN`."""
    for manifest in manifests:
        for test in suite.tests(manifest):
            if test.folder not in NOT_RUN:
                yield _outcome(test, endpoint)


def _outcome(test: Test, endpoint: Endpoint) -> Outcome:
    fault = _RUNNERS[test.kind](test, endpoint)
    verdict = "pass" if fault is None else "literal" if fault == LITERAL else "fail"
    return Outcome(test.folder, test.name, verdict, fault or "")


def counts(outcomes: Iterable[Outcome]) -> dict[str, dict[str, int]]:
    """Return the number of tests by folder and verdict."""
    found: dict[str, dict[str, int]] = {}
    for outcome in outcomes:
        of_folder = found.setdefault(outcome.folder, {"pass": 0, "literal": 0, "fail": 0})
        of_folder[outcome.verdict] += 1
    return found
