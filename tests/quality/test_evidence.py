"""Every claim of every article rests on exactly the characters of the text it was read from."""

from __future__ import annotations

import pytest

FOLDERS = ("seed", "dev", "dev2", "blind")


@pytest.mark.parametrize("name", FOLDERS)
def test_every_quote_is_in_the_text(read_folder, gold_folder, name):
    _gold, reports = read_folder(name)
    checked = 0
    for article, report in reports.items():
        assert report.error is None, (article, report.error)
        text = (gold_folder(name) / f"{article}.txt").read_text(encoding="utf-8").replace("\r\n", "\n")
        for fact in report.facts:
            evidence = fact["evidence"]
            assert evidence["quote"] == text[evidence["start"] : evidence["end"]] != "", (article, fact)
            checked += 1
    assert checked >= 30


@pytest.mark.parametrize("name", FOLDERS)
def test_the_gate_keeps_out_next_to_nothing(read_folder, name):
    """What the rules make is well-formed: a rejected claim is a defect of ours or a very odd text."""
    _gold, reports = read_folder(name)
    rejected = sum(len(report.rejected) for report in reports.values())
    facts = sum(len(report.facts) for report in reports.values())
    assert rejected <= 0.02 * facts
