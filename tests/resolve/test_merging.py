"""Which claims become one event, and which stay apart."""

from __future__ import annotations

import pytest

from kb.vocab import DEM

KEYS = [f"{number:016x}" for number in range(1, 20)]


@pytest.fixture
def visit(fact, person):
    def make(label="occurred", when=None, visitors=("Vladimir Putin",), **roles):
        names = [person(name, "RUS") for name in visitors] if visitors else "RUS"
        return fact("Visit", label, when, **{"visitor": names, "destination": "PRK", **roles})

    return make


def test_two_articles_about_one_visit(base, visit, person):
    base.load(KEYS[0], visit(when="2024-06-18"), publisher="The Morning")
    base.load(KEYS[1], visit(when="2024-06-19", companion=person("Sergey Lavrov", "RUS")), publisher="The Evening")
    thing = base.thing("Visit")
    assert thing["visitor"] == ["official/vladimir-putin-rus"]
    assert thing["companion"] == ["official/sergey-lavrov-rus"]
    assert thing["destination"] == ["state/PRK"]
    assert thing["claim"] == [f"article/{KEYS[0]}#visit-0", f"article/{KEYS[1]}#visit-0"]
    assert (thing["claimCount"], thing["publisherCount"]) == (["2"], ["2"])
    assert thing["label"] == ["Vladimir Putin visits North Korea, June 2024"]
    assert (thing["disputed"], thing["status"]) == (["false"], ["factuality-occurred"])


def test_a_plan_its_occurrence_and_its_cancellation_are_one_event(base, visit):
    base.load(KEYS[0], visit("planned", "2024-06-19"), published="2024-06-17")
    assert base.thing("Visit")["status"] == ["factuality-planned"]
    base.load(KEYS[1], visit("occurred", "2024-06-19"), published="2024-06-20")
    assert base.thing("Visit")["status"] == ["factuality-occurred"]
    assert base.thing("Visit")["statusBasis"] == [f"article/{KEYS[1]}#visit-0"]
    base.load(KEYS[2], visit("cancelled", "2024-06-19"), published="2024-06-21")
    assert base.thing("Visit")["status"] == ["factuality-cancelled"]
    assert base.thing("Visit")["label"] == ["Vladimir Putin visits North Korea, June 2024 (cancelled)"]
    assert base.thing("Visit")["claimCount"] == ["3"]


DISTINCT = {
    "years apart": ({"when": "2000-07"}, {"when": "2024-06"}),
    "two days apart": ({"when": "2024-06-18"}, {"when": "2024-06-20"}),
    "a year and another": ({"when": "2023"}, {"when": "2024"}),
    "another person": ({"when": "2024-06-18"}, {"when": "2024-06-18", "visitors": ["Sergey Lavrov"]}),
    "another state": ({"when": "2024-06-18"}, {"when": "2024-06-18", "destination": "CHN"}),
    "a plan made later": ({"when": "2024-06-18"}, {"label": "planned", "published": "2024-09-01"}),
    "news of another year": ({"when": "2000-07-19"}, {"published": "2024-06-20"}),
}


@pytest.mark.parametrize("case", DISTINCT)
def test_distinct_visits_stay_apart(base, visit, case):
    for key, given in zip(KEYS, DISTINCT[case], strict=False):
        roles = dict(given)
        base.load(key, visit(**{k: v for k, v in roles.items() if k != "published"}), published=roles.get("published"))
    assert [thing["claimCount"] for thing in base.things("Visit")] == [["1"], ["1"]]


