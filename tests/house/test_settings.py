"""Settings: read from the environment, overridden by options, with clear errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import OptionError
from kb.settings import Settings


def test_defaults():
    settings = Settings.from_environment({})
    assert (settings.store, settings.keep_text, settings.port) == (".demarche", "full", 8000)


def test_environment_and_options():
    environment = {"KB_STORE": "/data/base", "KB_PORT": "9000", "KB_MODEL": "/models/x", "OTHER": "1"}
    settings = Settings.from_environment(environment, store="elsewhere", host=None)
    assert settings.store == "elsewhere"
    assert settings.port == 9000
    assert settings.model == Path("/models/x")
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "value"),
    [("KB_PORT", "many"), ("KB_PORT", "70000"), ("KB_KEEP_TEXT", "some"), ("KB_MAX_ARTICLE_BYTES", "x")],
)
def test_a_bad_value_names_its_variable(name, value):
    with pytest.raises(OptionError, match=f"{name}={value}"):
        Settings.from_environment({name: value})
