"""Persons and the offices that the text gives them: every construction, whom the office serves, and its status."""

import pytest

CASES = {
    "title before the name": (
        "Norwegian Foreign Minister Ingrid Solberg arrived.",
        [("Ingrid Solberg", "foreign minister", "NOR", "ongoing")],
    ),
    "possessive state": (
        "Finland's prime minister, Aino Virtanen, resigned on Monday.",
        [("Aino Virtanen", "prime minister", "FIN", "ongoing")],
    ),
    "of-phrase": (
        "Defence Minister Karim Haddad of Lebanon spoke first.",
        [("Karim Haddad", "defence minister", "LBN", "ongoing")],
    ),
    "minister of": (
        "Jorge Salinas, Peru's minister of foreign affairs, declined.",
        [("Jorge Salinas", "foreign minister", "PER", "ongoing")],
    ),
    "apposition behind": (
        "Ivo Marković, the Croatian interior minister, agreed.",
        [("Ivo Marković", "interior minister", "HRV", "ongoing")],
    ),
    "metonym as owner": (
        "Yuri Sokolov, the Kremlin's foreign policy adviser, said the text was ready.",
        [("Yuri Sokolov", "foreign policy adviser", "RUS", "ongoing")],
    ),
    "spokespeople of ministries serve the state": (
        "Chinese Foreign Ministry spokeswoman Lin Yue rejected the report.",
        [("Lin Yue", "spokeswoman", "CHN", "ongoing")],
    ),
    "international offices": (
        "UN Secretary-General Pedro Almeida and NATO chief Jan Visser met.",
        [("Pedro Almeida", "secretary general", "UN", "ongoing"), ("Jan Visser", "chief", "NATO", "ongoing")],
    ),
    "a head that looks like a name": (
        "State Councilor Li Qun of China arrived.",
        [("Li Qun", "state councilor", "CHN", "ongoing")],
    ),
    "EU offices": (
        "EU foreign policy chief Clara Rossi urged restraint.",
        [("Clara Rossi", "foreign policy chief", "EU", "ongoing")],
    ),
    "movement": (
        "Fadi Nasser, a Hamas spokesman, denied it.",
        [("Fadi Nasser", "spokesman", "HAMAS", "ongoing")],
    ),
    "former": (
        "Former Japanese prime minister Kenji Mori died on Friday.",
        [("Kenji Mori", "prime minister", "JPN", "occurred")],
    ),
    "then": (
        "Turkey's then foreign minister Kemal Aydin signed it.",
        [("Kemal Aydin", "foreign minister", "TUR", "occurred")],
    ),
    "acting": (
        "Acting Libyan prime minister Omar Zuwari spoke.",
        [("Omar Zuwari", "acting prime minister", "LBY", "ongoing")],
    ),
    "elect": (
        "Brazilian President-elect Paulo Braga will travel to Lisbon.",
        [("Paulo Braga", "president", "BRA", "planned")],
    ),
    "deputy": (
        "Russian Deputy Prime Minister Oleg Panin led the team.",
        [("Oleg Panin", "deputy prime minister", "RUS", "ongoing")],
    ),
    "copula": (
        "Helena Duarte is Portugal's ambassador to Japan.",
        [("Helena Duarte", "ambassador", "PRT", "ongoing")],
    ),
    "verb": (
        "Ramón Ibarra, who heads the OPCW, spoke to reporters.",
        [("Ramón Ibarra", "head", "OPCW", "ongoing")],
    ),
    "king of": (
        "King Talal of Jordan received him.",
        [("Talal", "king", "JOR", "ongoing")],
    ),
    "crown prince": (
        "Saudi Crown Prince Faisal bin Turki arrived.",
        [("Faisal bin Turki", "crown prince", "SAU", "ongoing")],
    ),
    "chargé": (
        "Poland summoned the Russian chargé d'affaires, Lev Orlov.",
        [("Lev Orlov", "chargé d'affaires", "RUS", "ongoing")],
    ),
    "senate": (
        "The president of the Bolivian Senate, Mateo Quiroga, objected.",
        [("Mateo Quiroga", "president", "Bolivian Senate", "ongoing")],
    ),
    "plural": (
        "The Kenyan and Ugandan presidents met. Presidents David Ruoro and Moses Kato signed the pact.",
        [("David Ruoro", "president", "KEN", "ongoing"), ("Moses Kato", "president", "UGA", "ongoing")],
    ),
    "unknown body": (
        "On Monday Tondar spokesman Ali Rezai denied the claim.",
        [("Ali Rezai", "spokesman", "Tondar", "ongoing")],
    ),
}


