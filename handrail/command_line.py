"""The `handrail` command. Each subcommand is a few lines over the engine, in a module that is loaded only
when it is asked for: whoever checks a diagram does not wait for a web server.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module

import click

from engine.errors import HandrailError

COMMANDS = {
    "check": "authoring",
    "demo": "operating",
    "migrate": "operating",
    "rehearse": "authoring",
    "serve": "operating",
    "token": "operating",
    "verify": "operating",
    "worker": "operating",
}


def main() -> None:
    """Run the command line; what Handrail refuses is said in one sentence, with exit status 1."""
    try:
        sys.exit(handrail(standalone_mode=False))  # click gives a status that `Context.exit` was told
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except HandrailError as error:
        click.echo(str(error), err=True)
        for problem in error.problems:
            click.echo(f"  {problem.element}: {problem.message}", err=True)
        sys.exit(1)
    except Exception as error:  # of a library that may not be loaded: anything else goes on
        if not _is_of_the_database(error):
            raise
        # The statement and its values may be personal; only the kind of error is said.
        reason = type(getattr(error, "orig", None)).__name__
        click.echo(f"The database could not be used ({reason}). Is it there, and migrated?", err=True)
        sys.exit(1)


def _is_of_the_database(error: Exception) -> bool:
    """Asked so that a command without a database need not load the library."""
    library = sys.modules.get("sqlalchemy.exc")
    return library is not None and isinstance(error, library.DBAPIError)


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"handrail.{COMMANDS[cmd_name]}"), cmd_name)
        return found


@click.group(cls=Commands)
@click.version_option(package_name="handrail")
def handrail() -> None:
    """Runs child-safeguarding information-sharing processes as BPMN diagrams."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
