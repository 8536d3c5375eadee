"""The main path: one article in, checked facts out.

    text -> intake -> nlp -> times and linking -> extraction -> graph -> SHACL gate -> store -> canonical events

`read` goes as far as the claims, `check` adds graph and gate, `load` stores the result and the canonical changes it
causes as one atomic step. Everything they need is made once by `open_base`; nothing is loaded before it is used.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import KBError, RejectedError
from kb.resources import resource
from kb.settings import Settings

if TYPE_CHECKING:
    from rdflib import Graph

    from kb.extract import Lexicon
    from kb.gate import Admission, Gate
    from kb.graph import Run
    from kb.intake import Input
    from kb.link.gazetteer import Gazetteer
    from kb.model import Extraction
    from kb.nlp import Parser
    from kb.store import Store


@dataclass(frozen=True)
class LoadReport:
    """What became of one article.

    `outcome` is loaded, replaced, unchanged, checked (dry run), rejected or failed. `facts` is the flat view, made from
    the graph by the named queries. `rejected` are the claims the gate kept out, with the reasons; `error` is the problem
    object of an article that could not be read. All of it is plain data, so that a serving process can send it.
    """

    source: str
    outcome: str
    article: dict[str, Any] = field(default_factory=dict)
    facts: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0
    error: dict[str, Any] | None = None
    graph: str = ""

    @classmethod
    def failure(cls, source: str, error: KBError) -> LoadReport:
        """Return the report of an article that could not be read."""
        return cls(source, "rejected" if isinstance(error, RejectedError) else "failed", error=error.as_problem())


@dataclass
class Reader:
    """Turns text into claims: the parser, the gazetteer and the rules, each loaded at first use."""

    settings: Settings

    @cached_property
    def parser(self) -> Parser:
        """The NLP model."""
        from kb.nlp import load_parser

        return load_parser(self.settings.model or resource("data", "model"))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """States, organisations, places, titles and regimes."""
        from kb.link.gazetteer import load_gazetteer

        return load_gazetteer(resource("data", "gazetteer"))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The rules."""
        from kb.extract import load_lexicon

        return load_lexicon(resource("data", "lexicon"))

    def read(self, item: Input) -> Extraction:
        """Return the claims of one article.

        Raises:
            InputError: it is not an English news article in a readable form.
        """
        from kb import extract, intake, link, nlp, timex

        article = intake.read(item, max_bytes=self.settings.max_article_bytes)
        doc = nlp.analyse(article, self.parser)
        times = timex.find_times(doc, article.published)
        linked = link.link(doc, self.gazetteer, times)
        return extract.extract(linked, self.lexicon)
