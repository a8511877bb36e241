"""Forms keep what was typed when their token is gone, and refuse NUL."""

import re
from io import BytesIO

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from portal.web.app import BODY_LIMIT


def token(page: str) -> str:
    found = re.search(r'value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_a_form_with_its_token_is_taken(client):
    first = client.get("/form").text
    answer = client.post("/form", data={"csrf_token": token(first), "words": "你好𠮷"})
    assert answer.status_code == 200
    assert "|你好𠮷|" in answer.text


def test_an_expired_page_comes_back_with_the_text_and_the_reason(client):
    answer = client.post("/form", data={"words": "写了很久的话"})
    assert answer.status_code == 422
    assert "|写了很久的话|" in answer.text
    assert "停留时间太久" in answer.text
    again = client.post("/form", data={"csrf_token": token(answer.text), "words": "写了很久的话"})
    assert again.status_code == 200


def test_nul_is_refused_beside_its_field(client):
    first = client.get("/form").text
    answer = client.post("/form", data={"csrf_token": token(first), "words": "a\0b"})
    assert answer.status_code == 422
    assert "里面有不能识别的字符" in answer.text


def test_a_file_of_any_size_that_is_taken_stays_in_memory(client):
    file = FileStorage(BytesIO(b"8317" * (BODY_LIMIT // 5)), "chaxun.txt")
    boundary, body = encode_multipart({"file": file})
    sent = {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}
    with client.application.test_request_context("/form", method="POST", **sent) as context:
        assert isinstance(context.request.files["file"].stream, BytesIO)
