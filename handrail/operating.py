"""The commands of those who run the service: serve, worker, migrate, demo, token, verify."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import UTC, datetime
from urllib.parse import urlsplit

import click
from granian import Granian
from granian.constants import Interfaces

from engine import schema, timers, tokens
from engine.audit import chain
from engine.database import connect, reading, transaction
from handrail import demo as demonstration
from handrail.app import RealTime
from handrail.settings import WrongSetting, from_environment
from handrail.worker import Orphaned, work

_NAME_WIDTH = 20
_AT_ONCE = 10_000  # timers


@click.command()
@click.option("--workers", default=1, show_default=True, help="Processes that answer requests.")
@click.option(
    "--timers/--no-timers",
    "with_timers",
    default=True,
    help="Fire what falls due too, in a process beside it.",
)
def serve(workers: int, with_timers: bool) -> None:
    """Serve the pages and the API at HANDRAIL_ADDRESS."""
    settings = from_environment()
    if not settings.demo and settings.provider is None:
        raise WrongSetting("Expected HANDRAIL_OIDC_ISSUER, or HANDRAIL_DEMO=1, so that somebody can sign in.")
    where = urlsplit(settings.address)
    server = Granian(
        "handrail.app:create_app",
        factory=True,
        address=where.hostname or "127.0.0.1",
        port=where.port or 8000,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
    )
    beside = _worker_beside() if with_timers else None
    click.echo(f"Handrail is at {settings.address}. Stop it with Ctrl+C.")
    try:
        server.serve()
    finally:
        if beside is not None:
            beside.terminate()
            beside.wait()


def _worker_beside() -> subprocess.Popen[bytes]:
    """A worker of the server's own. Not a thread: the server forks, and a fork copies held locks."""
    return subprocess.Popen([sys.executable, "-m", "handrail", "worker", "--beside"])


@click.command()
@click.option("--once", is_flag=True, help="Fire what is due now, and end.")
@click.option("--beside", is_flag=True, help="End when the process that started this one ends.")
def worker(once: bool, beside: bool) -> None:
    """Fire what falls due. Run as many as you like."""
    settings = from_environment()
    engine, clock = connect(settings.database_url), RealTime(settings.deadlines)
    if once:
        click.echo(f"{timers.fire_due(engine, clock(), _AT_ONCE)} fired.")
        return
    work(engine, clock, Orphaned() if beside else threading.Event())


@click.command()
def migrate() -> None:
    """Create the database or bring it up to date."""
    engine = connect(from_environment().database_url)
    before = schema.present(engine)
    schema.upgrade(engine)
    click.echo(f"The database was at {before or 'nothing'} and is now at {schema.present(engine)}.")


@click.command()
def demo() -> None:
    """Load the fictional demo partnership, and print whom to sign in as and a token for each."""
    settings = from_environment()
    engine = connect(settings.database_url)
    schema.upgrade(engine)
    now = datetime.now(UTC)
    with transaction(engine) as db:
        is_fresh = demonstration.load(db, now)
    if is_fresh:
        demonstration.load_cases(engine, now, settings.deadlines)
    click.echo(f"Sign in at {settings.address} as one of these people. The token is for the API.")
    finds = demonstration.finds()
    with transaction(engine) as db:
        for place in demonstration.ORGANISATIONS:
            click.echo(f"\n{place.name}")
            for each in demonstration.PEOPLE:
                if each.organisation == place.id:
                    token = tokens.issue(db, each.subject, "demonstration", 30, now)
                    click.echo(f"  {each.name:<{_NAME_WIDTH}} {each.job_title:<45} {token}")
                    for what in finds.get(each.subject, ["Looks on: nothing waits yet."]):
                        click.echo(f"  {'':<{_NAME_WIDTH}} {what}")


@click.command()
@click.argument("person")
@click.option("--label", default="command line", show_default=True, help="What the token is for.")
@click.option("--days", default=30, show_default=True, help="How long it is valid.")
def token(person: str, label: str, days: int) -> None:
    """Issue an access token for the API to PERSON, an id. It is shown once."""
    with transaction(connect(from_environment().database_url)) as db:
        click.echo(tokens.issue(db, person, label, days, datetime.now(UTC)))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    """Check the hash chain of every case. Exit status 1 when one is broken."""
    with reading(connect(from_environment().database_url)) as db:
        report = chain.verify(db)
    faults = [{"chain": each.chain, "event": each.seq, "what": each.what} for each in report.faults]
    if as_json:
        click.echo(json.dumps({"chains": report.chains, "events": report.events, "faults": faults}))
    else:
        click.echo(f"{report.events} events in {report.chains} histories were read back.")
        for fault in faults:
            click.echo(f"  {fault['chain']}, event {fault['event']}: {fault['what']}.")
        click.echo("Something is wrong." if faults else "Every history is whole.")
    if faults:
        context.exit(1)