SAME = {
    "a day and its month": ({"when": "2024-06-18"}, {"when": "2024-06"}),
    "a day and its year": ({"when": "2024-06-18"}, {"when": "2024"}),
    "neighbouring days": ({"when": "2024-06-18"}, {"when": "2024-06-19"}),
    "a stay and its last day": ({"when": "2024-06-18/2024-06-21"}, {"when": "2024-06-21"}),
    "without a date": ({"when": "2024-06-18"}, {}),
    "the state for its official": ({"when": "2024-06-18"}, {"when": "2024-06-18", "visitors": []}),
    "fewer persons": ({"when": "2024-06-18"}, {"when": "2024-06-18", "visitors": ["Vladimir Putin", "Sergey Lavrov"]}),
    "two cities of one journey": (
        {"when": "2024-06-18", "place": "pyongyang-prk"},
        {"when": "2024-06-18", "place": "wonsan-prk"},
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_one_visit(base, visit, case):
    for key, given in zip(KEYS, SAME[case], strict=False):
        base.load(key, visit(**given), published="2024-06-20")
    assert base.thing("Visit")["claimCount"] == ["2"]


def test_who_travels_along_in_one_article_may_be_the_visitor_of_another(base, visit, person):
    base.load(KEYS[0], visit(when="2024-06-18", companion=person("Sergey Lavrov", "RUS")))
    base.load(KEYS[1], visit(when="2024-06-18", visitors=["Sergey Lavrov"]))
    assert base.thing("Visit")["visitor"] == ["official/sergey-lavrov-rus", "official/vladimir-putin-rus"]
    assert "companion" not in base.thing("Visit")


def test_days_that_follow_each_other_are_no_chain(base, visit):
    for key, day in zip(KEYS, range(10, 19), strict=False):
        base.load(key, visit(when=f"2024-06-{day}"))
    spans = [(thing["claimsFrom"][0], thing["claimsUntil"][0]) for thing in base.things("Visit")]
    assert len(spans) == 5
    assert all(int(last[-2:]) - int(first[-2:]) <= 1 for first, last in spans)


def test_a_stay_holds_its_days_together(base, visit):
    base.load(KEYS[0], visit(when="2024-06-18"))
    base.load(KEYS[1], visit(when="2024-06-21"))
    assert len(base.things("Visit")) == 2
    base.load(KEYS[2], visit(when="2024-06-18/2024-06-21"))
    assert base.thing("Visit")["claimCount"] == ["3"]
    assert (base.thing("Visit")["start"], base.thing("Visit")["end"]) == (["2024-06-18"], ["2024-06-21"])


def test_an_undated_claim_between_two_visits(base, visit):
    base.load(KEYS[0], visit(when="2024-01-10"), published="2024-01-11")
    base.load(KEYS[1], visit(when="2024-06-18"), published="2024-06-19")
    base.load(KEYS[2], visit(), published="2024-06-20")  # the news of the day
    counts = {thing["start"][0]: thing["claimCount"] for thing in base.things("Visit")}
    assert counts == {"2024-01-10": ["1"], "2024-06-18": ["2"]}
    base.load(KEYS[3], visit(), published="2024-10-20")  # neither: it stays alone
    assert sorted(thing["claimCount"] for thing in base.things("Visit")) == [["1"], ["1"], ["2"]]


def test_an_undated_claim_means_what_its_article_dates(base, visit):
    base.load(KEYS[0], visit(when="2024-01-10"), published="2024-01-11")
    base.load(KEYS[1], visit(when="2024-06-18"), visit(), published="2024-10-19")
    counts = {thing["start"][0]: thing["claimCount"] for thing in base.things("Visit")}
    assert counts == {"2024-01-10": ["1"], "2024-06-18": ["2"]}


@pytest.mark.parametrize(
    ("one", "other", "events"),
    [
        ({"kind": "summit"}, {"kind": "talks"}, 1),
        ({"kind": "summit"}, {"kind": "call"}, 2),
        ({"kind": "call"}, {}, 1),
        ({"place": "pyongyang-prk"}, {"place": "wonsan-prk"}, 2),
        ({"place": "pyongyang-prk"}, {}, 1),
    ],
)
def test_meetings(base, fact, person, one, other, events):
    who = [person("Vladimir Putin", "RUS"), person("Kim Jong Un", "PRK")]
    base.load(KEYS[0], fact("Meeting", when="2024-06-19", participant=who, **one))
    base.load(KEYS[1], fact("Meeting", when="2024-06-19", participant=["RUS", who[1]], **other))
    assert len(base.things("Meeting")) == events


def test_acts_of_another_kind_are_other_events(base, fact):
    for key, action in zip(KEYS, ["impose", "lift", "impose"], strict=False):
        base.load(key, fact("SanctionsAction", when="2024-03", actor="USA", target="PRK", action=action))
    assert sorted(thing["label"][0] for thing in base.things("SanctionsAction")) == [
        "United States imposes sanctions on North Korea, March 2024",
        "United States lifts sanctions on North Korea, March 2024",
    ]


@pytest.mark.parametrize(
    ("about", "published", "events"),
    [
        ("firing missiles over Japan", "2024-06-25", 1),
        ("jailing journalists", "2024-06-25", 2),
        ("firing missiles over Japan", "2024-12-25", 2),
    ],
)
def test_speeches_are_one_if_near_in_time_and_about_the_same(base, fact, about, published, events):
    stance = {"speaker": "KOR", "target": "PRK"}
    base.load(KEYS[0], fact("Stance", kind="condemn", about="the missiles fired over Japan", **stance))
    base.load(KEYS[1], fact("Stance", kind="criticise", about=about, **stance), published=published)
    assert len(base.things("Stance")) == events


def test_accusations_are_told_apart_by_what_they_allege(base, fact):
    for key, recipient in zip(KEYS, ["RUS", "RUS", "EGY"], strict=False):
        transfer = fact("Transfer", "alleged", by=["USA"], supplier="PRK", recipient=recipient, goods="arms")
        base.load(key, transfer, fact("Accusation", speaker="USA", target="PRK", links=[0]))
    alleged = sorted(thing["alleges"] for thing in base.things("Accusation"))
    assert alleged == [
        [f"article/{KEYS[0]}#transfer-0", f"article/{KEYS[1]}#transfer-0"],
        [f"article/{KEYS[2]}#transfer-0"],
    ]


def test_arms_make_a_transfer_an_arms_transfer(base, fact):
    base.load(KEYS[0], fact("Transfer", supplier="PRK", recipient="RUS", goodsKind="arms"))
    base.load(KEYS[1], fact("Transfer", supplier="CHN", recipient="RUS", goodsKind="aid"))
    assert base.thing("ArmsTransfer")["supplier"] == ["state/PRK"]
    assert len(base.things("Transfer")) == 2


def test_regimes_and_offices_stand_whatever_the_date(base, fact, person):
    for key, day in zip(KEYS, ["2020-01-01", "2024-06-20"], strict=False):
        regime = fact("SanctionsRegime", "ongoing", imposer="USA", target="PRK", reason="missiles")
        office = fact("Tenure", "ongoing", officeHolder=person("Kim Jong Un", "PRK"), role="leader", officeOf="PRK")
        base.load(key, regime, office, published=day)
    assert base.thing("SanctionsRegime")["claimCount"] == ["2"]
    assert base.thing("SanctionsRegime")["label"] == ["United States sanctions on North Korea"]
    assert base.thing("SanctionsRegime")["iri"][0].startswith("https://w3id.org/demarche/id/regime/")
    assert base.thing("Tenure")["label"] == ["Kim Jong Un, leader of North Korea"]
    assert base.thing("Tenure")["iri"][0].startswith("https://w3id.org/demarche/id/tenure/")


def test_a_known_regime_keeps_its_name(base, fact):
    from kb.graph import known_iri

    regime = known_iri("id/regime/UN-SC1718")
    text = base.text_of(KEYS[0], fact("SanctionsRegime", "ongoing", imposer="USA", target="PRK"))
    text += f"<https://w3id.org/demarche/article/{KEYS[0]}#sanctionsregime-0> <{DEM.underRegime}> <{regime}> .\n"
    base.load_text(KEYS[0], text)
    assert base.thing("SanctionsRegime")["iri"] == [str(regime)]
    assert "label" not in base.thing("SanctionsRegime")


def test_the_visit_before(base, visit):
    base.load(KEYS[0], visit(when="2024-06-19", firstInYears=24))
    assert base.thing("Visit")["previousYear"] == ["2000"]
    base.load(KEYS[0], visit(firstInYears=24), published=None)
    assert "previousYear" not in base.thing("Visit")
    base.load(KEYS[1], visit(when="2024-06-19"))
    assert base.thing("Visit")["previousYear"] == ["2000"]


def test_a_title_is_one_in_both_spellings(base, fact, person):
    for key, role in zip(KEYS, ["Defence Minister", "defense  minister", "deputy defence minister"], strict=False):
        base.load(key, fact("Tenure", "ongoing", officeHolder=person("Ana Duarte", "BRA"), role=role, officeOf="BRA"))
    assert sorted(thing["claimCount"] for thing in base.things("Tenure")) == [["1"], ["2"]]
