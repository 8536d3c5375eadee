"""Whom surnames, offices without a name, pairs, noun phrases and pronouns refer to."""

import pytest

PAIR = "Russian President Ivan Belov met Chinese President Wu Jian in Sochi. "

CASES = [
    # text, word, occurrence, expected
    ("Norwegian Foreign Minister Ingrid Solberg arrived. Solberg smiled.", "Solberg", 1, ["Ingrid Solberg"]),
    ("Chinese President Wu Jian arrived. Mr Wu waved.", "Wu", 1, ["Wu Jian"]),
    ("Chinese President Wu Jian arrived. The president waved.", "president", 0, ["Wu Jian"]),
    ("Chinese President Wu Jian arrived. He waved.", "He", 0, ["Wu Jian"]),
    ("Finnish Prime Minister Aino Virtanen spoke. She blamed Russia.", "She", 0, ["Aino Virtanen"]),
    ("Danish Prime Minister Mette Holm met Oskar Lund. She thanked him.", "She", 0, ["Mette Holm"]),
    (PAIR + "Both leaders signed the pact.", "leaders", 0, ["Ivan Belov", "Wu Jian"]),
    (PAIR + "The two presidents signed the pact.", "presidents", 0, ["Ivan Belov", "Wu Jian"]),
    (PAIR + "They signed the pact.", "They", 0, ["Ivan Belov", "Wu Jian"]),
    ("India and Pakistan exchanged fire. The two countries blamed each other.", "countries", 0, ["IND", "PAK"]),
    ("India and Pakistan exchanged fire. Both sides claimed victory.", "sides", 0, ["IND", "PAK"]),
    (PAIR + "The two sides signed the pact.", "sides", 0, ["RUS", "CHN"]),
    ("NATO Secretary General Jan Visser spoke. The NATO chief left.", "chief", 0, ["Jan Visser"]),
    ("The Turkish foreign minister arrived in Oslo.", "minister", 0, ["TUR"]),
    ("Japan's foreign minister will meet his Turkish counterpart.", "counterpart", 0, ["TUR"]),
    ("Iran denied it. The country has no such weapons.", "country", 0, ["IRN"]),
    ("Iran said its army was ready.", "its", 0, ["IRN"]),
    ("The IAEA published a report. The agency praised Ghana.", "agency", 0, ["IAEA"]),
    ("The EU imposed sanctions. The bloc also froze assets.", "bloc", 0, ["EU"]),
    ("Belarus, which borders Poland, protested.", "which", 0, ["BLR"]),
    ("Greek Foreign Minister Nikos Pappas, who was in Cairo, protested.", "who", 0, ["Nikos Pappas"]),
    ('"We will respond," Iran said.', "We", 0, ["IRN"]),
    ("Ghana struck three firms off its list.", "its", 0, ["GHA"]),
    ("Turkey urged Greece to withdraw its troops.", "its", 0, ["GRC"]),
    ("Ghana imposed sanctions on Mali over its vote.", "its", 0, ["MLI"]),
    ("Chile faces tariffs by the EU and its partners.", "its", 0, ["EU"]),
    ("Hamas rejected the offer. The movement wants more.", "movement", 0, ["HAMAS"]),
    ("The EU and Hamas talked. The bloc wants a truce.", "bloc", 0, ["EU"]),
    ("US and Iraqi officials met in Oman.", "officials", 0, ["USA", "IRQ"]),
    ("US troops in Poland went home.", "troops", 0, ["USA"]),
    ("Officials in Seoul declined to comment.", "Officials", 0, ["KOR"]),
    ("Irish Prime Minister Aoife Byrne, whose office drafted it, left.", "whose", 0, ["Aoife Byrne"]),
    ("The Myanmar junta denied it. The junta blamed rebels.", "junta", 1, ["MMR"]),
    ("Greek Prime Minister Nikos Papadopoulos spoke. Papadopulos left.", "Papadopulos", 0, ["Nikos Papadopoulos"]),
]


COMPANY = (
    "Russian President Ivan Belov, accompanied by Russian Foreign Minister Lev Orlov, met Chinese President Wu Jian. "
)
CASES += [
    (COMPANY + "The two leaders left.", "leaders", 0, ["Ivan Belov", "Wu Jian"]),
    (COMPANY + "Aides watched. The two left.", "two", 0, ["Ivan Belov", "Wu Jian"]),
    ("Talks between Iran and Oman, which Qatar hosted, ended. Both sides were glad.", "sides", 0, ["IRN", "OMN"]),
    ("India and Pakistan talked. The rivals agreed.", "rivals", 0, ["IND", "PAK"]),
    ("India and Pakistan talked. The neighbours agreed.", "neighbours", 0, ["IND", "PAK"]),
    ("Chile's foreign minister met her Peruvian opposite number.", "number", 0, ["PER"]),
    ("Hamas spoke. The EU listened. The group denied it.", "group", 0, ["HAMAS"]),
    ("Russian President Ivan Belov flew to China. The government was silent.", "government", 0, ["RUS"]),
    ("Russia invaded Ukraine. Moscow said the neighbouring country was lost.", "country", 0, ["UKR"]),
    (
        "Finnish President Aino Virtanen spoke. Ana Ruiz, a Reuters reporter, asked why. She smiled.",
        "She",
        0,
        ["Aino Virtanen"],
    ),
    ("Ana Ruiz, a Reuters reporter, asked why. She smiled.", "She", 0, ["Ana Ruiz"]),
]


@pytest.mark.parametrize(("text", "word", "n", "expected"), CASES)
def test_references(linked, text, word, n, expected):
    assert linked(text).who(word, n) == expected


@pytest.mark.parametrize(
    ("text", "word", "n"),
    [
        ("He arrived early.", "He", 0),
        ("It rained in Oslo.", "It", 0),
        ("The minister arrived early.", "minister", 0),
        ("Both sides claimed victory.", "sides", 0),
        ("Two presidents came.", "presidents", 0),
        ("The company denied it.", "company", 0),
        ("Its neighbours agreed.", "neighbours", 0),
        ("The EU and the UN met. The group denied it.", "group", 0),
    ],
)
def test_what_cannot_be_told_refers_to_nobody(linked, text, word, n):
    assert linked(text).who(word, n) == []


def test_namesakes_are_kept_apart(linked):
    found = linked("Kim Dae-jin of South Korea met Kim Yong-su of North Korea. Dae-jin spoke first.")
    assert found.persons() == ["Kim Dae-jin", "Kim Yong-su"]
    assert found.who("Kim", 0) == ["Kim Dae-jin"]
    assert found.who("Kim", 1) == ["Kim Yong-su"]


def test_misspelt_full_names_are_one_person(linked):
    found = linked("Russian President Vladimir Belinsky spoke. Later Vladimir Belinski left.")
    assert found.persons() == ["Vladimir Belinsky"]


def test_linking_is_deterministic(linked):
    text = PAIR + "Both leaders signed the pact. US and South Korean officials objected."
    assert linked(text).found.mentions == linked(text).found.mentions
