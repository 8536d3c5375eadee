"""Abbreviations that end in a period: one list for the tokenizer, which keeps the period on, and the sentence splitter.

`NEVER_FINAL` stand before a name or number, so no sentence ends with them; `MAYBE_FINAL` may end one, and there the
model decides.
"""

from __future__ import annotations


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEVER_FINAL = _words(
    "Mr Mrs Ms Dr Prof St Gen Lt Col Maj Capt Sgt Cpl Pvt Adm Cmdr Brig Sen Sens Rep Reps Gov Govs Rev Hon Amb Pres Mt "
    "Ft Messrs Supt Atty vs Fig fig approx cf e.g i.e"
)
MAYBE_FINAL = _words(
    "Jr Sr etc Inc Corp Ltd Co Cos Bros Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Ave Blvd Rd al dept Dept est "
    "Ph.D Calif Conn Fla Mass Minn Mich Tenn Wis Ariz Colo Ind Md Va Pa"
)
BEFORE_NUMBER = _words("No Nos pp Art Sec Ch Vol")
"""Abbreviations only before a digit: "No. 2" is one, the answer "No." is none."""
