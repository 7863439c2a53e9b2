"""A trace of the shortened worker names the line of Python, whatever the minifier made of it."""

import re
from pathlib import Path

from playwright.sync_api import Browser

from tests.offline.sides import WORKER
from webapp.offline.bundle import shortened, worker_files
from webapp.offline.floor import import_lines
from webapp.offline.joining import join_modules
from webapp.offline.positions import with_positions
from webapp.offline.python import compile_python

SOURCE = '''"""Each line that says so can fail."""


def fails(rows, which):
    """Looks for what is not there, in the line with this number."""
    if which == 1:
        return rows["x"]  # 1
    elif which == 2:
        found = rows["x"]  # 2
    if rows["x"] if which == 3 else False:  # 3
        return "😀"
    for each in [1, 2]:
        if each == 1:
            continue
        if which == 4:
            rows["x"]  # 4
        found = [row["x"] for row in [{}] if which == 5]  # 5
    for each in rows["x"] if which == 6 else []:  # 6
        found = each
    try:
        found = rows["x"] if which == 7 else 0  # 7
    except ValueError:
        return None
    while which == 8:
        found = rows["x"]  # 8
    if which == 9:
        raise ValueError("nine")  # 9
    names = {key: rows["x"] for key in ["a"] if which == 10}  # 10
    return inner(which, lambda: rows["x"]) + len(names)  # 11


def inner(which, look):
    if which == 11:
        look()
    elif which == 12:
        first, second = [1]  # 12
    return 1 if which != 13 else 1 // 0  # 13
'''
WAYS = range(1, 14)
FAIL = """(which) => {
  try {
    functions.fails({}, which);
  } catch (error) {
    return [...error.stack.matchAll(/:(\\d+:\\d+)\\)?$/gm)].map(([, place]) => place).join(" ");
  }
}"""


def test_each_line_that_fails_is_named(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "webapp").mkdir()
    (tmp_path / "webapp/sample.py").write_text(SOURCE)
    compiled, used = compile_python(tmp_path, {"functions": {"fails": ("webapp.sample", "fails")}})
    files = worker_files(WORKER)
    files["floor.js"] = import_lines(files, used) + compiled
    files["main.js"] = 'import { functions } from "./floor.js";\nglobalThis.functions = functions;\n'
    script, positions = with_positions(join_modules(files, "main.js"), shortened)
    assert "$at" not in script
    page = browser.new_page()
    page.add_script_tag(content=script)
    for which in WAYS:
        fault = positions.in_words(f"it failed ({page.evaluate(FAIL, which)})")
        assert re.fullmatch(r"it failed \(webapp/sample\.py:\d+\)", fault), (which, fault)
        line = int(fault.rstrip(")").rpartition(":")[2])
        assert SOURCE.splitlines()[line - 1].endswith(f"# {which}"), (which, fault)
    page.close()


def test_a_fault_without_a_trace_stays_as_it_is() -> None:
    _, positions = with_positions("/*@webapp/a.py:3*/ go();\n", shortened)
    for fault in ("", "GET /today: no (why)", "it failed (1:2 3)"):
        assert positions.in_words(fault) == fault
    assert positions.in_words("it failed (7:1)") == "it failed (webapp/a.py:3)"
