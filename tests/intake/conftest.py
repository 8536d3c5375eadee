"""Articles made from strings and bytes."""

from datetime import date

import pytest

from kb.intake import Input, read
from kb.model import ArticleInfo

STORY = """Freedonia and Sylvania sign grain pact

June 19, 2024

MARXVILLE (Example Wire) - Freedonian President Rufus Firefly and Sylvanian Ambassador Gloria Teasdale signed a grain \
agreement in Marxville on Wednesday, the presidential office said.

Firefly thanked the ambassador and said the accord would end a dispute that had lasted for eleven years.

Sylvania denied that it had been asked to withdraw its troops from the border in return.
"""


@pytest.fixture
def story():
    return STORY


@pytest.fixture
def read_bytes():
    def make(data, media="text", source="story.txt", max_bytes=10_000_000, **info):
        if isinstance(info.get("published"), str):
            info["published"] = date.fromisoformat(info["published"])
        return read(Input(source, None, data, media, ArticleInfo(**info)), max_bytes=max_bytes)

    return make


@pytest.fixture
def read_text(read_bytes):
    def make(text, media="text", **info):
        return read_bytes(text.encode(), media, **info)

    return make


@pytest.fixture
def zones_of(read_text):
    """Return the zones of a text as (kind, text) pairs."""

    def make(text, **info):
        article = read_text(text, **info)
        return [(str(zone.kind), zone.span.of(article.text)) for zone in article.zones]

    return make
