"""Whatever text comes, it is read or refused with a reason: 1,000 varied texts, made from our own with a fixed seed."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from kb.intake.inputs import UNKNOWN, Input
from kb.model import ArticleInfo

ARTICLES = Path(__file__).resolve().parents[2] / "data" / "articles"
SEED = 20310514
TEXTS = 1000
LENGTH = 320
"""Characters of an excerpt: enough for a paragraph or two, so that all of them are read in half a minute."""

CODE = '''def load(path: Path) -> dict[str, int]:
    """Return counts; raises KeyError when the minister is missing."""
    with path.open() as file:  # the embassy closes at 17:00
        return {line.split(",")[0]: int(line.split(",")[1]) for line in file if "sanction" in line}
'''
TABLE = """| State | Sanctioned by | Since |
|-------|---------------|-------|
| Iran  | UN, EU, US    | 2006  |
| DPRK  | UN Security Council | 2006-10-14 |
Brazil\t3\t1,204.50\tmet\tyes
Egypt\t7\t  -12\tvisited\tno
"""
LOG = """2031-05-14T09:30:00Z WARN president: connection refused by 10.0.0.7 (attempt 3/5)
2031-05-14T09:30:02Z ERROR minister.visit() failed: KeyError: 'Moscow'
"""
MARKUP = (
    '<p>Ana Duarte <b>met</b> Li Qun &amp; others <img src="x.png" alt="a > b"><br/>in &quot;Cairo&quot;</p>'
    "<script>x()</script>"
)
JSON = (
    '{"title": "Duarte in Cairo", "text": "President Ana Duarte visited Egypt. \\u201cGood\\u201d, she said.", '
    '"n": [1, null]}'
)
RIGHT_TO_LEFT = "وصل الرئيس إلى القاهرة يوم الثلاثاء. הנשיאה נפגשה עם שר החוץ. "
OTHER_SCRIPTS = "大统领访问了开罗。Президент прибыл в Каир. Ο πρόεδρος έφτασε. 大統領はカイロを訪問した。"
EMOJI = ("🇧🇷", "🤝", "👩🏽‍⚖️", "🕊️", "💥", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿")
CONTROLS = (
    "\x00",
    "\x07",
    "\x0b",
    "\x0c",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\u00ad",
)
MARKS = (
    '"',
    "“",
    "”",
    "‘",
    "’",
    "(",
    ")",
    "[",
    "—",
    "...",
    "…",
    ";",
    ":",
    "?!",
    "*",
    "/",
    "'s",
    "-",
    "«",
    "&",
    "%",
    "$",
)
TITLES = (
    "State Councilor", "His Majesty", "Deputy Prime Minister and Foreign Minister", "then-President", "ex-Minister",
    "Acting Secretary-General", "Crown Prince", "Gen.", "Senator-elect", "Vice", "former", "Grand Ayatollah", "Sir",
    "Chargé d'affaires", "First Lady", "President-elect", "minister-designate", "Under-Secretary-General", "Lt. Col.",
)  # fmt: skip
WORDS = (
    "sanctions", "visited", "met with", "accused", "denied", "who", "and", "which", "by", "on Tuesday", "in 2031",
    "of", "not", "vetoed", "the two leaders", "his counterpart", "its", "UN", "Moscow", "the North", "agreement",
    "24 years ago", "said", "that", "signed", "tested a missile", "troops", "was expelled from", "urged", "if", ",",
    "will", "to", ".",
)  # fmt: skip


# --- how texts are changed --------------------------------------------------------------------------------------------


def excerpt(chance):
    """Return some of an article of ours, from a random place on."""
    text = chance.choice(SOURCES)
    start = chance.randrange(max(1, len(text) - LENGTH))
    return text[start : start + LENGTH]


def truncated(text, chance):
    return text[: chance.randrange(1, len(text))]


def gaps(text, chance):
    for _ in range(chance.randrange(1, 12)):
        start = chance.randrange(len(text))
        text = text[:start] + text[start + chance.randrange(1, 9) :] or "x"
    return text


def shuffled(text, chance):
    words = text.split(" ")
    for _ in range(chance.randrange(1, 20)):
        i, j = chance.randrange(len(words)), chance.randrange(len(words))
        words[i], words[j] = words[j], words[i]
    return " ".join(words)


def sprinkled(choices):
    """Return a change that puts some of the choices at random places."""

    def sprinkle(text, chance):
        for _ in range(chance.randrange(1, 15)):
            i = chance.randrange(len(text) + 1)
            text = text[:i] + chance.choice(choices) + text[i:]
        return text

    return sprinkle


def titled(text, chance):
    """Put titles and words of the field between the words."""
    words = text.split()
    for _ in range(chance.randrange(1, 12)):
        words.insert(chance.randrange(len(words) + 1), chance.choice(TITLES + WORDS))
    return " ".join(words)


def salad(_text, chance):
    names = re.findall(r"[A-Z]\w+(?: [A-Z]\w+)*", " ".join(SOURCES))
    return " ".join(chance.choice(chance.choice((TITLES, WORDS, names))) for _ in range(60))


def one_line(text, _chance):
    return " ".join(text.split()) * 4


def short_lines(text, _chance):
    return "\n".join(text.split())


def among(other):
    """Return a change that puts a text of another kind before, after or into the article's."""
    return lambda text, chance: chance.choice((other + text, text + other, text[:90] + other + text[90:], other))


