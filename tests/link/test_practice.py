"""Short articles of our own, one trap each: whom bare titles, groups, quotations and name variants refer to."""

import pytest

from kb.link import agents_with_conjuncts

LISTED = [
    # text, dateline, word, occurrence, expected
    ("The Foreign Ministers of Peru, the United States, and Mali met Lee.", "", "Ministers", 0, ["PER", "USA", "MLI"]),
    ("The presidents of Ghana and the Gambia signed it.", "", "presidents", 0, ["GHA", "GMB"]),
    (
        "Norwegian Foreign Minister Ingrid Solberg met President Tamm and senior officials.",
        "TALLINN, Estonia",
        "officials",
        0,
        ["EST"],
    ),
    (
        "Norwegian Foreign Minister Ingrid Solberg met President Tamm and his cabinet.",
        "TALLINN, Estonia",
        "cabinet",
        0,
        ["EST"],
    ),
    (
        "Norwegian Foreign Minister Ingrid Solberg met President Tamm and Danish officials.",
        "TALLINN, Estonia",
        "officials",
        0,
        ["DNK"],
    ),
    (
        "Norwegian Foreign Minister Ingrid Solberg met President Tamm and business leaders.",
        "TALLINN, Estonia",
        "leaders",
        0,
        [],
    ),
]

BARE = [
    ("Iran and Oman disagree. The Secretary-General urged both to talk.", "", "General", 0, ["UN"]),
    ("The High Representative urged Iran to talk.", "", "Representative", 0, ["EU"]),
    ("The Pope prayed for peace in Lebanon.", "", "Pope", 0, ["VAT"]),
    ("Chile closed its border with Bolivia. The foreign minister said it would stay shut.", "", "minister", 0, ["CHL"]),
    ("Chile closed its border with Bolivia. The president defended the step.", "", "president", 0, ["CHL"]),
    ("Chile closed its border with Bolivia. The prime minister's spokesman left.", "", "spokesman", 0, []),
    ("Chile closed its border with Bolivia. The defence ministry declined to comment.", "", "ministry", 0, ["CHL"]),
    ("Chilean troops crossed into Bolivia. The ministry denied it.", "", "ministry", 0, ["CHL"]),
    ("The president thanked Ghana for its help.", "LIMA, Peru", "president", 0, ["PER"]),
    ("The government thanked Ghana for its help.", "LIMA, Peru", "government", 0, ["PER"]),
    ("The foreign ministry summoned the Ghanaian ambassador.", "LIMA, Peru", "ministry", 0, ["PER"]),
    ("The army closed the border with Chad.", "NIAMEY, Niger", "army", 0, ["NER"]),
    ("A minister from Ghana spoke. The company said nothing.", "LIMA, Peru", "company", 0, []),
    ("Kenya's President David Ruoro spoke. The president left for Rome.", "", "president", 0, ["David Ruoro"]),
    (
        "Kenya's President David Ruoro met the Ugandan president. The two foreign ministers signed it.",
        "",
        "ministers",
        0,
        ["KEN", "UGA"],
    ),
    ("Kenya and Uganda signed a pact. The two foreign ministers shook hands.", "", "ministers", 0, ["KEN", "UGA"]),
    ("Kenya and Uganda signed a pact. Both delegations were content.", "", "delegations", 0, ["KEN", "UGA"]),
    ("Kenya and Uganda signed a pact. Each side claimed victory.", "", "side", 0, ["KEN", "UGA"]),
    ("Kenya and Uganda signed a pact. The two neighbours had quarrelled.", "", "neighbours", 0, ["KEN", "UGA"]),
    ("Kenya and Uganda signed a pact. The two heads of state embraced.", "", "heads", 0, ["KEN", "UGA"]),
    (
        "Russian President Ivan Belov met Chinese President Wu Jian. The pair signed a pact.",
        "",
        "pair",
        0,
        ["Ivan Belov", "Wu Jian"],
    ),
    ("The Gulf state of Qatar paid. The Gulf state will pay again.", "", "state", 1, ["QAT"]),
    ("Qatar paid the ransom. The Gulf state will pay again.", "", "state", 0, ["QAT"]),
    ("Qatar paid the ransom. The tiny emirate will pay again.", "", "emirate", 0, ["QAT"]),
    ("Nepal closed the pass. The Himalayan nation needs rice.", "", "nation", 0, ["NPL"]),
]

