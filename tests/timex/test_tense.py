"""Which way a date without a year or week is looked for, on real parses of an article of Wednesday 2024-06-19."""

from datetime import date

import pytest

from kb.timex import find_times

PUBLISHED = date(2024, 6, 19)

CASES = [
    # finite verbs
    ("The minister arrived in Hanoi on Thursday.", "2024-06-13"),
    ("The minister will arrive in Hanoi on Thursday.", "2024-06-20"),
    ("The minister won't arrive before Thursday.", "2024-06-20"),
    ("The minister'll arrive on Monday.", "2024-06-24"),
    ("The minister has met the king twice since Thursday.", "2024-06-13"),
    ("The two ministers had met on Monday.", "2024-06-17"),
    ("The minister travels to Hanoi on Monday.", "2024-06-24"),
    ("The ministers are meeting in Hanoi on Monday.", "2024-06-24"),
    ("The treaty was signed on Thursday.", "2024-06-13"),
    ("The treaty will be signed on Monday.", "2024-06-24"),
    ("The treaty would be signed on Monday, he said.", "2024-06-24"),
    ("The minister did not attend the talks on Thursday.", "2024-06-13"),
    ("The minister is in Hanoi until Friday.", "2024-06-21"),
    ("The vote, which took place on Thursday, was close.", "2024-06-13"),
    # infinitives
    ("The minister plans to visit Hanoi on Monday.", "2024-06-24"),
    ("The minister is expected to visit Hanoi on Monday.", "2024-06-24"),
    ("The minister is to visit Hanoi on Monday.", "2024-06-24"),
    ("The minister was to visit Hanoi on Friday.", "2024-06-21"),
    ("The minister is going to be in Hanoi in March.", "2025-03"),
    ("The minister agreed to visit Hanoi in July.", "2024-07"),
    ("The minister flew to Hanoi to meet the president on Thursday.", "2024-06-13"),
    ("The minister is due in Hanoi on Monday.", "2024-06-24"),
    # nouns and participles
    ("The decision follows a conversation between the two ministers on Tuesday.", "2024-06-18"),
    ("A summit planned for Thursday was moved to Geneva.", "2024-06-20"),
    ("The minister spoke ahead of Thursday's summit.", "2024-06-20"),
    ("Following the sinking of a vessel in March, the two states plan to hold an exercise.", "2024-03"),
    ("The panel, set up in October, will report to the council.", "2023-10"),
    ("The minister announced that the embassy would open in September.", "2024-09"),
    ("A trade pact negotiated for four years awaits signature on Friday.", "2024-06-21"),
    # months
    ("The minister put the report on the agenda of the July summit.", "2024-07"),
    ("The council extended the embargo in March.", "2024-03"),
    ("The council will extend the embargo in March.", "2025-03"),
    ("The parliaments vote in August.", "2024-08"),
    ("The embargo has been in force since January.", "2024-01"),
    ("The two presidents last met in September.", "2023-09"),
    ("The ship sank on December 30.", "2023-12-30"),
    ("The talks will resume on January 3.", "2025-01-03"),
]

NOTHING = [
    "It was the minister's first visit in 24 years.",
    "The talks lasted for five hours during a two-day visit.",
    "The visit came nearly 24 years after he had first seen the country.",
    "The panel reports to the council every six months under Resolution 1718.",
    "The states may march to war, Prime Minister Theresa May told the 1718 committee.",
    "The F-16 jets will fly within 90 days, said the 54-year-old general.",
]


@pytest.fixture(scope="module")
def read(analysed, words):
    """A function from plain text to the values found in it."""

    def read(text, title=None):
        found = find_times(analysed(text, title=title), PUBLISHED, words)
        return [expression.time.value for expression in found]

    return read


@pytest.mark.parametrize(("text", "value"), CASES)
def test_direction(read, text, value):
    assert read(text) == [value]


@pytest.mark.parametrize("text", NOTHING)
def test_no_time(read, text):
    assert read(text) == []


def test_headline(read):
    assert read("The minister left.", title="Minister to visit Hanoi on Monday") == ["2024-06-24"]
    assert read("The minister left.", title="Minister visits Hanoi on Monday") == ["2024-06-17"]


def test_one_sentence_with_both(read):
    text = "The minister, who met the king on Tuesday, will meet the queen on Friday."
    assert read(text) == ["2024-06-18", "2024-06-21"]
