"""Taking people on and changing what they may do."""

from typing import Any

from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, Regexp

from portal.desk.domain.roles import Role
from portal.desk.forms.fields import ProofForm
from portal.desk.forms.words import ROLE_NAMES
from portal.web.forms import NoNul

TOGETHER = (
    (Role.CLERK,),
    (Role.HANDLER,),
    (Role.CLERK, Role.HANDLER),
    (Role.ANALYST,),
    (Role.CUSTODIAN_A,),
    (Role.CUSTODIAN_B,),
    (Role.SECURITY_ADMINISTRATOR,),
    (Role.AUDITOR,),
    (Role.SYSTEM_ADMINISTRATOR,),
    (Role.EDITOR,),
    (Role.HANDLER, Role.EDITOR),
    (Role.APPROVER,),
    (Role.EDITOR, Role.APPROVER),
)
CHOICES = [
    SelectChoice(",".join(roles), "兼".join(ROLE_NAMES[role] for role in roles))
    for roles in TOGETHER
]


def chosen_roles(value: str) -> tuple[Role, ...]:
    """Return the roles of one choice."""
    return tuple(Role(name) for name in value.split(","))


def choice_of(roles: tuple[Role, ...]) -> str:
    """Return the choice that stands for these roles."""
    return ",".join(role for role in Role if role in roles)


def _roles() -> Any:
    return RadioField("角色", [InputRequired("请选一个角色")], choices=CHOICES)


class RolesForm(ProofForm):
    """One of the combinations of roles that go together."""

    roles = _roles()

    @property
    def chosen(self) -> tuple[Role, ...]:
        """The roles of the choice; none while nothing that is offered was chosen."""
        offered = {choice.value for choice in CHOICES}
        return chosen_roles(self.roles.data) if self.roles.data in offered else ()


class PersonForm(ProofForm):
    """A new person."""

    display_name = StringField(
        "姓名", [InputRequired("请填姓名"), NoNul(), Length(max=50, message="姓名最多50个字")]
    )
    name = StringField(
        "登录名",
        [
            InputRequired("请填登录名"),
            Regexp(
                r"^\s*[A-Za-z][A-Za-z0-9.-]{1,31}\s*$",
                message="登录名用2到32个字母、数字、点或横线，以字母开头，例如 chen.yu",
            ),
        ],
    )
    roles = _roles()
