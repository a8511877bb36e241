"""The invented staff of the demo: how they enrol, and how they sign in at any time."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyotp
from sqlalchemy.orm import Session

from portal.commands.instance import STATISTICS, FirstKeys, write_secret
from portal.desk.domain import enrolment, keys, one_time_codes, passphrases, people
from portal.desk.domain.roles import Role
from portal.sealing.keys import Identity
from portal.sealing.password_box import PasswordCost

FILE = "people.json"

# Invented; the names to sign in with are their pinyin.
STAFF = (
    ("fangxiaoxi", "方晓溪", Role.CLERK),
    ("shisong", "石松", Role.CLERK),
    ("limingchuan", "黎明川", Role.HANDLER),
    ("tangzhiwei", "唐知微", Role.ANALYST),
    ("lujingshu", "陆静姝", Role.ANALYST),
    ("anruoshui", "安若水", Role.SECURITY_ADMINISTRATOR),
    ("wenrushuang", "文如霜", Role.SECURITY_ADMINISTRATOR),
    ("jianxiaozhou", "简小舟", Role.AUDITOR),
)


@dataclass(frozen=True)
class DemoPerson:
    """One invented member of staff with everything that signing in takes."""

    id: str
    name: str
    display_name: str
    role: str
    password: str
    totp_secret: str

    def code(self, now: datetime) -> str:
        """Return the six digits that an authenticator shows now."""
        return pyotp.TOTP(self.totp_secret).at(now)


@dataclass(frozen=True)
class Enroller:
    """Takes people on as the command line does, at one instant."""

    session: Session
    host_secret: bytes
    cost: PasswordCost
    now: datetime

    def everybody(self, first: FirstKeys) -> list[DemoPerson]:
        """Take the whole staff on, enrol them, and give keys to clerks and handlers."""
        staff = [self.enrol(name, display_name, role) for name, display_name, role in STAFF]
        for person in staff:
            self._give_keys(first, person)
        return staff

    def enrol(self, name: str, display_name: str, role: Role) -> DemoPerson:
        """Take one person on and enrol them with a drawn passphrase and TOTP secret."""
        person = people.take_on(
            self.session,
            name=name,
            display_name=display_name,
            roles_given=[role],
            by=None,
            now=self.now,
        )
        token = enrolment.issue(self.session, person, by=None, now=self.now)
        password, totp_secret = passphrases.draw(), one_time_codes.draw_secret()
        credentials = enrolment.prepare(password, totp_secret, self.host_secret, self.cost)
        enrolment.complete(self.session, token, credentials, step=0, now=self.now)
        return DemoPerson(person.id, name, display_name, role.value, password, totp_secret)

    def _give_keys(self, first: FirstKeys, person: DemoPerson) -> None:
        held = {
            Role.CLERK.value: (first.period, "office-1"),
            Role.HANDLER.value: ("office-1",),
            Role.ANALYST.value: (STATISTICS,),
        }
        for key_id in held.get(person.role, ()):
            keys.take_in(
                self.session,
                key_id=key_id,
                private=first.shared[key_id],
                person_id=person.id,
                now=self.now,
            )


def save(folder: Path, staff: list[DemoPerson]) -> None:
    """Keep the demo's passwords beside the instance; only a demo has them anywhere."""
    folder.mkdir(exist_ok=True, mode=0o700)
    written = json.dumps([asdict(person) for person in staff], ensure_ascii=False, indent=1)
    write_secret(folder / FILE, written.encode())


def read(folder: Path) -> list[DemoPerson]:
    """Return the demo's people."""
    return [DemoPerson(**one) for one in json.loads((folder / FILE).read_bytes())]


def own_key(session: Session, person: DemoPerson, host_secret: bytes) -> Identity:
    """Open a person's private key, as signing in would."""
    wrapped = people.get(session, person.id).wrapped_private
    if wrapped is None:
        raise people.UnknownPerson
    return passphrases.unwrap(wrapped, person.password, host_secret)
