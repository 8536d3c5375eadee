"""Named questions: load them, fill in their parameters, run them, print the answers.

Each file ``kb/queries/NAME.rq`` is one SPARQL 1.1 SELECT query that runs as it stands. Its head describes it; a line
that goes on starts with ``#+`` and two spaces or more::

    #+ summary: Visits to a state
    #+ description: Who visited whom and when, with whom,
    #+   and when the visit before was.
    #+ tags: visits, events
    #+ param state state: the state that is visited, e.g. PRK
    #+ param action choice of impose, lift: what is done, e.g. lift

A parameter line gives name, type (`kb.query.parameters`), meaning and a working example. The query takes the parameter
in exactly one line ``VALUES ?state { UNDEF }  # param``, whose braces hold its default; UNDEF asks about everything.
Binding swaps what is in the braces for terms that the RDF library wrote, never for the text that was given.

Queries name their graphs, so that they run on stores whose default graph is not the union of all others.
"""

from __future__ import annotations

from kb.query.named import NamedQuery, find_query, load_queries
from kb.query.names import Names
from kb.query.parameters import Parameter, ParameterType
from kb.query.run import run
from kb.query.tables import FORMATS, render

__all__ = [
    "FORMATS",
    "NamedQuery",
    "Names",
    "Parameter",
    "ParameterType",
    "find_query",
    "load_queries",
    "render",
    "run",
]