BARE += [
    (
        "Anders Holm left on Monday. Anders Holm wants peace. The minister of energy said so in Oslo.",
        "",
        "minister",
        0,
        ["Anders Holm"],
    ),
    ("Peru is calm. A baker, Anders Holm, waved. The prime minister left.", "", "minister", 0, ["PER"]),
    ("Danish Foreign Minister Anders Holm flew to Lima. He met the president.", "LIMA, Peru", "president", 0, ["PER"]),
    (
        "Danish Foreign Minister Anders Holm was accompanied by the trade minister. He met nobody in Peru.",
        "",
        "minister",
        0,
        ["DNK"],
    ),
    ("Danish Foreign Minister Anders Holm met the president in Lima.", "", "president", 0, ["PER"]),
    (
        "Eswatini's king is away. Taiwan's envoy thanked the king for his friendship. China objected.",
        "",
        "king",
        1,
        ["SWZ"],
    ),
    ("Peru and Chile quarrelled. The self-proclaimed president left.", "", "president", 0, []),
    ("Peru and Chile quarrelled. The Duarte government left. Maria Duarte wept.", "", "government", 0, []),
]

QUOTES = [
    ('"We are proud of it," Iran\'s speaker, Ali Rezai, told the assembly.', "We", 0, ["IRN"]),
    ('"We are proud of it," the Iranian foreign minister said.', "We", 0, ["IRN"]),
    ('"We are proud of it," a spokesman for the Iranian army said.', "We", 0, ["IRN"]),
    ('"We are proud of it," said a senior Iranian official.', "We", 0, ["IRN"]),
    ('The Iranian foreign minister said: "Our army is ready."', "Our", 0, ["IRN"]),
    ('"I will go to Oslo," Chinese President Wu Jian said.', "I", 0, ["Wu Jian"]),
    ('Chinese President Wu Jian spoke in Oslo. "We will help you," he said.', "We", 0, ["CHN"]),
    ('Chinese President Wu Jian spoke in Oslo. "It will help us," he said.', "us", 0, ["CHN"]),
    ('"We will help you," a witness said.', "We", 0, []),
]

BODIES = [
    ("The Security Council's panel of experts on Somalia blamed Eritrea.", "panel", 0, ["UN"]),
    ("The African Union's panel of experts blamed Eritrea.", "panel", 0, ["AU"]),
    ("A panel of experts at Leiden University blamed Eritrea.", "panel", 0, []),
    ("The government in Harare rejected the report.", "government", 0, ["ZWE"]),
    ("The Kremlin-backed authorities in Donetsk denied it.", "authorities", 0, []),
    ("The Moscow-installed governor denied it.", "governor", 0, []),
    ("The Taliban government denied it.", "government", 0, ["TALIBAN"]),
    ("Poland summoned the Iranian ambassador to Warsaw.", "ambassador", 0, ["IRN"]),
    ("Poland summoned the Iranian ambassador in Warsaw.", "ambassador", 0, ["IRN"]),
    ("Poland summoned Tehran's ambassador.", "ambassador", 0, ["IRN"]),
    ("The ambassador of Iran to Poland was expelled.", "ambassador", 0, ["IRN"]),
    ("Poland's ambassador to Iran was expelled.", "ambassador", 0, ["POL"]),
    ("The ambassador to Poland of Iran was expelled.", "ambassador", 0, ["IRN"]),
    ("Iran and Poland quarrelled. The ambassador to Warsaw was expelled.", "ambassador", 0, ["IRN"]),
    ("The Iranians agreed to talks with the Poles.", "Poles", 0, ["POL"]),
    ("The Iranians agreed to talks with the Dutch.", "Dutch", 0, ["NLD"]),
    ("The Chinese have rejected the offer.", "Chinese", 0, ["CHN"]),
    ("The British want more time.", "British", 0, ["GBR"]),
    ("Mossad denied the report.", "Mossad", 0, ["ISR"]),
    ("The CIA denied the report.", "CIA", 0, ["USA"]),
    ("The Bundestag approved the sale to Ukraine.", "Bundestag", 0, ["DEU"]),
    ("The Revolutionary Guards seized a tanker.", "Guards", 0, ["IRGC"]),
    ("Japan's Self-Defense Forces left Samawa.", "Forces", 0, ["JPN"]),
    ("The People's Liberation Army held drills.", "Army", 0, ["CHN"]),
    ("The Foreign Ministry in Beijing summoned the Dutch envoy.", "Ministry", 0, ["CHN"]),
    ("The Élysée confirmed the visit.", "Élysée", 0, ["FRA"]),
    ("Number 10 confirmed the visit of the French president.", "10", 0, ["GBR"]),
]

