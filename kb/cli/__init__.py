"""The command `kb`: thin commands over the functions that the API uses as well."""

from kb.cli.main import main

__all__ = ["main"]
