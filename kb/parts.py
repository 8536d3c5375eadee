"""What reading needs: model, gazetteer, word lists, rules, shapes and queries, each loaded at its first use."""

from __future__ import annotations

import gc
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kb import __version__
from kb.resources import digest_of, resource
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.extract import Lexicon
    from kb.facts import FlatView
    from kb.gate import Gate
    from kb.graph import Run
    from kb.intake import Cues
    from kb.link.gazetteer import Gazetteer
    from kb.link.words import Words as LinkWords
    from kb.nlp import Parser
    from kb.timex import TimeWords

_RULES = ("intake", "timex", "gazetteer", "link", "lexicon")
"""The folders of `data` that decide, beside the model, what is read in a text."""


@dataclass
class Parts:
    """The parts, by the settings of one run."""

    settings: Settings

    @cached_property
    def parser(self) -> Parser:
        """The NLP model."""
        from kb.nlp import load_parser

        return load_parser(self.settings.model or resource("data", "model"))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """States, organisations, places, titles and regimes."""
        from kb.link.gazetteer import load_gazetteer

        return load_gazetteer(resource("data", "gazetteer"))

    @cached_property
    def cues(self) -> Cues:
        """The words that tell the zones of an article apart."""
        from kb.intake import load_cues

        return load_cues()

    @cached_property
    def link_words(self) -> LinkWords:
        """The word lists of linking."""
        from kb.link.words import load_words

        return load_words(resource("data", "link"))

    @cached_property
    def time_words(self) -> TimeWords:
        """The words and forms of time expressions."""
        from kb.timex import load_words

        return load_words(resource("data", "timex"))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The rules."""
        from kb.extract import load_lexicon

        return load_lexicon(resource("data", "lexicon"))

    @cached_property
    def gate(self) -> Gate:
        """The shapes."""
        from kb.gate import load_gate

        return load_gate(resource("shapes"))

    @cached_property
    def flat(self) -> FlatView:
        """The named queries that make facts of a graph."""
        from kb.facts import FlatView

        return FlatView()

    @cached_property
    def run(self) -> Run:
        """What to name as the origin of the claims: version, rules and model."""
        from kb.graph import Run

        rules = "\n".join(digest_of(resource("data", name)) for name in _RULES)
        return Run(__version__, hashlib.sha256(rules.encode()).hexdigest(), self.parser.hash)

    def prepare(self) -> None:
        """Load every part now, so that the first article takes no longer than the others."""
        if "run" in vars(self):  # the last of them
            return
        gc.disable()  # nothing of what is loaded is garbage, and looking for some takes 0.1 s
        try:
            self._load_all()
        finally:
            gc.freeze()  # it stays as long as the process: no later collection looks at it again
            gc.enable()

    def _load_all(self) -> None:
        for part in ("parser", "gazetteer", "cues", "link_words", "time_words", "lexicon", "gate", "flat", "run"):
            getattr(self, part)
