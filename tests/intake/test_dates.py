from datetime import date
from itertools import pairwise

import pytest

from kb.intake.cues import load_cues
from kb.intake.dates import Calendar, MonthDay
from kb.intake.kinds import Kinds


@pytest.fixture(scope="module")
def calendar():
    return Calendar(load_cues())


@pytest.mark.parametrize(
    ("text", "day", "moment"),
    [
        ("June 18, 2024", "2024-06-18", None),
        ("18 June 2024", "2024-06-18", None),
        ("Wednesday, 19 June 2024", "2024-06-19", None),
        ("Wed June 19 2024", "2024-06-19", None),
        ("19th of June, 2024", "2024-06-19", None),
        ("Sept. 3, 2021", "2021-09-03", None),
        ("2024-06-19", "2024-06-19", None),
        ("19.06.2024", "2024-06-19", None),
        ("19/06/2024", "2024-06-19", None),
        ("06/19/2024", "2024-06-19", None),
        ("Updated on: June 19, 2024 12:51 IST", "2024-06-19", "2024-06-19T12:51:00+05:30"),
        ("June 19, 2024 at 5:30 p.m. EDT", "2024-06-19", "2024-06-19T17:30:00-04:00"),
        ("June 19, 2024 12:05 AM", "2024-06-19", "2024-06-19T00:05:00"),
        ("12:51 GMT, June 19, 2024", "2024-06-19", "2024-06-19T12:51:00+00:00"),
        ("1251 GMT, 19 June 2024", "2024-06-19", "2024-06-19T12:51:00+00:00"),
        ("19 June 2024, 17:05 GMT+1", "2024-06-19", "2024-06-19T17:05:00+01:00"),
        ("2024-06-19T09:30:00Z", "2024-06-19", "2024-06-19T09:30:00+00:00"),
        ("2024-06-19 09:30:15+0530", "2024-06-19", "2024-06-19T09:30:15+05:30"),
        ("June 19, 2024 25:00 GMT", "2024-06-19", None),
        ("June 19, 2024 1718 soldiers", "2024-06-19", None),
    ],
)
def test_date_and_time(calendar, text, day, moment):
    stamp = next(calendar.find(text))
    assert (stamp.day.isoformat(), stamp.moment) == (day, moment)


@pytest.mark.parametrize(
    "text", ["June 31, 2024", "06/07/2024", "June 2024", "June 19", "1234-12-12", "June 19, 3024", "May said 12, 2024"]
)
def test_no_date(calendar, text):
    assert list(calendar.find(text)) == []


def test_dates_come_in_text_order_without_overlap(calendar):
    found = list(calendar.find("Posted 2 May 2020 - updated Monday, May 4, 2020 10:00 - see 2019-01-02"))
    assert [stamp.day for stamp in found] == [date(2020, 5, 2), date(2020, 5, 4), date(2019, 1, 2)]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("limit", "day"),
    [
        (date(2024, 6, 25), date(2024, 6, 19)),
        (date(2024, 6, 18), date(2023, 6, 19)),
        (date(2024, 6, 19), date(2024, 6, 19)),
    ],
)
def test_month_and_day_take_the_last_year_that_fits(calendar, limit, day):
    assert calendar.parse_month_day("PYONGYANG, June 19") == MonthDay(6, 19)
    assert MonthDay(6, 19).before(limit) == day


def test_leap_day_without_a_leap_year_is_no_date():
    assert MonthDay(2, 29).before(date(2023, 6, 1)) is None


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("June 18, 2024", True),
        ("Published: 18 June 2024", True),
        ("May 31, 2016 / 10:27 AM / a year ago", True),
        ("On June 18, 2024, the minister flew to Marxville.", False),
        ("What happened on June 18, 2024", False),
        ("Envoy expelled, June 18, 2024, by Sylvania", False),
    ],
)
def test_a_date_line_says_hardly_anything_else(calendar, line, alone):
    assert (Kinds(load_cues(), calendar).date_line(line) is not None) is alone


HEAD = "Envoy flies to Marxville\n\n"
TAIL = "\n\nThe envoy of Sylvania flew to Marxville on Tuesday and met the president of Freedonia there.\n"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"{HEAD}June 18, 2024{TAIL}", date(2024, 6, 18)),
        (f"June 25, 2024\n{HEAD}June 18, 2024{TAIL}", date(2024, 6, 18)),
        (f"June 25, 2024\n{HEAD}Updated on: June 19, 2024 12:51 IST{TAIL}", date(2024, 6, 19)),
        (f"{HEAD}Updated June 20, 2024\nPublished June 18, 2024{TAIL}", date(2024, 6, 18)),
        (f"Tuesday, June 25, 2024\n{HEAD}{TAIL}", date(2024, 6, 25)),
        (f"{HEAD}GENEVA (18 June 2024) – {TAIL.strip()}", date(2024, 6, 18)),
        (f"{HEAD}Marxville, 18 June 2024{TAIL}", date(2024, 6, 18)),
        (f"{HEAD}{TAIL}{TAIL}{TAIL}Marxville, 18 June 2024\n", date(2024, 6, 18)),
        (f"June 25, 2024\n{HEAD}MARXVILLE, June 18 (Wire) - {TAIL.strip()}", date(2024, 6, 18)),
        (f"January 2, 2024\n{HEAD}MARXVILLE, Dec 30 (Wire) - {TAIL.strip()}", date(2023, 12, 30)),
        (f"{HEAD}January 28, 2008 {TAIL.strip()}", date(2008, 1, 28)),
        (f"{HEAD.strip()} Monday, January 28, 2008{TAIL}", date(2008, 1, 28)),
        (f"{HEAD}MARXVILLE, June 18 (Wire) - {TAIL.strip()}", None),
        (f"{HEAD}On June 18, 2024, the envoy of Sylvania flew to Marxville to meet the president there.\n", None),
        (f"{HEAD}The envoy flew on June 18, 2024 and met the president of Freedonia in his palace.\n", None),
    ],
)
def test_where_the_publication_date_stands(read_text, text, published):
    article = read_text(text)
    assert article.published == published
    assert any("no publication date" in warning for warning in article.warnings) is (published is None)


def test_the_callers_date_wins_and_keeps_only_a_time_of_that_day(read_text):
    text = f"{HEAD}Updated on: June 19, 2024 12:51 IST{TAIL}"
    same, other = read_text(text, published="2024-06-19"), read_text(text, published="2024-06-20")
    assert (same.published, same.published_time) == (date(2024, 6, 19), "2024-06-19T12:51:00+05:30")
    assert (other.published, other.published_time) == (date(2024, 6, 20), None)
