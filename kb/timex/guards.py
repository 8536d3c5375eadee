"""Whether what looks like a time is one, from the words around it: "March" the verb, "Resolution 2094", "every Friday"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from kb.model import Document
from kb.timex.context import Context
from kb.timex.grammar import Match
from kb.timex.tense import Tense
from kb.timex.words import TimeWords

Guard = Callable[[Match, Context], bool]

_NOUN = ("NN", "NNS", "NNP", "NNPS")
_ATTRIBUTE = (*_NOUN, "JJ", "VBN", "VBG", "CD")
_ENDS = frozenset({"", ".", ",", ";", ":", "?", "!", ")", "-", "–", "—", '"', "”", "'", "and", "but", "or", "in", "at", "when"})
_ORDINALS = frozenset({"ORDINAL", "NTH"})


def month(match: Match, context: Context) -> bool:
    """Allow a month alone behind a preposition, before a noun it belongs to, or as a plain name of a month."""
    del match
    before = context.before
    if context.among(before, "month-preposition") or _continues(context):
        return True
    tag = context.tag(context.end)
    person = context.among(context.word(context.start), "person-month")
    if context.among(before, "determiner") or context.after in ("'s", "'"):
        noun = tag in _ATTRIBUTE or context.after in ("'s", "'")
        return noun and not person or (tag in ("NN", "NNS", "JJ") and before != "a")
    return not person and before not in ("and", "&") and not _in_name(context)


def _in_name(context: Context) -> bool:
    """Tell whether the expression stands between words of a name."""
    return context.tag(context.start - 1).startswith("NNP") or context.tag(context.end).startswith("NNP")


def _continues(context: Context) -> bool:
    """Tell whether the expression goes on a list: "in March and May", "in 2014, 2016"."""
    if context.before not in ("and", "or", ",", "&", "to") or not context.earlier:
        return False
    return context.start - context.earlier[-1].end in (1, 2) and context.word(context.earlier[-1].end) != ""


def year(match: Match, context: Context) -> bool:
    """Allow a number as a year behind a preposition, in brackets, in a list, or before the noun it dates."""
    number = match.number("year") or match.number("first") or 0
    if not _plausible(number, 1500) or context.among(context.after, "number-noun") or counts(context):
        return False
    before = context.before
    if before == "to" or before == "-":
        earlier = context.word(context.start - 2)
        return before == "to" and context.among(earlier, "year-to")
    if context.among(before, "year-preposition") or (before == "(" and context.after in (")", ",", ";")):
        return number not in _numbers(context) or before == "in"
    if _continues(context):
        return True
    dated = context.among(before, "determiner") and context.tag(context.end) in (*_NOUN, "JJ", "VBN")
    round_count = number % 1000 == 0 and context.tag(context.end) == "NNS"
    return dated and _plausible(number, 1800) and not round_count and number not in _numbers(context)


def _plausible(number: int, least: int) -> bool:
    return least <= number <= 2100


def counts(context: Context) -> bool:
    """Tell whether the last word is a number of things: "in 2000 villages"."""
    last = context.doc.tokens[context.end - 1]
    head = context.doc.tokens[last.head]
    determined = context.among(context.before, "determiner")
    return last.dep == "nummod" and head.xpos == "NNS" and head.i == last.i + 1 and not determined


def _numbers(context: Context) -> frozenset[int]:
    return numbered(context.doc, context.words)


def numbered(doc: Document, words: TimeWords) -> frozenset[int]:
    """Return the numbers that the text uses as names: of resolutions, committees, pages."""
    found: set[int] = set()
    inside = False
    for token, after in pairwise((*doc.tokens, None)):
        assert token is not None
        lower = token.text.lower().rstrip(".")
        if lower.isascii() and lower.isdigit():
            named_after = after is not None and after.text.lower() in ("committee", "resolution")
            if (inside or named_after) and len(lower) <= 4:
                found.add(int(lower))
        elif lower in words.around["numbered"]:
            inside = True
        elif lower not in ("", ",", "and", "or"):
            inside = False
    return frozenset(found)


def year_range(match: Match, context: Context) -> bool:
    """Allow two years as a range behind a preposition, in brackets or with a dash, but not a number and its part."""
    first, last = match.number("first") or 0, match.number("last") or 0
    if not _plausible(first, 1500) or (last >= 100 and not _plausible(last, 1500)) or counts(context):
        return False
    if context.among(context.before, "number-noun", "numbered") or context.among(context.after, "number-noun"):
        return False
    joined = match.word("to") == "to" and context.word(context.start + 1) not in ("to", "until", "till", "through")
    prepared = context.among(context.before, "year-preposition")
    if last < 100:
        return joined and (last == first % 100 + 1 or prepared)
    return joined or prepared


def weekday(match: Match, context: Context) -> bool:
    """Refuse "every Friday", "on a Friday" (any one) and names such as "Black Friday"."""
    del match
    before = context.before
    if context.among(before, "repeated", "named-weekday"):
        return False
    return before not in ("a", "an") or context.tag(context.end) in _ATTRIBUTE


def adverb(match: Match, context: Context) -> bool:
    """Allow "overnight" as an adverb, not in "an overnight stay"."""
    del match
    return context.tag(context.start).startswith("RB")


def unit(match: Match, context: Context) -> bool:
    """Refuse "his last year in office", "the last week of the war", "the week's end"."""
    if match.number("rel") in (None, 0):
        return not (context.among(context.before, "repeated"))
    owned = context.among(context.before, "determiner") and context.before not in ("this", "that", "the")
    return not owned and context.after != "of"


def weekend(match: Match, context: Context) -> bool:
    """Allow "the weekend" behind the prepositions of time, or as "the weekend attack"."""
    del match
    told = context.before in ("over", "at", "during", "on", "by", "until", "before", "after", "since", "for")
    return context.word(context.start) == "the" and (told or context.tag(context.end) in _NOUN) and context.after != "of"


def rolling(match: Match, context: Context) -> bool:
    """Refuse "the last day", "the last two days of the summit", and "the next week" unless within or over it."""
    word = context.word(context.start + (context.word(context.start) == "the"))
    if context.after == "of" or (owned := context.before not in ("the", "this")) and context.among(
        context.before, "determiner"
    ):
        return False
    del owned
    single = match.word("unit")
    if single is None:
        return True
    if word == "recent" or (word in ("last", "next", "upcoming") and single in ("day", "weekend")):
        return False
    return word not in ("next", "previous") or context.before in ("over", "in", "within", "during", "for")


def away(match: Match, context: Context) -> bool:
    """Refuse "two days after the test", "two days earlier than planned": they count from an event, not from a date."""
    if "apart" in match.slots or "shift" in match.slots:
        return context.after in _ENDS
    return context.after not in ("than", "of")


def ahead(match: Match, context: Context) -> bool:
    """Allow "in two weeks" for what lies ahead; "the first in 24 years" and "built in two years" are durations."""
    del match
    head = context.doc.tokens[context.tenses.head(context.start, context.end)]
    if context.doc.tokens[head.head].upos in ("NOUN", "ADJ", "PROPN", "NUM") and head.head != head.i:
        return False
    nearby = (context.word(i) for i in range(context.start - 8, context.start))
    if any(_ORDINALS & context.words.classes.get(word, {}).keys() or word.endswith("est") for word in nearby):
        return False
    return context.tense in (Tense.FUTURE, Tense.PROSPECT)


def same(match: Match, context: Context) -> bool:
    """Refuse "the same day as", and "that" where it begins a clause."""
    del match
    return context.after not in ("as", "that") and context.tag(context.start) != "IN"


def season(match: Match, context: Context) -> bool:
    """Allow "in the spring", "this summer"; refuse "in the fall of Kabul", "the Arab Spring"."""
    told = context.among(context.before, "season-preposition") or "part" in match.slots
    noun = context.tag(context.end) in ("NN", "NNS", "NNP")
    return told and context.after not in ("of", "in", "from", "'s") and not noun and _lower(context)


def _lower(context: Context) -> bool:
    return context.doc.tokens[context.end - 1].text.islower() or context.before in ("in", "by")


def nth(match: Match, context: Context) -> bool:
    """Allow "on the 19th"; refuse "the 19th meeting"."""
    del match
    told = context.among(context.before, "date-preposition")
    return told and context.tag(context.end) not in (*_NOUN, "JJ", "CD", "HYPH") and context.after not in ("of", "-")


def decade(match: Match, context: Context) -> bool:
    """Refuse ages ("in his 80s", "the low 30s") and temperatures; a decade of two digits needs "the" or an apostrophe."""
    if (match.number("decade") or 1000) >= 100 and "word" not in match.slots:
        return True
    if "word" in match.slots or (match.number("decade") or 0) >= 50:
        return context.word(context.start) == "the"
    return any(context.word(i) == "'" for i in range(context.start, context.end))


def century(match: Match, context: Context) -> bool:
    """Refuse centuries before Christ."""
    del match
    return context.after not in ("bc", "bce", "b.c.")


GUARDS: Mapping[str, Guard] = {
    guard.__name__.replace("_", "-"): guard
    for guard in (month, year, year_range, weekday, adverb, unit, weekend, rolling, away, ahead, same, season, nth, decade, century)
}