NAMES = [
    # text, persons
    ("Iranian President Mohammad Reza Tavakoli arrived. Mohamed Tavakoli left.", ["Mohammad Reza Tavakoli"]),
    ("Iranian President Mohammad Tavakoli arrived. Muhammad Tavakkoli left.", ["Mohammad Tavakoli"]),
    ("Chadian President Mahamat Idriss arrived. Mr Idris left.", ["Mahamat Idriss"]),
    ("Peruvian President José Núñez arrived. Jose Nunez left.", ["José Núñez"]),
    ("Ukrainian President Oleksandr Shevchuk arrived. Aleksandr Shevchuk left.", ["Oleksandr Shevchuk"]),
    ("US President John F. Harlow arrived. John Harlow left.", ["John F. Harlow"]),
    ("US President John F. Harlow arrived. John Fitzgerald Harlow left.", ["John F. Harlow"]),
    ("South Korean President Kim Dae-jin arrived. Kim Dae Jin left.", ["Kim Dae-jin"]),
    ("Saudi Crown Prince Faisal bin Turki al-Hamadi arrived. Faisal al-Hamadi left.", ["Faisal bin Turki al-Hamadi"]),
    ("Saudi Crown Prince Faisal Al Hamadi arrived. Prince Faisal Al-Hamadi left.", ["Faisal Al Hamadi"]),
    ("Libyan leader Omar el-Zawi arrived. Umar al-Zawi left.", ["Omar el-Zawi"]),
    ("Russian envoy Sergei Petrov met Russian envoy Sergey Petrov.", ["Sergei Petrov"]),
    ("Indian minister Ravi Sharma met Indian envoy Rani Sharma.", ["Rani Sharma", "Ravi Sharma"]),
    ("Polish minister Jan Kowalski met Polish envoy Jana Kowalska.", ["Jan Kowalski", "Jana Kowalska"]),
    ("Polish minister Jan Nowak met Polish envoy Adam Nowak.", ["Adam Nowak", "Jan Nowak"]),
]


@pytest.mark.parametrize(("text", "dateline", "word", "n", "expected"), LISTED + BARE)
def test_bare_titles_and_groups(linked, text, dateline, word, n, expected):
    assert linked(text, dateline=dateline or None).who(word, n) == expected


@pytest.mark.parametrize(("text", "word", "n", "expected"), QUOTES + BODIES)
def test_quotes_and_bodies(linked, text, word, n, expected):
    assert linked(text).who(word, n) == expected


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_variants_of_one_name(linked, text, expected):
    assert linked(text).persons() == expected


OFFICES = [
    (
        "Foreign Minister Peter Kask arrived.",
        "TALLINN, Estonia",
        [("Peter Kask", "foreign minister", "EST", "ongoing")],
    ),
    (
        "Norwegian Foreign Minister Ingrid Solberg met with President Karim.",
        "KABUL, Afghanistan",
        [("Ingrid Solberg", "foreign minister", "NOR", "ongoing"), ("Karim", "president", "AFG", "ongoing")],
    ),
    (
        "Norwegian Foreign Minister Ingrid Solberg met with President Tala, Prime Minister al-Hadi and officials.",
        "BAGHDAD, Iraq",
        [
            ("Ingrid Solberg", "foreign minister", "NOR", "ongoing"),
            ("Tala", "president", "IRQ", "ongoing"),
            ("al-Hadi", "prime minister", "IRQ", "ongoing"),
        ],
    ),
    (
        "Norwegian Foreign Minister Ingrid Solberg met with Foreign Minister dos Reis.",
        "LUANDA, Angola",
        [("Ingrid Solberg", "foreign minister", "NOR", "ongoing"), ("dos Reis", "foreign minister", "AGO", "ongoing")],
    ),
    (
        "Norwegian Foreign Minister Ingrid Solberg met with Emir Sheikh Hamid bin Jassim al-Nuri.",
        "DOHA, Qatar",
        [
            ("Ingrid Solberg", "foreign minister", "NOR", "ongoing"),
            ("Hamid bin Jassim al-Nuri", "emir", "QAT", "ongoing"),
        ],
    ),
    (
        "Norwegian Foreign Minister Ingrid Solberg met with Qatar's Emir Sheikh Hamid bin Jassim.",
        "",
        [("Ingrid Solberg", "foreign minister", "NOR", "ongoing"), ("Hamid bin Jassim", "emir", "QAT", "ongoing")],
    ),
    (
        "Jordanian Deputy Prime Minister and Foreign Minister Ziad Hourani spoke.",
        "",
        [
            ("Ziad Hourani", "deputy prime minister", "JOR", "ongoing"),
            ("Ziad Hourani", "foreign minister", "JOR", "ongoing"),
        ],
    ),
    (
        "Saudi Crown Prince and Prime Minister Faisal bin Turki spoke.",
        "",
        [
            ("Faisal bin Turki", "crown prince", "SAU", "ongoing"),
            ("Faisal bin Turki", "prime minister", "SAU", "ongoing"),
        ],
    ),
    (
        "Cuban Vice President and Minister of Economy Raúl Prieto spoke.",
        "",
        [("Raúl Prieto", "vice president", "CUB", "ongoing"), ("Raúl Prieto", "economy minister", "CUB", "ongoing")],
    ),
    (
        "Raúl Prieto, vice president and minister of economy of Cuba, spoke.",
        "",
        [("Raúl Prieto", "vice president", "CUB", "ongoing"), ("Raúl Prieto", "economy minister", "CUB", "ongoing")],
    ),
    (
        "Ali Rezai, the Iranian ambassador to Paris, spoke.",
        "",
        [("Ali Rezai", "ambassador", "IRN", "ongoing")],
    ),
    (
        "Iran's ambassador in Paris, Ali Rezai, spoke.",
        "",
        [("Ali Rezai", "ambassador", "IRN", "ongoing")],
    ),
]


