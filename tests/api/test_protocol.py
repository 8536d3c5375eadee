from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.protocol import FORM, QUERY, UPDATE, QueryRequest, UpdateRequest, read_get, read_post
from kb.errors import ApiError, UnsupportedMediaError

ASK = "ASK { ?s ?p ?o }"


def test_get():
    asked = read_get(f"query={quote(ASK)}&default-graph-uri=http%3A%2F%2Fa%2F1&default-graph-uri=http%3A%2F%2Fa%2F2")
    assert asked == QueryRequest(ASK, ["http://a/1", "http://a/2"], [])


def test_get_without_query_asks_about_the_service():
    assert read_get("") == QueryRequest(None, [], [])


def test_form_takes_the_dataset_from_both_places():
    asked = read_post("default-graph-uri=http://a/1", FORM, f"query={quote(ASK)}&named-graph-uri=http://a/2".encode())
    assert asked == QueryRequest(ASK, ["http://a/1"], ["http://a/2"])


def test_body():
    asked = read_post("named-graph-uri=http://a/2", f"{QUERY}; charset=UTF-8", ASK.encode())
    assert asked == QueryRequest(ASK, [], ["http://a/2"])


def test_update_by_body_and_by_form():
    asked = read_post("using-graph-uri=http://a/1&using-named-graph-uri=http://a/2", UPDATE, b"CLEAR ALL")
    assert asked == UpdateRequest("CLEAR ALL", ["http://a/1"], ["http://a/2"])
    assert read_post("", FORM, b"update=CLEAR+ALL&using-graph-uri=http://a/1") == UpdateRequest(
        "CLEAR ALL", ["http://a/1"], []
    )


def test_unknown_parameters_are_ignored():
    assert read_get(f"output=json&results=json&debug=on&query={quote(ASK)}") == QueryRequest(ASK, [], [])


@given(st.text(min_size=1))
def test_every_text_arrives_as_it_was_sent(text):
    assert read_get(f"query={quote(text)}").query == text
    assert read_post("", FORM, f"query={quote(text)}".encode()).query == text
    assert read_post("", QUERY, text.encode()).query == text


@pytest.mark.parametrize(
    ("query_string", "media", "body", "error"),
    [
        ("", FORM, b"", ApiError),
        ("", FORM, b"other=1", ApiError),
        ("", FORM, b"query=ASK{}&query=ASK{}", ApiError),
        ("query=ASK{}", FORM, b"query=ASK{}", ApiError),
        ("query=ASK{}", QUERY, b"ASK{}", ApiError),
        ("", FORM, b"query=%FF", ApiError),
        ("", FORM, b"query=\xff", ApiError),
        ("", QUERY, b"\xff", ApiError),
        ("default-graph-uri=relative", QUERY, b"ASK{}", ApiError),
        ("", QUERY + ";charset=utf-16", b"ASK{}", UnsupportedMediaError),
        ("", "text/plain", b"ASK{}", UnsupportedMediaError),
        ("", None, b"ASK{}", UnsupportedMediaError),
        ("", "multipart/form-data", b"ASK{}", UnsupportedMediaError),
        ("", UPDATE, b"\xff", ApiError),
        ("using-graph-uri=relative", UPDATE, b"CLEAR ALL", ApiError),
        ("", FORM, b"update=CLEAR+ALL&query=ASK{}", ApiError),
        ("", FORM, b"update=CLEAR+ALL&update=CLEAR+ALL", ApiError),
        ("update=CLEAR+ALL", UPDATE, b"CLEAR ALL", ApiError),
    ],
)
def test_bad_post(query_string, media, body, error):
    with pytest.raises(ApiError) as caught:
        read_post(query_string, media, body)
    assert type(caught.value) is error


@pytest.mark.parametrize(
    "query_string", ["query=ASK{}&query=ASK{}", "update=CLEAR+ALL", "query=%ff", "&".join("ab" * 600)]
)
def test_bad_get(query_string):
    with pytest.raises(ApiError):
        read_get(query_string)
