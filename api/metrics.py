"""Figures for Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/), in a registry of their own."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from kb.store import Store
from kb.workers.pool import WorkerPool
from kb.workers.running import Running

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """What the server counts of its requests and queries."""

    def __init__(self, store: Store, pool: WorkerPool | None) -> None:
        self._registry = here = CollectorRegistry()
        ProcessCollector(registry=here)
        here.register(_State(store, pool))
        self._requests = Counter(
            "demarche_http_requests",
            "Requests by method, route and status.",
            ["method", "route", "status"],
            registry=here,
        )
        self._seconds = Histogram(
            "demarche_http_request_seconds", "Time to the last byte.", ["route"], buckets=_SECONDS, registry=here
        )
        self._sent = Counter("demarche_http_sent_bytes", "Bytes of bodies sent.", registry=here)
        self._queries = Counter("demarche_queries", "SPARQL queries of workers by outcome.", ["outcome"], registry=here)
        self._query_seconds = Histogram(
            "demarche_query_seconds", "Time of a query in queue and worker.", buckets=_SECONDS, registry=here
        )
        self._rows = Counter("demarche_query_rows", "Rows and triples answered.", registry=here)
        if pool is not None:
            pool.observe = self._on_query

    def on_request(self, method: str, route: str, status: int, seconds: float, sent: int) -> None:
        """Count a request that has been answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        self._sent.inc(sent)

    def _on_query(self, running: Running) -> None:
        self._queries.labels(str(running.outcome)).inc()
        self._query_seconds.observe(running.seconds)
        if running.tail is not None:
            self._rows.inc(running.tail.rows)

    def text(self) -> bytes:
        """Return everything in the text format."""
        return generate_latest(self._registry)


class _State(Collector):
    """What is true at the moment of asking."""

    def __init__(self, store: Store, pool: WorkerPool | None) -> None:
        self._store, self._pool = store, pool

    def collect(self) -> Iterator[Metric]:
        version = self._store.version
        if version is not None:
            yield CounterMetricFamily("demarche_store_writes", "Writes since the store was opened.", version.number)
            yield GaugeMetricFamily("demarche_store_written_seconds", "Time of the last write (epoch).", version.since)
        pool = self._pool
        if pool is None:
            return
        for name, meaning, value in (
            ("workers", "Query workers.", pool.workers),
            ("workers_busy", "Query workers that are answering.", pool.busy),
            ("workers_limit", "Most query workers.", pool.size),
            ("queries_waiting", "Queries that wait for a worker.", pool.waiting),
            ("copies_behind", "Writes that queries do not see yet.", pool.copies.behind),
        ):
            yield GaugeMetricFamily(f"demarche_{name}", meaning, value)
        for name, meaning, value in (
            ("workers_started", "Query workers started.", pool.started),
            ("workers_killed", "Query workers killed in the middle of a query.", pool.killed),
            ("copies", "Copies of the store made for queries.", pool.copies.made),
            ("copies_failed", "Copies that could not be made.", pool.copies.failures),
        ):
            yield CounterMetricFamily(f"demarche_{name}", meaning, value)
