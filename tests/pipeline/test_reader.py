"""The stages in a row: what is loaded when, what a run is named by, and what is too long to read."""

import dataclasses

import pytest

import kb.parts
import kb.pipeline
from kb.errors import EmptyInputError, InputTooLargeError, KBError, MissingInputError
from kb.intake import Input
from kb.pipeline import LoadReport, Reader
from kb.resources import digest_of, resource
from kb.settings import Settings


def test_linked_read_and_check_go_on_from_each_other(reader, article):
    linked = reader.linked(article())
    extraction = reader.read(article())
    checked = reader.check(article())
    assert linked.doc.article == extraction.article == checked.extraction.article
    assert extraction.sentences == len(linked.doc.sentences) == 4
    assert checked.extraction == extraction
    assert checked.iri.endswith(f"/article/{extraction.article.key}")
    assert checked.graph.splitlines() == sorted(checked.graph.splitlines())


def test_the_same_text_gives_the_same_graph(reader, article):
    assert reader.check(article()).graph == reader.check(article()).graph


def test_a_missing_file_needs_no_model(monkeypatch):
    def fail(path):
        raise AssertionError(f"{path} is loaded for nothing")

    monkeypatch.setattr("kb.nlp.load_parser", fail)
    problem = MissingInputError("x.txt: no such file or folder")
    report = Reader(Settings()).try_out(Input("x.txt", None, None, "unknown", problem=problem))
    assert report == LoadReport.failure("x.txt", problem)


def test_start_up_is_not_counted(article, monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr(kb.pipeline.time, "perf_counter", lambda: next(clock))
    fresh = Reader(Settings())
    report = fresh.try_out(article())
    assert "parser" in vars(fresh)
    assert report.seconds == 1


def test_any_change_of_rules_changes_the_run(reader, monkeypatch):
    before = reader.run
    lexicon = resource("data", "timex")
    monkeypatch.setattr(kb.parts, "digest_of", lambda folder: "0" if folder == lexicon else digest_of(folder))
    fresh = Reader(Settings())
    vars(fresh).update({name: value for name, value in vars(reader).items() if name != "run"})
    assert fresh.run.rules_hash != before.rules_hash
    assert fresh.run.iri != before.iri
    assert (fresh.run.version, fresh.run.model_hash) == (before.version, before.model_hash)


def test_a_text_too_long_for_an_article(reader, article, monkeypatch):
    text = article().data.decode()
    monkeypatch.setattr(kb.pipeline, "MOST_CHARACTERS", len(text))
    assert reader.read(article()).claims
    with pytest.raises(InputTooLargeError, match=rf"a.txt: {len(text) + 1:,} characters of text") as caught:
        reader.read(article(text + " "))
    assert "Split the file" in caught.value.hint


def test_the_limit_of_bytes_comes_first(reader, article):
    small = dataclasses.replace(reader, settings=Settings(max_article_bytes=10))
    with pytest.raises(InputTooLargeError, match=r"bytes, more than the limit of 10$"):
        small.read(article())


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_article(reader, article, text):
    with pytest.raises(EmptyInputError):
        reader.read(article(text))
    report = reader.try_out(article(text))
    assert (report.outcome, report.exit_code, report.error["code"]) == ("failed", 2, "KB012")


def test_digest_of_a_folder(tmp_path):
    (tmp_path / "a").write_text("1")
    before = digest_of(tmp_path)
    (tmp_path / "a").write_text("2")
    changed = digest_of(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({before, changed, digest_of(tmp_path)}) == 3


def test_a_defect_is_not_hidden(reader, article, monkeypatch):
    """Only errors of ours become reports here; what nobody expected is for the caller to tell."""

    def fail(*_):
        raise IndexError

    monkeypatch.setattr("kb.extract.extract", fail)
    with pytest.raises(IndexError):
        reader.try_out(article())


def test_an_error_of_ours_in_any_stage_is_reported(reader, article, monkeypatch):
    def fail(*_):
        raise KBError("a rule does not work")

    monkeypatch.setattr("kb.extract.extract", fail)
    report = reader.try_out(article())
    assert (report.outcome, report.exit_code, report.error["detail"]) == ("failed", 3, "a rule does not work")
