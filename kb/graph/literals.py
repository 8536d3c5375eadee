"""Literals in the one form that every store keeps: canonical numbers and dates, plain strings."""

from __future__ import annotations

import re
from datetime import date, datetime

from rdflib import XSD, Literal, URIRef

from kb.model import TimeValue

_EXACT = (
    (re.compile(r"\d{4}-\d\d-\d\d"), XSD.date),
    (re.compile(r"\d{4}-\d\d"), XSD.gYearMonth),
    (re.compile(r"\d{4}"), XSD.gYear),
)


def date_literal(day: date) -> Literal:
    """Return an xsd:date."""
    return Literal(day.isoformat(), datatype=XSD.date)


def stamp_literal(stamp: str) -> Literal | None:
    """Return an ISO 8601 date and time as canonical xsd:dateTime, or None if it is none.

    The offset stays as it is, but UTC is written Z, as stores write it.
    """
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    text = moment.replace(microsecond=0).isoformat()
    text = text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
    return Literal(text, datatype=XSD.dateTime, normalize=False) if len(stamp) > len("2024-06-19") else None


def time_literals(time: TimeValue) -> tuple[Literal | None, Literal | None]:
    """Return a time as exactly as known, and the end of an interval if it has one.

    The datatype is xsd:date, xsd:gYearMonth or xsd:gYear. A week, quarter or season is given by the month or year that
    holds it; a time that no year holds has bounds only, and so has the start of a visit of which only the end is told.
    """
    value = (_typed(time.value) or _coarser(time)) if time.value else None
    return value, _typed(time.end_value) if time.end_value else None


def _typed(value: str) -> Literal | None:
    datatype: URIRef | None = next((kind for form, kind in _EXACT if form.fullmatch(value)), None)
    return None if datatype is None else Literal(value, datatype=datatype)


def _coarser(time: TimeValue) -> Literal | None:
    first, last = time.earliest.isoformat(), time.latest.isoformat()
    common = next((first[:length] for length in (7, 4) if first[:length] == last[:length]), None)
    return None if common is None else _typed(common)
