"""Error pages of either side: what happened, what to do now; nothing of what was typed."""

import errno
import logging

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from portal.web.house import current_house

log = logging.getLogger("portal.web")

EXPLAINED = frozenset({400, 403, 404, 405, 413, 429, 500, 503})
FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def install(app: Flask) -> None:
    """Answer every refusal and every failure with our own page."""
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(PoolTimeout, _unavailable)
    app.register_error_handler(OSError, _disk_failed)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(Exception, _failed)


def error_page(status: int) -> ResponseReturnValue:
    """Render the page for a status code."""
    shown = status if status in EXPLAINED else (400 if status < 500 else 500)
    return render_template(f"{current_house().side}/error.html", shown=shown), status


def _explain(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or 300 <= error.code < 400:
        return error
    return error_page(error.code)


def _unavailable(error: Exception) -> ResponseReturnValue:
    log.error("the database did not answer", exc_info=error)
    return error_page(ServiceUnavailable.code)


def _disk_failed(error: OSError) -> ResponseReturnValue:
    log.error("storing failed", exc_info=error)
    full = error.errno in FULL_DISK
    return error_page(ServiceUnavailable.code if full else InternalServerError.code)


def _failed(error: Exception) -> ResponseReturnValue:
    log.error("a request failed", exc_info=error)
    return error_page(InternalServerError.code)
