"""States and organisations by every kind of name, as actors and as places."""

import pytest

ACTORS = [
    # text, word, codes
    ("Norway protested.", "Norway", ["NOR"]),
    ("The UK and France protested.", "UK", ["GBR"]),
    ("The U.S. protested.", "U.S.", ["USA"]),
    ("The DPRK protested.", "DPRK", ["PRK"]),
    ("NORTH KOREA FIRES MISSILE", "NORTH", ["PRK"]),
    ("The Norwegians protested.", "Norwegians", ["NOR"]),
    ("Pyongyang denies the charge.", "Pyongyang", ["PRK"]),
    ("Both Oslo and Helsinki deny the charge.", "Helsinki", ["FIN"]),
    ("Seoul's decision surprised Tokyo.", "Seoul", ["KOR"]),
    ("Ankara said on Monday that it would buy gas from Baku.", "Ankara", ["TUR"]),
    ("The Kremlin rejected the offer.", "Kremlin", ["RUS"]),
    ("The White House welcomed the vote.", "House", ["USA"]),
    ("The Pentagon confirmed the strike.", "Pentagon", ["USA"]),
    ("Downing Street confirmed the visit.", "Downing", ["GBR"]),
    ("Brussels proposed new tariffs.", "Brussels", ["EU"]),
    ("The West condemned the coup.", "West", ["WEST"]),
    ("Western officials condemned the coup.", "officials", ["WEST"]),
    ("Western governments condemned the coup.", "governments", ["WEST"]),
    ("The UN Security Council met on Friday.", "Council", ["UNSC"]),
    ("The United Nations appealed for calm.", "Nations", ["UN"]),
    ("NATO and the IAEA declined to comment.", "IAEA", ["IAEA"]),
    ("The African Union suspended Mali.", "African", ["AU"]),
    ("ASEAN postponed the summit.", "ASEAN", ["ASEAN"]),
    ("The European Commission proposed a ban.", "Commission", ["EU"]),
    ("The State Department denied it.", "Department", ["USA"]),
    ("Hezbollah claimed the attack.", "Hezbollah", ["HEZBOLLAH"]),
    ("Congo's army and the M23 agreed to a truce in Goma, near Rwanda.", "Congo", ["COD"]),
    ("Congo and Gabon signed the pact in Brazzaville.", "Congo", ["COG"]),
    ("The Turkish government protested.", "government", ["TUR"]),
    ("Iran's foreign ministry protested.", "ministry", ["IRN"]),
    ("US and South Korean officials met on Friday.", "officials", ["USA", "KOR"]),
    ("Officials from Seoul arrived late.", "Officials", ["KOR"]),
    ("The Venezualan army protested.", "army", ["VEN"]),
    ("Ethopia closed its border with Eritrea.", "Ethopia", ["ETH"]),
    ("Bern denied the claim.", "Bern", ["CHE"]),
    ("Delhi rejected the offer.", "Delhi", ["IND"]),
    ("The Chilean Congress approved the treaty.", "Congress", ["CHL"]),
    ("Peru's Congress approved the treaty.", "Congress", ["PER"]),
    ("Brazil's National Congress approved the treaty.", "Congress", ["BRA"]),
    ("The US wants more arms, but Congress must agree.", "Congress", ["USA"]),
    ("Iran and Oman spoke. He accused the government in Muscat of lying.", "government", ["OMN"]),
]


@pytest.mark.parametrize(("text", "word", "codes"), ACTORS)
def test_states_and_organisations_act_under_each_of_their_names(linked, text, word, codes):
    assert linked(text).who(word) == codes


KOREAN = "North Korea fired a missile. {} condemned the launch."


@pytest.mark.parametrize(
    ("text", "word", "codes"),
    [
        (KOREAN.format("The South"), "South", ["KOR"]),
        ("Seoul sent food to the North on Friday.", "North", ["PRK"]),
        ("The North of Italy was hit by floods.", "North", []),
        ("The South won the American Civil War debate.", "South", []),
    ],
)
def test_north_and_south_are_states_only_in_a_korean_context(linked, text, word, codes):
    assert linked(text).who(word) == codes


