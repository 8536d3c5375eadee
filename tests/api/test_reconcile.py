"""/reconcile: answers have the forms of the Reconciliation Service API 0.2, and the right ones come first.

The schemas below say in our words what those of the specification say, and forbid what it does not name.
"""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from api.app import create_app
from api.reconcile.index import fold
from kb.intake import Input
from kb.model import ArticleInfo
from kb.settings import Settings

TEXT = {"type": "string"}


def an_object(required, optional=None):
    properties = {**required, **(optional or {})}
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


def a_list(items):
    return {"type": "array", "items": items}


TYPE = an_object({"id": TEXT, "name": TEXT})
ELEMENT = an_object({"id": TEXT, "name": TEXT}, {"description": TEXT, "notable": a_list(TYPE)})
TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}
PLACE = an_object({"service_url": TEXT, "service_path": TEXT})
MANIFEST = an_object(
    {
        "versions": {**a_list(TEXT), "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": TEXT,
        "schemaSpace": TEXT,
    },
    {
        "documentation": TEXT,
        "serviceVersion": TEXT,
        "defaultTypes": {**a_list(TYPE), "uniqueItems": True},
        "view": an_object({"url": TEMPLATE}),
        "preview": an_object({"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "suggest": an_object({}, {"entity": PLACE, "type": PLACE, "property": PLACE}),
        "extend": an_object({}, {"propose_properties": PLACE, "property_settings": {"type": "array", "maxItems": 0}}),
        "batchSize": {"type": "integer", "minimum": 1},
    },
)
CANDIDATE = an_object(
    {"id": TEXT, "name": TEXT, "score": {"type": "number", "minimum": 0, "maximum": 100}},
    {
        "description": TEXT,
        "match": {"type": "boolean"},
        "type": a_list(TYPE),
        "features": a_list(an_object({"id": TEXT, "value": {"type": ["number", "boolean"]}})),
    },
)
RESULTS = {"type": "object", "additionalProperties": an_object({"result": a_list(CANDIDATE)})}
SUGGESTIONS = an_object({"result": a_list(ELEMENT)})
PROPOSALS = an_object({"type": TEXT, "properties": a_list(TYPE)}, {"limit": {"type": "integer"}})
CELL = {
    "oneOf": [
        an_object({"id": TEXT, "name": TEXT}, {"description": TEXT}),
        an_object({"str": TEXT}),
        an_object({"int": {"type": "integer"}}),
        an_object({"float": {"type": "number"}}),
        an_object({"date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$"}}),
    ]
}
DATA = an_object(
    {
        "meta": a_list(an_object({"id": TEXT, "name": TEXT}, {"type": TYPE})),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": a_list(CELL)},
        },
    }
)


def valid(response, schema):
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    Draft202012Validator(schema).validate(response.json())
    return response.json()


def results(client, *queries):
    batch = {f"q{number}": query for number, query in enumerate(queries)}
    found = valid(client.request("POST", "/reconcile", data={"queries": json.dumps(batch)}), RESULTS)
    assert list(found) == list(batch)
    return [found[name]["result"] for name in batch]


def best(client, **query):
    (found,) = results(client, query)
    assert found == sorted(found, key=lambda one: -one["score"])
    return found[0] if found else None


def test_manifest(client):
    manifest = valid(client.get("/reconcile"), MANIFEST)
    assert manifest["identifierSpace"] == "https://w3id.org/demarche/id/"
    assert manifest["preview"]["url"].startswith("http://kb.example/reconcile/preview")
    assert [one["id"] for one in manifest["defaultTypes"]] == ["State", "Official", "Organisation", "SanctionsRegime"]


def test_every_address_of_the_manifest_answers(client):
    manifest = client.get("/reconcile").json()
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for service in services:
        assert client.get(service["service_url"] + service["service_path"]).status_code == 200
    for template in (manifest["preview"]["url"], manifest["view"]["url"]):
        assert client.page(template.replace("{{id}}", "state%2FEGY")).status_code in (200, 303)


def test_behind_a_proxy(base, make_client):
    client = make_client(create_app(Settings(store="memory", public_url="https://kb.example/demarche/"), base))
    assert client.get("/reconcile").json()["view"]["url"] == "https://kb.example/demarche/id/{{id}}"


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Egypt", "state/EGY"),
        ("EGY", "state/EGY"),
        ("egypt ", "state/EGY"),
        ("Democratic People's Republic of Korea", "state/PRK"),
        ("Cote d’Ivoire", "state/CIV"),
        ("CÔTE D'IVOIRE", "state/CIV"),
        ("Duarte, Ana", "official/ana-duarte-bra"),
        ("U.N. Security Council", "organisation/UNSC"),
        ("state/EGY", "state/EGY"),
        ("https://w3id.org/demarche/id/state/EGY", "state/EGY"),
    ],
)
def test_certain_names(client, name, id_):
    found = best(client, query=name)
    assert (found["id"], found["match"]) == (id_, True)
    assert found["score"] >= 95


