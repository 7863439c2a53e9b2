"""The worker's modules joined into one script."""

import pytest
from playwright.sync_api import Browser

from webapp.offline.joining import JoinError, join_modules

MODULES = {
    "main.js": """import { double as twice, limit } from "./screens/sums.js";
import * as words from "./words.js";
result = [twice(4), limit, words.greet("Ada"), new words.Bell().ring()].join();
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


def test_the_script_does_what_the_modules_do(browser: Browser) -> None:
    page = browser.new_page()
    assert page.evaluate(f"(() => {{ let result; {join_modules(MODULES, 'main.js')} return result; }})()") == (
        "8,10,Hello Ada 1,ring"
    )
    page.close()


def test_each_module_is_there_once() -> None:
    assert join_modules(MODULES, "main.js").count("const one = 1;") == 1


@pytest.mark.parametrize(
    ("modules", "why"),
    [
        ({"main.js": 'import { a } from "./a.js";\n'}, "main.js imports a.js, which is not there"),
        ({"main.js": 'import { a } from "./main.js";\n'}, "main.js imports itself by way of main.js"),
        ({"main.js": "export default 4;\n"}, "cannot join “export default 4;”"),
        ({"main.js": 'import "./a.js";\n', "a.js": ""}, "cannot join"),
    ],
)
def test_what_cannot_be_joined_is_named(modules: dict[str, str], why: str) -> None:
    with pytest.raises(JoinError, match=why):
        join_modules(modules, "main.js")
