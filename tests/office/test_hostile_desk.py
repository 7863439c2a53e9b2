"""300 hostile strings in every field for words on every page of the desk: each page and each export stays harmless."""

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests.builders import create_tablet
from tests.builders_rewards import create_rewards, give
from tests.builders_spaces import create_record, create_stay
from tests.hostile import hostile_strings
from tests.office.conftest import Person, Sign
from tests.office.crawl import Page, walk
from webapp.office.parts.sheets import FORMULA_STARTS
from webapp.sync.tables.rolling import roll
from webapp.web.security import HEADERS

STRINGS = 300
TOGETHER = 200  # letters: what most fields take, so that much is stored and not only refused
ELEMENTS = """
    html head meta title link script body header main nav section article div h1 h2 h3 p span small b strong bdi a ul ol
    li dl dt dd table caption colgroup col thead tbody tr th td form fieldset legend label input textarea select
    optgroup option datalist button details summary svg path circle rect line polyline text use img time code output
"""
FINE = (200, 302, 303, 422, 403, 404, 409, 413, 429)


def portions() -> Iterator[str]:
    """All of the strings, several at a time."""
    portion = ""
    for raw in hostile_strings()[:STRINGS]:
        text = raw.encode(errors="replace").decode()  # a form cannot send half a surrogate pair
        if portion and len(portion) + len(text) > TOGETHER:
            yield portion
            portion = ""
        portion = f"{portion} {text}" if portion else text
    yield portion


def expect_harmless(address: str, answer: TestResponse) -> Page | None:
    """What a browser would make of the answer holds nothing that we did not put there."""
    assert answer.status_code in FINE, (address, answer.status_code)
    if answer.mimetype != "text/html" or answer.location:
        return None
    page = Page(address, answer.text)
    for tag, attributes in page.elements:
        assert tag in ELEMENTS.split(), (address, tag)
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (address, tag, attributes)
    assert all(script and script.startswith("/static/") for script in page.scripts), (address, page.scripts)
    assert all(link.startswith(("/", "#", "mailto:", "tel:")) for link in page.links), (address, page.links)
    return page


def expect_harmless_file(address: str, answer: TestResponse) -> None:
    """No cell of an export is taken for a formula."""
    if answer.mimetype == "text/csv":
        lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
        assert not [cell for line in lines for cell in line if cell.startswith(FORMULA_STARTS)], address
    elif address.split("?")[0].endswith(".xlsx"):
        for sheet in load_workbook(io.BytesIO(answer.data)):
            assert not [cell for row in sheet for cell in row if cell.data_type == "f"], address


@pytest.fixture
def administrator(app: Flask, sign_in: Sign) -> Person:
    """Somebody who may open nearly everything, in a school where there is something to see on each page."""
    roll()
    give(1, 4)
    create_stay()
    create_record(student=2)
    create_tablet(app)
    create_rewards()
    return sign_in("administrator")


def test_hostile_words_in_every_field_leave_every_page_and_export_harmless(app: Flask, administrator: Person):
    written = set()
    for address, answer in list(walk(app, administrator, "/office/")):
        page = expect_harmless(address, answer)
        for form in page.forms if page else ():
            place = (form.action.split("?")[0], tuple(form.words))
            if not form.words or form.sends_file or place in written:
                continue
            written.add(place)
            for portion in portions():
                typed = form.values | dict.fromkeys(form.words, portion)
                expect_harmless(form.action, administrator.post(form.action, **typed))
    assert len(written) > 8
    for address, answer in walk(app, administrator, "/office/", most=3):
        expect_harmless(address, answer)
        expect_harmless_file(address, answer)


def test_every_answer_carries_the_headers_that_keep_a_browser_safe(app: Flask, administrator: Person):
    for address, answer in walk(app, administrator, "/office/", most=1):
        sent = {name: answer.headers.get(name) for name in HEADERS}
        policy = sent["Content-Security-Policy"] or ""
        assert sent | {"Content-Security-Policy": ""} == HEADERS | {"Content-Security-Policy": ""}, address
        assert "default-src 'self'" in policy, address
        assert "unsafe-inline" not in policy, address
        assert "'unsafe-eval'" not in policy, address
