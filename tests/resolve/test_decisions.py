"""What the claims about one event decide together: values, status, dispute, counts."""

from __future__ import annotations

import pytest

KEYS = [f"{number:016x}" for number in range(1, 20)]


@pytest.fixture
def transfer(fact, person):
    def make(label="occurred", by=None, **roles):
        speakers = {"own": [person("Kim Jong Un", "PRK")], "third": [person("Antony Blinken", "USA")], None: None}[by]
        return fact("Transfer", label, by=speakers, **{"supplier": "PRK", "recipient": "RUS", **roles})

    return make


STATUS = [
    # (label, said by, published) of each claim, the status, the number of the claim that decides
    ([("planned", None, 1), ("occurred", "third", 2)], "occurred", 1),
    ([("occurred", "third", 3), ("occurred", None, 1)], "occurred", 1),
    ([("occurred", "third", 3), ("occurred", "own", 1)], "occurred", 1),
    ([("occurred", None, 1), ("occurred", None, 2)], "occurred", 1),
    ([("occurred", None, 1), ("cancelled", None, 2)], "cancelled", 1),
    ([("occurred", None, 2), ("cancelled", None, 1)], "occurred", 0),
    ([("planned", None, 2), ("cancelled", None, 1)], "planned", 0),
    ([("planned", None, 1), ("cancelled", None, 1)], "cancelled", 1),
    ([("planned", None, 1), ("postponed", None, 2)], "postponed", 1),
    ([("planned", None, 2), ("ongoing", None, 1)], "ongoing", 1),
    ([("expected", None, 1), ("proposed", None, 2)], "expected", 0),
    ([("possible", None, 1), ("alleged", "third", 2)], "possible", 0),
    ([("alleged", "third", 1), ("denied", "own", 2)], "alleged", 0),
    ([("not-occurred", None, 2), ("planned", None, 1)], "not-occurred", 0),
]


@pytest.mark.parametrize(("claims", "status", "basis"), STATUS)
def test_status(base, transfer, claims, status, basis):
    for key, (label, by, day) in zip(KEYS, claims, strict=False):
        base.load(key, transfer(label, by), published=f"2024-06-0{day}")
    assert base.thing("Transfer")["status"] == [f"factuality-{status}"]
    assert base.thing("Transfer")["statusBasis"] == [f"article/{KEYS[basis]}#transfer-0"]


@pytest.mark.parametrize(("days", "status"), [((1, 2), "occurred"), ((2, 1), "ongoing")])
def test_of_an_office_the_last_news_count(base, fact, person, days, status):
    for key, day, label in zip(KEYS, days, ["ongoing", "occurred"], strict=False):
        office = fact("Tenure", label, officeHolder=person("Ana Duarte", "BRA"), role="president", officeOf="BRA")
        base.load(key, office, published=f"2024-06-0{day}")
    assert base.thing("Tenure")["status"] == [f"factuality-{status}"]


def test_a_denial_makes_a_dispute(base, fact, transfer):
    base.load(KEYS[0], transfer("alleged", "third"), publisher="The Morning")
    assert base.thing("Transfer")["disputed"] == ["false"]
    denial = fact("Denial", speaker=["PRK", "RUS"], about="it", links=[0])
    base.load(KEYS[1], transfer("alleged", "third"), denial, publisher="The Evening")
    assert base.thing("Transfer")["disputed"] == ["true"]
    assert base.thing("Denial")["denies"] == [f"article/{KEYS[1]}#transfer-0"]
    base.remove(KEYS[1])
    assert base.thing("Transfer")["disputed"] == ["false"]


@pytest.mark.parametrize(
    ("labels", "disputed"),
    [
        (["alleged", "denied"], True),
        (["occurred", "denied"], True),
        (["occurred", "not-occurred"], True),
        (["planned", "not-occurred"], False),
        (["denied"], False),
        (["occurred", "cancelled"], False),
    ],
)
def test_disputed(base, transfer, labels, disputed):
    for key, label in zip(KEYS, labels, strict=False):
        base.load(key, transfer(label))
    assert base.thing("Transfer")["disputed"] == [str(disputed).lower()]


def test_a_denial_that_was_not_made_disputes_nothing(base, fact, transfer):
    denial = fact("Denial", "not-occurred", speaker="PRK", about="it", links=[0])
    base.load(KEYS[0], transfer("alleged", "third"), denial)
    assert base.thing("Transfer")["disputed"] == ["false"]


def test_publishers_are_counted_not_articles(base, transfer):
    for key, publisher in zip(KEYS, ["The Morning", "the  morning", None, None, "The Evening"], strict=False):
        base.load(key, transfer(), publisher=publisher)
    assert (base.thing("Transfer")["claimCount"], base.thing("Transfer")["publisherCount"]) == (["5"], ["4"])


VALUES = [
    # (goods, date, said by, publisher) of each claim, and the goods of the event
    ([("shells", "2024-06", None, "A"), ("rockets", "2024-06-10", None, "A")], "rockets"),  # the most exact date
    ([("shells", "2024-06", "third", "A"), ("rockets", "2024-06", "own", "A")], "rockets"),  # the own side
    ([("a", "2024-06", None, "A"), ("b", "2024-06", None, "B"), ("b", "2024-06", None, "C")], "b"),  # more publishers
    ([("shells", "2024-06", None, "A"), ("rockets", "2024-06", None, "B")], "rockets"),  # the smaller one
]


@pytest.mark.parametrize(("claims", "goods"), VALUES)
def test_one_value_is_chosen_in_a_fixed_order(base, transfer, fact, claims, goods):
    for key, (what, when, by, publisher) in zip(KEYS, claims, strict=False):
        one = transfer(by=by, goods=what)
        base.load(key, fact("Transfer", when=when, by=one.by, **one.roles), publisher=publisher)
    assert base.thing("Transfer")["goods"] == [goods]


def test_the_time_is_that_of_one_claim_as_a_whole(base, fact):
    for key, when in zip(KEYS, ["2024-06", "2024-06-19", "2024-06-18/2024-06-19"], strict=False):
        base.load(key, fact("Visit", when=when, visitor="RUS", destination="PRK"))
    thing = base.thing("Visit")
    assert [thing[name] for name in ("start", "end", "earliest", "latest", "datePrecision")] == [
        ["2024-06-18"],
        ["2024-06-19"],
        ["2024-06-18"],
        ["2024-06-19"],
        ["precision-day"],
    ]
    assert (thing["claimsFrom"], thing["claimsUntil"]) == (["2024-06-01"], ["2024-06-28"])
