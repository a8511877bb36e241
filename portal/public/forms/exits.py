"""The button that clears this phone."""

from portal.web.forms import PortalForm


class ExitForm(PortalForm):
    """Nothing but the token that shows the button was pressed on our own page."""
