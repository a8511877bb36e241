"""`portal link`: the way back for a security administrator whom no colleague can help."""

import click
from sqlalchemy import select

from portal.commands import lock, side
from portal.config import instance_folder, load
from portal.desk.domain import enrolment, people
from portal.desk.domain.roles import Role
from portal.desk.models.people import Person
from portal.reference.days import utcnow


@click.command("link")
@click.argument("name")
def command(name: str) -> None:
    """Make a new enrolment link for a security administrator."""
    settings = load(instance_folder())
    with lock.hold(settings.desk_folder):
        database = side.open_database(settings, "desk")
        with database.writing() as session:
            person = session.scalar(select(Person).where(Person.name == name, Person.active))
            if person is None or Role.SECURITY_ADMINISTRATOR not in people.roles_of(person):
                raise click.ClickException(f"{name} is no security administrator who is at work.")
            token = enrolment.issue(session, person, by=None, now=utcnow())
        database.dispose()
    scheme = "https" if settings.desk.https else "http"
    click.echo("Once, within 72 hours; the passphrase of now stays good until then:")
    click.echo(f"  {scheme}://{settings.desk.hosts[0]}/enrol/{token}")
