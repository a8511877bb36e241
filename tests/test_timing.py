import pytest

from tests.timing import auc, interleaved


@pytest.mark.parametrize(
    ("some", "others", "expected"),
    [
        ([2, 3], [0, 1], 1.0),
        ([0, 1], [2, 3], 0.0),
        ([1, 1], [1, 1], 0.5),
        ([1, 3], [2, 2], 0.5),
        ([1, 2, 3], [1, 2, 3], 0.5),
        ([2, 3], [1, 2], 0.875),
    ],
)
def test_the_area_under_the_curve(some, others, expected):
    assert auc(some, others) == pytest.approx(expected)


def test_both_are_asked_equally_often_in_mixed_order():
    asked: list[str] = []
    one, other = interleaved(lambda _n: asked.append("a"), lambda _n: asked.append("b"), 200)
    assert len(one) == len(other) == 200
    assert asked.count("a") == asked.count("b") == 200
    assert 50 < sum(pair == "ab" for pair in _pairs(asked)) < 150


def _pairs(asked: list[str]) -> list[str]:
    return ["".join(asked[n : n + 2]) for n in range(0, len(asked), 2)]
