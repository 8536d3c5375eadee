"""Sanctions: who imposes, extends, eases, breaks or opposes them, and the regimes that stand; in pairs with traps."""

from __future__ import annotations

import pytest

from kb.extract.measures import pronouns_for_sanctions

FAMILIES = ("SanctionsAction", "SanctionsRegime")


def facts(claims):
    """The claims of these families as (action or "regime", acting sides, targets)."""
    found = set()
    for claim in claims:
        if claim.type not in FAMILIES:
            continue
        sides = {}
        for argument in claim.arguments:
            value = getattr(argument.value, "code", None) or getattr(argument.value, "name", argument.value)
            sides.setdefault(argument.role, set()).add(value)
        acting = sides.get("actor") or sides.get("imposer", set())
        action = "".join(sides.get("action", {"regime"}))
        found.add((action, " ".join(sorted(acting)), " ".join(sorted(sides.get("target", set())))))
    return found


READINGS = [
    # anaphora: the measures, them, it
    (
        "Japan has sanctions on Mali. The measures were first imposed in 2018.",
        {("regime", "JPN", "MLI"), ("impose", "JPN", "MLI")},
    ),
    ("The measures were first imposed in 2018.", set()),
    (
        "Canada imposed sanctions on Mali. Algeria has called for them to be lifted.",
        {("impose", "CAN", "MLI"), ("oppose", "DZA", "MLI")},
    ),
    ("Canada planted trees in Mali. Algeria has called for them to be lifted.", set()),
    (
        "The embargo, imposed on Mali by France in 2004 and widened the next year, failed.",
        {("impose", "FRA", "MLI"), ("tighten", "FRA", "MLI"), ("regime", "FRA", "MLI")},
    ),
    # the order of words
    (
        "The Security Council extended for another year the arms embargo on South Sudan.",
        {("extend", "UNSC", "SSD"), ("regime", "UNSC", "SSD")},
    ),
    ("The Security Council extended for another year the lease on its hall.", set()),
    # wishes are not acts
    ("Cuba urged the United States to lift the embargo on Cuba.", {("oppose", "CUB", "CUB")}),
    ("Poland urged the European Union to impose sanctions on Belarus.", {("urge", "POL", "BLR")}),
    (
        "Poland called for sanctions on Belarus after Canada lifted its embargo on Mali.",
        {("urge", "POL", "BLR"), ("lift", "CAN", "MLI")},
    ),
    ("Poland called for calm after the strikes in Belarus.", set()),
    ("The United States threatened to impose sanctions on Turkey.", {("threaten", "USA", "TUR")}),
    ("The United States threatened to impose a toll on lorries.", set()),
    # whose sanctions: an unknown subject is nobody else
    (
        "Canada imposed sanctions on Mali. The landlord extended the measures.",
        {("impose", "CAN", "MLI"), ("regime", "CAN", "MLI")},
    ),
    # lists and people
    (
        "The European Union has struck 78 Zimbabweans off its sanctions list.",
        {("lift", "EU", "ZWE")},
    ),
    ("Spain dropped Morocco from its list of safe countries.", set()),
    ("Canada hit Haitian senator Paul Etienne with sanctions.", {("impose", "CAN", "Paul Etienne")}),
    ("Canada hit Haitian senator Paul Etienne with questions.", set()),
    ("Canada sanctioned Belarus.", {("impose", "CAN", "BLR")}),
    ("Parliament sanctioned the purchase of Belarusian wood.", set()),
    # breaking them
    (
        "Turkey has been accused of violating the UN arms embargo on Libya.",
        {("violate", "TUR", "LBY"), ("regime", "UN", "LBY")},
    ),
    ("Turkey has been accused of violating the truce in Libya.", set()),
    # regimes
    ("American travel restrictions on Eritrean officials remain in force.", {("regime", "USA", "ERI")}),
    ("American restrictions on smoking remain in force.", set()),
    ("Operation Clipper enforces the UN arms embargo on Libya.", {("regime", "UN", "LBY")}),
    (
        "Syria has been under Canadian sanctions since 2011.",
        {("regime", "CAN", "SYR"), ("impose", "CAN", "SYR")},
    ),
    ("Syria has been under Canadian skies since 2011.", set()),
    # a ban is not always a sanction
    ("Turkey lifted its ban on the website.", set()),
    ("Israel tightened restrictions on Palestinians.", set()),
    ("Russia has banned imports of Japanese fish.", {("impose", "RUS", "JPN")}),
    ("Russia has banned imports of fish.", set()),
    # parties without a name
    ("Canada blacklisted two gold firms in March.", {("designate", "CAN", "two gold firms")}),
    ("Canada blacklisted it in March.", set()),
    # the target in front of the word, the imposer as an adjective or abbreviation
    (
        "The European Union renewed the Mali sanctions.",
        {("extend", "EU", "MLI"), ("regime", "EU", "MLI")},
    ),
    # doing as others did
    (
        "Canada imposed sanctions on Mali on Monday. Norway followed suit.",
        {("impose", "CAN", "MLI"), ("impose", "NOR", "MLI")},
    ),
    (
        "Canada imposed sanctions on Mali on Monday. Peru opened an embassy in Chad, and Norway followed suit.",
        {("impose", "CAN", "MLI")},
    ),
    # an organisation's restrictions on a state are sanctions, a state's need more
    ("The Security Council ended its restrictions on Iraq.", {("lift", "UNSC", "IRQ")}),
    ("Kuwait ended its restrictions on parking.", set()),
]


