"""`kb load`: what it takes, what it prints, and that loading again and in another order changes nothing."""

import json
import re
from itertools import permutations

import pytest
from rdflib import Dataset, Graph

TITLE = "Duarte flies to Cairo for talks"


def reports(result):
    return [json.loads(line) for line in result.out.splitlines()]


def test_a_short_table_with_counts_and_time(kb, store, write, texts):
    path = write("visit.txt", texts["visit"])
    code, out, err = kb("load", path, "--store", store)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"loaded: {TITLE} (Test Wire, 2031-05-13)"
    assert lines[1].split() == ["what", "who", "when", "factuality", "said", "by", "quote"]
    visit = next(line for line in lines if line.startswith("visit"))
    assert re.match(r"visit +Ana Duarte → Egypt +2031-05-13 .* ongoing ", visit)
    assert re.fullmatch(
        r"  6 sentences, \d+ mentions linked, \d+ not; \d+ facts kept, 0 kept out; 0 warnings; \d\.\d\d s", lines[-1]
    )


def test_a_json_report_a_line(kb, store, write, texts):
    path = write("visit.txt", texts["visit"])
    code, out, err = kb("load", path, "--format", "json", "--store", store)
    (report,) = reports(kb("load", path, "--format", "json", "--store", store))
    assert (code, err) == (0, "")
    assert json.loads(out)["outcome"] == "loaded"
    assert report["outcome"] == "unchanged"
    assert report["source"] == report["article"]["source"] == str(path)
    assert report["article"]["title"] == TITLE
    assert report["counts"]["facts"] == len(report["facts"]) > 3
    assert report["counts"]["sentences"] == 6
    assert (report["rejected"], report["warnings"], report["error"], report["exit_code"]) == ([], [], None, 0)
    assert "graph" not in report
    assert {"visit", "accuse", "deny"} <= {fact["type"] for fact in report["facts"]}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("form", ["turtle", "trig"])
def test_the_graph_itself(kb, store, write, texts, form):
    path = write("visit.txt", texts["visit"])
    out = kb("load", path, "--format", form, "--store", store).out
    if form == "turtle":
        printed = Graph().parse(data=out, format="turtle")
    else:
        (printed,) = (graph for graph in Dataset().parse(data=out, format="trig").graphs() if len(graph))
        assert re.fullmatch(r"https://w3id.org/demarche/article/[0-9a-f]{16}", str(printed.identifier))
    stored = kb("export", "--article", path, "--format", "turtle", "--store", store).out
    assert set(printed) == set(Graph().parse(data=stored, format="turtle"))


def test_a_dry_run_checks_and_leaves_no_store(kb, tmp_path, write, texts):
    path = write("visit.txt", texts["visit"])
    code, out, _ = kb("load", path, "--dry-run", "--store", tmp_path / "none")
    assert code == 0
    assert out.startswith(f"checked: {TITLE}")
    assert not (tmp_path / "none").exists()


def test_a_dry_run_reports_what_loading_would(kb, store, write, texts):
    path = write("visit.txt", texts["visit"])
    (tried,) = reports(kb("load", path, "--dry-run", "--format", "json", "--store", store))
    (loaded,) = reports(kb("load", path, "--format", "json", "--store", store))
    for report in (tried, loaded):
        del report["seconds"], report["outcome"]
    assert tried == loaded


def test_nothing_to_open_makes_no_store(kb, tmp_path):
    code, out, err = kb("load", tmp_path / "nofile.txt", "--store", tmp_path / "none")
    assert (code, out) == (2, "")
    assert err.startswith(f"error[KB011]: {tmp_path}/nofile.txt: no such file or folder\n  hint: ")
    assert not (tmp_path / "none").exists()


def test_the_same_again_changes_nothing(kb, store, write, texts, exported):
    path = write("visit.txt", texts["visit"])
    assert kb("load", path, "--store", store).out.startswith("loaded: ")
    before = exported(store)
    assert kb("load", path, "--store", store).out.startswith("unchanged: ")
    assert exported(store) == before


def test_a_changed_version_replaces_the_earlier_one(kb, store, write, texts, exported):
    path = write("visit.txt", texts["visit"])
    kb("load", path, "--store", store)
    first = exported(store)
    write("visit.txt", texts["visit"].replace("a two-day visit", "a three-day visit") + "\nDuarte thanked Egypt.\n")
    assert kb("load", path, "--store", store).out.startswith("replaced: ")
    changed = exported(store)
    assert changed != first
    assert "two-day" not in changed
    write("visit.txt", texts["visit"])
    assert kb("load", path, "--store", store).out.startswith("replaced: ")
    assert exported(store) == first


def test_a_url_identifies_the_article_when_its_headline_changes(kb, store, write, texts):
    url = ("--url", "https://wire.test/duarte")
    kb("load", write("a.txt", texts["visit"]), *url, "--store", store)
    changed = write("b.txt", texts["visit"].replace(TITLE, "President of Brazil arrives in Egypt for talks"))
    assert kb("load", changed, *url, "--store", store).out.startswith("replaced: President of Brazil arrives")
    assert len(json.loads(kb("status", "--format", "json", "--store", store).out)["articles"]) == 1


def test_the_order_of_loading_does_not_matter(kb, new_store, articles, exported):
    """The three articles are about the same visits, treaty and accusations, so their events merge."""
    names = ["2024-06-18-blinken-stoltenberg.txt", "2024-06-19-putin-pyongyang.txt", "2024-06-20-putin-hanoi.txt"]
    found = set()
    for order in list(permutations(names))[::2]:
        store = new_store()
        assert kb("load", *(articles / name for name in order), "--store", store).code == 0
        found.add(exported(store))
    assert len(found) == 1


