"""The OpenAPI description: whole, consistent, and shown without another server's scripts."""

import pytest

from api.docs import type_of


@pytest.fixture(scope="module")
def document(client):
    return client.get("/openapi.json").json()


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def operations(document):
    return [(path, method, said) for path, methods in document["paths"].items() for method, said in methods.items()]


def test_every_reference_resolves(document):
    found = set(references(document))
    assert "#/components/schemas/Problem" in found
    for reference in found:
        node = document
        for part in reference.removeprefix("#/").split("/"):
            assert part in node, reference
            node = node[part]


def test_every_operation_says_what_it_is(document):
    for path, method, said in operations(document):
        assert said["summary"], (path, method)
        assert said["description"], (path, method)
        assert "422" not in said["responses"], (path, method)
    assert len(operations(document)) >= 50


def test_errors_are_problem_objects(document):
    for path, method, said in operations(document):
        for status, response in said["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], (path, method, status)


def test_writing_names_its_token(document):
    writing = {(path, method) for path, method, said in operations(document) if said.get("security")}
    articles = {("/articles", "post"), ("/articles", "delete"), ("/articles/{key}", "delete")}
    assert writing == articles | {("/graphs", "put"), ("/graphs", "post"), ("/graphs", "delete"), ("/sparql", "post")}


def test_page_has_every_operation_and_object(client, document):
    page = client.page("/docs").text
    for path, method, said in operations(document):
        assert f"{method.upper()} {path}" in page
        assert said["summary"] in page
    for name in document["components"]["schemas"]:
        assert f'id="schema-{name}"' in page


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "string"}, "string"),
        ({"type": "array", "items": {"type": "integer"}}, "list of integer"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "date or null"),
        ({"$ref": "#/components/schemas/Problem"}, "Problem"),
        ({"type": "string", "enum": ["a", "b"]}, "string: a, b"),
        ({}, "any"),
    ],
)
def test_type_of(schema, text):
    assert type_of(schema) == text
