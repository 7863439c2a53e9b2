"""The worker's modules joined into one script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from webapp.offline.bundle import shortened
from webapp.offline.joining import JoinError, join_modules

MODULES = {
    "main.js": """import { double, limit } from "./screens/sums.js";
import { Bell, greet } from "./words.js";
globalThis.result = [double(4), limit, greet("Ada"), new Bell().ring()].join();
""",
    "screens/sums.js": """import { one } from "../one.js";
export const limit = one + 9;
export function double(number) {
  return number * (one + one);
}
""",
    "one.js": "export const one = 1;\n",
    "words.js": """import {
  one,
} from "./one.js";
const hidden = "Hello";
export const greet = (name) => `${hidden} ${name} ${one}`;
export class Bell {
  ring() {
    return "ring";
  }
}
""",
}


@pytest.mark.parametrize("finish", [str, shortened])
def test_the_script_does_what_the_modules_do(browser: Browser, finish: Callable[[str], str]) -> None:
    page = browser.new_page()
    page.add_script_tag(content=finish(join_modules(MODULES, "main.js")))
    assert page.evaluate("[result, typeof double]") == ["8,10,Hello Ada 1,ring", "undefined"]
    page.close()


def test_the_script_is_as_strict_as_modules(browser: Browser) -> None:
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(error.message))
    page.add_script_tag(content=join_modules({"main.js": "undeclared = 1;\n"}, "main.js"))
    assert errors == ["undeclared is not defined"]
    page.close()


def test_each_module_is_there_once() -> None:
    assert join_modules(MODULES, "main.js").count("const one = 1;") == 1


def test_what_nothing_names_of_the_library_stays_away() -> None:
    library = "\n".join(
        [
            "// A library.",
            "const inner = (x) => x;",
            "/** Twice.",
            " */",
            "export function twice(x) {",
            "  return inner(x) * 2;",
            "}",
            "export class Unused {",
            "  twice() {}",
            "}",
            "export const alone = 1;\n",
        ]
    )
    main = 'import { alone, twice } from "./python/numbers.js";\nconst answer = twice(1);\n'
    script = join_modules({"main.js": main, "python/numbers.js": library}, "main.js")
    assert "const inner = (x) => x;\nfunction twice(x) {\n  return inner(x) * 2;\n}\nconst answer" in script
    assert "Unused" not in script
    assert "alone" not in script


IMPORTING = 'import { a } from "./a.js";\n'


@pytest.mark.parametrize(
    ("modules", "why"),
    [
        ({"main.js": IMPORTING}, "main.js imports a.js, which is not there"),
        ({"main.js": 'import { a } from "./main.js";\n'}, "main.js imports itself by way of main.js"),
        ({"main.js": "\nexport default 4;\n"}, "main.js:2: cannot join “export default 4;”"),
        ({"main.js": 'import "./a.js";\n', "a.js": ""}, "main.js:1: cannot join “import"),
        ({"main.js": 'import * as a from "./a.js";\n', "a.js": ""}, "main.js:1: cannot join “import"),
        ({"main.js": 'import { a as b } from "./a.js";\n', "a.js": ""}, "main.js:1: cannot join “import"),
        ({"main.js": IMPORTING + "let a;\n", "a.js": "export const a = 1;\n"}, "main.js:2: “a” is declared in a.js:1"),
        ({"main.js": IMPORTING + "const [b, a] = [1, 2];\n", "a.js": "async function a() {}\n"}, "main.js:2: “a” is"),
        (
            {"main.js": IMPORTING + "const { a } = {};\n", "a.js": "\nclass a {}\n"},
            "main.js:2: “a” is declared in a.js:2",
        ),
    ],
)
def test_what_cannot_be_joined_is_named(modules: dict[str, str], why: str) -> None:
    with pytest.raises(JoinError, match=why):
        join_modules(modules, "main.js")
