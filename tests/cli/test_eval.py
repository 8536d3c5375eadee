"""`kb eval`: figures, errors with their sentences, and what changed between two runs."""

import json
import shutil
import subprocess
import sys

import pytest

TEXT = """Duarte flies to Cairo for talks

CAIRO (Test Wire) - Brazilian President Ana Duarte arrived in Egypt on Tuesday for a two-day visit. She met Egyptian
President Samir Fahmy on Wednesday. Egypt accused Ethiopia of violating an agreement, and Ethiopia denied it.
"""


def fact(kind, quote, **slots):
    return {"type": kind, **slots, "evidence": quote}


VISIT = fact("visit", "arrived in Egypt", visitors=["Ana Duarte"], to="EGY", start="2031-05-13", status="ongoing")
MEETING = fact("meeting", "She met Egyptian President", participants=["Ana Duarte", "Samir Fahmy"], date="2031-05-14")
ACCUSE = fact("accuse", "Egypt accused Ethiopia", speakers=["EGY"], targets=["ETH"], about="violating an agreement")
DENY = fact("deny", "Ethiopia denied it", speakers=["ETH"])
GOLD = [VISIT, MEETING, ACCUSE, DENY]
FIRST = [VISIT | {"start": "2031-05-12"}, MEETING | {"participants": ["Ana Duarte", "Li Qun"]}, ACCUSE]
SECOND = [VISIT, MEETING, ACCUSE | {"targets": ["SDN"]}, DENY]


@pytest.fixture
def gold(write):
    """A folder with one annotated article."""
    row = {"id": "one", "published": "2031-05-14", "facts": GOLD}
    write("gold/one.txt", TEXT)
    return write("gold/one.gold.json", json.dumps(row)).parent


@pytest.fixture
def predicted(write):
    """A function from a name and facts to a file as `kb extract` writes it."""
    return lambda name, facts: write(name, json.dumps({"source": "one.txt", "facts": facts}) + "\n")


def squeezed(out):
    return [" ".join(line.split()) for line in out.splitlines()]


def test_figures(kb, gold, predicted):
    code, out, err = kb("eval", gold, "--predicted", predicted("a.jsonl", FIRST))
    assert (code, err) == (0, "")
    lines = squeezed(out)
    assert "visit 1 1 1 1.000 1.000 1.000 start 0/1 status 1/1" in lines
    assert "meeting 1 1 0 0.000 0.000 0.000" in lines
    assert "all 4 3 2 0.667 0.500 0.571" in lines
    assert "status 1 1 1.000" in lines
    assert "dates 1 0 0.000" in lines
    assert lines[-1] == "1 article; micro-F1 0.571, macro-F1 0.500, slot accuracy 0.500"


ERRORS = """\
2 missed: 1 nothing there, 1 other core
missed: one: meeting: participants Ana Duarte, Samir Fahmy; date 2031-05-14 (other core)
  instead: meeting: participants Ana Duarte, Li Qun; date 2031-05-14
  She met Egyptian President Samir Fahmy on Wednesday.
missed: one: deny: speakers ETH (nothing there)
  Egypt accused Ethiopia of violating an agreement, and Ethiopia denied it.
1 in excess: 1 other core
in excess: one: meeting: participants Ana Duarte, Li Qun; date 2031-05-14 (other core)
  instead: meeting: participants Ana Duarte, Samir Fahmy; date 2031-05-14
  She met Egyptian President Samir Fahmy on Wednesday.
1 wrong slot
wrong slot: one: start is 2031-05-13, found 2031-05-12: visit: visitors Ana Duarte; to EGY; start 2031-05-12; \
status ongoing
  CAIRO (Test Wire) - Brazilian President Ana Duarte arrived in Egypt on Tuesday for a two-day visit.
"""


def test_errors_with_their_sentences(kb, gold, predicted):
    out = kb("eval", gold, "--predicted", predicted("a.jsonl", FIRST), "--errors", "9").out
    assert out.partition("slot accuracy 0.500\n")[2] == ERRORS


def test_errors_of_one_type(kb, gold, predicted):
    out = kb("eval", gold, "--predicted", predicted("a.jsonl", FIRST), "--errors", "1", "--type", "deny").out
    assert out.partition("slot accuracy 0.500\n")[2] == (
        "1 missed: 1 nothing there\nmissed: one: deny: speakers ETH (nothing there)\n"
        "  Egypt accused Ethiopia of violating an agreement, and Ethiopia denied it.\n"
        "0 in excess\n0 wrong slots\n"
    )


CHANGES = """\
newly right: 2
  newly right: one: meeting: participants Ana Duarte, Samir Fahmy; date 2031-05-14 (other core)
  instead: meeting: participants Ana Duarte, Li Qun; date 2031-05-14
  She met Egyptian President Samir Fahmy on Wednesday.
  newly right: one: deny: speakers ETH (nothing there)
  Egypt accused Ethiopia of violating an agreement, and Ethiopia denied it.
newly missed: 1
  newly missed: one: accuse: speakers EGY; targets ETH; about violating an agreement (other core)
  instead: accuse: speakers EGY; targets SDN; about violating an agreement
  Egypt accused Ethiopia of violating an agreement, and Ethiopia denied it.
newly in excess: 1
  newly in excess: one: accuse: speakers EGY; targets SDN; about violating an agreement (other core)
  instead: accuse: speakers EGY; targets ETH; about violating an agreement
  Egypt accused Ethiopia of violating an agreement, and Ethiopia denied it.
no more in excess: 1
  no more in excess: one: meeting: participants Ana Duarte, Li Qun; date 2031-05-14 (other core)
  instead: meeting: participants Ana Duarte, Samir Fahmy; date 2031-05-14
  She met Egyptian President Samir Fahmy on Wednesday.
"""