def test_folders_patterns_and_the_same_file_twice(kb, tmp_path, write, texts):
    write("news/a.txt", texts["visit"])
    write("news/deeper/b.txt", texts["sanctions"])
    write("news/notes.csv", "no article")
    for given in ([tmp_path / "news"], [tmp_path / "news" / "**" / "*.txt"], [tmp_path / "news", tmp_path / "news"]):
        result = kb("load", *given, "--dry-run", "--format", "json")
        assert [report["article"]["title"] for report in reports(result)] == [
            TITLE,
            "Canada imposes sanctions on Belarus",
        ]


def test_standard_input(kb, store, texts):
    code, out, _ = kb("load", "-", "--store", store, stdin=texts["visit"])
    assert (code, out.splitlines()[0]) == (0, f"loaded: {TITLE} (Test Wire, 2031-05-13)")
    assert "source" in kb("status", "--store", store).out


def test_html(kb, write, texts):
    (report,) = reports(kb("load", write("page.html", texts["page"]), "--dry-run", "--format", "json"))
    article = report["article"]
    assert (article["title"], article["published"], article["publisher"]) == (TITLE, "2031-05-13", "Test Wire")
    assert "visit" in {fact["type"] for fact in report["facts"]}
    assert not re.search("Sport|newsletter", report_text(report))


def report_text(report):
    return " ".join(fact["evidence"]["quote"] for fact in report["facts"])


def test_json_lines(kb, store, write, texts):
    rows = [
        {
            "text": texts["undated"],
            "title": TITLE,
            "published": "2031-05-13",
            "publisher": "A",
            "url": "https://a.test/",
        },
        {"text": texts["sanctions"]},
    ]
    path = write("news.jsonl", "\n".join(map(json.dumps, rows)) + "\n")
    first, second = reports(kb("load", path, "--format", "json", "--store", store))
    assert first["source"] == f"{path}:1"
    article = first["article"]
    assert (article["published"], article["publisher"], article["url"]) == ("2031-05-13", "A", "https://a.test/")
    assert second["article"]["published"] == "2031-07-07"


def test_what_the_caller_knows_wins(kb, write, texts):
    path = write("visit.txt", texts["visit"])
    about = ("--published", "2031-05-20", "--url", "https://a.test/1", "--publisher", "A", "--title", "T in Cairo")
    (report,) = reports(kb("load", path, *about, "--dry-run", "--format", "json"))
    article = report["article"]
    assert (article["published"], article["publisher"], article["url"], article["title"]) == (
        "2031-05-20",
        "A",
        "https://a.test/1",
        "T in Cairo",
    )
    visit = next(fact for fact in report["facts"] if fact["type"] == "visit")
    assert visit["start"] == "2031-05-20"  # "on Tuesday" counts from the date that was given


def test_one_title_for_several_articles_is_refused(kb, write, texts):
    paths = [write("a.txt", texts["visit"]), write("b.txt", texts["sanctions"])]
    code, out, err = kb("load", *paths, "--title", "T", "--dry-run")
    assert (code, out) == (2, "")
    assert err.startswith("error[KB018]: --title can be given for one article only, but 2 are named\n")


def test_a_day_that_is_none(kb, write, texts):
    code, _, err = kb("load", write("a.txt", texts["visit"]), "--published", "19 June", "--dry-run")
    assert code == 2
    assert err.startswith("error[KB018]: --published 19 June: not a day of the form 2024-06-19\n")


def test_a_bad_file_in_a_batch_is_reported_and_the_rest_loads(kb, store, tmp_path, write, texts):
    good, empty = write("a.txt", texts["visit"]), write("b.txt", "")
    other = write("c.txt", texts["sanctions"])
    code, out, err = kb("load", good, tmp_path / "none.txt", empty, other, "--store", store)
    assert code == 2
    assert f"loaded: {TITLE}" in out
    assert "loaded: Canada imposes sanctions on Belarus" in out
    assert f"error[KB011]: {tmp_path}/none.txt: no such file or folder" in err
    assert f"error[KB012]: {empty}: " in err
    assert err.endswith("2 of 4 articles in the base\n")
    assert len(json.loads(kb("status", "--format", "json", "--store", store).out)["articles"]) == 2


def test_a_bad_file_is_a_report_too(kb, tmp_path):
    code, out, err = kb("load", tmp_path / "none.txt", "--format", "json", "--dry-run")
    report = json.loads(out)
    assert (code, err, report["outcome"], report["exit_code"]) == (2, "", "failed", 2)
    assert (report["error"]["code"], report["error"]["status"]) == ("KB011", 404)


def test_facts_are_listed_for_a_few_articles_only(kb, articles):
    assert "factuality" not in kb("load", articles, "--dry-run").out
    assert "factuality" in kb("load", articles, "--dry-run", "--facts").out
    one = articles / "2024-06-24-eu-package.txt"
    assert "factuality" in kb("load", one, "--dry-run").out
    assert "factuality" not in kb("load", one, "--dry-run", "--no-facts").out


def test_the_store_may_be_named_by_the_environment(kb, store, write, texts):
    kb("load", write("a.txt", texts["visit"]), KB_STORE=store)
    assert TITLE in kb("status", KB_STORE=store).out


@pytest.mark.parametrize(("name", "value"), [("KB_KEEP_TEXT", "some"), ("KB_PORT", "99999"), ("KB_PORT", "http")])
def test_a_setting_that_cannot_be_used(kb, write, texts, name, value):
    code, _, err = kb("load", write("a.txt", texts["visit"]), "--dry-run", **{name: value})
    assert code == 2
    assert err.startswith(f"error[KB018]: {name}={value}: ")