@pytest.mark.parametrize(
    ("name", "id_"), [("Duarte", "official/ana-duarte-bra"), ("Ana Duarde", "official/ana-duarte-bra")]
)
def test_names_that_are_near(client, name, id_):
    found = best(client, query=name)
    assert (found["id"], found["match"]) == (id_, False)
    assert 50 < found["score"] < 95


def test_a_name_of_two_is_no_match(client):
    found = results(client, {"query": "Korea", "type": "State"})[0]
    assert {one["id"] for one in found[:2]} == {"state/PRK", "state/KOR"}
    assert not found[0]["match"]


def test_names_of_nobody(client):
    assert results(client, {"query": "Xqzzyv"}, {"query": " "}, {"query": "…"}) == [[], [], []]


def test_types_and_limit(client):
    (of_one, of_two, of_none) = results(
        client,
        {"query": "Egypt", "type": "Organisation"},
        {"query": "Egypt", "type": ["State", "SanctionsRegime"], "type_strict": "any", "limit": 1},
        {"query": "Egypt", "type": "Planet"},
    )
    assert {one["type"][0]["id"] for one in of_one} <= {"Organisation"}
    assert [one["id"] for one in of_two] == ["state/EGY"]
    assert of_none == []


@pytest.mark.parametrize("value", ["PRK", {"id": "x", "name": "PRK"}, ["KOR", "PRK"][1:]])
def test_properties_decide_between_namesakes(client, value):
    found = results(client, {"query": "Korea", "type": "State", "properties": [{"pid": "code", "v": value}]})[0]
    assert found[0]["id"] == "state/PRK"
    assert found[0]["score"] > found[1]["score"] + 5
    assert {feature["id"] for feature in found[0]["features"]} == {"name", "property:code"}


def test_properties_alone(client):
    imposers = {"pid": "imposers", "v": {"id": "organisation/UNSC"}}
    targets = {"pid": "targets", "v": {"id": "state/PRK", "name": "North Korea"}}
    found = best(client, type="SanctionsRegime", properties=[imposers, targets], limit=3)
    assert found["score"] == 100
    assert "North Korea" in found["name"]


def test_get_is_post(client):
    batch = {"a": {"query": "Egypt"}}
    by_get = client.get("/reconcile", params={"queries": json.dumps(batch)})
    assert by_get.json() == client.request("POST", "/reconcile", data={"queries": json.dumps(batch)}).json()


@pytest.mark.parametrize(
    ("queries", "status"),
    [
        ("", 400),
        ("[]", 400),
        ('{"a": {}}', 400),
        ('{"a": {"query": 1}}', 400),
        ('{"a": {"query": "x", "colour": "red"}}', 400),
        ('{"a": {"query": "x", "limit": 0}}', 400),
        ('{"a": {"query": "x", "type_strict": "maybe"}}', 400),
        ('{"a": {"properties": [{"pid": "code"}]}}', 400),
        (json.dumps({str(number): {"query": "x"} for number in range(51)}), 413),
    ],
)
def test_malformed_batches(client, queries, status):
    assert client.get("/reconcile", params={"queries": queries}).status_code == status


def test_malformed_requests(client):
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.request("POST", "/reconcile", json={}).status_code == 415
    assert client.request("POST", "/reconcile", content=b"other=1", headers=form).status_code == 400
    assert client.request("POST", "/reconcile", content=b"queries=%ff", headers=form).status_code == 400
    assert client.request("POST", "/reconcile", content=b"\xff", headers=form).status_code == 400
    assert client.request("POST", "/reconcile", content=b"a" * 1_000_001, headers=form).status_code == 413


def test_everybody_may_read_the_answers(client):
    for path in ("/reconcile", "/reconcile/suggest/entity", "/reconcile/properties"):
        assert (
            client.get(path, headers={"origin": "https://refine.example"}).headers["access-control-allow-origin"] == "*"
        )


