"""A page as a person sees it: words, links, fields, errors; made from strictly valid HTML."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

CONTROLS = ("input", "select", "textarea")


def words(element: Element) -> str:
    """Return the visible words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def has_class(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()


@dataclass
class Form:
    """A form, and what a browser would send from it."""

    element: Element
    page_url: str

    @property
    def action(self) -> str:
        return (
            urlsplit(urljoin(self.page_url, self.element.get("action", "")))
            ._replace(fragment="")
            .geturl()
        )

    @property
    def method(self) -> str:
        return self.element.get("method", "get").upper()

    @property
    def names(self) -> set[str]:
        return {name for one in self.controls() if (name := one.get("name"))}

    @property
    def buttons(self) -> list[Element]:
        return [one for one in self.element.iter("button") if one.get("type") != "button"]

    def controls(self) -> Iterator[Element]:
        return (one for one in self.element.iter() if one.tag in CONTROLS)

    def named(self, name: str) -> list[Element]:
        return [one for one in self.controls() if one.get("name") == name]

    def sent(self) -> dict[str, str]:
        """What goes out when nothing is changed; buttons apart."""
        values = {}
        for one in self.controls():
            name, value = one.get("name"), value_of(one)
            if name and value is not None:
                values[name] = value
        return values

    def filled(self, **fields: str | bool | bytes) -> dict[str, str | bytes]:
        """What goes out after a person has filled these fields; refuses what nobody could do.

        Bytes are a file that was chosen.
        """
        values: dict[str, str | bytes] = {**self.sent()}
        for name, value in fields.items():
            if value is False:
                values.pop(name, None)
            else:
                values[name] = self._accepted(name, value)
        return {name: as_sent(value) for name, value in values.items()}

    def _accepted(self, name: str, value: str | bool | bytes) -> str | bytes:
        controls = self.named(name)
        assert controls, f"{self.page_url} has no field {name!r}, only {sorted(self.names)}"
        if isinstance(value, bytes):
            assert controls[0].get("type") == "file", f"{name} takes no file"
            assert self.element.get("enctype") == "multipart/form-data", f"{name} would be lost"
            return value
        offered = offers(controls)
        if offered is None:
            assert isinstance(value, str), f"{name} wants words"
            return value
        if value is True:
            assert len(offered) == 1, f"{name} offers {offered}"
            return offered[0]
        assert value in offered, f"{name} offers {offered}, not {value!r}"
        return str(value)


def offers(controls: list[Element]) -> list[str] | None:
    """Return the values that radios, checkboxes or a select offer; None for a field to type in."""
    first = controls[0]
    if first.tag == "select":
        return [one.get("value", words(one)) for one in first.iter("option")]
    if first.get("type") in {"radio", "checkbox"}:
        return [one.get("value", "on") for one in controls]
    return None


def value_of(control: Element) -> str | None:
    """Return what a control would send; None when it would send nothing."""
    if control.get("type") in {"radio", "checkbox"}:
        return control.get("value", "on") if control.get("checked") is not None else None
    if control.tag == "textarea":
        return control.text or ""
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return chosen[0].get("value", words(chosen[0])) if chosen else None
    return control.get("value", "")


def as_sent(value: str | bytes) -> str | bytes:
    """Line ends as browsers send them; a file as it is."""
    if isinstance(value, bytes):
        return value
    return value.replace("\r\n", "\n").replace("\n", "\r\n")


@dataclass
class Page:
    """What an address answered; `status` and `headers` are of the last answer."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root = parser.parse(self.body.decode("utf-8") if self.is_html else "<!DOCTYPE html>")

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def title(self) -> str:
        return words(self.find("title"))

    @property
    def h1(self) -> str:
        return words(self.find("h1"))

    @property
    def text(self) -> str:
        return words(self.find("body")) if self.is_html else self.body.decode("utf-8")

    @property
    def main(self) -> str:
        return words(self.find("main"))

    @property
    def links(self) -> dict[str, str]:
        """Words → address, of every link on the page."""
        return {words(one): one.get("href", "") for one in self.find_all("a")}

    @property
    def forms(self) -> list[Form]:
        return [Form(one, self.url) for one in self.find_all("form")]

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        summaries = self.find_all(class_="govuk-error-summary")
        return [words(item) for one in summaries for item in one.iter("li")]

    def find_all(
        self, tag: str | None = None, class_: str = "", **attributes: str
    ) -> list[Element]:
        """Every element of a tag that has a class and attributes; `_` in a name stands for `-`."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self.root.iter(tag)
            if isinstance(one.tag, str)
            and (not class_ or has_class(one, class_))
            and all(one.get(name) == value for name, value in wanted.items())
        ]

    def find(self, tag: str | None = None, class_: str = "", **attributes: str) -> Element:
        """The first such element; fails when there is none."""
        found = self.find_all(tag, class_, **attributes)
        assert found, f"{self.url} has no {tag or 'element'} {class_} {attributes}"
        return found[0]

    def error(self, name: str) -> str | None:
        """The message beside a field, without its prefix; None when the field is in order."""
        ids = {f"{one.get('id', '')}-error" for one in self._controls(name)} | {f"{name}-error"}
        for one in self.find_all(class_="govuk-error-message"):
            if one.get("id") in ids:
                return words(one).removeprefix("错误：").strip()
        return None

    def value(self, name: str) -> str:
        """What a field holds; empty when nothing is chosen."""
        values = (value_of(one) for one in self._controls(name))
        found = next((value for value in values if value is not None), "")
        return found.replace("\r\n", "\n")

    def _controls(self, name: str) -> list[Element]:
        controls = [one for form in self.forms for one in form.named(name)]
        assert controls, f"{self.url} has no field {name!r}"
        return controls
