"""Forms are taken from our own pages only."""

import pytest


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://localhost", "Sec-Fetch-Site": "same-origin"}, 403),
    ],
)
def test_a_form_of_another_site_is_refused(client, notes, headers, status):
    answer = client.post("/notes/200", data={"words": "x"}, headers=headers)
    assert answer.status_code == status
    assert notes() == (["x"] if status == 200 else [])


def test_a_page_may_be_opened_from_anywhere(client):
    assert client.get("/open", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
