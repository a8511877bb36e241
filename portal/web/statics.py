"""Static files under addresses that carry their hash: cached for ever, never stale."""

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory

from portal.config import CHECKOUT

FOLDER = CHECKOUT / "static"
YEAR_SECONDS = 31_536_000


def digests(folder: Path = FOLDER) -> dict[str, str]:
    """Return the first 12 hex digits of each static file's SHA-256, by file name."""
    return {
        path.name: sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def install(app: Flask) -> None:
    """Serve the static files and give templates `static(name)`."""
    known = digests()

    def address(name: str) -> str:
        return f"/static/{known[name]}/{name}"

    def send(digest: str, name: str) -> Response:
        if known.get(name) != digest:
            abort(404)
        response = send_from_directory(FOLDER, name)
        response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        return response

    app.add_url_rule("/static/<digest>/<name>", "static", send)
    app.jinja_env.globals["static"] = address
