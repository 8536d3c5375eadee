"""Whether what looks like a time is one, from the words around it: not "Resolution 2094", not "every Friday".

The words are in the table `around` of ``data/timex/words.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.timex.absolute import year_bounds
from kb.timex.context import Context
from kb.timex.grammar import Match
from kb.timex.tense import Tense

Guard = Callable[[Match, Context], bool]

_NOUN = ("NN", "NNS", "NNP", "NNPS")
_ATTRIBUTE = (*_NOUN, "JJ", "VBN", "VBG", "CD")
_PHRASE = 6
"""A noun stands so many words behind a year that belongs to it, at most."""

_NEARBY = 8
"""So many words before "in 24 years" can say that it is a duration ("the first such visit in 24 years")."""


# --- months and years ---------------------------------------------------------------------------------------------


def month(match: Match, context: Context) -> bool:
    """Allow a month alone behind a preposition, before a noun it belongs to, or as a plain name of a month."""
    del match
    before, tag = context.before, context.tag(context.end)
    if context.after.isdigit():  # "February 30"
        return False
    if context.among(before, "month-preposition") or (_continues(context) and not tag.startswith("VB")):
        return True
    person = context.among(context.word(context.start), "person-month")
    if context.after == "'s":
        return not person or context.among(before, "determiner")
    if context.among(before, "determiner"):
        return tag in ("NN", "NNS", "JJ") or (tag in _ATTRIBUTE and not person)
    return not person and not context.tag(context.start - 1).startswith("NNP") and not tag.startswith("NNP")


def _continues(context: Context) -> bool:
    """Tell whether the expression goes on a list: "in March and May", "in 2014, 2016"."""
    if context.before not in ("and", "or", ",", "&", "to") or not context.earlier:
        return False
    last = context.earlier[-1].end
    return context.word(last) != "" and context.start - last in (1, 2)


def year(match: Match, context: Context) -> bool:
    """Allow a number as a year behind a preposition, in brackets, in a list, or before the noun it dates."""
    number, before = match.number("year") or 0, context.before
    if not _plausible(number) or context.among(context.after, "number-noun") or _counts(context):
        return False
    if context.among(before, "year-preposition"):
        return before == "in" or number not in context.story.numbered
    if before in ("to", "as"):
        return context.among(context.word(context.start - 2), "year-to" if before == "to" else "year-as")
    if before == "(" and context.after in (")", ",", ";"):
        return True
    if _continues(context):
        return True
    return _dates_noun(context) and number >= 1800 and number not in context.story.numbered


def _plausible(number: int) -> bool:
    return 1500 <= number <= 2100


def _counts(context: Context) -> bool:
    """Tell whether the last word is a round number of things: "in 2000 villages", but not "in 2022 troops crossed"."""
    return context.word(context.end - 1).endswith("00") and context.tag(context.end) == "NNS"


def _dates_noun(context: Context) -> bool:
    """Tell whether a year stands before the noun it dates: "a 2005 accord", "the month-long 2005 conference"."""
    if context.tag(context.end) not in (*_NOUN, "JJ", "VBN") or context.is_in(context.after, "MEASURE"):
        return False
    tokens, at = context.doc.tokens, context.start
    head = tokens[at].head
    modifies = at < head <= at + _PHRASE and tokens[head].xpos in _NOUN
    return _determined(context) or (modifies and context.tag(at - 1) in ("JJ", "POS", "HYPH"))


def _determined(context: Context) -> bool:
    """Tell whether a determiner stands before the expression, with no more than adjectives between."""
    at = context.start - 1
    while at > context.start - _PHRASE and context.tag(at) in ("JJ", "VBN"):
        at -= 3 if context.tag(at - 1) == "HYPH" else 1  # "month-long" is three words
    return context.among(context.word(at), "determiner")


def year_range(match: Match, context: Context) -> bool:
    """Allow two years behind a preposition or joined by a dash; of "2022-23" the second has to be the next year."""
    first, last = year_bounds(match)
    if not (_plausible(first) and _plausible(last)) or _counts(context):
        return False
    if context.among(context.before, "number-noun", "numbered") or context.among(context.after, "number-noun"):
        return False
    prepared = context.among(context.before, "year-preposition") or _continues(context)
    if "yearpair" in match.slots:
        return prepared or last == first + 1
    dashed = not context.word(context.start + 1).isalpha()
    full = (match.number("last") or 0) >= 100
    return prepared or (dashed and (full or last == first + 1))


# --- weekdays, weeks ----------------------------------------------------------------------------------------------


def weekday(match: Match, context: Context) -> bool:
    """Refuse "every Friday", "on a Friday" (any one), "Black Friday" and "the Sunday Telegraph"."""
    del match
    before = context.before
    if context.among(before, "repeated", "named-weekday"):
        return False
    if before != "on" and context.among(context.after, "named"):
        return False
    if before not in ("a", "an"):
        return True
    return context.tag(context.end) in _ATTRIBUTE and not context.is_in(context.after, "DAYPART")


def adverb(match: Match, context: Context) -> bool:
    """Allow "overnight" as an adverb, not in "an overnight stay"."""
    del match
    return context.tag(context.start).startswith("RB")


def unit(match: Match, context: Context) -> bool:
    """Refuse "his last year in office" and "last year of the war"."""
    if match.number("rel") not in (-1, 1) or "part" in match.slots or "partof" in match.slots:
        return True
    owned = context.among(context.before, "determiner") and context.before not in ("this", "that", "the")
    return not owned and context.after != "of"


def weekend(match: Match, context: Context) -> bool:
    """Allow "the weekend" behind a preposition of time, or as "the weekend attack"."""
    del match
    if context.word(context.start) != "the" or context.after == "of":
        return False
    return context.among(context.before, "weekend-preposition") or context.tag(context.end) in _NOUN


def rolling(match: Match, context: Context) -> bool:
    """Refuse "the last day", "the last two days of the summit", and "the next week" unless within or over it."""
    determined = context.word(context.start) == "the"
    word, single = context.word(context.start + determined), match.word("unit")
    if context.after == "of" or (context.among(context.before, "determiner") and context.before != "this"):
        return False
    if single is None:
        return True
    if word == "recent" or (word in ("last", "next", "upcoming") and single in ("day", "weekend")):
        return False
    return word not in ("next", "previous") or context.among(context.before, "rolling-preposition")


# --- so far away --------------------------------------------------------------------------------------------------


def away(match: Match, context: Context) -> bool:
    """Refuse "two days after the test", "two days earlier than planned": they count from an event, not from a date.

    Without a number of ours, "years ago" may stand behind another ("two thousand years ago").
    """
    if "count" not in match.slots and context.tag(context.start - 1) == "CD":
        return False
    if "apart" in match.slots or "shift" in match.slots:
        return context.after == "" or context.among(context.after, "apart-end")
    return context.after not in ("than", "of")


def ahead(match: Match, context: Context) -> bool:
    """Allow "in two weeks" for what lies ahead; "the first in 24 years" and "built in two years" are durations."""
    del match
    tokens = context.doc.tokens
    head = tokens[context.story.tenses.head(context.start, context.end)].head
    if not context.start <= head < context.end and tokens[head].upos in ("NOUN", "ADJ", "PROPN", "NUM"):
        return False
    nearby = [context.word(i) for i in range(context.start - _NEARBY, context.start)]
    if any(context.is_in(word, "ORDINAL") or word.endswith("est") for word in nearby):
        return False
    return context.tense in (Tense.FUTURE, Tense.PROSPECT)


def same(match: Match, context: Context) -> bool:
    """Refuse "the same day as", and "that" where it begins a clause."""
    del match
    return context.after not in ("as", "that") and context.tag(context.start) != "IN"


# --- seasons and the rest -----------------------------------------------------------------------------------------


def season(match: Match, context: Context) -> bool:
    """Allow "in the spring", "will come in autumn"; refuse "the fall of Kabul", "to fall", "the Arab Spring".

    In the present tense "in winter" is said of every winter.
    """
    if context.after in ("of", "in", "from", "'s") or context.tag(context.end) in _NOUN:
        return False
    if context.tag(context.end - 1).startswith("VB") or not context.among(context.before, "season-preposition"):
        return False
    bare = context.word(context.start) != "the" and "part" not in match.slots
    if not bare:
        return True
    return context.before in ("in", "by", "since", "until") and context.tense in (Tense.PAST, Tense.FUTURE)


def nth(match: Match, context: Context) -> bool:
    """Allow "on the 19th"; refuse "the 19th meeting"."""
    del match
    if context.tag(context.end) in (*_NOUN, "JJ", "CD", "HYPH") or context.after in ("of", "-"):
        return False
    return context.among(context.before, "date-preposition")


def decade(match: Match, context: Context) -> bool:
    """Refuse ages ("in his 80s") and amounts ("the low 30s"): two digits need "the" or an apostrophe.

    A year is one with its "'s": "the 1930's".
    """
    number = match.number("decade") or match.number("word") or 0
    if number >= 100:
        return number % 10 == 0
    told = context.word(context.start) == "the" and number >= 50
    return told or any(context.word(i) == "'" for i in range(context.start, context.end))


def century(match: Match, context: Context) -> bool:
    """Refuse centuries before Christ."""
    del match
    return not context.among(context.after, "before-christ")


GUARDS: Mapping[str, Guard] = {
    "month": month,
    "year": year,
    "year-range": year_range,
    "weekday": weekday,
    "adverb": adverb,
    "unit": unit,
    "weekend": weekend,
    "rolling": rolling,
    "away": away,
    "ahead": ahead,
    "same": same,
    "season": season,
    "nth": nth,
    "decade": decade,
    "century": century,
}
