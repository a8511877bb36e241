"""Rich text that may be shown to everybody: what Word, WPS or an editor typed, made harmless.

nh3 cleans. bleach, which is no longer maintained, has a say and no hand in it: a text is accepted
only when bleach would change nothing in it.
"""

import html
import re

import bleach
import nh3

INLINE = frozenset({"strong", "em", "a", "br"})
TAGS = INLINE | {
    *("p", "h2", "h3", "ul", "ol", "li"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
PROTOCOLS = {"http", "https"}
# What other programs write, and what it is called here; the rest keeps its words alone.
SAME = {"b": "strong", "i": "em", "div": "p", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
DROPPED = {"script", "style", "title", "xml", "svg", "math", "template", "noscript", "iframe"}
OLD_TAG = re.compile(rf"<(/?)({'|'.join(SAME)})>")
EMPTY = re.compile(r"<(p|h2|h3|li|strong|em)>(?:\s|<br>)*</\1>")
# Word marks line ends and pictures with characters that no browser may show.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Bare line ends inside HTML are only how its source was wrapped.
WRAPPED = re.compile(r"[\t\n\f\r ]+")
BLOCK = re.compile(r"<(?:p|h2|h3|ul|ol|table)>")
ADDRESS = re.compile(r"https?://.+|/(?!/).*", re.IGNORECASE | re.DOTALL)
MARKUP = re.compile(r"<[a-zA-Z!/]")
PLAIN_PARAGRAPH = re.compile(r"<p>([^<]*(?:<br>[^<]*)*)</p>")


class Disputed(Exception):
    """The two cleaners do not agree on this text."""


def from_typed(typed: str) -> str:
    """Return clean HTML of what was typed or pasted: HTML, or plain lines, each a paragraph.

    :raises Disputed: when it cannot be made harmless beyond doubt.
    """
    source = CONTROL.sub("", typed.replace("\v", "\n")).replace("\N{NO-BREAK SPACE}", " ").strip()
    return clean(source if MARKUP.search(source) else _paragraphs(source))


def to_typed(clean_html: str) -> str:
    """Return what an editor without JavaScript changes: plain lines where there is nothing more."""
    if PLAIN_PARAGRAPH.sub("", clean_html).strip():
        return clean_html
    texts = PLAIN_PARAGRAPH.findall(clean_html)
    plain = "\n".join(html.unescape(text.replace("<br>", "\n")) for text in texts)
    return clean_html if MARKUP.search(plain) else plain


def clean(source: str) -> str:
    """Return the harmless part of some HTML, in one spelling: cleaning it again changes nothing.

    :raises Disputed: when bleach would change what nh3 accepted.
    """
    first = nh3.clean(
        source,
        tags=TAGS | set(SAME),
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=PROTOCOLS,
        link_rel=None,
    )
    renamed = OLD_TAG.sub(lambda tag: f"<{tag[1]}{SAME[tag[2]]}>", first)
    settled = _settled(WRAPPED.sub(" ", renamed.replace("&nbsp;", " ")))
    if not is_clean(settled):
        raise Disputed
    return settled


def is_clean(text: str) -> bool:
    """Tell whether both cleaners leave a text exactly as it is."""
    return _nh3(text) == text and _bleach(text) == text


def _settled(text: str) -> str:
    while (shorter := EMPTY.sub("", _nh3(text))) != text:
        text = shorter
    text = text.strip()
    return text if not text or BLOCK.search(text) else f"<p>{text}</p>"


def _nh3(text: str) -> str:
    return nh3.clean(
        text,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=PROTOCOLS,
        link_rel=None,
    )


def _kept(_tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or ADDRESS.fullmatch(value) else None


def _bleach(text: str) -> str:
    return bleach.clean(
        text,
        tags=TAGS,
        attributes={tag: sorted(names) for tag, names in ATTRIBUTES.items()},
        protocols=PROTOCOLS,
        strip=True,
    )


def _paragraphs(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)
