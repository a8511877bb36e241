"""A second office beside the intake, and cases that are given to it."""

from dataclasses import dataclass

from portal.desk.domain import assigning, cases
from portal.desk.domain.assigning import Assignment
from portal.desk.domain.roles import Role
from tests.desk.arrivals import FILED, Reporter
from tests.desk.casework import Office
from tests.desk.staff import Colleague, hire, make_key

TOWNSHIP = "office-2"


@dataclass(frozen=True)
class Township:
    """The second office: two handlers who hold its key."""

    office: Office
    handler: Colleague
    colleague: Colleague

    def given(self, reference: str = "83172054") -> Reporter:
        """A case that was accepted and given to this office."""
        reporter = self.office.case_in("accepted", reference)
        assign(self.office, reporter, TOWNSHIP)
        return reporter

    def claim(self, reporter: Reporter, by: Colleague) -> None:
        with self.office.house.database.writing() as session:
            cases.claim(session, reporter.reference, by.id, FILED)


def open_township(office: Office, key_id: str = TOWNSHIP) -> Township:
    """Hire two handlers and make their office's key."""
    first = hire(office.house, f"gu.hai.{key_id}", Role.HANDLER, display_name="顾海")
    second = hire(office.house, f"bai.he.{key_id}", Role.HANDLER, display_name="白荷")
    make_key(office.house, key_id, "office", [first, second])
    return Township(office, first, second)


def assign(
    office: Office, reporter: Reporter, to: str, *, by: Colleague | None = None, revision: int = 0
) -> None:
    """Let a clerk, the first unless another is named, give a case to an office."""
    giver = by or office.clerk
    opener = office.opener(giver)
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        chosen = Assignment(to, revision or case.revision, giver.id)
        assigning.assign(session, opener, case, chosen, now=FILED)
