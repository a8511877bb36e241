"""The `portal` command; a subcommand is imported when it is called.

So a process that runs the public site never loads the desk, and none of its keys.
"""

from importlib import import_module

import click

from portal.commands.process import CannotStart
from portal.config import UnsafeSetting

COMMANDS = {
    "serve": "run both sides and restart one that dies",
    "public": "run the public site alone",
    "desk": "run the staff desk alone",
    "init": "make a new instance: keys, manifest, databases, first enrolment link",
    "migrate": "bring both databases to the newest schema",
    "demo": "make and run an invented county on this machine",
    "check": "name what is unsafe about this instance",
    "backup": "copy a stopped side's database and sealed files into a new folder",
    "restore": "put a stopped side back from a backup; it asks the other side for what it lost",
    "keys": "rotate intake keys and peppers, split and restore the recovery key",
    "link": "make a new enrolment link for a security administrator",
    "lockdown": "close both sites at once, or open them again",
    "anonymise": "find, or mask, what may tell who somebody is, in texts line by line",
    "open": "open a sealed file with a private key",
    "superior": "take in what the superior commission sends back",
}


class Subcommands(click.Group):
    """A group whose commands live in `portal.commands`, one module each."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        """Return the names of all subcommands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one subcommand."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"portal.commands.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a subcommand; an unsafe setting ends it with one sentence."""
        try:
            return super().invoke(ctx)
        except UnsafeSetting as error:
            raise CannotStart(str(error)) from error


@click.group(cls=Subcommands)
@click.version_option(package_name="portal")
def main() -> None:
    """Run a county commission's reporting and accountability portal."""
