"""The group of all commands, and what becomes of errors.

Exit codes: 0 done; 1 SHACL kept an article out, or `kb validate` found violations; 2 bad input or use; 3 a defect of
ours; 4 the store cannot be used. A batch ends with the highest code of its articles.
"""

from __future__ import annotations

import io
import sys
from typing import Any

import click

from kb import __version__
from kb.cli.asking import ask_commands
from kb.cli.evaluating import evaluate
from kb.cli.reading import read_commands
from kb.cli.serving import serve_commands
from kb.cli.session import defect_of
from kb.errors import KBError


class ErrorReportingGroup(click.Group):
    """Prints an error of ours as code, message and hint, and ends with its exit code; a traceback only on demand."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KBError as error:
            if ctx.params.get("debug"):
                raise
            report_error(error)
            ctx.exit(error.exit_code)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            report_error(defect_of(error))
            ctx.exit(KBError.exit_code)


def report_error(error: KBError) -> None:
    """Print an error to standard error."""
    click.echo(f"error[{error.code}]: {error.message}\n  hint: {error.hint}", err=True)


@click.group(
    cls=ErrorReportingGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 kept out by SHACL, 2 bad input or use, 3 a defect, 4 the store cannot be used.",
)
@click.version_option(__version__, prog_name="kb")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Read news articles into a knowledge base of sanctions and diplomatic events, and ask it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # one that cannot show a character gets its escape instead
            stream.reconfigure(errors="backslashreplace")


for command in (*read_commands, evaluate, *ask_commands, *serve_commands):
    main.add_command(command)
