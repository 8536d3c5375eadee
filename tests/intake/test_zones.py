import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.errors import KBError
from kb.intake import Input, read
from kb.model import ArticleInfo

TITLE = "Sylvania expels Freedonian envoy after border clash"
ONE = "Sylvania expelled the Freedonian envoy on Tuesday, a day after the two armies had clashed at the border again."
TWO = "The envoy, Bob Roland, was given two days to leave. Freedonia summoned the Sylvanian ambassador in return."


def page(*lines):
    return "\n\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Jane Roe", "byline"),
        ("By JANE ROE and John Doe, Reuters", "byline"),
        ("Edited By: Jane Roe @janeroe Marxville Updated on: June 19, 2024 12:51 IST", "byline"),
        ("Published 19 June 2024", "byline"),
        ("3 min read", "byline"),
        ("Reuters Staff", "byline"),
        ("Image Source : AP The envoy leaves the ministry in Marxville", "caption"),
        ("File photo of the envoy, Bob Roland.", "caption"),
        ("(Photo: The envoy leaves the ministry. Credit: pool)", "caption"),
        ("[Photo: The envoy leaves the ministry in Marxville on Monday.]", "caption"),
        ("The envoy leaves the ministry in Marxville. Image: Jane Roe.", "caption"),
        ("The envoy leaves the ministry in Marxville on June 18, 2024. REUTERS/Jane Roe", "caption"),
        ("The envoy leaves the ministry on June 18, 2024. (AP Photo/Jane Roe)", "caption"),
        ("CAPTION: A checkpoint at the border. Picture: handout", "caption"),
        ("Also Read: Freedonia and Sylvania sign grain pact", "teaser"),
        ("ALSO READ | Freedonia and Sylvania sign grain pact", "teaser"),
        ("READ MORE: Freedonia and Sylvania sign grain pact", "teaser"),
        (">> Read also: Freedonia and Sylvania sign grain pact", "teaser"),
        ("Related: Freedonia and Sylvania sign grain pact", "teaser"),
        ("VIDEO: Envoy leaves Marxville", "teaser"),
        ("Watch | Envoy leaves Marxville", "teaser"),
        ("Don't miss: what the envoy said", "teaser"),
        ("Home > World > Sylvania", "navigation"),
        ("News | World | Asia | Opinion", "navigation"),
        ("Skip to main content", "navigation"),
        ("#Sylvania #Freedonia", "navigation"),
        ("Tags: Sylvania, Freedonia, border", "navigation"),
        ("(With inputs from agency)", "boilerplate"),
        ("(With inputs from ANI)", "boilerplate"),
        ("(This story has not been edited and comes from a syndicated feed.)", "boilerplate"),
        ("Read all the Breaking News Live on example.com and get the latest updates", "boilerplate"),
        ("© 2024 Example News. All rights reserved.", "boilerplate"),
        ("Subscribe to the Example newsletter for more stories.", "boilerplate"),
        ("Share this article", "boilerplate"),
        ("Reporting by Jane Roe; Editing by John Doe", "boilerplate"),
        ("Our Standards: The Example Principles.", "boilerplate"),
        ("Follow us on Twitter and Facebook", "boilerplate"),
        ("Media contact: Jane Roe, 555-0100", "boilerplate"),
        ("***", "boilerplate"),
    ],
)
def test_lines_that_are_no_source_of_facts(zones_of, line, kind):
    zones = zones_of(page(TITLE, ONE, line, TWO))
    assert zones == [("title", TITLE), ("lead", ONE), (kind, line), ("body", TWO)]


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the two armies had withdrawn from the border, according to officials in Marxville.",
        "Video of the clash, which both armies have published, shows soldiers with sticks.",
        "Related talks in Osterlich on the sharing of the river's water were not affected.",
        "Image and reality differ: the army has no more than eleven tanks, a Western diplomat said.",
        "Subscribers of the state radio heard the news first: the envoy, it said, was a spy.",
        "Sources: three officials and a diplomat confirmed the expulsion, which the ministry has denied since.",
        "Home to two million people, the border region has seen six clashes in a year.",
        "The photo: a handshake. The reality, according to the minister: not one prisoner has been released.",
        '"We condemn the expulsion of our envoy and shall answer it." - President Rufus Firefly',
        "- Bob Roland, envoy of Freedonia;",
        "* Freedonia: The ministry denied on Wednesday that the envoy was a spy.",
        "MODERATOR: And what do you say to the accusation of the Sylvanian government?",
        "“Not one soldier will leave.”",
        "He denied it.",
    ],
)
def test_doubtful_lines_stay_body(zones_of, line):
    assert ("body", line) in zones_of(page(TITLE, ONE, line, TWO))


@pytest.mark.parametrize("line", ["What Freedonia says", "Border clash", "Why was the envoy expelled?", "Next steps"])
def test_subheadings(zones_of, line):
    assert ("heading", line) in zones_of(page(TITLE, ONE, line, TWO))


