"""The invented staff of the demo: how they enrol, and how they sign in at any time."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyotp
from sqlalchemy.orm import Session

from portal.commands.instance import NOTICES, STATISTICS, FirstKeys, write_secret
from portal.desk.domain import enrolment, keys, offices, one_time_codes, passphrases, people
from portal.desk.domain.roles import Role
from portal.sealing.keys import Identity
from portal.sealing.password_box import PasswordCost

FILE = "people.json"

FIRST_GROUP = "派驻第一组"
TOWNSHIP = "柳溪镇纪委"
# Offices whose people have not come yet are listed too, as on the first days of a real desk.
OFFICES = (
    *(f"派驻第{number}组" for number in "一二三四五六七八九"),
    TOWNSHIP,
    "白鹭乡纪委",
    "长桥镇纪委",
    "监督检查室",
)
# Invented; the names to sign in with are their pinyin. Each with the office they belong to.
STAFF = (
    ("fangxiaoxi", "方晓溪", Role.CLERK, offices.INTAKE_NAME),
    ("shisong", "石松", Role.CLERK, offices.INTAKE_NAME),
    ("limingchuan", "黎明川", Role.HANDLER, FIRST_GROUP),
    ("tangzhiwei", "唐知微", Role.ANALYST, ""),
    ("lujingshu", "陆静姝", Role.ANALYST, ""),
    ("anruoshui", "安若水", Role.SECURITY_ADMINISTRATOR, ""),
    ("wenrushuang", "文如霜", Role.SECURITY_ADMINISTRATOR, ""),
    ("jianxiaozhou", "简小舟", Role.AUDITOR, ""),
    ("yuqinghe", "于清禾", Role.HANDLER, FIRST_GROUP),
    ("tangyuanshan", "唐远山", Role.HANDLER, TOWNSHIP),
    ("lushuyun", "鹿疏云", Role.HANDLER, TOWNSHIP),
    ("baixingzhou", "白行舟", Role.CUSTODIAN_A, ""),
    ("gulanting", "顾兰汀", Role.CUSTODIAN_A, ""),
    ("wenheqing", "温禾青", Role.CUSTODIAN_B, ""),
    ("xuyanqiu", "许砚秋", Role.CUSTODIAN_B, ""),
    ("cenwangshu", "岑望舒", Role.SYSTEM_ADMINISTRATOR, ""),
    ("muyunfei", "穆云霏", Role.EDITOR, ""),
    ("shenlinxi", "沈临溪", Role.EDITOR, ""),
    ("jiangwanzhao", "江晚照", Role.APPROVER, ""),
    ("luqiubai", "陆秋白", Role.APPROVER, ""),
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


# Keys that belong to a role, not to an office.
OWN_KEYS = {
    Role.ANALYST.value: STATISTICS,
    Role.CUSTODIAN_A.value: "custodian-a",
    Role.CUSTODIAN_B.value: "custodian-b",
    Role.EDITOR.value: NOTICES,
    Role.APPROVER.value: NOTICES,
}


@dataclass(frozen=True)
class Enroller:
    """Takes people on as the command line does, at one instant."""

    session: Session
    host_secret: bytes
    cost: PasswordCost
    now: datetime

    def everybody(self, first: FirstKeys) -> list[DemoPerson]:
        """Take the whole staff on, enrol them, and put them into their offices with the keys."""
        staff = [self.enrol(name, shown, role) for name, shown, role, _office in STAFF]
        for person, (_name, _shown, _role, office) in zip(staff, STAFF, strict=True):
            if office == offices.INTAKE_NAME:
                self._put_at_the_intake(first, person)
            if person.role in OWN_KEYS:
                self._hand(first, OWN_KEYS[person.role], person)
        administrator = next(one for one in staff if one.role == Role.SECURITY_ADMINISTRATOR)
        for office in OFFICES:
            members = [
                person.id for person, (*_who, at) in zip(staff, STAFF, strict=True) if at == office
            ]
            offices.open_new(
                self.session, name=office, first=members, by=administrator.id, now=self.now
            )
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

    def _put_at_the_intake(self, first: FirstKeys, person: DemoPerson) -> None:
        intake = offices.intake(self.session)
        offices.add(self.session, intake, person.id, by=person.id, now=self.now)
        for key_id in (first.period, intake.id):
            self._hand(first, key_id, person)

    def _hand(self, first: FirstKeys, key_id: str, person: DemoPerson) -> None:
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
