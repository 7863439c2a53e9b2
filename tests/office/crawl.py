"""Walks through the desk as a curious person would: every page that links lead to, and every form on them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.office.conftest import Person

WRITTEN = ("text", "search", "email", "tel", "url", "textarea")
"""The kinds of field into which people write words."""

DESK = ("/office/", "/account")
"""How the addresses of the desk's pages begin."""


@dataclass
class Form:
    """A form as it stands on a page: where it goes, its fields with what they hold, and those for words."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    sends_file: bool = False


class Page(HTMLParser):
    """The elements of a page with their attributes' names, its links, and its forms that change something."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.scripts: list[str | None] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, tuple(given)))
        if tag == "script":
            self.scripts.append(given.get("src"))
        if tag == "a" and "href" in given:
            self.links.append(urljoin(self.address, given["href"]))
        if tag == "form" and given.get("method") == "post":
            self._form = Form(urljoin(self.address, given.get("action", self.address)))
            self.forms.append(self._form)
        if self._form is not None:
            self._take_field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def _take_field(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        kind, name = given.get("type", "text") if tag == "input" else tag, given.get("name", "")
        if tag == "select":
            self._select = name
        if kind == "file":
            self._form.sends_file = True
        if tag == "option" and self._select and not self._form.values.get(self._select):
            self._form.values[self._select] = given.get("value", "")
        elif name and ((tag in ("input", "textarea") and kind not in ("checkbox", "radio")) or "checked" in given):
            self._form.values[name] = given.get("value", "")
            if kind in WRITTEN:
                self._form.words.append(name)


def walk(app: Flask, person: Person, start: str, most: int = 2) -> Iterator[tuple[str, TestResponse]]:
    """Every page that can be reached by links, with its answer; of pages alike in all but their ids `most`."""
    ahead, met = [start], dict[object, int]()
    seen = {start}
    while ahead:
        address = ahead.pop(0)
        kind = _kind(app, address)
        met[kind] = met.get(kind, 0) + 1
        if kind is None or met[kind] > most:
            continue
        answer = person.get(address)
        yield address, answer
        if answer.mimetype == "text/html":
            links = [answer.location] if answer.location else Page(address, answer.text).links
            links = [link.split("#")[0] for link in links]
            ahead += [link for link in dict.fromkeys(links) if link not in seen]
            seen.update(links)


def _kind(app: Flask, address: str) -> object:
    """What a page has in common with others: its endpoint and what is asked; None if it is none of the desk's."""
    parts = urlsplit(address)
    if parts.netloc or not parts.path.startswith(DESK):
        return None
    try:
        endpoint, given = app.url_map.bind("localhost").match(parts.path)
    except HTTPException:
        return None
    return endpoint, given.get("ending"), tuple(sorted(parse_qs(parts.query)))
