"""One transaction per request: a POST commits when its answer is below 400, a GET cannot write."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from flask import Flask, Response, g, request
from sqlalchemy.orm import Session

from portal.web.house import current_house

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestRefused(Exception):
    """The answer is an error: whatever the request wrote is taken back."""


@dataclass(frozen=True)
class _Open:
    session: Session
    context: AbstractContextManager[Session]


def db() -> Session:
    """Return this request's session, opened at first use.

    Derive and seal before the first call: on SQLite a POST holds the only writing connection
    from here until its answer.
    """
    if "transaction" not in g:
        database = current_house().database
        safe = request.method in SAFE_METHODS
        context = database.reading() if safe else database.writing()
        g.transaction = _Open(context.__enter__(), context)
        prepare: Callable[[Session], None] | None = g.get("prepare_transaction")
        if prepare is not None:
            prepare(g.transaction.session)
    session: Session = g.transaction.session
    return session


def prepare_with(prepare: Callable[[Session], None]) -> None:
    """Let this be done to this request's session as soon as it is opened."""
    g.prepare_transaction = prepare


def install(app: Flask) -> None:
    """Close each request's transaction before its answer leaves; register before other hooks."""
    app.after_request(_finish)
    app.teardown_request(_abandon)


def _finish(response: Response) -> Response:
    _close(refused=response.status_code >= 400)
    return response


def _abandon(_error: BaseException | None) -> None:
    _close(refused=True)


def _close(*, refused: bool) -> None:
    transaction: _Open | None = g.pop("transaction", None)
    if transaction is None:
        return
    if refused:
        reason = RequestRefused()
        transaction.context.__exit__(type(reason), reason, None)
    else:
        transaction.context.__exit__(None, None, None)
