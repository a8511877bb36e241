"""`portal demo`: an invented county on this machine, to try everything with."""

import json
import shutil
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from portal.commands import demo_notices, demo_people, demo_reports, founding, instance, serve
from portal.commands.instance import FirstKeys
from portal.config import instance_folder, load
from portal.database import Database
from portal.desk.domain.roles import Role
from portal.desk.forms.words import ROLE_NAMES
from portal.reference.days import utcnow
from portal.sealing.password_box import PasswordCost
from portal.settings import Settings

SETTINGS = """\
# An invented county. Everything here was drawn by `portal demo make`.
demo = true

[body]
name = "青岚县纪委监委"
phone = "0990-1238800"
address = "青岚县柳溪镇清风路1号"
hours = "工作日8:30—18:00"
petition_address = "青岚县柳溪镇和顺路2号"

[superior]
name = "云河市纪委监委"
phone = "0990-1238811"
address = "云河市长桥区正阳路9号"
url = "https://superior.example"

[regions]
names = ["990001 柳溪镇", "990002 长桥镇", "990003 南坡镇"]

[superior_route]
own_leaders = ["卢望舒", "秦疏影"]
own_units = ["县纪委", "县监委", "派驻第三组"]

[network]
tls_terminator = "ours"
log_keeper = "青岚县大数据中心"

[public]
https = false

[desk]
https = false

[exchange]
interval_seconds = 1
jitter_seconds = 0
"""
HISTORY = timedelta(days=40)
SUPERIOR_KEY = "superior.txt"
HALF_MADE = "demo.half-made"
MADE = (
    "public",
    "desk",
    "spool",
    "demo",
    "superior",
    instance.CEREMONY,
    "portal.toml",
    instance.ROOT_KEY,
    instance.MANIFEST,
)


class NoDemo(click.ClickException):
    """The instance is not a demo."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds no demo: run `portal demo make`, or name another folder.")


@click.group("demo")
def command() -> None:
    """Make and run an invented county on this machine."""


@command.command("make")
def make() -> None:
    """Draw a county with staff and reports in several states."""
    make_county(instance_folder())


@command.command("run")
def run() -> None:
    """Make the county unless it is there, print how to sign in, and serve both sides."""
    folder = instance_folder()
    if _is_half_made(folder) or not (folder / "portal.toml").exists():
        click.echo("正在生成演示数据……")
        make_county(folder)
    settings = demo_settings(folder)
    click.echo(welcome(settings))
    serve.run()


@command.command("people")
@click.option("--json", "as_json", is_flag=True, help="for programs")
def people(*, as_json: bool) -> None:
    """Print name, role, password, TOTP secret and the present code of everybody."""
    settings = demo_settings(instance_folder())
    click.echo(people_json(settings) if as_json else people_table(settings))


def make_county(folder: Path) -> None:
    """Make the demo in a folder that holds no instance; a failure leaves none behind."""
    if _is_half_made(folder):
        _remove(folder)
    if any((folder / made).exists() for made in MADE):
        raise click.ClickException(f"{folder} holds an instance already.")
    try:
        _make(folder)
    except BaseException:
        _remove(folder)
        raise


def demo_settings(folder: Path) -> Settings:
    """Return the settings of a demo.

    :raises NoDemo: when the folder holds none.
    """
    if not (folder / "demo" / demo_people.FILE).exists():
        raise NoDemo(folder)
    return load(folder)


def people_table(settings: Settings) -> str:
    """Return everybody as lines for a terminal."""
    now = utcnow()
    lines = []
    for person in demo_people.read(settings.instance / "demo"):
        lines += [
            f"{person.display_name}（{ROLE_NAMES[Role(person.role)]}）",
            f"  登录名 {person.name}    口令 {person.password}",
            f"  验证码 {person.code(now)}    密钥 {person.totp_secret}",
        ]
    return "\n".join(lines)


def people_json(settings: Settings) -> str:
    """Return everybody as JSON, with the present codes."""
    now = utcnow()
    staff = demo_people.read(settings.instance / "demo")
    listed = [{**asdict(person), "code": person.code(now)} for person in staff]
    return json.dumps(listed, ensure_ascii=False)


def welcome(settings: Settings) -> str:
    """Return what a newcomer needs to know."""
    return "\n".join(
        [
            "",
            f"公开网站  http://{settings.public.bind}",
            f"工作台    http://{settings.desk.bind}",
            "",
            people_table(settings),
            "",
            "验证码每30秒变一次：再运行 .venv/bin/portal demo people 看新的。Ctrl+C 停止。",
            "",
        ]
    )


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / HALF_MADE).touch()
    (folder / "portal.toml").write_text(SETTINGS, encoding="utf-8")
    settings = load(folder)
    then = utcnow() - HISTORY
    first = FirstKeys.draw(then)
    founding.found(settings, first, then)
    secret = instance.read_secret(settings.desk_folder / instance.HOST_SECRET)
    database = Database(settings.desk_database)
    with database.writing() as session:
        enroller = demo_people.Enroller(session, secret, PasswordCost(), then)
        staff = enroller.everybody(first)
    database.dispose()
    demo_people.save(folder / "demo", staff)
    superior = str(first.shared["superior"]) + "\n"
    instance.write_secret(folder / "demo" / SUPERIOR_KEY, superior.encode())
    instance.put_in_force(settings, first, then)
    demo_reports.play(settings, staff)
    demo_notices.play(settings, staff)
    (folder / HALF_MADE).unlink()


def _is_half_made(folder: Path) -> bool:
    """Tell whether a demo was begun here and its maker was killed before it was whole."""
    return (folder / HALF_MADE).exists()


def _remove(folder: Path) -> None:
    for made in MADE:
        if (folder / made).is_dir():
            shutil.rmtree(folder / made)
        else:
            (folder / made).unlink(missing_ok=True)
    (folder / HALF_MADE).unlink(missing_ok=True)