@pytest.fixture
def before(kb, gold, predicted, write):
    """The first run, as saved."""
    return write("before.json", kb("eval", gold, "--predicted", predicted("a.jsonl", FIRST), "--json").out)


def test_comparison_of_two_runs(kb, gold, predicted, before):
    code, out, _ = kb("eval", gold, "--predicted", predicted("b.jsonl", SECOND), "--compare", before)
    assert code == 0
    lines = squeezed(out)
    assert "f1 0.571 0.750 +0.179" in lines
    assert "dates 0.000 1.000 +1.000" in lines
    assert "visit.start 0.000 1.000 +1.000" in lines
    assert "meeting 1.000 +1.000 1.000 +1.000 1.000 +1.000" in lines
    assert "accuse 0.000 -1.000 0.000 -1.000 0.000 -1.000" in lines
    assert not any(line.startswith("visit 1.000") for line in lines)
    assert out[out.index("newly right") :] == CHANGES


def test_comparison_as_json(kb, gold, predicted, before):
    found = json.loads(kb("eval", gold, "--predicted", predicted("b.jsonl", SECOND), "--compare", before, "--json").out)
    assert found["overall"]["f1"] == [pytest.approx(4 / 7), 0.75]
    assert [fault["fact"]["type"] for fault in found["newly_right"]] == ["meeting", "deny"]


def test_a_run_beside_itself(kb, gold, predicted, before):
    out = kb("eval", gold, "--predicted", predicted("a.jsonl", FIRST), "--compare", before).out
    assert out.count(": 0\n") == 4
    assert "+0.000" in out


def test_runs_over_other_gold_are_not_compared(kb, gold, predicted, before, write):
    write("gold/one.gold.json", json.dumps({"facts": GOLD[:2]}))
    code, _, err = kb("eval", gold, "--predicted", predicted("a.jsonl", FIRST), "--compare", before)
    assert (code, err.split(":")[0]) == (2, "error[KB010]")
    assert "different annotations" in err


@pytest.mark.parametrize(("text", "code"), [("{", "KB010"), ("{}", "KB010"), ("[]", "KB010"), (None, "KB011")])
def test_what_is_no_earlier_run(kb, gold, predicted, write, tmp_path, text, code):
    path = tmp_path / "none.json" if text is None else write("earlier.json", text)
    result = kb("eval", gold, "--predicted", predicted("a.jsonl", FIRST), "--compare", path)
    assert result.code == 2
    assert result.err.startswith(f"error[{code}]: {path}")


def test_held_out_articles_need_not_be_shown(kb, gold, predicted, write):
    """Without the facts the JSON holds figures alone, and cannot be compared fact by fact."""
    out = kb("eval", gold, "--predicted", predicted("a.jsonl", FIRST), "--json", "--no-facts").out
    assert json.loads(out)["f1"] == pytest.approx(4 / 7)
    assert "Duarte" not in out
    path = write("figures.json", out)
    assert "--no-facts" in kb("eval", gold, "--predicted", predicted("a.jsonl", FIRST), "--compare", path).err


def test_the_annotation_says_when_an_article_was_published(kb, gold):
    """The text does not, and without it "on Tuesday" would stay undated."""
    out = kb("eval", gold, "--errors", "9").out
    assert "visit 1 1 1 1.000 1.000 1.000 start 1/1 status 1/1" in squeezed(out)


def test_without_gold(kb, tmp_path):
    code, out, err = kb("eval", tmp_path / "none")
    assert (code, out) == (2, "")
    assert err.startswith("error[KB011]: ")
    assert str(tmp_path / "none") in err


def test_agrees_with_the_scorer_of_the_guide(kb, shared, write, tmp_path):
    """On three articles of the development set."""
    folder = tmp_path / "gold"
    folder.mkdir()
    for path in sorted((shared / "gold" / "dev").glob("*.gold.json"))[:3]:
        shutil.copy(path, folder)
        shutil.copy(path.with_name(path.name.replace(".gold.json", ".txt")), folder)
    predicted = write("predicted.jsonl", kb("extract", *sorted(folder.glob("*.txt"))).out)
    scorer = [sys.executable, shared / "gold" / "score.py", "--json", folder, predicted]
    wanted = json.loads(subprocess.run(scorer, capture_output=True, check=True, timeout=60).stdout)
    found = json.loads(kb("eval", folder, "--predicted", predicted, "--json").out)
    for figures in found["types"].values():
        del figures["slots"]
    assert {name: found[name] for name in wanted} == wanted
    table = kb("eval", folder, "--predicted", predicted).out
    assert f"micro-F1 {wanted['f1']:.3f}, macro-F1 {wanted['macro_f1']:.3f}" in table
