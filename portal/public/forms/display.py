"""Large type and high contrast."""

from wtforms import RadioField, SelectChoice

from portal.reference.texts import text
from portal.web.display import CONTRASTS, SIZES, Display
from portal.web.forms import PortalForm


class DisplayForm(PortalForm):
    """How large and with how much contrast pages are shown."""

    size = RadioField(
        text("display.size"),
        choices=[SelectChoice(one, text(f"display.size.{one}")) for one in SIZES],
    )
    contrast = RadioField(
        text("display.contrast"),
        choices=[SelectChoice(one, text(f"display.contrast.{one}")) for one in CONTRASTS],
    )

    @property
    def display(self) -> Display:
        """The choice, after validation."""
        return Display(self.size.data, self.contrast.data)
