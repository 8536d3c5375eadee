"""The main path: one article in, checked facts out.

    text -> intake -> nlp -> times and linking -> extraction -> graph -> SHACL gate -> store -> canonical events

`Reader.read` goes as far as the claims, `Reader.check` adds graph and gate, `Base.load` stores the result and the
canonical changes it causes as one atomic step. Each part is loaded at its first use.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from kb.errors import InputTooLargeError, KBError, RejectedError
from kb.holdings import find_article, status_of
from kb.parts import Parts
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.gate import Admission
    from kb.intake import Input
    from kb.model import Article, Extraction, LinkedDocument
    from kb.store import Store

MOST_CHARACTERS = 400_000
"""A longer text is refused: all of it is held in memory as a parse and as a graph, and no news article is as long."""


@dataclass(frozen=True)
class LoadReport:
    """What became of one article, as plain data that a serving process can send.

    `outcome` is loaded, replaced, unchanged, checked (dry run), rejected or failed. `article` and `facts` are the flat
    view, made from the graph by the named queries; `graph` is that graph as N-Triples. `rejected` are the claims the
    gate kept out, with the reasons; `error` is the problem object of an article that could not be read or stored.
    `seconds` is the time it took, start-up not counted.
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
    exit_code: int = 0
    graph: str = ""

    @classmethod
    def failure(cls, source: str, error: KBError) -> LoadReport:
        """Return the report of an article that could not be read or stored."""
        outcome = "rejected" if isinstance(error, RejectedError) else "failed"
        return cls(source, outcome, error=error.as_problem(), exit_code=error.exit_code)


@dataclass(frozen=True)
class Checked:
    """An article that has been read and checked, but not stored: its claims, and what of its graph may enter."""

    extraction: Extraction
    iri: str
    admission: Admission
    graph: str
    """The admitted graph as sorted N-Triples."""


@dataclass
class Reader(Parts):
    """Turns text into checked claims, with the parts it inherits."""

    def linked(self, item: Input) -> LinkedDocument:
        """Return the parsed article with its mentions, offices and times.

        Raises:
            InputError: it is not an English news article in a readable form, or far too long for one.
        """
        from kb import intake

        article = intake.read(item, max_bytes=self.settings.max_article_bytes, cues=self.cues)
        _refuse_book(article)
        return self.link(article)

    def link(self, article: Article) -> LinkedDocument:
        """Return an article, already taken in, with its sentences, mentions, offices and times."""
        from kb import link, nlp, timex

        doc = nlp.analyse(article, self.parser)
        times = timex.find_times(doc, article.published, self.time_words)
        return link.link(doc, self.gazetteer, times, self.link_words)

    def read(self, item: Input) -> Extraction:
        """Return the claims of one article; raises like `linked`."""
        from kb import extract

        return extract.extract(self.linked(item), self.lexicon, self.gazetteer.regime_of)

    def check(self, item: Input) -> Checked:
        """Return the claims of one article and what SHACL lets in of them; raises like `linked`."""
        from kb.graph import article_iri, build_graph, to_nquads

        extraction = self.read(item)
        graph = build_graph(extraction, self.run, self.settings.keep_text, by_code=self.gazetteer.entity)
        admission = self.gate.admit(graph)
        return Checked(extraction, str(article_iri(extraction.article.key)), admission, to_nquads(admission.graph))

    def report(self, item: Input, checked: Checked, outcome: str) -> LoadReport:
        """Return the report of a checked article."""
        view = self.flat.article_view(checked.graph) if checked.graph else {"article": {}, "facts": []}
        extraction, admission = checked.extraction, checked.admission
        rejected = [{"claim": str(r.node), "reasons": list(r.reasons)} for r in admission.rejected]
        warnings = [*extraction.warnings, *(text for _node, text in admission.warnings)]
        counts = {
            "sentences": extraction.sentences,
            "mentions_linked": extraction.linked,
            "mentions_unlinked": extraction.unlinked,
            "facts": len(view["facts"]),
            "rejected": len(rejected),
            "warnings": len(warnings),
        }
        return LoadReport(
            item.source, outcome, view["article"], view["facts"], counts, rejected, warnings, graph=checked.graph
        )

    def try_out(self, item: Input) -> LoadReport:
        """Read and check an article without storing it; what goes wrong with it is in the report."""
        return self.timed(item, lambda: self.report(item, _admitted(self.check(item)), "checked"))

    def timed(self, item: Input, work: Callable[[], LoadReport]) -> LoadReport:
        """Do the work on an article and say how long it took; what goes wrong with it is in the report."""
        try:
            if item.problem is None:
                self.prepare()
            started = time.perf_counter()
            report = work()
        except KBError as error:
            return LoadReport.failure(item.source, error)
        return replace(report, seconds=time.perf_counter() - started)


