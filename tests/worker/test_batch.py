"""How operations are divided into pushes."""

import json

from tests.worker.modules import Modules

OPERATIONS = """const operations = (count, text) =>
  Array.from({ length: count }, (_, i) => ({ n: i + 1, kind: "x", body: { text }, base: 3, epoch: "first" }));
"""


def test_no_more_operations_than_allowed_are_sent_at_once(modules: Modules) -> None:
    assert modules.run(OPERATIONS + 'return worker.batch(operations(900, ""), "first", 500).length;') == 500


def test_no_more_bytes_than_the_school_takes_are_sent_at_once(modules: Modules) -> None:
    script = 'return worker.batch(operations(500, "\\u{1F333}".repeat(1000)), "first", 500);'
    sent = modules.run(OPERATIONS + script)
    assert 240_000 < len(json.dumps(sent, ensure_ascii=False).encode()) < 256 * 1024


def test_one_operation_is_sent_however_large(modules: Modules) -> None:
    sent = modules.run(OPERATIONS + 'return worker.batch(operations(2, "x".repeat(300_000)), "first", 500);')
    assert len(sent) == 1


def test_what_was_seen_in_another_epoch_is_not_sent(modules: Modules) -> None:
    sent = modules.run(OPERATIONS + 'return worker.batch(operations(1, ""), "second", 500);')
    assert sent == [{"n": 1, "kind": "x", "body": {"text": ""}}]
