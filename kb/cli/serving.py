"""Commands that change or serve a base: remove, serve."""

from __future__ import annotations

import click

from kb.cli.session import store_option, writer
from kb.settings import Settings


@click.command()
@click.argument("article")
@store_option
def remove(article: str, store: str | None) -> None:
    """Remove an article and everything that only it supported.

    ARTICLE is its IRI, its key, or the path or name it was loaded from.
    """
    with writer(Settings.from_environment(store=store)) as base:
        click.echo(f"removed {base.remove(article)}")


@click.command()
@click.option("--host", help="Address to listen on.  [KB_HOST, 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on, 0 for a free one.  [KB_PORT, 8000]")
@store_option
def serve(host: str | None, port: int | None, store: str | None) -> None:
    """Serve the base: SPARQL endpoint, API and pages. `kb load` hands its articles over while it runs."""
    from api.server import run

    run(Settings.from_environment(host=host, port=port, store=store))


serve_commands = (remove, serve)
