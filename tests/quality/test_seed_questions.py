"""The seed article, loaded into a store, answers the questions an analyst would ask of it."""

from __future__ import annotations

import pytest

from kb.intake import gather
from kb.model import ArticleInfo
from kb.pipeline import base_on
from kb.query import load_queries, run
from kb.settings import Settings
from kb.store import memory_store


@pytest.fixture(scope="module")
def ask(shared):
    """A function from a named query and its parameters to its rows, as dictionaries of text."""
    base = base_on(memory_store(), Settings())
    (item,) = gather([str(shared / "gold" / "seed" / "seed.txt")], ArticleInfo())
    assert base.load(item).outcome == "loaded"
    queries = load_queries()

    def ask(name, **values):
        table = run(base.store, queries[name], {key.removesuffix("_"): value for key, value in values.items()})
        return [
            {name: term.value for name, term in zip(table.variables, row, strict=True) if term is not None}
            for row in table.rows
        ]

    return ask


def test_who_visited_north_korea_in_june_2024_with_whom_and_when_before(ask):
    (visit,) = ask("visits", state="https://w3id.org/demarche/id/state/PRK", from_="2024-06", until="2024-06")
    assert visit["visitors"] == "Vladimir Putin"
    assert visit["start"] == "2024-06-19"
    assert {"Sergey Lavrov", "Andrei Belousov"} <= set(visit["companions"].split(", "))
    assert visit["previous"] == "2000"


@pytest.mark.parametrize(
    ("state", "imposer", "reason"),
    [("PRK", "UN Security Council", "nuclear"), ("RUS", "United States", "aggression in Ukraine")],
)
def test_which_regimes_target_whom_and_why(ask, state, imposer, reason):
    found = ask("regimes", target=f"https://w3id.org/demarche/id/state/{state}")
    assert any(imposer in row["imposers"] and reason in row.get("reasons", "") for row in found)


def test_who_accused_whom_of_what_and_who_denied_it(ask):
    found = ask("accusations", target="https://w3id.org/demarche/id/state/PRK")
    (row,) = [row for row in found if "artillery" in row["about"]]
    assert row["speakers"] == "South Korea, United States"
    assert row["denied_by"] == "North Korea, Russia"


def test_what_russia_vetoed_in_march_2024(ask):
    (veto,) = ask("sanctions-actions", action="veto", from_="2024-03", until="2024-03")
    assert (veto["actors"], veto["targets"]) == ("Russia", "North Korea")


@pytest.mark.parametrize(
    ("day", "participants"),
    [("2024-06-18", "Antony Blinken, Jens Stoltenberg"), ("2024-06-19", "Kim Jong Un, Vladimir Putin")],
)
def test_who_met(ask, day, participants):
    assert [row["participants"] for row in ask("meetings", from_=day, until=day)] == [participants]
