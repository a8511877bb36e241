"""/report/own: what the citizen decides; each button is one decision."""

from wtforms import HiddenField

from portal.web.forms import PortalForm

LEAVE = "leave"
SEAL = "seal"
ONWARD = "onward"


class OwnForm(PortalForm):
    """`decision` is set by the button that is pressed: `leave`, `seal` or `onward`."""

    decision = HiddenField()

    @property
    def decided(self) -> str | None:
        """What was decided; None for anything that no button says."""
        data = self.decision.data
        return data if data in {LEAVE, SEAL, ONWARD} else None


class LeaveForm(PortalForm):
    """Going to the superior oneself: a press that deletes what was written."""
