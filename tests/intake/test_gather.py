import io
import json
import os
from datetime import date

import pytest

from kb.errors import (
    EmptyInputError,
    InputError,
    InputTooLargeError,
    KBError,
    LanguageError,
    MissingInputError,
    NoArticleError,
    OptionError,
)
from kb.intake import gather, read
from kb.model import ArticleInfo

NOTHING = ArticleInfo()


@pytest.fixture
def folder(tmp_path, story):
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.html",
        "sub/deep/d.HTM",
        "README.md",
        "readme.txt",
        ".hidden.txt",
        ".git/x.txt",
        "notes.pdf",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(story)
    return tmp_path


def names(items, folder):
    return [os.path.relpath(item.source, folder) for item in items]


def load(item):
    return read(item, max_bytes=1_000_000)


def test_folder_is_read_recursively_and_sorted(folder):
    items = gather([str(folder)], NOTHING)
    assert names(items, folder) == ["a.txt", "b.txt", "sub/c.html", "sub/deep/d.HTM"]
    assert [item.media for item in items] == ["text", "text", "html", "html"]


def test_pattern_is_expanded_and_sorted(folder):
    assert names(gather([str(folder / "*.txt")], NOTHING), folder) == ["a.txt", "b.txt", "readme.txt"]
    assert names(gather([str(folder / "**" / "*.html")], NOTHING), folder) == ["sub/c.html"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path, story):
    (tmp_path / "a[1].txt").write_text(story)
    assert load(gather([str(tmp_path / "a[1].txt")], NOTHING)[0]).text == story


def test_files_keep_the_order_given_and_are_read_once(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "link.txt").symlink_to(folder / "a.txt")
    items = gather(["b.txt", "a.txt", "./b.txt", "link.txt", str(folder / "b.txt"), "sub/../a.txt"], NOTHING)
    assert [item.source for item in items] == ["b.txt", "a.txt"]


@pytest.mark.parametrize("path", ["missing.txt", "missing/", "no*.txt", "a.txt/b.txt", "nul\x00l.txt", "x" * 5000])
def test_what_is_missing_raises_when_it_is_read_and_not_before(folder, monkeypatch, path):
    monkeypatch.chdir(folder)
    items = gather(["a.txt", path, "b.txt"], NOTHING)
    assert [item.source for item in items] == ["a.txt", path, "b.txt"]
    with pytest.raises(KBError) as caught:
        load(items[1])
    assert isinstance(caught.value, InputError)
    assert load(items[2]).title


def test_missing_file_names_itself(tmp_path):
    with pytest.raises(MissingInputError, match=r"gone\.txt: no such file"):
        load(gather([str(tmp_path / "gone.txt")], NOTHING)[0])


def test_folder_without_articles_is_reported(tmp_path):
    (item,) = gather([str(tmp_path)], NOTHING)
    with pytest.raises(MissingInputError, match="holds no articles"):
        load(item)


def test_size_is_checked_before_the_file_is_read(tmp_path, monkeypatch):
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 2000)
    monkeypatch.setattr("pathlib.Path.open", lambda *a, **k: pytest.fail("the file was opened"))
    with pytest.raises(InputTooLargeError, match=r"big\.txt: 2,000 bytes"):
        read(gather([str(path)], NOTHING)[0], max_bytes=1000)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_reported(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(InputError, match=r"secret\.txt: cannot be read"):
        load(gather([str(path)], NOTHING)[0])


# --- JSON lines -----------------------------------------------------------------------------------------------------


@pytest.fixture
def lines(tmp_path, story):
    rows = [
        json.dumps({"text": story, "title": "Grain pact", "url": "https://news.example/1", "published": "2024-06-18"}),
        "",
        '{"text": "broken',
        json.dumps(
            {"html": f"<html><body><article><p>{story}</p></article></body></html>", "publisher": "Example Wire"}
        ),
        json.dumps({"title": "no text"}),
        "[1, 2]",
        json.dumps({"text": story, "published": "last Tuesday"}),
        json.dumps({"text": story, "title": 7}),
        json.dumps({"text": "  "}),
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_each_line_is_an_input_and_a_bad_one_stops_nothing(lines, story):
    items = gather([str(lines)], NOTHING)
    assert [item.source.rpartition(":")[2] for item in items] == ["1", "3", "4", "5", "6", "7", "8", "9"]
    first = load(items[0])
    assert (first.text, first.title, first.url) == (story, "Grain pact", "https://news.example/1")
    assert first.published == date(2024, 6, 18)
    assert load(items[2]).publisher == "Example Wire"


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        (1, InputError, r"news\.jsonl:3, column 10: not valid JSON: Unterminated string"),
        (3, NoArticleError, r"news\.jsonl:5: the record has neither"),
        (4, InputError, r"news\.jsonl:6: a JSON array"),
        (5, InputError, r"news\.jsonl:7: field \"published\" is 'last Tuesday'"),
        (6, InputError, r"news\.jsonl:8: field \"title\" is a JSON number"),
        (7, NoArticleError, r"news\.jsonl:9"),
    ],
)
def test_bad_lines_say_where_and_why(lines, line, error, message):
    with pytest.raises(error, match=message):
        load(gather([str(lines)], NOTHING)[line])


