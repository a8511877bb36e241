"""Small text files as people keep them: read in whatever encoding an editor left them in."""

import codecs

# UTF-32 comes first, because its mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """Return the text of a small file: UTF-8, UTF-16, UTF-32 or GB18030, with or without a mark.

    Never fails: what belongs to no encoding becomes U+FFFD.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, "replace")
    if b"\0" in data:
        return data.decode(_wide(data), "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _wide(data: bytes) -> str:
    """Tell which wide encoding digits and spaces have here: where their zero bytes stand."""
    zeros = [data[place::4].count(0) for place in range(4)]
    if zeros[1] and zeros[2]:
        return "utf-32-be" if zeros[0] > zeros[3] else "utf-32-le"
    return "utf-16-be" if zeros[0] + zeros[2] > zeros[1] + zeros[3] else "utf-16-le"