OFFICES += [
    (
        "Chilean President Ana Duarte met with President Petion and his Cabinet.",
        "PORT-AU-PRINCE, Haiti",
        [("Ana Duarte", "president", "CHL", "ongoing"), ("Petion", "president", "HTI", "ongoing")],
    ),
    (
        "Iran and Oman disagree. Secretary-General Pedro Almeida urged both to talk.",
        "",
        [("Pedro Almeida", "secretary general", "UN", "ongoing")],
    ),
    (
        "ASEAN is divided over Myanmar. Secretary-General Lim Boon urged its members to talk.",
        "",
        [("Lim Boon", "secretary general", "ASEAN", "ongoing")],
    ),
]

OFFICES += [
    (
        "At the invitation of the foreign minister of Paraguay, Ms. Lourdes Ayala, the foreign minister of Chile, "
        "Mr. Luis Prado, left. He was accompanied by the Under-Secretary for Trade, Ms. Ana Rojas.",
        "",
        [
            ("Lourdes Ayala", "foreign minister", "PRY", "ongoing"),
            ("Luis Prado", "foreign minister", "CHL", "ongoing"),
            ("Ana Rojas", "under-secretary for trade", "CHL", "ongoing"),
        ],
    ),
    ("The President of the Republic, Mr. Prado, spoke.", "LIMA, Peru", [("Prado", "president", "PER", "ongoing")]),
]

OFFICES += [
    (
        "Bolivia has opened an embassy in Rabat. The first ambassador will be Ana Rojas.",
        "RABAT, Morocco",
        [("Ana Rojas", "ambassador", "BOL", "planned")],
    ),
]

STYLES = [
    ("His Majesty King Talal of Jordan received Lee.", "Majesty", ["Talal"]),
    ("His Majesty received Lee.", "Majesty", []),
]


@pytest.mark.parametrize(("text", "word", "expected"), STYLES)
def test_styles(linked, text, word, expected):
    assert linked(text).who(word) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Chilean President Ana Duarte met with Peruvian President Luis Prado, Italian Prime Minister Marco Rossi, "
            "and British Prime Minister Paul D. W. Lander.",
            ["Luis Prado", "Marco Rossi", "Paul D. W. Lander"],
        ),
        (
            "Chilean President Ana Duarte met with President Luis Prado and Foreign Minister Maria Elena Quiroga.",
            ["Luis Prado", "Maria Elena Quiroga"],
        ),
        (
            "Ana Duarte met with the ministers of Egypt, Jordan, and the Arab League and with President Luis Prado.",
            ["Luis Prado"],
        ),
        ("After meeting President Luis Prado, Foreign Minister Maria Quiroga said Chile agreed.", ["Luis Prado"]),
    ],
)
def test_a_list_of_titled_names_is_one_coordination(linked, text, names):
    found = linked(text)
    first = found.token("Luis")
    chain = [e.name for e in agents_with_conjuncts(found.found, first)]
    assert chain == names


@pytest.mark.parametrize("style", ["Sheikh Karima", "Emir Sheikh Hamid bin Jassim", "King Talal II"])
def test_a_style_before_a_name_is_no_second_guest(linked, style):
    doc = linked(f"Chilean President Ana Duarte met with Prime Minister {style} in Dhaka.").doc
    guests = [t.text for t in doc.tokens if t.dep == "obl" and t.head == 4]
    assert guests == [style.removeprefix("Emir ").split()[1], "Dhaka"]
    assert [doc.tokens[t.head].text for t in doc.tokens if t.text == "with"] == guests[:1]


@pytest.mark.parametrize(("text", "dateline", "offices"), OFFICES)
def test_offices_in_practice(linked, text, dateline, offices):
    assert sorted(linked(text, dateline=dateline or None).offices()) == sorted(offices)
