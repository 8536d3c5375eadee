"""`Base.load` and `Base.remove`: the report, the outcomes, and that what fails leaves nothing behind."""

import dataclasses
import threading

import pytest

import kb.extract
from kb.errors import NotFoundError, OptionError, StoreFullError
from kb.holdings import find_article, status_of
from kb.model import Claim
from kb.pipeline import Base
from kb.settings import Settings
from kb.store import memory_store

ARTICLE_KEYS = ["iri", "key", "title", "published", "publisher", "url", "source", "sha256", "dateline"]


def test_the_report(base, article):
    report = base.load(article(url="https://wire.test/1"))
    assert (report.source, report.outcome, report.exit_code, report.error) == ("a.txt", "loaded", 0, None)
    assert list(report.article) == ARTICLE_KEYS
    assert report.article["title"] == "Duarte flies to Cairo for talks"
    assert (report.article["published"], report.article["url"]) == ("2031-05-13", "https://wire.test/1")
    assert {"visit", "meeting", "accuse", "deny"} <= {fact["type"] for fact in report.facts}
    assert set(report.counts) == {
        "sentences",
        "mentions_linked",
        "mentions_unlinked",
        "facts",
        "rejected",
        "warnings",
    }
    assert report.counts["sentences"] == 4
    assert report.counts["facts"] == len(report.facts)
    assert (report.rejected, report.warnings) == ([], [])
    assert report.seconds > 0
    assert report.graph == base.store.graph(report.article["iri"])


def test_outcomes(base, article):
    text = article().data.decode()
    outcomes = [base.load(article(t)).outcome for t in (text, text, text + "Duarte thanked Egypt.\n", text, text)]
    assert outcomes == ["loaded", "unchanged", "replaced", "replaced", "unchanged"]
    assert base.load(article(), dry_run=True).outcome == "checked"


def test_a_dry_run_stores_nothing(base, article, quads):
    assert base.load(article(), dry_run=True).facts
    assert quads(base) == ""


def test_the_order_of_loading_does_not_matter(reader, article, quads):
    """Three articles about one visit, the second of which is loaded, removed and loaded again."""
    text = article().data.decode()
    items = [article(text.replace("Test Wire", name), f"{name}.txt", publisher=name) for name in ("A", "B", "C")]
    bases = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        base = Base(Settings(), memory_store(), reader)
        for number in order:
            assert base.load(items[number]).outcome == "loaded"
        bases.append(base)
    bases[1].remove("B.txt")
    assert quads(bases[1]) != quads(bases[0])
    bases[1].load(items[1])
    assert len({quads(base) for base in bases}) == 1


