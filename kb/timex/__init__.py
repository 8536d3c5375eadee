"""Time expressions (TIMEX): where they stand in the text and which days they can mean.

The main path is `find_times` in `finder.py`: tokens become lexemes (`lexemes.py`), forms of ``data/timex`` match them
(`grammar.py`), the words around may speak against it (`guards.py`), and a reader gives the meaning (`absolute.py`,
`stretches.py`, `relative.py`, `counting.py`, `anaphora.py`), with the tense of the clause (`tense.py`, `deixis.py`) and
the calendar (`periods.py`).
"""

from kb.timex.finder import find_times
from kb.timex.words import TimeWords, load_words

__all__ = ["TimeWords", "find_times", "load_words"]
