"""From linked sentences to claims: triggers, argument roles, factuality, attribution.

The main path is `extract` in `claims.py`: match rules -> complete each family -> find who says it -> merge what is
said twice. A new verb is a rule in `data/lexicon`; see CONTRIBUTING.md.
"""

from kb.extract.claims import extract
from kb.extract.lexicon import Lexicon, load_lexicon

__all__ = ["Lexicon", "extract", "load_lexicon"]