def test_many_threads_at_once(base, article, quads, reader):
    text = article().data.decode()
    items = [article(text.replace("Test Wire", f"W{n}"), f"{n}.txt", publisher=f"W{n}") for n in range(6)]
    found = []
    threads = [threading.Thread(target=lambda item=item: found.append(base.load(item).outcome)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert found == ["loaded"] * 6
    alone = Base(Settings(), memory_store(), reader)
    for item in items:
        alone.load(item)
    assert quads(base) == quads(alone)


# --- SHACL ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def spoil(monkeypatch):
    """Change what is extracted before it becomes a graph."""
    extract = kb.extract.extract

    def spoil(change):
        monkeypatch.setattr(kb.extract, "extract", lambda *arguments: change(extract(*arguments)))

    return spoil


def without_visitor(extraction):
    claims = [
        dataclasses.replace(c, arguments=tuple(a for a in c.arguments if a.role != "visitor")) if is_visit(c) else c
        for c in extraction.claims
    ]
    return dataclasses.replace(extraction, claims=tuple(claims))


def is_visit(claim: Claim):
    return claim.type == "Visit"


def test_a_claim_kept_out_is_reported_and_the_rest_loads(base, article, spoil):
    good = base.load(article(), dry_run=True)
    spoil(without_visitor)
    report = base.load(article())
    assert (report.outcome, report.exit_code) == ("loaded", 0)
    (rejected,) = report.rejected
    (visit,) = (fact for fact in good.facts if fact["type"] == "visit")
    assert rejected["claim"] == visit["iri"]
    assert rejected["reasons"]
    assert all(isinstance(reason, str) for reason in rejected["reasons"])
    assert report.counts["rejected"] == 1
    assert [fact["iri"] for fact in report.facts] == [f["iri"] for f in good.facts if f is not visit]
    assert visit["iri"] not in base.store.graph(report.article["iri"])
    assert not any(line.startswith(f"<{visit['iri']}>") for line in report.graph.splitlines())
    assert "visit" not in base.status()["counts"]


def test_an_article_rejected_as_a_whole(base, article, spoil, quads):
    spoil(lambda x: dataclasses.replace(x, article=dataclasses.replace(x.article, sha256="no hash")))
    for report in (base.load(article()), base.load(article(), dry_run=True)):
        assert (report.outcome, report.exit_code, report.facts, report.graph) == ("rejected", 1, [], "")
        assert report.error["code"] == "KB020"
        assert report.error["detail"].startswith("a.txt: SHACL keeps the whole article out: ")
    assert quads(base) == ""


def test_a_rejected_version_leaves_the_earlier_one(base, article, spoil, quads):
    base.load(article())
    before = quads(base)
    spoil(lambda x: dataclasses.replace(x, article=dataclasses.replace(x.article, sha256="no hash")))
    assert base.load(article()).outcome == "rejected"
    assert quads(base) == before


def test_an_article_without_facts_is_loaded(base, article):
    report = base.load(article("The weather is fine\n\nIt was warm in the old town, and the people were happy.\n"))
    assert (report.outcome, report.facts) == ("loaded", [])
    assert base.status()["counts"]["articles"] == 1


# --- stores that fail -------------------------------------------------------------------------------------------------


class FullStore:
    """A store that takes `room` changes and no more."""

    def __init__(self, store, room):
        self._store, self.room = store, room

    def __getattr__(self, name):
        return getattr(self._store, name)

    def apply(self, change):
        if not self.room:
            raise StoreFullError("the disk is full")
        self.room -= 1
        self._store.apply(change)


def test_a_store_that_fails_keeps_nothing_of_the_article(base, article, quads):
    full = Base(Settings(), FullStore(base.store, 1), base.reader)
    assert full.load(article()).outcome == "loaded"
    before = quads(full)
    for item in (article(source="b.txt", publisher="B"), article("Nothing\n\nNothing happened in the old town.\n")):
        report = full.load(item)
        assert (report.outcome, report.exit_code, report.error["code"]) == ("failed", 4, "KB053")
        assert (report.source, report.facts, report.graph) == (item.source, [], "")
    with pytest.raises(StoreFullError):
        full.remove("a.txt")
    assert quads(full) == before
    full.store.room = 1
    full.remove("a.txt")
    assert quads(full) == ""


# --- articles by name -------------------------------------------------------------------------------------------------


def test_find_article_by_every_name(base, article):
    iri = base.load(article()).article["iri"]
    for name in (iri, iri.rpartition("/")[2], iri.removeprefix("https://w3id.org/demarche/"), "a.txt"):
        assert find_article(base.store, name) == base.article(name) == iri
    with pytest.raises(NotFoundError, match=r"no article b\.txt in memory"):
        base.article("b.txt")


def test_a_source_of_several_articles(base, article):
    keys = sorted(base.load(article(publisher=name, source="-")).article["key"] for name in "AB")
    with pytest.raises(OptionError, match=f"2 articles come from -: {keys[0]}, {keys[1]}"):
        base.remove("-")
    assert base.remove(keys[0]).endswith(keys[0])
    assert base.remove("-").endswith(keys[1])


def test_status(base, article):
    assert status_of(base.store)["articles"] == []
    report = base.load(article())
    (row,) = base.status()["articles"]
    assert (row["key"], row["source"], row["facts"]) == (report.article["key"], "a.txt", str(len(report.facts)))
    assert base.status()["counts"]["claims"] == len(report.facts)