PLACES = [
    ("They met in Pyongyang on Friday.", "Pyongyang", ["Pyongyang", "PRK"]),
    ("The minister flew to Moscow.", "Moscow", ["Moscow", "RUS"]),
    ("She will visit Hanoi next week.", "Hanoi", ["Hanoi", "VNM"]),
    ("They met in Norway.", "Norway", ["NOR"]),
    ("The talks were held in Geneva.", "Geneva", ["Geneva", "CHE"]),
    ("Protesters gathered in Tbilisi, Georgia.", "Georgia", ["GEO"]),
    ("They met in Liberia.", "Liberia", ["LBR"]),
    ("They met in Kiruna on Friday.", "Kiruna", ["Kiruna", "SWE"]),
    ("He spoke in Gulvik, northern Norway.", "Gulvik", ["Gulvik", "NOR"]),
    ("The base at Gulvik, in the far north of Norway, was closed.", "Gulvik", ["Gulvik", "NOR"]),
    ("Fighting shook the Thai town of Suanbo.", "Suanbo", ["Suanbo", "THA"]),
    ("Iran's port of Karvaneh was shut.", "Karvaneh", ["Karvaneh", "IRN"]),
    ("She flew to the Ethiopian capital on Monday.", "capital", ["Addis Ababa", "ETH"]),
    ("Ghana is calm. Troops left the capital.", "capital", ["Accra", "GHA"]),
]


@pytest.mark.parametrize(("text", "word", "found"), PLACES)
def test_a_place_comes_with_its_state(linked, text, word, found):
    assert linked(text).where(word) == found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He spoke in Parliament, Norway said.", "Parliament"),
        ("He spoke in Gulvik.", "Gulvik"),
        ("The company has no capital.", "capital"),
    ],
)
def test_what_is_no_place_that_is_known(linked, text, word):
    assert linked(text).where(word) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They met in Pyongyang on Friday.", "Pyongyang"),
        ("The minister flew to Moscow.", "Moscow"),
        ("She will visit Hanoi next week.", "Hanoi"),
        ("The talks near Vienna ended.", "Vienna"),
    ],
)
def test_a_capital_as_a_place_is_no_deliberate_actor(linked, text, word):
    found = linked(text)
    assert {m.how for m in found.found.mentions if m.start == found.token(word)} == {"place"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Russia-backed rebels took the town.", "Russia"),
        ("The US-led coalition withdrew.", "US"),
        ("Iran-made drones were found.", "Iran"),
        ("Pro-Russian protesters gathered.", "Pro-Russian"),
        ("He fought in the Korean War.", "Korean"),
        ("The Geneva Conventions forbid it.", "Geneva"),
        ("The Vienna Convention protects embassies.", "Vienna"),
        ("It cost US$19 million, he said.", "US"),
        ("Eastern European countries objected.", "European"),
        ("Ethnic Albanians fled the town.", "Albanians"),
    ],
)
def test_names_inside_compounds_and_longer_names_are_nobody(linked, text, word):
    assert linked(text).who(word) == []


def test_a_bare_congress_is_of_the_state_whose_congress_the_article_names(linked):
    found = linked("Peru's Congress met. The US protested. Congress voted no.")
    assert found.who("Congress", 1) == ["PER"]


def test_an_unknown_place_is_found_again(linked):
    found = linked("He spoke in Gulvik, Norway. Gulvik is small.")
    assert found.where("Gulvik", 1) == ["Gulvik", "NOR"]


def test_a_bank_named_after_a_state_is_its_own_organisation(linked):
    assert linked("The Bank of China opened a branch.").who("China") == ["Bank of China"]


@pytest.mark.parametrize(
    ("text", "word", "n", "codes"),
    [
        ("Chad denies the flights.", "Chad", 0, ["TCD"]),
        ("Jordan condemned the raid.", "Jordan", 0, ["JOR"]),
        ("Chad Miller arrived. Later Chad spoke.", "Chad", 1, ["Chad Miller"]),
        ("Georgia's parliament in Tbilisi voted.", "Georgia", 0, ["GEO"]),
    ],
)
def test_states_that_are_given_names_as_well(linked, text, word, n, codes):
    assert linked(text).who(word, n) == codes


def test_a_capital_as_a_first_name_is_a_person(linked):
    assert linked("Paris Hilton sang.").who("Paris") == ["Paris Hilton"]


def test_an_unknown_organisation_is_the_articles_own(linked):
    found = linked("The Lakeland Relief Council sent a team to Oslo. The Lakeland Relief Council is based there.")
    entity = found.found.references[found.token("Relief")][0]
    assert (entity.id, entity.known, entity.code) == ("organisation/lakeland-relief-council", False, None)


def test_codes_lead_to_the_states_an_article_refers_to(linked):
    found = linked("Foreign Minister Aino Virtanen of Finland met Danish officials.").found
    assert {"FIN", "DNK"} <= found.bodies.keys()
