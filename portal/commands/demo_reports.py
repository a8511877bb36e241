"""Invented reports of the demo, brought to their states by the same functions as real ones."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from threading import Event

from portal.commands import demo_people, desk, instance, public
from portal.commands.demo_people import DemoPerson
from portal.commands.demo_stories import SAID, SHEET, STORIES, Paper, Step, Story
from portal.desk.domain import assigning, audit, cases, keys, letters, offices, registrations, slips
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.acts import Decision, Desk
from portal.desk.domain.assigning import ASSIGN, Assignment
from portal.desk.domain.letters import LETTER, Entry, Ledger, Reporter
from portal.desk.domain.opening import Opener
from portal.desk.domain.registrations import Sheet
from portal.desk.domain.slips import Issuing
from portal.exchange.statements import WITHDRAW
from portal.public.domain import answers, purposes, ratings, reports, tracking
from portal.public.domain.derivation import derive_all
from portal.public.domain.drafts import ANONYMOUS, NAMED, Draft, DraftPlace
from portal.public.domain.tokens import Token
from portal.reference.days import COUNTY_ZONE, local_day, utcnow
from portal.reference.vocabulary import vocabulary
from portal.sealing.content import Subject
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating
from portal.sealing.replies import CodeKeys
from portal.settings import Settings


def play(settings: Settings, staff: list[DemoPerson]) -> None:
    """File every story and bring it to its state, each act on its own day."""
    county = _County(settings, staff)
    try:
        county.play()
    finally:
        county.close()


class _County:
    """Both sides of the demo, without servers."""

    def __init__(self, settings: Settings, staff: list[DemoPerson]) -> None:
        self._public = public.open_house(settings, Event())
        self._desk = desk.open_house(settings, Event())
        self._relays = (public.open_relay(self._public), desk.open_relay(self._desk))
        self._staff = staff
        secret = instance.read_secret(settings.desk_folder / instance.HOST_SECRET)
        with self._desk.database.reading() as session:
            self._own = {
                person.id: demo_people.own_key(session, person, secret) for person in staff
            }
        self._filed: dict[int, tuple[str, CodeKeys]] = {}

    def play(self) -> None:
        """Let everything happen in the order of its days."""
        events = [
            (step_days, number, order, step)
            for number, story in enumerate(STORIES)
            for order, (step_days, step) in enumerate(_timeline(story))
        ]
        for days_ago, number, _order, step in sorted(
            events, key=lambda event: (-event[0], event[1], event[2])
        ):
            now = _morning(days_ago)
            self._happen(number, step, now)
            self._carry(now)

    def close(self) -> None:
        """Close both databases."""
        self._public.database.dispose()
        self._desk.database.dispose()

    def _happen(self, number: int, step: Step | None, now: datetime) -> None:
        story = STORIES[number]
        if step is None:
            self._filed[number] = self._file(story, now)
        elif step.act in SAID:
            self._say(self._filed[number][1], step, now)
        elif step.act == "rate":
            self._rate(self._filed[number][1], step, now)
        elif story.clerk is not None:
            self._work(story, self._filed[number][0], step, now)

    def _work(self, story: Story, reference: str, step: Step, now: datetime) -> None:
        given = [one.days_ago for one in story.steps if one.act == ASSIGN]
        if step.act == ASSIGN and story.clerk is not None:
            self._assign(reference, self._staff[story.clerk], step.words, now)
        elif step.act == SHEET and story.clerk is not None:
            self._fill_in(reference, self._staff[story.clerk], step.words, now)
        elif given and step.days_ago < given[0] and story.handler is not None:
            self._act(reference, self._staff[story.handler], step, now)
        elif story.clerk is not None:
            self._act(reference, self._staff[story.clerk], step, now)

    def _assign(self, reference: str, clerk: DemoPerson, office: str, now: datetime) -> None:
        opener = Opener(self._desk.items, self._held(clerk))
        with self._desk.database.writing() as session:
            named = {name: office_id for office_id, name in offices.names(session).items()}
            case = cases.get(session, reference, lock=True)
            chosen = Assignment(named[office], case.revision, clerk.id)
            assigning.assign(session, opener, case, chosen, now=now)

    def _enter(
        self, story: Story, paper: Paper, clerk: DemoPerson, now: datetime
    ) -> tuple[str, CodeKeys]:
        """Enter a letter and issue its claim slip, whose code nobody has typed yet."""
        house, came = self._desk, local_day(now)
        entry = Entry(
            channel=LETTER,
            received_on=came,
            postmark=came - timedelta(days=paper.posted),
            pages=paper.pages,
            signers=paper.signers,
            category=story.category,
            subject=Subject(**story.subject),
            story=story.story,
            reporter=Reporter(**story.reporter) if story.reporter else None,
        )
        sealed = letters.seal(entry, letters.draw_once(), house.manifest.current(now))
        drawn = slips.draw(house.peppers[0])
        ledger = Ledger(
            Opener(house.items, self._held(clerk)), house.settings.service.first_look_days
        )
        with house.database.writing() as session:
            case = ledger.enter(session, sealed, clerk.id, now)
            issuing = Issuing(house.items, house.outbox)
            issuing.issue(session, case, drawn, seen=0, person_id=clerk.id, now=now)
            return case.reference, drawn.keys

    def _fill_in(self, reference: str, clerk: DemoPerson, matter: str, now: datetime) -> None:
        opener = Opener(self._desk.items, self._held(clerk))
        with self._desk.database.writing() as session:
            case = cases.get(session, reference, lock=True)
            content = opener.content(case, opener.case_key(session, case))
            sheet = replace(Sheet.of(content), matter=matter)
            registrations.write(session, opener, case, sheet, seen=0, person_id=clerk.id, now=now)

    def _file(self, story: Story, now: datetime) -> tuple[str, CodeKeys]:
        if story.paper is not None and story.clerk is not None:
            return self._enter(story, story.paper, self._staff[story.clerk], now)
        house = self._public
        given = {"category": story.category, "story": story.story}
        mode = NAMED if story.reporter else ANONYMOUS
        given |= {"mode": mode, **story.subject, **story.reporter}
        with house.database.writing() as session:
            place = DraftPlace(session, house.drafts, Token.draw())
            draft: Draft = place.revise(given, now, own_phone=False)
            code_keys = derive_all(house.filing_slots, draft.tracking_code, house.peppers[:1])[0]
            manifest = house.manifest.current(now)
            version = vocabulary().version
            sealed = reports.seal(draft, code_keys, house.peppers[0].id, manifest, version)
            filed = reports.file(place, house.outbox, sealed, now)
        return filed.reference, code_keys

    def _say(self, code_keys: CodeKeys, step: Step, now: datetime) -> None:
        house = self._public
        with house.database.writing() as session:
            found = tracking.find_case(session, [code_keys])
            if found is None:
                raise purposes.NotPossible
            manifest = house.manifest.current(now)
            purpose = SAID[step.act]
            pressed = "yes" if purpose == WITHDRAW else None
            sealed = answers.seal(
                step.words,
                found[0].id,
                code_keys,
                manifest,
                now,
                purpose=purpose,
                pressed=pressed,
            )
            answers.send(session, house.outbox, sealed, answers.draw_once(), now)

    def _rate(self, code_keys: CodeKeys, step: Step, now: datetime) -> None:
        house = self._public
        rating = Rating(timely=4, attitude=5, speed=3, site=4, solved="yes", comment=step.words)
        with house.database.writing() as session:
            found = tracking.find_case(session, [code_keys])
            if found is None:
                raise ratings.NotEnded
            manifest = house.manifest.current(now)
            sealed = ratings.seal(rating, found[0].id, code_keys, manifest, now)
            ratings.send(session, house.outbox, sealed, answers.draw_once(), now)

    def _act(self, reference: str, person: DemoPerson, step: Step, now: datetime) -> None:
        house = self._desk
        with house.database.writing() as session:
            case = cases.claim(session, reference, person.id, now)
            if case.registered_on is None:
                opener = Opener(house.items, self._held(person))
                recovery = house.manifest.latest().recipient("recovery")
                content = opener.sealed_content(case)
                opener.register(session, case, content, recovery=recovery, today=local_day(now))
                audit.record(
                    session, person_id=person.id, act="case-opened", target=reference, now=now
                )
            decision = Decision(ACTS[step.act], step.words, case.revision, person.id)
            Desk(house.items, house.outbox).perform(session, case, decision, now)

    def _held(self, person: DemoPerson) -> dict[str, Identity]:
        with self._desk.database.reading() as session:
            return keys.open_held(session, person.id, self._own[person.id])

    def _carry(self, now: datetime) -> None:
        for _round in range(2):
            for relay in self._relays:
                relay.step(now)


def _timeline(story: Story) -> list[tuple[int, Step | None]]:
    return [(story.days_ago, None), *((step.days_ago, step) for step in story.steps)]


def _morning(days_ago: int) -> datetime:
    day = local_day(utcnow()) - timedelta(days=days_ago)
    return datetime.combine(day, time(9, 30), COUNTY_ZONE)
