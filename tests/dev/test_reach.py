"""How many annotated events the rules reach."""

import pytest

from kb.dev.training.annotations import read_articles
from kb.dev.training.labels import CLASSES, EVENTS
from kb.dev.training.reach import article_of, measure
from kb.extract import load_lexicon
from kb.model import ZoneKind
from kb.pipeline import Reader
from kb.resources import resource
from kb.settings import Settings

TEXT = """# made up
S Kenya expels Eritrean envoy
diplomacy.expel:occurred expels | agent=Kenya | target=Eritrean envoy
S Kenya expelled the Eritrean ambassador on Friday.
diplomacy.expel:occurred expelled | agent=Kenya | target=the Eritrean ambassador
S He had better pack, a cabinet minister muttered, and Asmara got the hint.
diplomacy.expel:possible pack | agent=a cabinet minister
"""


@pytest.fixture
def articles(tmp_path):
    (tmp_path / "a.ann").write_text(TEXT, encoding="utf-8")
    return read_articles(tmp_path / "a.ann")


def test_every_type_has_a_class_with_rules():
    events = {rule.event for rule in load_lexicon(resource("data", "lexicon")).rules}
    assert {CLASSES[label.partition(".")[0]] for label in EVENTS} == events


def test_sentences_become_paragraphs_with_a_headline(articles):
    article = article_of(articles[0])
    assert [zone.kind for zone in article.zones] == [ZoneKind.TITLE, ZoneKind.BODY, ZoneKind.BODY]
    assert article.zones[1].span.of(article.text) == "Kenya expelled the Eritrean ambassador on Friday."


def test_events_are_counted_as_reached_or_missed(articles):
    found = measure(articles, Reader(Settings()))
    assert found.events == {"DiplomaticAction": 3}
    assert found.reached == {"DiplomaticAction": 2}
    assert [(label, trigger) for label, trigger, _ in found.missed] == [("diplomacy.expel", "pack")]
    assert found.share == pytest.approx(2 / 3)
