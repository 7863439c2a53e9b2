from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.builders import create_group, create_lesson, create_staff, create_student, create_year
from tests.worker.modules import Modules
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.offline import bundle
from webapp.offline.bundle import worker_files
from webapp.offline.floor import floor_module

STATIC = Path(bundle.__file__).parent.parent / "static"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh browser profile."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def floor() -> str:
    """All that is compiled, as a module."""
    return floor_module(worker_files(STATIC / "worker"))


@pytest.fixture
def modules(school: School, page: Page, floor: str) -> Modules:
    """The worker's own modules, run in a page with a real IndexedDB."""
    page.route("**/static/worker/floor.js", lambda route: route.fulfill(body=floor, content_type="text/javascript"))
    page.goto(school.url + "/enrol")
    return Modules(page, "/static/worker/")


@pytest.fixture
def lesson(school: School) -> str:
    """A lesson of three students, whose ids are 1, 2 and 3."""
    create_year()
    create_group()
    create_staff()
    create_staff("b.baptiste", forename="Ben", surname="Baptiste")
    for forename in ("Amal", "Bo", "Cai"):
        create_student(forename)
    return str(create_lesson().id)


@pytest.fixture
def new_tablet(browser: Browser, school: School, lesson: str) -> Iterator[Callable[..., Tablet]]:
    contexts = []

    def make(name: str = "Trolley 3", duty: str = "floor") -> Tablet:
        contexts.append(browser.new_context())
        tablet = Tablet(contexts[-1], school, contexts[-1].new_page())
        tablet.enrol(name, duty)
        tablet.sign_in()
        return tablet

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def tablet(new_tablet: Callable[[], Tablet]) -> Tablet:
    """Enrolled, with Ada Adeyemi holding it."""
    return new_tablet()