def test_suggested_entities(client):
    found = valid(client.get("/reconcile/suggest/entity?prefix=egy"), SUGGESTIONS)["result"]
    assert found[0]["id"] == "state/EGY"
    assert found[0]["notable"] == [{"id": "State", "name": "State"}]
    by_id = valid(client.get("/reconcile/suggest/entity?prefix=state/EGY"), SUGGESTIONS)["result"]
    assert [one["id"] for one in by_id] == ["state/EGY"]
    assert valid(client.get("/reconcile/suggest/entity?prefix="), SUGGESTIONS)["result"] == []


def test_suggestions_go_on_at_the_cursor(client):
    first = client.get("/reconcile/suggest/entity?prefix=re").json()["result"]
    rest = client.get("/reconcile/suggest/entity?prefix=re&cursor=5").json()["result"]
    assert len(first) == 20
    assert rest[: len(first) - 5] == first[5:]


def test_suggested_types_and_properties(client):
    types = valid(client.get("/reconcile/suggest/type?prefix=reg"), SUGGESTIONS)["result"]
    assert [one["id"] for one in types] == ["SanctionsRegime"]
    assert len(client.get("/reconcile/suggest/type").json()["result"]) == 4
    found = valid(client.get("/reconcile/suggest/property?prefix=impo"), SUGGESTIONS)["result"]
    assert [one["id"] for one in found] == ["imposers"]


def test_proposed_properties(client):
    found = valid(client.get("/reconcile/properties?type=State&limit=1"), PROPOSALS)
    assert (found["limit"], [one["id"] for one in found["properties"]]) == (1, ["code"])
    assert valid(client.get("/reconcile/properties?type=Planet"), PROPOSALS)["properties"] == []


def test_data(client):
    wanted = {
        "ids": ["state/EGY", "official/ana-duarte-bra", "state/XXX"],
        "properties": [{"id": "code", "settings": {}}, {"id": "of"}, {"id": "articles"}, {"id": "colour"}],
    }
    response = client.request("POST", "/reconcile", data={"extend": json.dumps(wanted)})
    found = valid(response, DATA)
    assert [one["id"] for one in found["meta"]] == ["code", "of", "articles", "colour"]
    nothing = {"code": [], "of": [], "articles": [], "colour": []}
    assert found["rows"] == {
        "state/EGY": nothing | {"code": [{"str": "EGY"}]},
        "official/ana-duarte-bra": nothing | {"of": [{"id": "state/BRA", "name": "Brazil"}], "articles": [{"int": 1}]},
        "state/XXX": nothing,
    }
    assert client.get("/reconcile", params={"extend": json.dumps(wanted)}).json() == found
    assert client.get("/reconcile", params={"extend": '{"ids": 1}'}).status_code == 400


def test_every_property_of_every_entity_has_a_value_of_the_form(client):
    for type_ in ("State", "Official", "Organisation", "SanctionsRegime"):
        properties = client.get(f"/reconcile/properties?type={type_}").json()["properties"]
        found = results(client, {"query": "a", "type": type_, "properties": [], "limit": 100})[0]
        wanted = {"ids": [one["id"] for one in found], "properties": properties}
        valid(client.request("POST", "/reconcile", data={"extend": json.dumps(wanted)}), DATA)


def test_preview(client):
    page = client.get("/reconcile/preview?id=official/ana-duarte-bra")
    assert "<h1>" in page.text
    assert "Brazil" in page.text
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert client.get("/reconcile/preview?id=state/XXX").status_code == 404


def test_who_comes_with_an_article_is_found_at_once(make_base, make_client):
    base = make_base(Settings(store="memory"))
    client = make_client(create_app(base.settings, base))
    assert best(client, query="Ana Duarte") is None
    base.load(Input("one", None, b"text", "text", ArticleInfo(published=date(2031, 5, 14))))
    assert best(client, query="Ana Duarte")["match"]
    base.remove("one")
    assert best(client, query="Ana Duarte") is None


@pytest.mark.parametrize(
    ("name", "folded"), [("Côte d’Ivoire", "cote d ivoire"), ("  Ağrı–A. ", "agri a"), ("Путин", "putin"), ("!", "")]
)
def test_fold(name, folded):
    assert fold(name) == folded
