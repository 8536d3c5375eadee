"""For whoever runs the server: is it alive, is it ready, and its figures."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.deps import ServiceDep
from api.docs import problems
from api.metrics import CONTENT_TYPE
from api.models import State
from kb.errors import StoreError

router = APIRouter(tags=["Server"])

_NOW = {"Cache-Control": "no-store"}
_MOST_BEHIND = 100
"""Writes that queries may lack before the server counts as not ready: copies of the store cannot be made then."""


@router.get("/healthz", summary="Whether the server is alive", response_model=State)
async def healthz() -> Response:
    """Say that the process answers; nothing is asked of the store."""
    return JSONResponse({"status": "alive"}, headers=_NOW)


@router.get("/readyz", summary="Whether the server is ready", response_model=State, responses=problems(503))
async def readyz(service: ServiceDep) -> Response:
    """Say that the store answers, and that queries can be asked."""
    await run_in_threadpool(service.store.ask, "ASK { GRAPH ?g { ?s ?p ?o } }")
    pool = service.pool
    if pool is not None and (pool.version is None or pool.copies.behind > _MOST_BEHIND):
        raise StoreError("queries cannot be asked now: there is no recent copy of the store", hint="See the log.")
    return JSONResponse({"status": "ready"}, headers=_NOW)


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
async def metrics(service: ServiceDep) -> Response:
    """Return figures on requests, queries and workers."""
    return Response(service.metrics.text(), headers={"Content-Type": CONTENT_TYPE, **_NOW})
