"""Fixtures of linking: the shipped gazetteer and word lists, and sentences linked with them."""

import pytest

from kb.link import agents, link, places
from kb.link.gazetteer import load_gazetteer
from kb.link.words import load_words
from kb.resources import resource


class Linked:
    """A linked document that is asked by words: `n` counts from the first token with that text."""

    def __init__(self, found):
        self.found = found
        self.doc = found.doc

    def token(self, word, n=0):
        hits = [token.i for token in self.doc.tokens if token.text == word]
        assert len(hits) > n, f"{word!r} stands {len(hits)} times in {[t.text for t in self.doc.tokens]}"
        return hits[n]

    def who(self, word, n=0):
        """The codes of the actors at a word, the names of persons and local organisations."""
        return [entity.code or entity.name for entity in agents(self.found, self.token(word, n))]

    def where(self, word, n=0):
        """The names of the place and the state at a word."""
        return [entity.code or entity.name for entity in places(self.found, self.token(word, n))]

    def offices(self):
        """The offices as (person, role, of, status)."""
        return [(o.person.name, o.role, o.of.code or o.of.name, o.status) for o in self.found.offices]

    def persons(self):
        """The names of the persons that the text names."""
        kinds = {m.entity.name for m in self.found.mentions if m.entity and m.entity.id.startswith("official/")}
        return sorted(kinds)


@pytest.fixture(scope="session")
def gazetteer():
    """The shipped gazetteer."""
    return load_gazetteer(resource("data", "gazetteer"))


@pytest.fixture(scope="session")
def words():
    """The shipped word lists."""
    return load_words(resource("data", "link"))


@pytest.fixture(scope="session")
def linked(analysed, gazetteer, words):
    """A function from text (and title, dateline ...) to what linking finds in it."""

    def linked(text, title=None, **info):
        return Linked(link(analysed(text, title, **info), gazetteer, words=words))

    return linked
