"""What a title says of the office: the words of the role, and the status that "former", "acting" or "-elect" give."""

from __future__ import annotations

from kb.link.titlewords import Setting, singular_of
from kb.link.trees import is_plural, joined


def role_words(setting: Setting, start: int, first: int, end: int, body: range) -> tuple[str, list[str]]:
    """Return the status and the words of the role of a title on tokens [start, end), its head from token `first` on.

    Names before the head are no part of the role, nor is the unknown `body`. The head always is: what looks like a name
    there ("State Councilor") is the title itself.
    """
    status, kept = "ongoing", list[str]()
    for i in range(start, end):
        word = setting.tokens[i].text.lower().replace("’", "'")
        if word.startswith("ex-"):
            status, word = "occurred", word[3:]
        if (i < first and i in setting.name_at) or i in body or _is_creed(setting, i, first):
            continue
        modifier = setting.title_words.modifiers.get(word) if i < first else None
        if modifier is not None:
            status = modifier.status if modifier.status != "ongoing" else status
            if not modifier.in_role or (word == "first" and not _is_second_in_rank(setting, i + 1)):
                continue
        _append(setting, kept, i, _singular(setting, i) if i == end - 1 else word)
    return status, kept


def _append(setting: Setting, kept: list[str], i: int, word: str) -> None:
    token = setting.tokens[i]
    if word in (".", "'s") or (not kept and (word == "-" or token.dep == "cc")):
        return
    if kept and (word == "-" or kept[-1].endswith("-")) and joined(setting.tokens[i - 1], token):
        kept[-1] += word
    else:
        kept.append(word)


def _is_creed(setting: Setting, i: int, first: int) -> bool:
    """Tell a capitalised adjective that is no part of a lower-case role: "a Shiite member of parliament"."""
    token = setting.tokens[i]
    begins = i == 0 or setting.tokens[i - 1].sentence != token.sentence
    capital = token.upos == "ADJ" and token.text[0].isupper() and not begins
    return capital and setting.tokens[first].text[0].islower()


def _is_second_in_rank(setting: Setting, i: int) -> bool:
    return setting.tokens[i].text.lower() in ("vice", "deputy")


def _singular(setting: Setting, i: int) -> str:
    token = setting.tokens[i]
    plural = is_plural(token) and singular_of(token) in setting.title_words.heads
    return (singular_of(token) if plural else token.text.lower()).removeprefix("ex-").replace("’", "'")


def read_suffix(setting: Setting, end: int, status: str) -> tuple[int, str]:
    """Read "-elect", "designate" and "nominee" behind the head; return where the title ends, and the status."""
    tokens = setting.tokens
    hyphen = end + 1 < len(tokens) and tokens[end].text == "-" and joined(tokens[end - 1], tokens[end])
    k = end + 1 if hyphen else end
    modifier = setting.title_words.modifiers.get(tokens[k].text.lower()) if k < len(tokens) else None
    return (k + 1, modifier.status) if modifier is not None and modifier.after else (end, status)
