"""Screenshots as small PNG files: at most 256 colours, the rare ones taken for their neighbours."""

import struct
import zlib
from array import array
from base64 import b64decode, b64encode
from collections import Counter
from pathlib import Path

from playwright.sync_api import Page

COLOURS = 256
SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Chromium reads its own screenshot: width, height, and four bytes for every pixel.
READ = """async (data) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let at = 0; at < pixels.length; at += 32768) {
    text += String.fromCharCode(...pixels.subarray(at, at + 32768));
  }
  return [image.width, image.height, btoa(text)];
}"""


def shrink(screenshot: bytes, blank: Page, target: Path) -> None:
    """Write a screenshot with a palette; `blank` is a page of the browser without a policy."""
    width, height, pixels = blank.evaluate(READ, b64encode(screenshot).decode("ascii"))
    target.write_bytes(_png(width, height, array("I", b64decode(pixels))))


def size(picture: bytes) -> tuple[int, int]:
    """Return width and height of a PNG file with a palette."""
    assert picture.startswith(SIGNATURE), "no PNG file"
    width, height, depth, kind = struct.unpack(">IIBB", picture[16:26])
    assert (depth, kind) == (8, 3), "no palette"
    return width, height


def _png(width: int, height: int, pixels: "array[int]") -> bytes:
    counts = Counter(pixels)
    palette = [colour for colour, _times in counts.most_common(COLOURS)]
    index = {colour: number for number, colour in enumerate(palette)}
    for colour in counts.keys() - index.keys():
        index[colour] = index[min(palette, key=lambda known: _distance(known, colour))]
    rows = bytes(map(index.__getitem__, pixels))
    lines = b"".join(b"\0" + rows[at : at + width] for at in range(0, len(rows), width))
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(bytes(_channels(colour)) for colour in palette)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _channels(colour: int) -> tuple[int, int, int]:
    return colour & 255, colour >> 8 & 255, colour >> 16 & 255


def _distance(one: int, other: int) -> int:
    return sum(abs(a - b) for a, b in zip(_channels(one), _channels(other), strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
