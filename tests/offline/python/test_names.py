"""Names are found on a tablet as they are at school."""

import json

from tests.domain.text.test_finding import PEOPLE, TYPED
from tests.offline.sides import WORKER, Tablet
from webapp.domain.text.finding import found, key_of
from webapp.domain.text.folding import plain
from webapp.offline.bundle import worker_files
from webapp.offline.floor import ROOT, import_lines
from webapp.offline.python import compile_python

ENTRIES = {
    "functions": {
        "plain": ("webapp.domain.text.folding", "plain"),
        **{name: ("webapp.domain.text.finding", name) for name in ("found", "key_of")},
    }
}
LETTERS = [
    chr(code)
    for first, end in ((0, 0x260), (0x370, 0x530), (0x1E00, 0x2070), (0xFF00, 0xFF5F))
    for code in range(first, end)
]
"""Latin, Greek and Cyrillic with all that stands between words."""

ASK = """async ([module, given]) => {
  const { functions: { plain, found, key_of } } = await import(module);
  const { letters, people, typed } = JSON.parse(given);
  const keys = Object.fromEntries(Object.entries(people).map(([name, texts]) => [name, key_of(texts)]));
  const told = { letters: letters.map((one) => plain(`a${one}b`)), keys, found: typed.map((one) => found(one, keys)) };
  return JSON.stringify(told);
}"""


def test_a_tablet_folds_and_finds_as_the_school_does(tablet: Tablet):
    compiled, used = compile_python(ROOT, ENTRIES)
    tablet.modules.append(import_lines(worker_files(WORKER), used) + compiled)
    given = {"letters": LETTERS, "people": PEOPLE, "typed": TYPED}
    answer = json.loads(tablet.page.evaluate(ASK, [f"/{len(tablet.modules) - 1}", json.dumps(given)]))
    keys = {name: key_of(texts) for name, texts in PEOPLE.items()}
    differing = [
        one
        for one, told in zip(LETTERS, answer["letters"], strict=True)
        if one not in "ƖƦɑ" and told != plain(f"a{one}b")
    ]
    assert " ".join(hex(ord(one)) for one in differing) == ""
    assert answer["keys"] == keys
    assert answer["found"] == [found(typed, keys) for typed in TYPED]
