"""`kb serve`: while it runs it owns the writes, and every command works as it does without it."""

import json
import re
import shutil
import signal
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from kb.handover import find_server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def served(serve, sample, tmp_path_factory):
    """A store of the sample articles that a process serves; only to be asked."""
    store = shutil.copytree(sample, tmp_path_factory.mktemp("served") / "store")
    serve(store)
    return store


@pytest.fixture(scope="module")
def _written(serve, new_store):
    store = new_store()
    serve(store)
    return store


@pytest.fixture
def written(_written, kb):
    """A store that a process serves, without articles; what a test loads is removed after it."""
    yield _written
    for article in json.loads(kb("status", "--format", "json", "--store", _written).out)["articles"]:
        assert kb("remove", article["key"], "--store", _written).code == 0


@pytest.fixture
def http(written):
    """A client of the server of `written`."""
    with httpx.Client(base_url=find_server(str(written)).url, trust_env=False, timeout=30) as client:
        yield client


def reports(result):
    found = [json.loads(line) for line in result.out.splitlines()]
    for report in found:
        assert (report.pop("seconds") > 0) == (report["error"] is None)
    return found


def test_it_says_where_it_is_and_ends_cleanly(serve, stop, store, server_file):
    process = serve(store)
    url = find_server(str(store)).url
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
    assert stat.S_IMODE((store / server_file).stat().st_mode) == 0o600
    code, err = stop(process, signal.SIGTERM)
    assert (code, err) == (0, f"{store} is served at {url}\n")
    assert not (store / server_file).exists()


def test_an_interrupt_ends_it_cleanly_too(serve, stop, store, server_file):
    code, err = stop(serve(store), signal.SIGINT)
    assert (code, "Traceback" in err) == (0, False)
    assert not (store / server_file).exists()


def test_a_port_that_is_taken(kb, served, store):
    port = find_server(str(served)).url.rpartition(":")[2]
    code, out, err = kb("serve", "--port", port, "--store", store)
    assert (code, out) == (2, "")
    assert err.startswith(f"error[KB018]: cannot listen on port {port} of 127.0.0.1: ")


def test_a_second_server_of_the_same_store(kb, served):
    code, _, err = kb("serve", "--port", "0", "--store", served)
    assert code == 4
    assert err.startswith(f"error[KB051]: {served}: another process holds this store\n")


# --- commands while it runs -------------------------------------------------------------------------------------------


def test_load_hands_over_and_reports_the_same(kb, kb_process, written, new_store, write, texts, articles, exported):
    """Everything that can become of an article, with and without the server, as JSON reports and as tables."""
    paths = [
        write("a.txt", texts["visit"]),
        write("b.html", texts["page"]),
        write("c.jsonl", json.dumps({"text": texts["sanctions"], "published": "2031-07-08", "publisher": "A"})),
        write("d.txt", texts["spanish"]),
        write("e.txt", ""),
        articles / "2024-06-24-eu-package.txt",
    ]
    alone = new_store()
    for _ in range(2):
        mine = kb("load", *paths, "none.txt", "--format", "json", "--store", alone)
        theirs = kb("load", *paths, "none.txt", "--format", "json", "--store", written)
        assert reports(theirs) == reports(mine)
        assert (theirs.code, theirs.err) == (mine.code, mine.err) == (2, "")
    changed = write("a.txt", texts["visit"].replace("two-day", "three-day"))
    mine = kb_process("load", changed, "--store", alone)
    theirs = kb_process("load", changed, "--store", written)
    assert re.sub(r"\d\.\d\d s", "", theirs.out) == re.sub(r"\d\.\d\d s", "", mine.out)
    assert mine.out.startswith("replaced: ")
    assert exported(written) == exported(alone)


def test_a_title_and_a_date_are_handed_over(kb, written, write, texts):
    path = write("a.txt", texts["undated"])
    about = ("--title", "T in Cairo", "--published", "2031-05-14", "--publisher", "P", "--url", "https://a.test/1")
    (report,) = reports(kb("load", path, *about, "--format", "json", "--store", written))
    article = report["article"]
    assert (article["title"], article["published"], article["publisher"], article["url"]) == (
        "T in Cairo",
        "2031-05-14",
        "P",
        "https://a.test/1",
    )


def test_asking_gives_the_same_answers(kb, served, sample):
    for command in (
        ["query", "visits", "--param", "state=PRK"],
        [
            "query",
            "SELECT ?s WHERE { ?s a <https://w3id.org/demarche/ontology#Visit> } ORDER BY ?s",
            "--format",
            "json",
        ],
        ["query", "ASK { ?s ?p ?o }"],
        ["export", "--format", "nquads"],
        ["export", "--format", "trig", "--article", "data/articles/2024-06-24-eu-package.txt"],
        ["validate"],
    ):
        theirs, mine = (kb(*command, "--store", store) for store in (served, sample))
        assert theirs.code == mine.code, command
        assert theirs.out == mine.out, command


