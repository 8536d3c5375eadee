"""The training articles: every line is read, and faults are named with file and line."""

import pytest

from kb.dev.training.annotations import read_articles
from kb.dev.training.labels import EVENTS
from kb.errors import InputError
from kb.resources import resource

FILES = sorted(resource("data", "training").glob("*.ann"))
SENTENCE = "S Peru's minister, Ana Soto, flew to Ankara on Tuesday, and Soto met the press."


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "a.ann"
        path.write_text(text, encoding="utf-8")
        return read_articles(path)

    return read_text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_of_the_training_articles_is_read(path):
    articles = read_articles(path)
    assert articles
    assert all(sentence.text for article in articles for sentence in article)


def test_every_label_is_trained():
    articles = [article for path in FILES for article in read_articles(path)]
    labels = {event.label for article in articles for sentence in article for event in sentence.events}
    assert labels == set(EVENTS)


def test_arguments_are_stretches_of_the_sentence(read):
    [[sentence]] = read(f"# title\n{SENTENCE}\nvisit:occurred flew | agent=Ana Soto | to=Ankara | time=Tuesday\n")
    [event] = sentence.events
    assert (event.label, event.status, event.trigger.of(sentence.text)) == ("visit", "occurred", "flew")
    words = [(role, span.of(sentence.text)) for role, span in event.arguments]
    assert words == [("agent", "Ana Soto"), ("to", "Ankara"), ("time", "Tuesday")]


def test_the_nth_occurrence_is_taken(read):
    [[sentence]] = read(f"{SENTENCE}\nvisit:occurred flew | agent=Soto#2; Peru\n")
    first, second = (span for _, span in sentence.events[0].arguments)
    assert first.start == sentence.text.rindex("Soto")
    assert second.start == 0


def test_a_blank_line_ends_an_article(read):
    assert [len(article) for article in read("S One.\nS Two.\n\n\nS Three.\n")] == [2, 1]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("visit:occurred flies", "'flies' does not stand"),
        ("visit:occurred flew | agent=An", "'An' does not stand"),
        ("visit:maybe flew", "unknown type or status"),
        ("voyage:occurred flew", "unknown type or status"),
        ("visit flew", "is no 'type.action:status trigger'"),
        ("visit:occurred flew | pilot=Ana Soto", "unknown role"),
        ("visit:occurred flew\nmeeting.talks:occurred flew", "two events have one trigger"),
    ],
)
def test_faults_name_the_line(read, line, fault):
    with pytest.raises(InputError, match=rf"a\.ann:[23]: .*{fault}"):
        read(f"{SENTENCE}\n{line}\n")


def test_an_event_needs_a_sentence(read):
    with pytest.raises(InputError, match=r"a\.ann:1: an event without a sentence"):
        read("visit:occurred flew\n")
