"""Looking at a notice: masks that an editor takes, findings that an approver accepts."""

import json
from hashlib import sha256
from typing import Any

from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from portal.desk.domain.notices.inspecting import Problem
from portal.desk.forms.revisions import Revised
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

MASK = "mask-"
ALL = "all"
ACCEPT, RETURN, APPROVE = "accept", "return", "approve"
LONGEST_MASK = 50
LONGEST_WORDS = 2_000
MOST = 300


class FindingsForm(Revised, PortalForm):
    """What is decided about numbered findings, and which ones the page showed.

    A version has others once one was accepted or the list of units changed, and a number that was
    meant for one would be taken for another.
    """

    revision = HiddenField()
    found = HiddenField()
    step = HiddenField()
    problems: tuple[Problem, ...] = ()
    consents: tuple[str, ...] = ()

    @property
    def seen_revision(self) -> int:
        """The revision that the page was opened at; -1 when it showed other findings."""
        return super().seen_revision if self.found.data == self._fingerprint() else -1

    def show(self, version: int) -> None:
        """Let the page carry the version and the findings that it shows."""
        self.revision.data, self.found.data = str(version), self._fingerprint()

    def _fingerprint(self) -> str:
        """Return what tells these findings and consents from others."""
        findings = [(one.field, *one.key, one.mask) for one in self.problems]
        return sha256(json.dumps([findings, self.consents]).encode()).hexdigest()


class CheckForm(FindingsForm):
    """The masks of a version's findings; `step` is set by the button."""

    def mask(self, number: int) -> Any:
        """Return the field of one finding's mask."""
        return self[f"mask_{number}"]

    def chosen(self) -> list[tuple[Problem, str]]:
        """Return which findings are to be replaced, each by what."""
        step, numbers = self.step.data or "", range(len(self.problems))
        wanted = numbers if step == ALL else [n for n in numbers if step == f"{MASK}{n}"]
        return [
            (self.problems[n], (self.mask(n).data or "").strip())
            for n in wanted
            if self.problems[n].places
        ]


def check_form(problems: tuple[Problem, ...]) -> type[CheckForm]:
    """Return the form for these findings."""
    fields = {
        f"mask_{n}": StringField(
            "改成", default=one.mask, validators=[NoNul(), AtMost(LONGEST_MASK)]
        )
        for n, one in enumerate(problems[:MOST])
    }
    return type("MasksForm", (CheckForm,), {**fields, "problems": problems[:MOST]})


class ReviewForm(FindingsForm):
    """An approver's decision about a version; `step` is set by the button."""

    reason = StringField("为什么可以照这样写", validators=[NoNul(), AtMost(200)])
    words = TextAreaField(
        "退回的意见", filters=[line_ends], validators=[NoNul(), AtMost(LONGEST_WORDS)]
    )
    naming = BooleanField("我看过依据，同意点名")

    def tick(self, number: int) -> Any:
        """Return the field that accepts one finding."""
        return self[f"accept_{number}"]

    def ticked(self) -> list[Problem]:
        """Return the findings that were ticked."""
        return [one for n, one in enumerate(self.problems) if self.tick(n).data]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what the chosen button needs."""
        valid = bool(super().validate(extra_validators))
        step = self.step.data
        if step == ACCEPT and not (self.reason.data or "").strip():
            self.reason.errors = ["请写理由"]
            return False
        if step == ACCEPT and not self.ticked():
            self.reason.errors = ["请先勾选可以照这样写的疑点"]
            return False
        if step == RETURN and not (self.words.data or "").strip():
            self.words.errors = ["请写退回的意见"]
            return False
        return valid


def review_form(problems: tuple[Problem, ...], consents: tuple[str, ...]) -> type[ReviewForm]:
    """Return the form for these findings, and the consents whose ids these are."""
    fields = {f"accept_{n}": BooleanField("照这样写") for n in range(len(problems[:MOST]))}
    shown = {"problems": problems[:MOST], "consents": consents}
    return type("DecisionForm", (ReviewForm,), {**fields, **shown})


class VersionButtonForm(Revised, PortalForm):
    """A button about the version that the page showed, where nothing is typed."""

    revision = HiddenField()
