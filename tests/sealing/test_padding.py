"""Sizes tell a class and no more; padding comes off only if nobody touched it."""

import pytest

from portal.sealing.errors import BadPadding
from portal.sealing.padding import pad_file, pad_text, pad_to, padme_size, unpad

KIB = 1024


@pytest.mark.parametrize(
    ("length", "bucket"),
    [
        (0, 1),
        (1016, 1),
        (1017, 2),
        (2040, 2),
        (2041, 4),
        (10_000, 16),
        (40_000, 64),
        (262_136, 256),
        (262_137, 512),
    ],
)
def test_texts_go_to_doubling_buckets_and_come_back(length, bucket):
    padded = pad_text(b"t" * length)
    assert len(padded) == bucket * KIB
    assert unpad(padded) == b"t" * length


@pytest.mark.parametrize(
    ("length", "size"),
    [(8, 8), (9, 10), (100, 104), (1000, 1024), (1025, 1088), (65_537, 67_584), (10**6, 1_015_808)],
)
def test_padme_gives_the_sizes_of_the_paper(length, size):
    assert padme_size(length) == size


@pytest.mark.parametrize("length", [0, 1, 7, 500, 65_536, 1_000_003])
def test_files_grow_at_most_an_eighth_and_come_back(length):
    data = b"f" * length
    padded = pad_file(data)
    assert 8 + length <= len(padded) <= (8 + length) * 1.125
    assert unpad(padded) == data


def test_bytes_that_end_in_zeros_keep_them():
    assert unpad(pad_text(b"zeros\0\0\0")) == b"zeros\0\0\0"


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"\0" * 7,
        pad_to(b"text", 64)[:11],
        (2**63).to_bytes(8, "big") + b"text",
        pad_to(b"text", 64)[:-1] + b"\1",
        pad_to(b"text", 64)[:12] + b"x" + bytes(51),
    ],
)
def test_touched_padding_is_refused(padded):
    with pytest.raises(BadPadding):
        unpad(padded)


def test_what_does_not_fit_is_refused():
    assert len(pad_to(b"t" * 56, 64)) == 64
    with pytest.raises(BadPadding):
        pad_to(b"t" * 57, 64)