@pytest.mark.parametrize(("text", "expected"), READINGS)
def test_readings(text, expected, claims_of):
    assert facts(claims_of(text)) == expected


def test_items_of_a_round_up_do_not_mix(claims_of):
    """The heading of an item gives the sides; the item before it does not."""
    text = "* Canada / Mali: Canada imposed sanctions on Mali.\n* Japan / Russia: Tokyo tightened its export ban."
    assert ("tighten", "JPN", "RUS") in facts(claims_of(text))


def test_news_is_not_the_act_of_old(claims_of):
    """An act without a date is not the one dated years ago."""
    claims = claims_of("Canada has imposed sanctions on Belarus. It first sanctioned Belarus in September 2020.")
    dates = {claim.time.value if claim.time else None for claim in claims if claim.type == "SanctionsAction"}
    assert dates == {None, "2020-09"}


@pytest.mark.parametrize(
    ("text", "pronoun", "noun"),
    [
        ("Canada imposed sanctions. Mali wants them lifted.", "them", "sanctions"),
        ("Canada imposed an embargo. Mali wants it lifted.", "it", "embargo"),
        ("Canada imposed an embargo. Mali wants them lifted.", "them", None),
        ("Canada imposed sanctions. Mali waited. Time passed. Rain fell. They ended.", "They", None),
    ],
)
def test_pronouns_stand_for_sanctions(text, pronoun, noun, analysed, lexicon):
    doc = analysed(text)
    standing = pronouns_for_sanctions(doc, lexicon)
    token = next(t.i for t in doc.tokens if t.text == pronoun)
    assert (doc.tokens[standing[token]].text if token in standing else None) == noun


DATES = [
    # announced by who acts
    ("Cuba has banned imports of Chilean fish, Cuba's trade ministry said on Monday.", {"2031-05-12"}),
    ("Cuba has banned imports of Chilean fish, a museum in Peru said on Monday.", {None}),
    # said and done at once, in an aside
    ("The minister spoke on Monday, Poland said, urging the European Union to sanction Belarus.", {None}),
    (
        "Poland's foreign minister, Ewa Lis, spoke on Monday, urging the European Union to sanction Belarus.",
        {"2031-05-12"},
    ),
    # how long, and after what, is not when
    ("Canada extended its sanctions on Mali until 4 June 2032.", {None}),
    ("Canada froze the assets of Senator Paul Etienne after the coup of 3 February.", {None}),
    ("Canada has had sanctions on Mali since 2014.", {"2014"}),
]


@pytest.mark.parametrize(("text", "dates"), DATES)
def test_dates(text, dates, claims_of):
    acts = [claim for claim in claims_of(text) if claim.type == "SanctionsAction"]
    assert {claim.time.value if claim.time else None for claim in acts} == dates


def test_names_lead(claims_of):
    """Those who are named are among "two judges", which is no fact of its own."""
    claims = claims_of("Canada sanctioned two judges on Monday. On Monday Canada sanctioned President Omar Haddad.")
    acts = [claim for claim in claims if claim.type == "SanctionsAction"]
    assert [[a.value.name for a in act.arguments if a.role == "target"] for act in acts] == [["Omar Haddad"]]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya vetoed the renewal of the United Nations panel watching the sanctions on Fiji.",
        "Kenya vetoes renewal of UN panel watching Fiji sanctions. The panel had watched them for years.",
    ],
)
def test_the_body_that_imposes_is_never_the_target(text, claims_of):
    acts = [c for c in claims_of(text) if c.type == "SanctionsAction"]
    assert acts
    targets = {a.value.code for c in acts for a in c.arguments if a.role == "target"}
    assert targets == {"FJI"}
