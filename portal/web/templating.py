"""Templates: each site sees its own folder and `shared`, and texts with the settings filled in."""

from collections.abc import Mapping

from flask import Flask
from jinja2 import FileSystemLoader, PrefixLoader, StrictUndefined

from portal.config import CHECKOUT
from portal.reference import texts
from portal.reference.days import spoken_day, spoken_period
from portal.settings import Settings
from portal.web.house import House

FOLDER = CHECKOUT / "templates"


def text_values(settings: Settings) -> Mapping[str, object]:
    """Return the settings that page texts name in braces."""
    return {
        "body": settings.body.name,
        "phone": settings.body.phone,
        "address": settings.body.address,
        "hours": settings.body.hours,
        "petition_address": settings.body.petition_address,
        "upper_name": settings.superior.name,
        "upper_phone": settings.superior.phone,
        "upper_address": settings.superior.address,
        "upper_url": settings.superior.url,
        "log_keeper": settings.network.log_keeper,
        "n": settings.service.first_look_days,
        "retention": spoken_period(settings.service.retention_days),
    }


def install(app: Flask, house: House) -> None:
    """Set the loader and the names that every template knows."""
    app.jinja_loader = PrefixLoader(
        {
            house.side: FileSystemLoader(FOLDER / house.side),
            "shared": FileSystemLoader(FOLDER / "shared"),
        }
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["spoken_day"] = spoken_day
    known = text_values(house.settings)

    def text(key: str, **values: object) -> str:
        return texts.text(key, **{**known, **values})

    app.jinja_env.globals.update(settings=house.settings, text=text, blocks=texts.blocks)
