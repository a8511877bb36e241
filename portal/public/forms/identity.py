"""Named or anonymous: who reports, asked on one page that works without scripts.

The fields of a named report are always visible. What is typed there for an anonymous one is
dropped here, before anything is stored.
"""

from typing import Any

from wtforms import Field, RadioField, SelectChoice, StringField, TextAreaField, ValidationError

from portal.public.domain.drafts import ANONYMOUS, NAMED
from portal.public.forms.report_steps import UNKNOWN_CHOICE, StepForm
from portal.reference.texts import text
from portal.sealing.content import NO, YES
from portal.text.phones import BadPhone, normal_phone
from portal.web.forms import NoNul
from portal.web.typed import AtMost, OneOf, line_ends

# One character takes at most six bytes where an identity is written down, so that these lengths
# fit into the 4 KiB that every identity has, whatever somebody types.
FULL_NAME_MOST = 100
PHONE_MOST = 40
CONTACT_NOTE_MOST = 300

MODES = {ANONYMOUS: "匿名", NAMED: "实名"}
CALLS = {YES: "可以打电话找我", NO: "不要打，我自己用查询码来看"}
TYPED = ("full_name", "phone", "contact_note")


class Phone:
    """Refuses what looks like no telephone number."""

    def __call__(self, _form: StepForm, field: Field) -> None:
        """Check one field.

        :raises wtforms.ValidationError: when it has no shape of a number.
        """
        try:
            normal_phone(field.data or "")
        except BadPhone as error:
            raise ValidationError(text("error.phone")) from error


class Needed:
    """Refuses nothing typed."""

    def __init__(self, message: str) -> None:
        self._message = message

    def __call__(self, _form: StepForm, field: Field) -> None:
        """Check one field.

        :raises wtforms.ValidationError: when nothing, or only spaces, was typed.
        """
        if not (field.data or "").strip():
            raise ValidationError(self._message)


Checks = dict[str, list[Any]]
# What can be shown again; what an anonymous reporter typed is neither shown nor kept.
SHOWN: Checks = {name: [NoNul()] for name in TYPED}
NAMED_ONLY: Checks = {
    "full_name": [Needed(text("error.named.empty")), NoNul(), AtMost(FULL_NAME_MOST)],
    "phone": [
        Needed("选了实名，请写电话；不想写，请改选匿名"),
        NoNul(),
        AtMost(PHONE_MOST),
        Phone(),
    ],
    "call_me": [OneOf(("", *CALLS), UNKNOWN_CHOICE)],
    "contact_note": [NoNul(), AtMost(CONTACT_NOTE_MOST)],
}
CHECKS: dict[str, Checks] = {ANONYMOUS: {}, NAMED: NAMED_ONLY}


class IdentityForm(StepForm):
    """Whether the report is named, and by whom; nothing is preselected for a call."""

    mode = RadioField(
        text("identity.title"),
        choices=[SelectChoice(code, label) for code, label in MODES.items()],
        validate_choice=False,
        validators=[OneOf(tuple(MODES), "请选实名或者匿名")],
    )
    full_name = StringField("姓名，或者单位名称")
    phone = StringField("电话")
    call_me = RadioField(
        "要不要打电话找您？",
        choices=[SelectChoice(code, label) for code, label in CALLS.items()],
        validate_choice=False,
    )
    contact_note = TextAreaField("打电话要注意什么", filters=[line_ends])

    def validate(self, extra_validators: Any = None) -> bool:
        """Validate; what an anonymous reporter typed is not looked at, because it is not kept."""
        return super().validate(
            {**CHECKS.get(self.mode.data or "", SHOWN), **(extra_validators or {})}
        )

    def answers(self) -> dict[str, Any]:
        """Return what may be kept: the phone in one spelling, or nothing of an anonymous one."""
        typed = super().answers()
        if self.mode.data == NAMED:
            return {**typed, "phone": normal_phone(typed["phone"]), "dropped": False}
        dropped = any(typed[name].strip() for name in TYPED) or typed["call_me"] == YES
        return {**dict.fromkeys(typed, ""), "mode": ANONYMOUS, "dropped": dropped}
