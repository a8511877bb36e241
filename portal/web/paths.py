"""Addresses with NUL name nothing: PostgreSQL refuses it, SQLite merely does not find it."""

from flask import Flask, abort, request


def install(app: Flask) -> None:
    """Answer an address with NUL in it as one that does not exist."""
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    if "\0" in request.path:
        abort(404)
