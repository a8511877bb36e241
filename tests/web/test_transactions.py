"""One transaction a request: saved before the answer, taken back when the answer is an error."""

import pytest


def test_a_good_answer_means_saved(client, notes):
    assert client.post("/notes/200", data={"words": "kept"}).status_code == 200
    assert notes() == ["kept"]


@pytest.mark.parametrize("status", [400, 409, 422, 503])
def test_a_refusal_takes_back_what_was_written(client, notes, status):
    assert client.post(f"/notes/{status}", data={"words": "refused"}).status_code == status
    assert notes() == []


def test_a_failure_takes_back_what_was_written_and_says_where_to_call(client, notes):
    answer = client.post("/notes/broken", data={"words": "half"})
    assert answer.status_code == 500
    assert "0990-1238800" in answer.text
    assert notes() == []


def test_a_get_cannot_write(client, notes):
    assert client.get("/notes").status_code in {500, 503}
    assert notes() == []


def test_a_table_that_is_gone_is_an_honest_page_without_what_was_typed(client, caplog):
    answer = client.post("/notes/broken", data={"words": "甲乙丙丁的秘密"})
    assert "甲乙丙丁的秘密" not in answer.text
    assert [record.levelname for record in caplog.records] == ["ERROR"]