def test_dateline_is_cut_off_the_paragraph(zones_of):
    zones = zones_of(page(TITLE, f"MARXVILLE (Example Wire) - {ONE}", TWO))
    assert zones[1:3] == [("dateline", "MARXVILLE (Example Wire) -"), ("lead", ONE)]


def test_standfirst_is_the_lead_and_the_story_starts_after_its_dateline(zones_of):
    standfirst = (
        "The expulsion comes a day after soldiers of the two countries had fought at the river, officials said."
    )
    zones = zones_of(page(TITLE, standfirst, "By Jane Roe", f"Marxville: {ONE}", TWO))
    assert [kind for kind, _ in zones] == ["title", "lead", "byline", "dateline", "body", "body"]
    assert zones[4] == ("body", ONE)


def test_breadcrumb_copy_of_the_headline_is_navigation(zones_of):
    zones = zones_of(
        f"Tuesday, June 25, 2024\n  1. You Are At:\n  2. News\n  3. World\n  4. {TITLE}\n\n{TITLE}\n\n{ONE}\n\n{TWO}"
    )
    assert [kind for kind, _ in zones] == ["navigation"] * 5 + ["title", "lead", "body"]


def test_headline_after_menu_and_slogan_is_the_line_that_speaks_of_the_story(read_text):
    article = read_text(page("The Example", "Get informed and stay inspired every day", "World", TITLE, ONE, TWO))
    assert article.title == TITLE


def test_truncated_copy_of_a_caption_is_a_caption(zones_of):
    caption = "The Freedonian envoy Bob Roland leaves the ministry in Marxville on Monday"
    zones = zones_of(f"{TITLE}\n\n{caption[:50]}\nImage Source : AP {caption}\n\n{ONE}\n\n{TWO}\n")
    assert [kind for kind, _ in zones] == ["title", "caption", "caption", "lead", "body"]


def test_line_below_a_bare_caption_label_is_the_caption(zones_of):
    zones = zones_of(f"{TITLE}\nImage caption,\nThe envoy left on Tuesday\n{ONE}\n{TWO}\n")
    assert [kind for kind, _ in zones] == ["title", "caption", "caption", "lead", "body"]


def test_dateline_on_a_line_of_its_own(read_text):
    article = read_text(f"{TITLE}\nWritten by: Jane Roe\nNew Marxville:\n{ONE}\n{TWO}\n")
    assert [str(zone.kind) for zone in article.zones] == ["title", "byline", "dateline", "lead", "body"]
    assert article.dateline == "New Marxville"


def test_page_of_an_agency_saved_as_text(read_text):
    text = (
        f"date 2024-06-18 WorldBusiness SolutionsLegal\n{TITLE}\n#World News\nJune 18, 2024 / 10:27 AM / a year ago\n\n"
        f"{TITLE}\n\nThe envoy leaves the ministry, June 18, 2024. REUTERS/Jane Roe\n\nReuters Staff\n\n1 Min Read\n\n"
        f"MARXVILLE (Reuters) - {ONE}\n\n{TWO}\n\nReporting by Jane Roe; Editing by John Doe\n"
    )
    article = read_text(text)
    assert (article.title, str(article.published), article.publisher) == (TITLE, "2024-06-18", "Reuters")
    factual = [zone.span.of(article.text) for zone in article.zones if str(zone.kind) in {"title", "lead", "body"}]
    assert factual == [TITLE, ONE, TWO]


def test_headlines_after_the_last_paragraph_are_teasers(zones_of):
    others = ["Rufus Firefly opens bridge over the river", "Grain prices fall in Sylvania for third month", "Asia"]
    zones = zones_of(page(TITLE, ONE, TWO, *others))
    assert [kind for kind, _ in zones[3:]] == ["teaser", "teaser", "navigation"]


def test_headlines_below_related_stories_are_teasers_and_the_story_goes_on(zones_of):
    zones = zones_of(
        page(TITLE, ONE, "Related stories", "Firefly opens bridge over river", "Grain prices fall again", TWO)
    )
    assert [kind for kind, _ in zones] == ["title", "lead", "teaser", "teaser", "teaser", "body"]


def test_nothing_follows_the_end_of_a_press_release(zones_of):
    about = (
        "Freedonia is a country on the river Marx. Its president Rufus Firefly met the press on Monday in his palace."
    )
    zones = zones_of(page(TITLE, ONE, TWO, "ENDS", about))
    assert zones[-2:] == [("boilerplate", "ENDS"), ("boilerplate", about)]


def test_list_of_sources_is_boilerplate(zones_of):
    source = 'Jane Roe. "Envoy told to leave" — Example Times, June 18, 2024'
    assert zones_of(page(TITLE, ONE, TWO, "Sources", source))[-1] == ("boilerplate", source)


def test_transcript_turns_are_body_whatever_the_speaker_is_called(zones_of):
    turns = [
        "HOST: Good evening. Sylvania has expelled the envoy of Freedonia.",
        "REPORTER: Yes. The envoy, Bob Roland, was given two days to leave, officials say.",
        "HOST: And what does Freedonia say?",
        "FIREFLY (voice of interpreter): We shall answer.",
    ]
    zones = zones_of(page("Transcript: The World at Night", *turns))
    assert [text for kind, text in zones if kind in ("lead", "body")] == turns


