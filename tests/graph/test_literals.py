"""Dates and stamps in the one form that a store leaves alone."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest
from rdflib import XSD, Graph, Literal, URIRef

from kb.graph import to_nquads
from kb.graph.literals import date_literal, stamp_literal, time_literals
from kb.model import Precision, TimeValue

STAMPS = [
    ("2031-05-14T09:30:00+02:00", "2031-05-14T09:30:00+02:00"),
    ("2031-05-14T09:30:00Z", "2031-05-14T09:30:00Z"),
    ("2031-05-14T09:30:00+00:00", "2031-05-14T09:30:00Z"),
    ("2031-05-14T09:30", "2031-05-14T09:30:00"),
    ("2031-05-14 09:30:00.250-03:30", "2031-05-14T09:30:00-03:30"),
    ("20310514T093000", "2031-05-14T09:30:00"),
    ("2031-05-14", None),
    ("20310514", None),
    ("14 May 2031", None),
    ("2031-05-14T25:30:00", None),
]

DAY, LAST = date(2031, 5, 5), date(2031, 5, 11)

TIMES = [
    (TimeValue("2031-05-05", DAY, DAY, Precision.DAY), [("2031-05-05", XSD.date)]),
    (TimeValue("2031-05", date(2031, 5, 1), date(2031, 5, 31), Precision.MONTH), [("2031-05", XSD.gYearMonth)]),
    (TimeValue("2031", date(2031, 1, 1), date(2031, 12, 31), Precision.YEAR), [("2031", XSD.gYear)]),
    (TimeValue("2031-W19", DAY, LAST, Precision.WEEK), [("2031-05", XSD.gYearMonth)]),
    (TimeValue("2031-W18", date(2031, 4, 28), date(2031, 5, 4), Precision.WEEK), [("2031", XSD.gYear)]),
    (TimeValue("2031-Q2", date(2031, 4, 1), date(2031, 6, 30), Precision.QUARTER), [("2031", XSD.gYear)]),
    (TimeValue("203X", date(2030, 1, 1), date(2039, 12, 31), Precision.DECADE), []),
    (
        TimeValue("2031-05-05", DAY, LAST, Precision.DAY, end_value="2031-05-11"),
        [("2031-05-05", XSD.date), ("2031-05-11", XSD.date)],
    ),
]


@pytest.mark.parametrize(("stamp", "expected"), STAMPS)
def test_stamp(stamp: str, expected: str | None) -> None:
    literal = stamp_literal(stamp)
    assert (literal and (str(literal), literal.datatype)) == (expected and (expected, XSD.dateTime))


@pytest.mark.parametrize(("time", "expected"), TIMES)
def test_time(time: TimeValue, expected: list[tuple[str, URIRef]]) -> None:
    assert [(str(literal), literal.datatype) for literal in time_literals(time) if literal is not None] == expected


def test_a_store_keeps_every_form() -> None:
    graph, subject = Graph(), URIRef("http://example.org/a")
    stamps = [literal for text, _ in STAMPS if (literal := stamp_literal(text))]
    times = [literal for time, _ in TIMES for literal in time_literals(time) if literal is not None]
    for literal in (*stamps, *times, date_literal(DAY), Literal(7), Literal('a\u0007\n\\"b\r\U0001f600')):
        graph.add((subject, XSD.string, literal))
    store = ox.Store()
    store.load(to_nquads(graph).encode(), ox.RdfFormat.N_TRIPLES)
    kept = "".join(sorted(f"{line}\n" for line in store.dump(format=ox.RdfFormat.N_QUADS).decode().split("\n") if line))
    assert kept == to_nquads(graph)
