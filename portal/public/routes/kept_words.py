"""When the site fails while it takes a form: the same form again, with every word still in it."""

import logging
from collections.abc import Callable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.public.domain.admission import Closed
from portal.public.house import public_house
from portal.reference.texts import text
from portal.settings import Body
from portal.slots import Busy
from portal.web.errors import FULL_DISK, error_page

log = logging.getLogger("portal.public")

Again = Callable[[str, int], ResponseReturnValue]


def keep_words(bp: Blueprint, again: Again) -> None:
    """Answer every failure of a blueprint's POST through `again(sentence, status)`.

    Whatever fails before the form was read, and every GET, gets the usual error page.
    """

    def answer(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException) and not isinstance(error, InternalServerError):
            return error_page(error.code or InternalServerError.code)
        cause = _cause(error)
        status = _status(cause)
        if status == InternalServerError.code:
            log.error("a form could not be taken", exc_info=cause)
        if request.method != "POST":
            return error_page(status)
        return again(_sentence(cause, public_house().settings.body), status)

    bp.register_error_handler(Exception, answer)


def with_sentence(form: FlaskForm, sentence: str) -> None:
    """Put a sentence above a form that was not taken."""
    form.form_errors.append(sentence)


def _cause(error: Exception) -> Exception:
    # A commit fails after the view has answered: Flask wraps what happened there.
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, Exception):
        return error.original_exception
    return error


def _status(error: Exception) -> int:
    if isinstance(error, (Closed, Busy, PoolTimeout, OperationalError)):
        return 503
    return 503 if isinstance(error, OSError) and error.errno in FULL_DISK else 500


def _sentence(error: Exception, body: Body) -> str:
    if isinstance(error, Closed):
        return (
            "现在收不了网上的内容，没有保存。您写的都在下面，可以先抄下来。"
            f"请打电话{body.phone}，或者到{body.address}（{body.hours}）"
        )
    return text("error.busy", phone=body.phone)
