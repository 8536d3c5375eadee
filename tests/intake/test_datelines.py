from datetime import date

import pytest

from kb.intake.cues import load_cues
from kb.intake.datelines import DatelineParser
from kb.intake.dates import Calendar

STORY = "The envoy of Freedonia met two ministers on Tuesday and left."


@pytest.fixture(scope="module")
def parser():
    cues = load_cues()
    return DatelineParser(cues, Calendar(cues))


@pytest.mark.parametrize(
    ("head", "place", "agency"),
    [
        ("PYONGYANG, June 19 (Xinhua) -- ", "PYONGYANG", "Xinhua"),
        ("SEOUL (Demarche Samples) - ", "SEOUL", "Demarche Samples"),
        ("SEOUL, South Korea (AP) — ", "SEOUL, South Korea", "AP"),
        ("WASHINGTON, D.C. — ", "WASHINGTON, D.C.", None),
        ("ST. PETERSBURG, Russia (AP) — ", "ST. PETERSBURG, Russia", "AP"),
        ("(Reuters) - ", None, "Reuters"),
        ("April 30 (Reuters) – ", None, "Reuters"),
        ("MOSCOW, June 19. /TASS/. ", "MOSCOW", "TASS"),
        ("Pyongyang, June 19 (KCNA) -- ", "Pyongyang", "KCNA"),
        ("New Delhi [India], June 19 (ANI): ", "New Delhi", "ANI"),
        ("TEHRAN, IRNA – ", "TEHRAN", "IRNA"),
        ("Washington CNN — ", "Washington", "CNN"),
        ("WASHINGTON (AP) ", "WASHINGTON", "AP"),
        ("TBILISI (EuroDesk). ", "TBILISI", "EuroDesk"),
        ("BRUSSELS/HARARE. -- ", "BRUSSELS/HARARE", None),
        ("YUZHNO-SAKHALINSK (Dalpress) — ", "YUZHNO-SAKHALINSK", "Dalpress"),
        ("N'DJAMENA, Dec 18 (Sahel Wire) - ", "N'DJAMENA", "Sahel Wire"),
        ("Rio de Janeiro, Brazil – ", "Rio de Janeiro, Brazil", None),
        ("Taipei, Taiwan — ", "Taipei, Taiwan", None),
        ("VIENNA, Oct 6 - ", "VIENNA", None),
        ("Pyongyang: ", "Pyongyang", None),
        ("ISLAMABAD: ", "ISLAMABAD", None),
        ("LONDON -- ", "LONDON", None),
    ],
)
def test_forms(parser, head, place, agency):
    found = parser.start(head + STORY, first=True, colon=True)
    assert (found.place, found.agency) == (place, agency)
    assert (head + STORY)[found.end :] == STORY


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("GENEVA (1 February 2023) – ", date(2023, 2, 1)),
        ("New York, 28 March 2024 – ", date(2024, 3, 28)),
        ("ABU DHABI, 19th June, 2024 (WAM) -- ", date(2024, 6, 19)),
        ("SEOUL, Jan. 5, 2023 /PRNewswire/ -- ", date(2023, 1, 5)),
    ],
)
def test_full_dates(parser, head, day):
    assert parser.start(head + STORY, first=True, colon=True).stamp.day == day


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"Analysis: {STORY}",
        f"HOST: {STORY}",
        f"However: {STORY}",
        "US-led efforts to impose fresh sanctions on the North have been blocked again and again.",
        "The minister — a hawk — said that the army would stay where it was until the spring.",
        "On Tuesday, Jan. 3 (see below) - the day of the talks - the minister left for Marxville.",
        "Freedonia (population 5 million) - like Sylvania - has no access to the sea at all.",
        "Firefly (no relation) said that the army would stay where it was until the spring.",
        "Last week: “We shall see,” the minister said when he was asked about the talks.",
        "MARXVILLE -",
    ],
)
def test_no_dateline(parser, text):
    assert parser.start(text, first=True, colon=True) is None


def test_a_colon_is_no_dateline_in_a_transcript_nor_far_down(parser):
    text = f"Pyongyang: {STORY}"
    assert parser.start(text, first=True, colon=False) is None
    assert parser.start(text, first=False, colon=True) is None
    assert parser.start(f"PYONGYANG (AP) - {STORY}", first=False, colon=False).place == "PYONGYANG"


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("June 18, 2021 - Ottawa, Ontario - Global Affairs Canada", "Ottawa, Ontario", "Global Affairs Canada"),
        ("Asunción, 18 November 2022", "Asunción", None),
        ("The Hague, 3 May 2020.", "The Hague", None),
    ],
)
def test_whole_lines(parser, line, place, agency):
    found = parser.line(line)
    assert (found.place, found.agency) == (place, agency)


@pytest.mark.parametrize("line", ["Sylvania signs pact on 3 May 2020", "June 18, 2021", "Marxville, June 18"])
def test_no_whole_line(parser, line):
    assert parser.line(line) is None
