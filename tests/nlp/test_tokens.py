from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.nlp.tokens import tokenize

CASES = [
    ("The U.S.-led talks end.", "The U.S. - led talks end ."),
    ("Russia’s and Kim's aides", "Russia ’s and Kim 's aides"),
    ("the ministers’ visit, the ministers' plane", "the ministers ’ visit , the ministers ' plane"),
    ("KIM’S VISIT WON'T END", "KIM ’S VISIT WO N'T END"),
    ("They don’t, can't, won’t and cannot go.", "They do n’t , ca n't , wo n’t and can not go ."),
    ("We're sure they've left; I'd stay.", "We 're sure they 've left ; I 'd stay ."),
    ("We’re gonna see", "We ’re gon na see"),
    ("on Wednesday-- nearly a year", "on Wednesday -- nearly a year"),
    ("the deal — signed — holds", "the deal — signed — holds"),
    ("“No,” he said. ‘Yes’", "“ No , ” he said . ‘ Yes ’"),
    ("Gen. John R. Smith met Mr.Ivanov", "Gen. John R. Smith met Mr. Ivanov"),
    ("Pyongyang, N.Korea and S. Korea", "Pyongyang , N. Korea and S. Korea"),
    ("the No. 2 official said: No.", "the No. 2 official said : No ."),
    ("the pro-Beijing, co-hosted mid-July event", "the pro-Beijing , co-hosted mid-July event"),
    ("a 24-year-old, self-governing isle", "a 24 - year - old , self - governing isle"),
    ("mid-1980s", "mid-1980s"),
    ("the KN-23 and Su-35 at 3.5% of $221bn", "the KN - 23 and Su - 35 at 3.5 % of $ 221 bn"),
    ("at 10am on 2024-06-19, 19/06/2024 or the 3rd", "at 10 am on 2024-06-19 , 19/06/2024 or the 3rd"),
    ("1,800 in the 1990s at 7:30 p.m.", "1,800 in the 1990s at 7:30 p.m."),
    (
        "Write to desk@news.example.org or www.example.org/a?b=1.",
        "Write to desk@news.example.org or www.example.org/a?b=1 .",
    ),
    ("the 5G deal of PG&E with O’Neill (AT&T)", "the 5G deal of PG&E with O’Neill ( AT&T )"),
    ("Really?! Wait... no…", "Really ?! Wait ... no …"),
    ("visa for the U.S, a Ph.D. and e.g. tea", "visa for the U.S , a Ph.D. and e.g. tea"),
    ("Ras\u200bul caf\u00e9 cafe\u0301s", "Ras\u200bul caf\u00e9 cafe\u0301s"),
    ("\ufeff\u200b \u00ad", ""),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_words(text, words):
    assert [span.of(text) for span in tokenize(text)] == words.split(" ") if words else not tokenize(text)


def test_a_part_of_the_text_is_read_with_offsets_of_the_whole():
    text = "First line.\nSecond line."
    assert [span.of(text) for span in tokenize(text, 12)] == ["Second", "line", "."]
    assert [span.of(text) for span in tokenize(text, 0, 5)] == ["First"]


@given(st.text() | st.text(alphabet="aA.1-'’, \n$&@:/+"))
def test_words_come_in_order_and_cover_all_that_is_visible(text):
    spans = tokenize(text)
    assert all(span.start < span.end for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    rest = text
    for span in reversed(spans):
        rest = rest[: span.start] + rest[span.end :]
    assert not any(char.isalnum() for char in rest)


@pytest.mark.parametrize("unit", ["a-", "a.", "1.", "A.", "-", ".", "http://x.", "@", "a@", "''", "no.", "aa’"])
def test_long_runs_take_linear_time(unit):
    text = unit * (200_000 // len(unit))
    assert tokenize(text)[-1].end == len(text)
