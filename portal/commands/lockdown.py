"""`portal lockdown`: close both sites now, while they run, and end every session of staff."""

from collections.abc import Callable
from datetime import datetime

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.config import instance_folder, load
from portal.database import Database
from portal.desk.domain import audit, sessions
from portal.reference.days import utcnow
from portal.settings import Settings
from portal.web import lockdown


@click.command("lockdown")
@click.option("--lift", is_flag=True, help="open both sites again")
def command(*, lift: bool) -> None:
    """Close both sites at once, or open them again."""
    settings, now = load(instance_folder()), utcnow()
    if lift:
        open_again(settings, now)
    else:
        close(settings, now)


def close(settings: Settings, now: datetime) -> None:
    """Close both sites first, then end the sessions: a database in trouble delays nothing."""
    (settings.instance / lockdown.FILE).write_text(f"{now.isoformat()}\n", encoding="ascii")
    click.echo("Closed: the public site answers 503 with the phone, nobody signs in at the desk.")

    def end_sessions(session: Session) -> None:
        sessions.end_everybody(session)
        audit.record(session, person_id=None, act="lockdown", target="-", now=now)

    if _at_the_desk(settings, end_sessions):
        click.echo("Every session of staff has ended.")
    click.echo("Sealed letters still cross. `portal lockdown --lift` opens both sites again.")


def open_again(settings: Settings, now: datetime) -> None:
    """Open both sites; sessions of before stay dead, so nobody comes back without signing in.

    :raises click.ClickException: when those sessions cannot be ended.
    """

    def note(session: Session) -> None:
        sessions.end_everybody(session)
        audit.record(session, person_id=None, act="lockdown-lifted", target="-", now=now)

    if not lockdown.in_force(settings.instance):
        raise click.ClickException("No lockdown is in force.")
    if not _at_the_desk(settings, note):
        raise click.ClickException("The lockdown stays: old sessions could not be ended.")
    (settings.instance / lockdown.FILE).unlink()
    click.echo("Both sites are open. Everybody signs in again.")


def _at_the_desk(settings: Settings, work: Callable[[Session], None]) -> bool:
    """Do something in the desk's database; say so when it does not answer.

    On a public host without the desk's database there is nothing to do.
    """
    if not settings.desk.database and not (settings.desk_folder / "portal.db").exists():
        return True
    database = Database(settings.desk_database)
    try:
        with database.writing() as session:
            work(session)
    except SQLAlchemyError as error:
        click.echo(f"The desk's database does not answer ({type(error).__name__}).", err=True)
        return False
    finally:
        database.dispose()
    return True
