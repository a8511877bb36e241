from datetime import timedelta

import pytest

from portal.public.house import public_house
from portal.web.app import build
from portal.web.house import House
from tests.settings import county


def test_another_sites_house_is_not_the_public_one(databases, tmp_path):
    desk = House(
        side="desk",
        settings=county(tmp_path),
        database=databases.desk,
        cookie_key=bytes(32),
    )
    app = build(desk, [], cookie="desk", same_site="Strict", lifetime=timedelta(hours=1))
    with app.app_context(), pytest.raises(TypeError):
        public_house()