CASES |= {
    "two offices of one person": (
        "Fiji's deputy prime minister and foreign minister, Jone Vakatawa, signed.",
        [
            ("Jone Vakatawa", "foreign minister", "FJI", "ongoing"),
            ("Jone Vakatawa", "deputy prime minister", "FJI", "ongoing"),
        ],
    ),
    "two offices of two persons": (
        "Kenya's president and foreign minister, David Ruoro and Amina Odhiambo, signed.",
        [("Amina Odhiambo", "foreign minister", "KEN", "ongoing"), ("David Ruoro", "president", "KEN", "ongoing")],
    ),
    "several persons behind a comma": (
        "The foreign ministers of Estonia and Latvia, Mati Kask and Janis Ozols, spoke.",
        [("Mati Kask", "foreign minister", "EST", "ongoing"), ("Janis Ozols", "foreign minister", "LVA", "ongoing")],
    ),
    "several persons, each with a state": (
        "Foreign Ministers Annika Berg of Sweden and Lars Toft of Denmark met.",
        [("Annika Berg", "foreign minister", "SWE", "ongoing"), ("Lars Toft", "foreign minister", "DNK", "ongoing")],
    ),
    "a second title before the name": (
        "Australian Foreign Minister Senator Penelope Wright spoke.",
        [
            ("Penelope Wright", "foreign minister", "AUS", "ongoing"),
            ("Penelope Wright", "senator", "AUS", "ongoing"),
        ],
    ),
    "the head of a ministry": (
        "Lucía Belmonte, who runs the finance ministry of Uruguay, rejected it.",
        [("Lucía Belmonte", "finance minister", "URY", "ongoing")],
    ),
    "the head of a body without a name": (
        "Rui Costa, who heads Portugal's coast guard, rejected it.",
        [("Rui Costa", "head of the coast guard", "PRT", "ongoing")],
    ),
    "a word behind the title": (
        "The prime minister proper, Sitiveni Nau of Fiji, was away.",
        [("Sitiveni Nau", "prime minister", "FJI", "ongoing")],
    ),
    "a bank of the state": (
        "Lebanon's central bank governor, Riad Haddad, resigned.",
        [("Riad Haddad", "central bank governor", "LBN", "ongoing")],
    ),
    "a nominee": (
        "Ghana's nominee for ambassador to Israel, Kofi Mensah, spoke.",
        [("Kofi Mensah", "ambassador", "GHA", "planned")],
    ),
    "an adviser to an officeholder": (
        "A senior adviser to Ukraine's president, Mykhailo Podol, spoke.",
        [("Mykhailo Podol", "adviser", "UKR", "ongoing")],
    ),
    "a person whom the model takes for an organisation": (
        "A spokesman for the Kazakh energy ministry, Daulet Seitkali, denied the report.",
        [("Daulet Seitkali", "spokesman", "KAZ", "ongoing")],
    ),
    "a former official of an agency": (
        "The ex-CIA official Paul Lander left.",
        [("Paul Lander", "official", "USA", "occurred")],
    ),
    "a deputy before the state": (
        "Deputy US Trade Representative Jayme Holt spoke.",
        [("Jayme Holt", "deputy trade representative", "USA", "ongoing")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_constructions(linked, name):
    text, offices = CASES[name]
    assert linked(text).offices() == offices


CONTEXT = {
    "the same person before": (
        "Estonian President Mart Tamm arrived. President Tamm smiled.",
        [("Mart Tamm", "president", "EST", "ongoing")],
    ),
    "possessive pronoun": (
        "Russian President Ivan Belov met reporters. His foreign policy adviser, Oleg Panin, was there.",
        [("Ivan Belov", "president", "RUS", "ongoing"), ("Oleg Panin", "foreign policy adviser", "RUS", "ongoing")],
    ),
    "delegation": (
        "Russian President Ivan Belov arrived in Hanoi. He was accompanied by Deputy Prime Minister Oleg Panin, "
        "Defense Minister Lev Orlov and Foreign Minister Pavel Gusev.",
        [
            ("Ivan Belov", "president", "RUS", "ongoing"),
            ("Oleg Panin", "deputy prime minister", "RUS", "ongoing"),
            ("Lev Orlov", "defense minister", "RUS", "ongoing"),
            ("Pavel Gusev", "foreign minister", "RUS", "ongoing"),
        ],
    ),
    "counterpart": (
        "Greek Foreign Minister Nikos Pappas met his French counterpart, Claire Dubois.",
        [
            ("Nikos Pappas", "foreign minister", "GRC", "ongoing"),
            ("Claire Dubois", "foreign minister", "FRA", "ongoing"),
        ],
    ),
    "deputy of": (
        "IAEA Director General Luis Prado flew home. His deputy, Anna Berg, stayed in Vienna.",
        [
            ("Luis Prado", "director general", "IAEA", "ongoing"),
            ("Anna Berg", "deputy director general", "IAEA", "ongoing"),
        ],
    ),
    "accompanied": (
        "Kim Dae-jin, the North Korean leader, travelled to Russia, accompanied by Foreign Minister Ri Son-ok.",
        [("Kim Dae-jin", "leader", "PRK", "ongoing"), ("Ri Son-ok", "foreign minister", "PRK", "ongoing")],
    ),
    "ministry without its state": (
        "Russia condemned the vote. Foreign Ministry spokeswoman Daria Orlova called it illegal.",
        [("Daria Orlova", "spokeswoman", "RUS", "ongoing")],
    ),
    "a name that looks like a preposition": (
        "Ivan Belov met Vietnamese President To Minh in Hanoi.",
        [("To Minh", "president", "VNM", "ongoing")],
    ),
    "government in focus": (
        "Thailand closed its border on Monday. Foreign Minister Somchai Prasert said it would stay shut.",
        [("Somchai Prasert", "foreign minister", "THA", "ongoing")],
    ),
    "typical": (
        "Israel struck Gaza again. Secretary of State Daniel Whitfield called its leaders from Washington.",
        [("Daniel Whitfield", "secretary of state", "USA", "ongoing")],
    ),
    "who is met serves another": (
        "Zambian President Joseph Banda met Foreign Minister Lars Holm in Copenhagen. Denmark is a large donor.",
        [("Joseph Banda", "president", "ZMB", "ongoing"), ("Lars Holm", "foreign minister", "DNK", "ongoing")],
    ),
}


CONTEXT |= {
    "a state has no such office": (
        "The United States and Israel disagree. Prime Minister Avi Shalom said so in Washington.",
        [("Avi Shalom", "prime minister", "ISR", "ongoing")],
    ),
    "nobody named has such an office": (
        "Treasury Secretary Janet Moore will travel to Beijing.",
        [("Janet Moore", "treasury secretary", "USA", "ongoing")],
    ),
    "the host serves the state visited": (
        "German Chancellor Karl Weber arrived in Delhi. His host, Prime Minister Ravi Sharma, greeted him.",
        [("Karl Weber", "chancellor", "DEU", "ongoing"), ("Ravi Sharma", "prime minister", "IND", "ongoing")],
    ),
    "who welcomes a foreigner": (
        "Egyptian Foreign Minister Hany Fahmy arrived in Doha. Prime Minister Jassim Al Thani welcomed him.",
        [("Hany Fahmy", "foreign minister", "EGY", "ongoing"), ("Jassim Al Thani", "prime minister", "QAT", "ongoing")],
    ),
    "who is sanctioned serves another": (
        "The United States sanctioned Defence Minister Luis Padrino and eight other Venezuelans.",
        [("Luis Padrino", "defence minister", "VEN", "ongoing")],
    ),
    "one of a group": (
        "Canada froze the assets of nine Belarusians, among them Interior Minister Ivan Kubrak.",
        [("Ivan Kubrak", "interior minister", "BLR", "ongoing")],
    ),
    "between two": (
        "Fiji wants help. The call between Prime Minister Bronwyn Cole and Fiji's prime minister, Jone Vaka, lasted an "
        "hour, New Zealand said.",
        [("Bronwyn Cole", "prime minister", "NZL", "ongoing"), ("Jone Vaka", "prime minister", "FJI", "ongoing")],
    ),
    "where the person speaks": (
        "Serbia has not recognised Kosovo. Prime Minister Albin Krasniqi said in Pristina that Belgrade would wait.",
        [("Albin Krasniqi", "prime minister", "XKX", "ongoing")],
    ),
    "kin": (
        "North Korea's Kim Yo-mi, sister of leader Kim Jong-sun, mocked Seoul.",
        [("Kim Jong-sun", "leader", "PRK", "ongoing")],
    ),
    "a companion who is brought is no place": (
        "Japan will help Manila. Defence Minister Hideki Mori arrives in Manila on Thursday, he is bringing the head "
        "of the Japanese coast guard.",
        [("Hideki Mori", "defence minister", "JPN", "ongoing")],
    ),
}


@pytest.mark.parametrize("name", CONTEXT)
def test_whom_an_office_serves_by_context(linked, name):
    text, offices = CONTEXT[name]
    assert linked(text).offices() == offices


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz, a Reuters journalist in Lima, saw the crash.",
        "University president Carl Brandt resigned in Oslo.",
        "Mayor Tom Kelly of Boston opened the fair.",
        "Petra Lang, chairwoman of the Swedish chipmaker Norrtek, welcomed the deal.",
        "Professor Hugo Meyer of Leiden University doubted it.",
        "Peter Novak met the Czech president.",
        "Peter Novak would never be president of Slovakia.",
        "A spokesman for President Ivan Belov of Russia declined to comment.",
        "Shadow foreign secretary Fiona Lang attacked the British government.",
        "Labour's shadow defence secretary, Owen Pryce, demanded an inquiry in London.",
        "The Bavarian premier, Markus Huber, visited Beijing.",
        "Human Rights Watch director Kenneth Broome criticised Egypt.",
        "BBC director general Tim Hale apologised to India.",
        "Norrtek chief executive Tom Cooke met the Chinese trade minister in Beijing.",
        "Ecumenical Patriarch Bartholomew blessed Turkey.",
        "Ana Ruiz, who runs the company, flew to Oslo.",
    ],
)
def test_no_office_of_ours(linked, text):
    assert [o for o in linked(text).offices() if o[1] != "president" or o[0] != "Ivan Belov"] == []


def test_an_office_names_its_evidence_and_its_rule(linked):
    found = linked("On Monday Norwegian Foreign Minister Ingrid Solberg arrived.")
    office = found.found.offices[0]
    assert found.doc.words(office.start, office.end) == "Norwegian Foreign Minister Ingrid Solberg"
    assert office.rule == "office.title-name"
