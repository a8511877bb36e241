"""What may stand in an address."""

import pytest


@pytest.mark.parametrize(
    ("name", "status"),
    [("a", 200), ("%F0%A0%AE%B7", 200), ("%0D%0A", 200), ("%00", 404), ("a%00b", 404)],
)
def test_no_address_with_nul_names_anything(client, name, status):
    assert client.get(f"/named/{name}").status_code == status
