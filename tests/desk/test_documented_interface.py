"""docs/interface.md lists every address of the desk with the roles that may open it."""

from portal.desk.domain.roles import PERMISSIONS
from portal.desk.routes.access import permission_of
from tests.documents import documented, routes


def test_every_address_is_documented_and_no_other(app):
    assert set(documented("Staff desk")) == routes(app)


def test_the_documented_roles_are_those_that_are_let_in(app):
    said = documented("Staff desk")
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        wanted = permission_of(app.view_functions[rule.endpoint])
        roles = [role.value for role in PERMISSIONS if wanted in PERMISSIONS[role]]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            expected = ", ".join(roles) if wanted else "anyone"
            assert said[method, rule.rule] == expected