def test_list_after_a_colon_is_body(zones_of):
    text = f"{TITLE}\n\n{ONE}\n\nThe sanctions target:\nFirefly Grain Trading\nMarxville Arms Works\n\n{TWO}\n"
    assert [kind for kind, _ in zones_of(text)] == ["title", "lead", "body", "body", "body", "body"]


@pytest.mark.parametrize(
    "headline",
    [
        "Sources: Freedonia to recall its envoy",
        "Explainer: The border, the river and the envoy",
        "VIDEO: Envoy leaves the country",
    ],
)
def test_first_line_is_a_headline_even_with_a_label(read_text, headline):
    assert read_text(page(headline, ONE, TWO)).title == headline


def test_text_without_headline(read_text):
    article = read_text(page(f"MARXVILLE (Reuters) - {ONE}", TWO))
    assert article.title is None
    assert "no headline found; give --title" in article.warnings
    assert [str(zone.kind) for zone in article.zones] == ["dateline", "lead", "body"]


def test_the_line_that_equals_the_known_title_is_the_headline(zones_of):
    zones = zones_of(page("World in brief today", TITLE, ONE, TWO), title=f"  {TITLE.upper()} ")
    assert ("title", TITLE) in zones


def test_wrapped_lines_are_one_paragraph(zones_of):
    wrapped = (
        "Sylvania expelled the Freedonian envoy on Tuesday, a day after the two\n"
        "armies had clashed at the border again, and closed the bridge over the\n"
        "river for all but the sick and the old of both countries.\n"
        "\n"
        "The envoy, Bob Roland, was given two days to leave. Freedonia summoned\n"
        "the Sylvanian ambassador in return, and said that it would recall its\n"
        "own military attaché from the capital.\n"
    )
    zones = zones_of(f"{TITLE}\n\n{wrapped}")
    assert [kind for kind, _ in zones] == ["title", "lead", "body"]
    assert zones[1][1].startswith("Sylvania expelled")
    assert zones[1][1].endswith("both countries.")


def test_short_paragraphs_are_not_taken_for_wrapped_lines(zones_of):
    lines = [f"Sylvania's ministry number {i} said on Tuesday that it had closed its gates." for i in range(6)]
    assert len(zones_of("\n".join([TITLE, *lines]))) == 7


WORDS = st.sampled_from(
    [
        *(TITLE, ONE, TWO, "By Jane Roe", "Also Read: x", "June 19, 2024", "Pyongyang: ", "SEOUL (AP) - ", "Image: AP"),
        *("Home > World", "ENDS", "Sources", "- item;", "Related stories", "12:51 IST", "(", "“", ": ", "2024"),
        *("\n", "\n\n", "\u00a0", " ", "é"),
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=25).map("".join), st.text(max_size=300))


def check_zones(article):
    last = 0
    for zone in article.zones:
        text = zone.span.of(article.text)
        assert last <= zone.span.start < zone.span.end <= len(article.text)
        assert text == text.strip()
        last = zone.span.end


@pytest.fixture(scope="module", autouse=True)
def warm():
    """Load the language model before hypothesis takes the time of a call."""
    read(Input("any.txt", None, f"{TITLE}\n\n{ONE}".encode(), "text", ArticleInfo()), max_bytes=10_000)


@example(f"{TITLE} SEOUL (AP) - June 19, 2024")
@given(TEXTS)
def test_any_text_reads_or_raises_an_error_of_ours(text):
    item = Input("any.txt", None, text.encode("utf-8", "replace"), "text", ArticleInfo())
    try:
        article = read(item, max_bytes=10_000)
    except KBError:
        return
    check_zones(article)
    covered = {i for zone in article.zones for i in range(zone.span.start, zone.span.end)}
    assert all(char.isspace() for i, char in enumerate(article.text) if i not in covered)


@given(st.binary(max_size=200), st.sampled_from(["text", "html", "json", "unknown"]))
def test_any_bytes_read_or_raise_an_error_of_ours(data, media):
    try:
        article = read(Input("any", None, data, media, ArticleInfo()), max_bytes=10_000)
    except KBError:
        return
    check_zones(article)


@example(f"{TITLE}\n{TITLE}")
@example("By Jane Roe\n“By Jane Roe")
@given(TEXTS)
def test_reading_a_stored_text_again_with_what_is_known_of_it_gives_the_same(text):
    def again(data, info):
        return read(Input("any", None, data, "text", info), max_bytes=10_000)

    try:
        first = again(text.encode("utf-8", "replace"), ArticleInfo())
    except KBError:
        return
    info = ArticleInfo(first.title, first.url, first.published, first.publisher)
    for second in (again(first.text.encode(), ArticleInfo()), again(first.text.encode(), info)):
        assert (second.text, second.zones, second.key) == (first.text, first.zones, first.key)