def _refuse_book(article: Article) -> None:
    """Let pass what may be an article.

    Raises:
        InputTooLargeError: it is longer than `MOST_CHARACTERS`.
    """
    length = len(article.text)
    if length > MOST_CHARACTERS:
        raise InputTooLargeError(
            f"{article.source}: {length:,} characters of text; an article has at most {MOST_CHARACTERS:,}",
            hint="Split the file into articles: a folder of files, or JSON lines.",
        )


def _admitted(checked: Checked) -> Checked:
    """Pass on an article that may enter.

    Raises:
        RejectedError: the gate lets nothing of it in.
    """
    if checked.admission.article_admitted:
        return checked
    reasons = "; ".join(reason for rejection in checked.admission.rejected for reason in rejection.reasons)
    raise RejectedError(f"{checked.extraction.article.source}: SHACL keeps the whole article out: {reasons}")


@dataclass
class Base:
    """A knowledge base: a store, and the reader that fills it. One thread writes at a time."""

    settings: Settings
    store: Store
    reader: Reader
    _turn: Lock = field(default_factory=Lock, repr=False)

    def load(self, item: Input, *, dry_run: bool = False) -> LoadReport:
        """Read one article, keep its facts with their evidence, and say what was kept.

        What is wrong with the article or the store is in the report, so that one bad article never stops a batch.
        """
        if dry_run:
            return self.reader.try_out(item)
        return self.reader.timed(item, lambda: self._loaded(item))

    def _loaded(self, item: Input) -> LoadReport:
        checked = _admitted(self.reader.check(item))
        return self.reader.report(item, checked, self._store(checked))

    def _store(self, checked: Checked) -> str:
        """Write the article's graph and the canonical changes it causes as one atomic step; return the outcome."""
        from kb import resolve
        from kb.store import normalised

        with self._turn:
            before = self.store.graph(checked.iri)
            if before == normalised(checked.graph):
                return "unchanged"
            self.store.apply(resolve.change_for(self.store, checked.iri, checked.graph))
        return "replaced" if before else "loaded"

    def remove(self, reference: str) -> str:
        """Remove an article and what only it supported; return its IRI.

        `reference` is the article's IRI, its key, or the path or name it was loaded from.

        Raises:
            NotFoundError: there is no such article.
        OptionError: several were loaded from this source.
        """
        from kb import resolve

        iri = self.article(reference)
        with self._turn:
            self.store.apply(resolve.removal_of(self.store, iri))
        return iri

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """Give the store to whoever writes it directly (SPARQL Update); no article comes or goes meanwhile.

        What is written this way passes no gate, and the canonical graph does not follow: `api.updates` keeps it out of
        the graphs that are made of articles, unless the owner wants it otherwise.
        """
        with self._turn:
            yield self.store

    def article(self, reference: str) -> str:
        """Return the IRI of an article by IRI, key or source; raises like `remove`."""
        return find_article(self.store, reference)

    def close(self) -> None:
        """Make what was written survive a power cut, and release the store."""
        try:
            self.store.flush()
        finally:
            self.store.close()

    def status(self) -> Mapping[str, Any]:
        """Return what the base holds: counts, versions and the articles."""
        return status_of(self.store)


def open_base(settings: Settings) -> Base:
    """Open the store for writing, with the ontology and what we know beforehand in it.

    Raises:
        StoreError: it cannot be opened or written.
    """
    from kb.store import open_store

    store = open_store(settings.store, union=settings.default_graph == "union", seconds=settings.query_seconds)
    try:
        return base_on(store, settings)
    except KBError:
        store.close()
        raise


def base_on(store: Store, settings: Settings) -> Base:
    """Return a base on an open store; raises like `open_base`."""
    from kb.foundation import lay_foundation

    reader = Reader(settings)
    lay_foundation(store, lambda: reader.gazetteer)
    return Base(settings, store, reader)