def test_only_what_the_caller_gave_wins_over_the_record(lines):
    article = load(gather([str(lines)], ArticleInfo(published=date(2024, 6, 1), publisher="Mine"))[0])
    assert (article.published, article.publisher, article.title) == (date(2024, 6, 1), "Mine", "Grain pact")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_lines_of_windows_tools(tmp_path, story, encoding):
    path = tmp_path / "news.ndjson"
    path.write_text(json.dumps({"text": story}) + "\r\n" + json.dumps({"text": story + "More."}), encoding=encoding)
    assert [load(item).text for item in gather([str(path)], NOTHING)] == [story, story + "More."]


def test_record_with_a_time_and_with_lone_surrogates(tmp_path):
    path = tmp_path / "one.json"
    path.write_text('{"text": "Envoy \\ud800 leaves\\r\\nMarxville", "published": "2024-06-18T09:30:00Z"}')
    article = load(gather([str(path)], NOTHING)[0])
    assert article.text == "Envoy \ufffd leaves\nMarxville"
    assert article.published_time == "2024-06-18T09:30:00+00:00"


def test_empty_file_of_json_lines(tmp_path):
    path = tmp_path / "none.jsonl"
    path.write_text("\n\n")
    (item,) = gather([str(path)], NOTHING)
    with pytest.raises(EmptyInputError):
        load(item)


# --- standard input -------------------------------------------------------------------------------------------------


def from_stdin(data):
    return gather(["-"], NOTHING, stdin=io.BytesIO(data))


def test_text_on_standard_input(story):
    (item,) = from_stdin(story.encode())
    assert (item.source, load(item).text) == ("-", story)


def test_html_on_standard_input(story):
    (item,) = from_stdin(f"<html><body><article><p>{story}</p></article></body></html>".encode())
    assert "Freedonian President" in load(item).text
    assert "<p>" not in load(item).text


def test_json_lines_on_standard_input(story):
    items = from_stdin((json.dumps({"text": story}) + "\n{oops\n" + json.dumps({"text": story + "x"})).encode())
    assert [item.source for item in items] == ["-:1", "-:2", "-:3"]
    assert load(items[0]).text == story
    with pytest.raises(InputError, match="-:2, column 2"):
        load(items[1])


@pytest.mark.parametrize("name", ["news.json", "news.data"])
def test_json_lines_are_seen_whatever_the_file_is_called(tmp_path, story, name):
    (tmp_path / name).write_text(json.dumps({"text": story}) + "\n" + json.dumps({"text": story + "x"}))
    items = gather([str(tmp_path / name)], NOTHING)
    assert [load(item).text for item in items] == [story, story + "x"]


def test_text_in_a_file_of_unknown_kind(tmp_path, story):
    (tmp_path / "story.news").write_text(story)
    assert load(gather([str(tmp_path / "story.news")], NOTHING)[0]).text == story


def test_one_record_over_several_lines_on_standard_input(story):
    (item,) = from_stdin(json.dumps({"text": story}, indent=2).encode())
    assert load(item).text == story


def test_standard_input_is_read_once_and_may_be_absent(story):
    assert len(gather(["-", "-"], NOTHING, stdin=io.BytesIO(story.encode()))) == 1
    with pytest.raises(MissingInputError):
        load(gather(["-"], NOTHING)[0])


# --- options --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("info", [ArticleInfo(url="https://news.example/1"), ArticleInfo(title="Envoy out")])
def test_one_url_or_title_cannot_name_several_articles(folder, info):
    with pytest.raises(OptionError, match="one article only, but 4"):
        gather([str(folder)], info)
    assert len(gather([str(folder / "a.txt")], info)) == 1


def test_publisher_and_date_may_name_several(folder):
    items = gather([str(folder)], ArticleInfo(publisher="Example Wire", published=date(2024, 6, 18)))
    assert {load(item).publisher for item in items[:2]} == {"Example Wire"}


def test_language_error_names_the_line(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(
        json.dumps(
            {"text": "Der Minister ist am Dienstag nach Sylvanien gereist und hat dort den Präsidenten getroffen."}
        )
    )
    with pytest.raises(LanguageError, match=r"x\.jsonl:1: the text is in German"):
        load(gather([str(path)], NOTHING)[0])