def test_status_and_explain(kb, served, sample):
    theirs, mine = (json.loads(kb("status", "--format", "json", "--store", s).out) for s in (served, sample))
    assert theirs.pop("store").endswith("/sparql")
    assert mine.pop("store") == str(sample)
    assert theirs == mine
    fact = kb("query", "facts", "--format", "csv", "--store", sample).out.splitlines()[1].split(",")[0]
    assert kb("explain", fact, "--store", served) == kb("explain", fact, "--store", sample)


def test_errors_are_the_same(kb, served, sample):
    for command in (
        ["query", "vists"],
        ["query", "SELECT ?s\nWHERE { ?s ?p"],
        ["query", "visits", "--param", "state=x"],
    ):
        theirs, mine = (kb(*command, "--store", store) for store in (served, sample))
        assert theirs == mine
    for command in (["remove", "nope"], ["export", "--article", "nope"], ["explain", "nope"]):
        theirs, mine = (kb(*command, "--store", store) for store in (served, sample))
        assert theirs.code == mine.code == 2
        assert re.sub(r" in \S+", "", theirs.err) == re.sub(r" in \S+", "", mine.err)


def test_remove(kb, written, write, texts):
    path = write("a.txt", texts["visit"])
    kb("load", path, "--store", written)
    code, out, err = kb("remove", path, "--store", written)
    assert (code, err) == (0, "")
    assert re.fullmatch(r"removed https://w3id.org/demarche/article/[0-9a-f]{16}\n", out)
    assert json.loads(kb("status", "--format", "json", "--store", written).out)["articles"] == []


def test_two_loads_at_once(kb, kb_process, written, new_store, write, texts, articles, exported):
    others = [write(f"{name}.txt", texts[name]) for name in ("visit", "sanctions")]
    with ThreadPoolExecutor() as pool:
        first = pool.submit(kb_process, "load", articles, "--store", written)
        second = pool.submit(kb_process, "load", *others, "--store", written)
        assert (first.result().code, second.result().code) == (0, 0)
    alone = new_store()
    assert kb("load", articles, *others, "--store", alone).code == 0
    assert exported(written) == exported(alone)


def test_sparql_over_http(http, kb, written, write, texts):
    kb("load", write("a.txt", texts["visit"]), "--store", written)
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?visit a <https://w3id.org/demarche/ontology#Visit> }"
    for answer in (
        http.get("/sparql", params={"query": query}, headers={"accept": "text/csv"}),
        http.post("/sparql", data={"query": query}, headers={"accept": "text/csv"}),
    ):
        assert (answer.status_code, answer.text) == (200, "n\r\n1\r\n")
    asked = http.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    assert asked.json()["boolean"] is True
    construct = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 3"
    graph = http.get("/sparql", params={"query": construct}, headers={"accept": "text/turtle"})
    assert graph.headers["content-type"].startswith("text/turtle")
    for path in ("/", "/ontology", "/openapi.json"):
        assert http.get(path).status_code == 200


def test_only_its_user_may_write_through_it(http, written, server_file):
    assert http.post("/articles", json={"source": "x", "data_base64": ""}).status_code == 401
    assert http.request("DELETE", "/articles", params={"reference": "x"}).status_code == 401
    assert json.loads((written / server_file).read_text())["token"] not in http.get("/health").text


# --- when it goes away ------------------------------------------------------------------------------------------------


def test_after_a_kill_the_next_command_works_on_the_store_itself(kb, serve, store, server_file, write, texts):
    process = serve(store)
    kb("load", write("a.txt", texts["visit"]), "--store", store)
    process.kill()
    process.wait(timeout=30)
    assert (store / server_file).exists()
    assert kb("load", write("b.txt", texts["sanctions"]), "--store", store).code == 0
    assert kb("validate", "--store", store).code == 0
    assert len(json.loads(kb("status", "--format", "json", "--store", store).out)["articles"]) == 2


def test_a_command_waits_for_a_server_that_is_starting(kb, start, store, write, texts):
    """Between opening its store and saying so, a server holds the store and takes nothing yet."""
    path = write("a.txt", texts["visit"])
    process = start("serve", "--port", "0", "--store", store)
    open_files = Path(f"/proc/{process.pid}/fd")
    if not open_files.is_dir():
        pytest.skip("what files another process has open is not to be seen here")
    until = time.monotonic() + 60
    while not _has_lock(open_files):
        assert time.monotonic() < until
    assert find_server(str(store)) is None
    code, out, err = kb("load", path, "--store", store)
    assert (code, err, out.splitlines()[0]) == (
        0,
        "",
        "loaded: Duarte flies to Cairo for talks (Test Wire, 2031-05-13)",
    )
    assert process.poll() is None


def _has_lock(open_files):
    """Tell whether a process has the lock file of a store open, by the links in its /proc/PID/fd."""
    try:
        return any(link.readlink().name == "LOCK" for link in open_files.iterdir())
    except FileNotFoundError:  # it has just closed one
        return False
