"""From a job to its answer, in the thread and the process that call it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kb.errors import NotAcceptableError
from kb.store import AnswerKind
from kb.store.dump import write_document
from kb.store.embedded import EmbeddedStore, Result, kind_of
from kb.workers.jobs import Job
from kb.workers.output import Output


def evaluate(store: EmbeddedStore, job: Job, output: Output) -> None:
    """Write the answer to a job, all but its end.

    Raises:
        QueryError: the query cannot be evaluated, or its answer goes over a limit.
        NotAcceptableError: the job has no format for this kind of result.
        StoreError: the store cannot be read.
    """
    with store.results(
        job.query,
        default_graphs=job.default_graphs,
        named_graphs=job.named_graphs,
        base=job.base,
        services=job.services,
        union=job.union,
    ) as found:
        kind = kind_of(found)
        if kind not in job.formats:
            raise NotAcceptableError(job.refusals[kind])
        if job.page_rows is not None and isinstance(found, ox.QuerySolutions):
            output.begin(kind)
            output.write(json.dumps(_page(found, job.page_rows, output)).encode())
        else:
            _serialise(found, kind, job.formats[kind], output)


def _serialise(found: Result, kind: AnswerKind, media: str, output: Output) -> None:
    if isinstance(found, ox.QueryTriples):
        format_ = ox.RdfFormat.from_media_type(media)
        assert format_ is not None, "a job has media types that the engine knows"
        output.begin(kind)
        write_document(_counted(found, output), format_, output)
    else:
        results_format = ox.QueryResultsFormat.from_media_type(media)
        output.begin(kind, results_format if kind is AnswerKind.ROWS else None)
        found.serialize(output, format=results_format)  # type: ignore[arg-type]  # it needs `write` and `flush` only


def _counted(triples: ox.QueryTriples, output: Output) -> Iterator[ox.Triple]:
    for triple in triples:
        output.add_row()
        yield triple


def _page(found: ox.QuerySolutions, most: int, output: Output) -> dict[str, Any]:
    """Return the first rows as SPARQL JSON has them, and the number of all of them."""
    names = [variable.value for variable in found.variables]
    rows: list[list[dict[str, str] | None]] = []
    count = 0
    for solution in found:
        count += 1
        output.add_row()
        if count <= most:
            rows.append([_plain(term) for term in solution])
    return {"variables": names, "rows": rows, "count": count}


def _plain(term: Any) -> dict[str, str] | None:
    """Return a term as in SPARQL 1.1 Query Results JSON, section 3.2.2."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, ox.Literal):
        return {"type": "literal", "value": str(term)}
    plain = {"type": "literal", "value": term.value}
    if term.language:
        return plain | {"xml:lang": term.language}
    kind = term.datatype.value
    return plain if kind == "http://www.w3.org/2001/XMLSchema#string" else plain | {"datatype": kind}
