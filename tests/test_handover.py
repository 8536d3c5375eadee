"""The two ends of a hand-over: the file in the store's folder, and the requests; the server here is a real one."""

import base64
import json
import os
import stat
import threading
import time
from dataclasses import asdict
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from kb.errors import (
    HandOverError,
    KBError,
    LanguageError,
    MissingInputError,
    NotFoundError,
    RequestTooLargeError,
    StoreFullError,
)
from kb.handover import SERVER_FILE, Server, find_server, fingerprint, new_token, publish
from kb.intake import Input
from kb.model import ArticleInfo
from kb.pipeline import LoadReport

ITEM = Input(
    "besuch.txt",
    None,
    "Визит – \x00\xff".encode(),
    "text",
    ArticleInfo("Title", "https://a.example/", date(2024, 6, 19), "A"),
)
REPORT = LoadReport(
    "besuch.txt", "loaded", {"iri": "x"}, [{"type": "visit"}], {"facts": 1}, warnings=["w"], seconds=0.5
)


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_GET(self):
        time.sleep(self.server.delay)
        self.send_json(200, {"status": "ok", "instance": fingerprint(self.server.token)})

    def do_POST(self):
        self.server.seen.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.act(asdict(REPORT) | {"field of a later version": 1})

    def do_DELETE(self):
        reference = parse_qs(urlsplit(self.path).query)["reference"][0]
        self.server.seen.append(reference)
        self.act({"removed": f"https://a.example/{reference}"})

    def act(self, answer):
        if self.headers["authorization"] != f"Bearer {self.server.token}":
            self.send_json(401, {"title": "no"})
        elif self.server.vanish:
            self.connection.close()
        elif self.server.answer:
            self.send_json(*self.server.answer)
        else:
            self.send_json(200, answer)

    def send_json(self, status, value):
        body = json.dumps(value).encode() if not isinstance(value, bytes) else value
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *arguments: None
    server.token, server.seen, server.answer, server.delay, server.vanish = new_token(), [], None, 0.0, False
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def server(serving):
    return Server(serving.url, serving.token, os.getpid())


# --- finding it -----------------------------------------------------------------------------------------------------


def test_a_published_server_is_found_until_it_ends(serving, tmp_path):
    assert find_server(str(tmp_path)) is None
    with publish(str(tmp_path), f"{serving.url}/", serving.token) as published:
        found = find_server(str(tmp_path))
        assert found == published
        assert (found.sparql, found.pid) == (f"{serving.url}/sparql", os.getpid())
        path = tmp_path / SERVER_FILE
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert serving.token not in repr(found)
        assert serving.token not in fingerprint(serving.token)
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_removed_when_serving_fails(tmp_path):
    with pytest.raises(ZeroDivisionError), publish(str(tmp_path), "http://127.0.0.1:1", "t"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_later_servers_file_is_left_alone(tmp_path):
    with publish(str(tmp_path), "http://127.0.0.1:1", "first"):
        with publish(str(tmp_path), "http://127.0.0.1:1", "second"):
            pass
        (tmp_path / SERVER_FILE).write_text('{"url": "http://b", "token": "third", "pid": 1}')
    assert "third" in (tmp_path / SERVER_FILE).read_text()


def test_the_file_replaces_one_that_others_may_read(tmp_path):
    (tmp_path / SERVER_FILE).write_text("{}")
    (tmp_path / SERVER_FILE).chmod(0o644)
    with publish(str(tmp_path), "http://127.0.0.1:1", "t"):
        assert stat.S_IMODE((tmp_path / SERVER_FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"url": "http://127.0.0.1:1"}',
        '{"url": "no url", "token": "t", "pid": 1}',
        '{"url": "http://127.0.0.1:1", "token": "t", "pid": "x"}',
        '{"url": "http://127.0.0.1:1", "token": "t", "pid": 1}',
    ],
)
def test_a_stale_or_broken_file_is_passed_over(tmp_path, content):
    (tmp_path / SERVER_FILE).write_text(content)
    assert find_server(str(tmp_path)) is None


def test_a_store_with_a_url_has_no_folder_to_write_or_look_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with publish("http://127.0.0.1:1/sparql", "http://127.0.0.1:2", "t"):
        assert find_server("http://127.0.0.1:1/sparql") is None
        assert list(tmp_path.iterdir()) == []


def test_another_server_on_the_same_port_is_not_taken_for_it(serving, tmp_path):
    with publish(str(tmp_path), serving.url, "the token of a server that has died"):
        assert find_server(str(tmp_path)) is None