CHANGES = {
    "truncated": truncated,
    "gaps": gaps,
    "shuffled": shuffled,
    "titled": titled,
    "salad": salad,
    "marks": sprinkled(MARKS),
    "controls": sprinkled(CONTROLS),
    "emoji": sprinkled(EMOJI),
    "capitals": lambda text, _chance: text.upper(),
    "lower case": lambda text, _chance: text.lower(),
    "title case": lambda text, _chance: text.title(),
    "no spaces": lambda text, _chance: text.replace(" ", ""),
    "no marks": lambda text, _chance: re.sub(r"[^\w\s]", "", text),
    "one line": one_line,
    "short lines": short_lines,
    "repeated": lambda text, chance: (chance.choice(text.split()) + " ") * 150,
    "backwards": lambda text, _chance: text[::-1],
    "windows": lambda text, _chance: text.replace("\n", "\r\n"),
    "code": among(CODE),
    "table": among(TABLE),
    "log": among(LOG),
    "markup": among(MARKUP),
    "json": among(JSON),
    "right to left": among(RIGHT_TO_LEFT),
    "scripts": among(OTHER_SCRIPTS),
}
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252")
SOURCES = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*-*.txt"))]


def texts():
    """Yield name and bytes of every text: each change in turn, one in three with a second one on top."""
    chance = random.Random(SEED)
    for number in range(TEXTS):
        names = [list(CHANGES)[number % len(CHANGES)]]
        if chance.random() < 1 / 3:
            names.append(chance.choice(list(CHANGES)))
        text = excerpt(chance)
        for name in names:
            text = CHANGES[name](text, chance) or "x"
        yield f"{number}: {' + '.join(names)}", text.encode(chance.choice(ENCODINGS), "replace")


@pytest.fixture(scope="module")
def outcomes(reader):
    """What became of each text, by its name: a report, or the exception that is a defect of ours."""
    found = {}
    for name, data in texts():
        try:
            found[name] = reader.try_out(Input(name, None, data, UNKNOWN, ArticleInfo()))
        except Exception as error:  # noqa: BLE001
            found[name] = error
    return found


@pytest.fixture(scope="module")
def reports(outcomes):
    """The reports alone."""
    return [outcome for outcome in outcomes.values() if not isinstance(outcome, Exception)]


def test_no_text_is_too_odd(outcomes):
    assert len(outcomes) == TEXTS
    assert {name: repr(outcome) for name, outcome in outcomes.items() if isinstance(outcome, Exception)} == {}


def test_what_is_refused_is_refused_as_input(reports):
    """A text is bad input or an article; none is kept out for what was read in it, and most are read."""
    errors = [report.error["code"] for report in reports if report.error]
    assert {code for code in errors if not code.startswith("KB01")} == set()
    assert 0 < len(errors) <= TEXTS / 3


def test_what_is_read_has_its_evidence(reports):
    facts = [fact for report in reports for fact in report.facts]
    assert len(facts) > TEXTS
    for fact in facts:
        evidence = fact["evidence"]
        assert evidence["end"] - evidence["start"] == len(evidence["quote"]) > 0


# --- single texts that have caused trouble ----------------------------------------------------------------------------

ODD = {
    "a title that is no office": "Foreign Minister Li Qun met State Councilor Ana Duarte in Cairo on Tuesday.",
    "one word": "Sanctions",
    "a very long line": "President Ana Duarte met Prime Minister Li Qun in Cairo on Tuesday, " * 400,
    "a very long word": "President Ana Duarte visited " + "Egypt" * 2000 + " on Tuesday and met the king of the land.",
    "deep brackets": "(" * 500 + "President Ana Duarte visited Egypt" + ")" * 500,
    "quotes that never close": "“President Ana Duarte said ‘Egypt " * 60,
    "nothing but titles": " ".join(TITLES * 10),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_text(name, reader):
    report = reader.try_out(Input(name, None, ODD[name].encode(), UNKNOWN, ArticleInfo()))
    assert report.error is None or report.error["code"].startswith("KB01")
