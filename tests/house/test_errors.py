"""The error tree: complete, with distinct codes, and drawn as it is."""

from __future__ import annotations

import re

import pytest

import kb.errors
from kb.errors import KBError


def tree(root=KBError):
    return [root, *(found for child in root.__subclasses__() for found in tree(child))]


@pytest.mark.parametrize("error", tree())
def test_every_error_says_what_it_is_and_what_to_do(error):
    assert re.fullmatch(r"KB\d{3}", error.code)
    assert error.__doc__
    assert error.default_hint.endswith(".")
    assert 400 <= error.status <= 599
    assert error.exit_code in (1, 2, 3, 4)


def test_codes_are_distinct():
    codes = [error.code for error in tree()]
    assert len(set(codes)) == len(codes)


def test_the_tree_in_the_docstring_is_the_tree():
    drawn = re.findall(r"(\w+Error)\s+(KB\d{3})", kb.errors.__doc__)
    assert sorted(drawn) == sorted((error.__name__, error.code) for error in tree())


def test_a_hint_can_be_given():
    assert KBError("broken", hint="mend it").hint == "mend it"
    assert KBError("broken").hint == KBError.default_hint


def test_problem_object():
    problem = kb.errors.EmptyInputError("a.txt is empty").as_problem()
    assert problem["code"] == "KB012"
    assert problem["status"] == 400
    assert problem["detail"] == "a.txt is empty"
    assert problem["type"].endswith("#KB012")
