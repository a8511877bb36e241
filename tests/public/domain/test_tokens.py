import pytest

from portal.public.domain.tokens import ForeignToken, Token


def test_a_token_survives_its_cookie():
    token = Token.draw()
    assert Token.from_cookie(token.cookie_value) == token


@pytest.mark.parametrize("value", [None, 7, "", "short", "not base64 ?", "A" * 43, "钥匙"])
def test_a_cookie_that_carries_no_token_gives_none(value):
    assert Token.from_cookie(value) is None


def test_only_the_same_token_for_the_same_purpose_opens():
    token = Token.draw()
    sealed = token.seal("draft", b"words")
    assert token.open("draft", sealed) == b"words"
    for other, purpose in ((Token.draw(), "draft"), (token, "stub")):
        with pytest.raises(ForeignToken):
            other.open(purpose, sealed)


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(64)])
def test_damaged_bytes_are_not_opened(sealed):
    with pytest.raises(ForeignToken):
        Token.draw().open("draft", sealed)


def test_a_row_id_tells_neither_the_token_nor_another_row_id():
    token = Token.draw()
    ids = {token.row_id("draft"), token.row_id("tracking"), Token.draw().row_id("draft")}
    assert len(ids) == 3
    assert all(token.secret.hex() not in one and len(one) == 64 for one in ids)
    assert "secret" not in repr(token)