def test_a_server_that_does_not_answer_is_waited_for_two_seconds(serving, tmp_path):
    serving.delay = 4.0
    started = time.monotonic()
    with publish(str(tmp_path), serving.url, serving.token):
        assert find_server(str(tmp_path)) is None
    assert 1.5 < time.monotonic() - started < 3.5


def test_a_proxy_of_the_environment_is_not_asked(serving, tmp_path, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with publish(str(tmp_path), serving.url, serving.token):
        assert find_server(str(tmp_path)) is not None


# --- handing over -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_article_is_handed_over_whole_and_its_report_comes_back(serving, server, dry_run):
    assert server.load(ITEM, dry_run=dry_run) == REPORT
    (sent,) = serving.seen
    assert base64.b64decode(sent.pop("data_base64")) == ITEM.data
    assert sent == {
        "source": "besuch.txt",
        "media": "text",
        "info": {"title": "Title", "url": "https://a.example/", "published": "2024-06-19", "publisher": "A"},
        "dry_run": dry_run,
    }


def test_a_file_is_read_on_this_side(serving, server, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"text")
    server.load(Input("a.txt", tmp_path / "a.txt", None, "text"))
    assert base64.b64decode(serving.seen[0]["data_base64"]) == b"text"


@pytest.mark.parametrize("problem", [None, MissingInputError("gone.txt: no such file")])
def test_what_cannot_be_read_on_this_side_is_in_the_report(serving, server, tmp_path, problem):
    report = server.load(Input("gone.txt", tmp_path / "gone.txt", None, "text", problem=problem))
    assert (report.outcome, report.error["code"], report.exit_code) == ("failed", "KB011", 2)
    assert serving.seen == []


def test_an_article_that_the_server_could_not_read_is_in_the_report(serving, server):
    failed = LoadReport.failure("besuch.txt", LanguageError("besuch.txt: not English"))
    serving.answer = (200, asdict(failed))
    assert server.load(ITEM) == failed


@pytest.mark.parametrize("reference", ["0123456789abcdef", "https://w3id.org/demarche/article/0#x", "../a b/ü&c?.txt"])
def test_removal_takes_any_reference(serving, server, reference):
    assert server.remove(reference) == f"https://a.example/{reference}"
    assert serving.seen == [reference]


def test_a_missing_article_is_the_same_error_as_without_a_server(serving, server):
    serving.answer = (404, NotFoundError("no article x in base").as_problem())
    with pytest.raises(NotFoundError, match="no article x in base"):
        server.remove("x")


def kinds(root=KBError):
    return [root, *(kind for below in root.__subclasses__() for kind in kinds(below))]


@pytest.mark.parametrize(
    "kind", sorted(set(kinds()) - {RequestTooLargeError}, key=lambda k: k.code), ids=lambda k: k.code
)
def test_every_error_survives_the_way_as_a_problem_object(serving, server, kind):
    serving.answer = (kind.status, kind("what happened", hint="what to do").as_problem())
    with pytest.raises(kind) as caught:
        server.load(ITEM)
    assert type(caught.value) is kind
    assert (caught.value.message, caught.value.hint) == ("what happened", "what to do")


def test_an_article_too_large_for_the_server_does_not_stop_a_batch(serving, server):
    serving.answer = (413, RequestTooLargeError("the body is longer than 10 bytes").as_problem())
    report = server.load(ITEM)
    assert (report.outcome, report.error["code"], report.exit_code) == ("failed", "KB015", 2)
    assert report.error["detail"] == "besuch.txt: the body is longer than 10 bytes"


def test_a_full_disk_there_is_a_full_disk_here(serving, server):
    serving.answer = (507, StoreFullError("base: the disk is full").as_problem())
    with pytest.raises(StoreFullError) as caught:
        server.load(ITEM)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"Internal Server Error"), (200, b"no json"), (200, []), (422, {"detail": []}), (500, {"code": "KB999"})],
)
def test_an_answer_that_says_nothing_is_a_failed_hand_over(serving, server, status, body):
    serving.answer = (status, body)
    with pytest.raises(HandOverError):
        server.load(ITEM)


def test_a_wrong_token_is_a_failed_hand_over(serving):
    with pytest.raises(HandOverError, match="HTTP 401"):
        Server(serving.url, "wrong", 1).load(ITEM)


def test_a_server_that_vanishes_in_the_middle(serving, server):
    serving.vanish = True
    with pytest.raises(HandOverError, match=r"went away while loading besuch\.txt") as caught:
        server.load(ITEM)
    assert "load the article again" in caught.value.hint


def test_a_server_that_has_gone(tmp_path):
    with pytest.raises(HandOverError, match="went away while removing x"):
        Server("http://127.0.0.1:1", "t", 1).remove("x")
