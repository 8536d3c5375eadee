"""From bytes to an article: encoding, language, HTML and JSON lines, zones, title, dateline, date, publisher.

`gather` turns what the user named into inputs, `read` turns one input into a `kb.model.Article`. Both work offline and
give the same result every time.
"""

from kb.intake.cues import Cues, load_cues
from kb.intake.inputs import Input
from kb.intake.reader import read
from kb.intake.sources import gather

__all__ = ["Cues", "Input", "gather", "load_cues", "read"]
