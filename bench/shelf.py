"""As many invented notices as one likes, signed and put where an instance keeps them."""

import random
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert

from portal.database import Database
from portal.exchange.notices import Counts, Notice, sign_notice
from portal.public.domain.notices.documents import place_of
from portal.public.domain.notices.terms import facets
from portal.public.models.notices import FOREVER, NoticeDocument, NoticeVersion
from portal.text.pairs import pairs, searchable
from portal.text.readings import read

# Rows that what the demo's own desk releases may take when it arrives.
ROOM = 1_000
BATCH = 5_000
# The towns of a large county: as many at every size, so that filters offer the same.
REGIONS = 20
SELDOM = 5_000
A_YEAR = 9_999
FIRST_DAY = date(2000, 1, 3)
WORDS = (
    *(
        "低保",
        "危房改造",
        "山林承包款",
        "村集体资金",
        "耕地补贴",
        "扶贫项目",
        "工程招标",
        "公车私用",
    ),
    *("虚报", "冒领", "截留", "挪用", "侵占", "优亲厚友", "收受礼金", "违规发放"),
    *("石桥村", "柳溪镇", "某局", "某公司", "会计", "党支部书记", "村委会主任", "镇干部"),
)


def invented(number: int, rng: random.Random) -> Notice:
    """Return a notice of about 150 characters."""
    year, serial = divmod(number, A_YEAR)
    day = FIRST_DAY + timedelta(days=365 * year + serial % 360)
    told = ["".join(rng.choices(WORDS, k=6)) for _ in range(5)]
    is_rare = number % SELDOM == SELDOM // 100
    return Notice(
        notice=f"{number:032x}",
        version=1,
        number=f"{2000 + year}-{serial + 1:04}",
        state="published",
        kind="N12" if is_rare else rng.choice(("N01", "N02", "N03", "N07")),
        mode=rng.choice(("named", "anonymised")),
        title=f"通报：{told[0]}",
        summary=f"{told[1]}{'𠮷老三' * is_rare}",
        body="".join(f"<p>{one}。</p>" for one in told[2:]),
        region=f"99{rng.randrange(REGIONS):04}",
        area=rng.choice(("A03", "A16", "A17")),
        published_on=day,
        not_before=None,
        counts=Counts(0, 1, 1),
        recovered="已追回2.3万元",
        review_on=None,
        answers=None,
        expires_on=None,
        corrections=(),
        reason="",
    )


def fill(database: Database, key: Ed25519PrivateKey, count: int) -> None:
    """Put so many notices into an instance that does not run."""
    rng = random.Random(count)  # noqa: S311 — invented words
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        made = [(n + 1 + ROOM, invented(n, rng)) for n in numbers]
        texts = [(row, one, searchable(_read(one))) for row, one in made]
        found = sorted(
            (term, place_of(one), row) for row, one, words in texts for term in _terms(one, words)
        )
        with database.writing() as session:
            session.execute(insert(NoticeVersion), [_columns(row, one) for row, one in made])
            session.execute(
                insert(NoticeDocument),
                [
                    {"id": row, "document": sign_notice(one, key), "words": words}
                    for row, one, words in texts
                ],
            )
            # As many rows as this go straight to the driver.
            session.connection().exec_driver_sql("INSERT INTO notice_terms VALUES (?, ?, ?)", found)
    database.checkpoint()


def _read(one: Notice) -> str:
    return f"{one.number}\n{one.title}\n{one.summary}\n{read('body', one.body).text}"


def _terms(one: Notice, words: str) -> set[int]:
    chosen = (int(one.number[:4]), one.kind, one.area, one.region, one.mode)
    names = ("year", "kind", "area", "region", "mode")
    return pairs(words) | facets(**dict(zip(names, chosen, strict=True)))  # type: ignore[arg-type]  # by name


def _columns(row: int, one: Notice) -> dict[str, object]:
    return {
        "id": row,
        "notice": one.notice,
        "version": one.version,
        "number": one.number,
        "state": one.state,
        "kind": one.kind,
        "mode": one.mode,
        "area": one.area,
        "region": one.region,
        "year": int(one.number[:4]),
        "published_on": one.published_on,
        "place": place_of(one),
        "expires_on": None,
        "answers": None,
        "shown_from": 0,
        "shown_until": FOREVER,
        "changed_on": one.published_on,
    }


def number_of(number: int) -> str:
    """Return the number of the notice that was made as the nth."""
    year, serial = divmod(number, A_YEAR)
    return f"{2000 + year}-{serial + 1:04}"
