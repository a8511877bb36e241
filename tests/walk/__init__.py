"""A walk past every page of both sites, in every state that a visitor meets."""

from tests.walk.desk import desk
from tests.walk.public import public
from tests.walk.signing_in import sign_in

__all__ = ["desk", "public", "sign_in"]
