from hashlib import sha256

import pytest

from kb.intake.metadata import normal_url


def test_article_of_a_plain_file(read_text, story):
    article = read_text(story)
    assert article.text == story
    assert article.sha256 == sha256(story.encode()).hexdigest()
    assert article.title == "Freedonia and Sylvania sign grain pact"
    assert (article.publisher, article.dateline, str(article.published)) == ("Example Wire", "MARXVILLE", "2024-06-19")
    assert article.warnings == ()


def test_each_field_of_the_caller_wins(read_text, story):
    article = read_text(story, title="Pact", publisher="Mine", published="2024-06-20", url="https://news.example/1")
    assert (article.title, article.publisher, str(article.published)) == ("Pact", "Mine", "2024-06-20")
    assert article.url == "https://news.example/1"


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("By Jane Roe, Reuters", "Reuters"),
        ("By Jane Roe | AFP", "AFP"),
        ("(Xinhua)", "Xinhua"),
        ("Source: Yonhap", "Yonhap"),
        ("Read all the Breaking News Live on Example.com and get the latest news", "example.com"),
        ("© 2024 news.example.org. All rights reserved.", "news.example.org"),
        ("By Jane Roe", None),
        ("(With inputs from Reuters)", None),
    ],
)
def test_publisher(read_text, story, line, publisher):
    text = story.replace("MARXVILLE (Example Wire) - ", "") + f"\n{line}\n"
    assert read_text(text).publisher == publisher


# --- the key: what makes two texts versions of one article ----------------------------------------------------------


def test_key_is_16_hexadecimal_digits(read_text, story):
    assert len(read_text(story).key) == 16
    assert set(read_text(story).key) <= set("0123456789abcdef")


def test_changed_body_keeps_the_key(read_text, story):
    changed = story.replace("eleven", "twelve")
    assert read_text(story).key == read_text(changed).key
    assert read_text(story).sha256 != read_text(changed).sha256


@pytest.mark.parametrize(
    ("old", "new"),
    [("sign grain pact", "sign arms pact"), ("June 19", "June 20"), ("Example Wire", "Other Wire")],
)
def test_another_title_date_or_publisher_is_another_article(read_text, story, old, new):
    assert read_text(story).key != read_text(story.replace(old, new, 1)).key


def test_url_identifies_whatever_else_changes(read_text, story):
    url = "https://news.example/1"
    changed = story.replace("grain pact", "arms pact").replace("June 19", "June 20")
    assert read_text(story, url=url).key == read_text(changed, url=url).key
    assert read_text(story, url=url).key != read_text(story, url=url + "2").key


def test_few_words_alone_do_not_identify(read_text):
    first = read_text(
        "News in brief\n\nThe envoy of Freedonia left for Sylvania on the first train of the day, he said."
    )
    second = read_text(
        "News in brief\n\nThe envoy of Sylvania left for Freedonia on the last train of the day, he said."
    )
    assert first.key != second.key


@pytest.mark.parametrize(
    "url",
    [
        "http://News.example/a/",
        "https://news.example:443/a",
        "https://news.example/a#top",
        "https://news.example/a?utm_source=x&fbclid=y",
        " https://news.example/a ",
    ],
)
def test_urls_of_the_same_page(url):
    assert normal_url(url) == "news.example/a"


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://news.example/a?id=2&utm_medium=x", "news.example/a?id=2"),
        ("https://news.example:8080/a", "news.example:8080/a"),
        ("no url", "no url"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_what_a_url_keeps(url, normal):
    assert normal_url(url) == normal


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Envoy leaves Marxville", "no paragraph found"),
        ("The envoy of Freedonia left for Sylvania on the first train of the day, the ministry said.", "no headline"),
        ("The envoy left for Sylvania, he said. " * 6000, "very long (228,000 characters)"),
    ],
)
def test_warnings(read_text, text, warning):
    assert any(warning in w for w in read_text(text).warnings)
