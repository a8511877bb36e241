"""The staff desk as one application."""

from datetime import timedelta

from flask import Flask, render_template
from flask.typing import ResponseReturnValue

from portal.desk.domain import signing_in as credentials
from portal.desk.house import DeskHouse
from portal.desk.routes import (
    access,
    account,
    acts,
    assigning,
    audit,
    bodies,
    calendar,
    calls,
    cases,
    changes,
    deadlines,
    deputies,
    duplicates,
    enrolment,
    exchange,
    extensions,
    frame,
    hand_ups,
    handing_over,
    health,
    home,
    identities,
    intake,
    keys,
    leave,
    letters,
    notes,
    notice_consents,
    notice_list,
    notice_releases,
    notice_reviews,
    notice_versions,
    notices,
    offices,
    passkey_proof,
    passkey_signing_in,
    passkeys,
    people,
    phones,
    recusals,
    registrations,
    signing_in,
    slips,
    statistics,
    units,
    unsaved,
)
from portal.web import app as web
from portal.web import lockdown

COOKIE = "desk"
# No cookie of the desk outlives the browser; this bounds what a permanent one could ever be.
LIFETIME = timedelta(hours=12)


def create_app(house: DeskHouse) -> Flask:
    """Build the desk.

    :raises portal.desk.routes.access.UnguardedView: when a view does not say who may open it.
    """
    nouns = (
        signing_in,
        passkey_signing_in,
        enrolment,
        account,
        passkeys,
        passkey_proof,
        phones,
        home,
        intake,
        letters,
        slips,
        cases,
        acts,
        assigning,
        registrations,
        duplicates,
        calls,
        identities,
        hand_ups,
        handing_over,
        notes,
        leave,
        recusals,
        bodies,
        exchange,
        people,
        changes,
        offices,
        keys,
        audit,
        statistics,
        deadlines,
        extensions,
        calendar,
        notices,
        notice_versions,
        unsaved,
        notice_list,
        notice_consents,
        notice_reviews,
        notice_releases,
        units,
        deputies,
        health,
    )
    blueprints = [noun.bp for noun in nouns]
    app = web.build(house, blueprints, cookie=COOKIE, same_site="Strict", lifetime=LIFETIME)
    lockdown.install(app, _closed, but=("static", "health"))
    frame.install(app)
    access.check_every_view(app)
    credentials.warm_up(house.host_secret, house.password_cost)
    return app


def _closed() -> ResponseReturnValue:
    return render_template("desk/lockdown/closed.html"), 503
