"""What the documents say is there, is there."""

import json
import re
from datetime import date
from pathlib import Path

from flask import Flask
from PIL import Image

from e2e.security.wapiti import MODULES
from tests.builders import PASSWORD_HASH, create_desk, create_student, create_tablet
from tests.builders_rewards import create_rewards
from tests.house.test_architecture import LAYERS
from webapp.config import VERSION, read_settings
from webapp.domain import operations
from webapp.domain.refusal import MISSING
from webapp.domain.spaces.book import CANCELLED, CONFIRMED, ENTERED, LAPSED, WAITING
from webapp.imports import KINDS, Outcome, import_content
from webapp.models import Staff, Student, db
from webapp.sync.log.revisions import writing
from webapp.sync.operations import HANDLERS
from webapp.web.security import HEADERS, HTTPS_ONLY

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
DOCS = ROOT / "docs"
PROTOCOL = (DOCS / "protocol.md").read_text()
ARCHITECTURE = (DOCS / "architecture.md").read_text()
RUNNING = (DOCS / "running.md").read_text()
DOCUMENTS = [ROOT / "README.md", *sorted(DOCS.glob("*.md")), *sorted((ROOT / "deploy").iterdir())]
ALL_WORDS = "\n".join(path.read_text() for path in DOCUMENTS)


def section(words: str, heading: str) -> str:
    """What stands between a heading and the next one of its rank or above."""
    mark = heading.split()[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(mark)}}} |\Z)", words, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def first_column(words: str) -> list[str]:
    """The code words that begin the lines of tables."""
    lines = re.findall(r"^\| (`[^|]*`) \|", words, re.MULTILINE)
    return [word for line in lines for word in re.findall(r"`([^`]+)`", line)]


def code_words(pattern: str, folder: str) -> set[str]:
    """What a pattern finds in the Python files of a folder."""
    return {word for path in (ROOT / folder).rglob("*.py") for word in re.findall(pattern, path.read_text())}


def test_every_command_named_exists(app: Flask):
    makefile = (ROOT / "Makefile").read_text()
    named = re.findall(r"(?:flask --app webapp|sudo reachable|\$\(FLASK\)) ([a-z][a-z-]*)", f"{ALL_WORDS}\n{makefile}")
    assert named
    assert set(named) <= app.cli.commands.keys()


def test_our_commands_are_those_of_the_table(app: Flask):
    of_libraries = {"db", "routes", "run", "shell"}
    assert set(first_column(section(RUNNING, "## Commands"))) == app.cli.commands.keys() - of_libraries


def test_the_settings_are_those_of_the_table():
    read = code_words(r"env\.get\(\"([A-Z_]+)\"", "webapp")
    assert set(first_column(section(RUNNING, "## Settings"))) == read


def test_no_other_setting_is_named_anywhere():
    read = code_words(r"env\.get\(\"([A-Z_]+)\"", "webapp")
    assert set(re.findall(r"REACHABLE_[A-Z_]+|DATABASE_URL|SECRET_KEY", ALL_WORDS)) <= read


def test_the_servers_settings_are_good_ones(tmp_path: Path):
    lines = (ROOT / "deploy" / "reachable.env").read_text().replace("#DATABASE_URL", "DATABASE_URL").splitlines()
    env = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    settings = read_settings(env | {"REACHABLE_DATA": str(tmp_path)})
    assert settings.secure
    assert settings.database_url.startswith("postgresql+psycopg://")


def test_what_is_said_to_live_somewhere_does():
    paths = first_column(section(README, "## A map of the code"))
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_map_shows_all_rooms_from_the_top_down():
    rooms = [Path(path).name for path in first_column(section(README, "## A map of the code").split("Beside")[0])]
    storeys = [next(number for number, layer in enumerate(LAYERS) if room in layer) for room in rooms]
    assert storeys == sorted(storeys, reverse=True)
    assert {*rooms, "config"} == {room for layer in LAYERS for room in layer}


def test_every_file_named_is_there():
    pattern = r"`(\w[\w./-]*/[\w.-]+\.(?:py|js|html))`"
    named = {word for path in DOCUMENTS for word in re.findall(pattern, path.read_text())}
    assert len(named) > 50
    places = (ROOT, ROOT / "webapp", ROOT / "webapp/static/worker")
    assert sorted(word for word in named if not any((place / word).exists() for place in places)) == []


def test_the_front_page_is_short_and_leads_to_every_other():
    assert len(README.splitlines()) <= 130
    targets = set(re.findall(r"\]\((docs/[\w-]+\.md)\)", README))
    assert targets == {f"docs/{path.name}" for path in DOCS.glob("*.md")}


def test_the_picture_is_that_of_a_tablet_and_small():
    picture = DOCS / "lesson.png"
    with Image.open(picture) as image:
        assert image.size == (820, 1180)
    assert picture.stat().st_size < 120_000


def test_our_words_are_few_and_used():
    words = first_column((DOCS / "glossary.md").read_text())
    assert words == sorted(set(words))
    assert 20 <= len(words) <= 30
    files = [path for kind in ("*.py", "*.js") for path in (ROOT / "webapp").rglob(kind)]
    code = {word for path in files for word in re.findall(r"[a-z]+", path.read_text().lower().replace("_", " "))}
    assert [word for word in words if not {word, f"{word}s"} & code] == []


def test_the_states_drawn_are_those_of_an_ask():
    arrows = re.findall(r"^    (\S+) --> (\S+?)(?::|$)", section(ARCHITECTURE, "## The states of an ask"), re.MULTILINE)
    drawn = {state for arrow in arrows for state in arrow} - {"[*]"}
    assert drawn == {"asked", CONFIRMED, WAITING, ENTERED, CANCELLED, LAPSED}


def test_the_newest_release_is_this_one_and_has_a_date():
    found = re.search(r"^## (\d\S*) - (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert found
    assert found[1] == VERSION
    assert date.fromisoformat(found[2])


def test_every_link_to_a_file_leads_there():
    dead = []
    for path in DOCUMENTS:
        targets = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", path.read_text())
        dead += [(path.name, target) for target in targets if not (path.parent / target).exists()]
    assert dead == []


def test_every_link_to_a_heading_leads_there():
    dead = []
    for path in DOCUMENTS:
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", path.read_text()):
            headings = re.findall(r"^#+ (.*)$", (path.parent / target if target else path).read_text(), re.MULTILINE)
            if anchor not in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}:
                dead.append((path.name, f"{target}#{anchor}"))
    assert dead == []


def test_the_workers_files_are_those_of_the_architecture():
    folder = ROOT / "webapp" / "static" / "worker"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.js")}
    there = {"python/" if name.startswith("python/") else name for name in files}
    made = {"floor.js", "templates.js"}
    assert set(first_column(section(ARCHITECTURE, "## The worker's files"))) - made == there


def test_the_calls_of_the_protocol_are_those_that_are_answered(app: Flask):
    said = set(re.findall(r"^### `(GET|POST) (/sync/v1/[a-z-]+)", PROTOCOL, re.MULTILINE))
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/sync/")]
    assert said == {(method, rule.rule) for rule in rules for method in {"GET", "POST"} & (rule.methods or set())}


def test_the_protocols_examples_are_json():
    examples = re.findall(r"```json\n(.*?)```", PROTOCOL, re.DOTALL)
    assert examples
    for example in examples:
        assert isinstance(json.loads(example), dict)


def test_the_operations_of_the_protocol_are_those_that_are_accepted():
    table, _ = section(PROTOCOL, "## Operations").split("### Why an operation is refused")
    assert set(first_column(table)) == HANDLERS.keys()


def test_the_bodies_of_the_protocol_are_those_declared():
    table, _ = section(PROTOCOL, "## Operations").split("### Why an operation is refused")
    rows = re.findall(r"^\| (`[^|]*) \| ([^|]*) \|", table, re.MULTILINE)
    said = {", ".join(re.findall(r"`([^`]*)`", kinds)): re.findall(r"`([^`]*)`", bodies) for kinds, bodies in rows}
    assert len(said) > 20
    for kinds, bodies in said.items():
        assert bodies == [shape for kind in kinds.split(", ") for shape in operations.KINDS[kind].shapes], kinds


def test_every_reason_for_a_refusal_is_in_the_protocol():
    made = r"Refusal\(\s*\"([a-z-]+)\""
    given = code_words(made, "webapp/sync") | code_words(made, "webapp/domain")
    given |= code_words(r"^[A-Z_]+ = \"([a-z]+-[a-z]+)\"", "webapp/sync")
    assert "no-such-mark" in given
    assert sorted(word for word in given if f"`{word}`" not in PROTOCOL) == []


def test_every_reason_in_the_protocol_is_given_somewhere():
    named = first_column(section(PROTOCOL, "### Why an operation is refused"))
    given = code_words(r"\"([a-z-]+)\"", "webapp/sync") | code_words(r"\"([a-z-]+)\"", "webapp/domain")
    assert sorted(set(named) - given) == []


def test_what_may_be_taken_later_is_refused_for_reasons_that_are_given():
    given = code_words(r"Refusal\(\s*\"([a-z-]+)\"", "webapp/sync") | code_words(
        r"Refusal\(\s*\"([a-z-]+)\"", "webapp/domain"
    )
    assert MISSING - given == set()


def test_the_headers_are_those_that_are_sent():
    lines = re.findall(r"^\| ([A-Z][\w-]+) \| `([^`]*)`", (DOCS / "security.md").read_text(), re.MULTILINE)
    assert dict(lines) == HEADERS | HTTPS_ONLY | {"Cache-Control": "no-store"}


def test_the_scanner_tries_what_is_said():
    said = re.search(r"^Modules: (.*?)\. Left out", (DOCS / "security.md").read_text(), re.MULTILINE | re.DOTALL)
    assert said
    assert re.findall(r"`(\w+)`", said[1]) == list(MODULES)


def import_examples() -> dict[str, Outcome]:
    """What comes of the example files of `docs/setting-up.md`, by kind, in its order."""
    words = (DOCS / "setting-up.md").read_text()
    examples = re.findall(
        r"^`flask --app webapp import (\w+) FILE`.*?```csv\n(.*?)```", words, re.MULTILINE | re.DOTALL
    )
    return {kind: import_content(KINDS[kind], lines.encode()) for kind, lines in examples}


def test_the_example_files_can_be_imported_in_the_order_given(app: Flask):
    outcomes = import_examples()
    assert outcomes.keys() == KINDS.keys()
    assert {kind: outcome.problems for kind, outcome in outcomes.items() if outcome.problems} == {}
    assert all(outcome.added for outcome in outcomes.values())


def test_the_rows_tablets_get_have_the_columns_of_the_protocol(app: Flask):
    import_examples()
    with writing():
        somebody = db.session.query(Staff).filter_by(id="j.reid").one()
        somebody.password_hash, somebody.role = PASSWORD_HASH, "head"
    other = create_student(group=db.session.query(Student).one().group_id)
    app.config["CLOCK"].move(days=189)
    tablet = create_tablet(app, staff="j.reid")
    tablet.record("reward.cap", {"student": "1", "cap": "none", "from": "2026-09-08", "reason": "Promised"})
    tablet.mark("unknown", "1", 4)
    tablet.record("space.ask", {"space": "chestnut", "student": "1"})
    tablet.record("space.enter", {"space": "hazel", "student": "1"})
    tablet.record("space.assist", {"place": "Hall"})
    tablet.push()
    desk = create_desk(app, "j.reid")
    desk.record("apart.set", {"students": ["1", str(other.id)], "reason": "A quarrel"})
    plan = {"space": "hazel", "kind": "prosocial", "weekday": 2, "starts": "10:00", "ends": "10:30"}
    desk.record("plan.make", plan | {"first": "2026-09-08", "staff": "j.reid", "students": ["1"]})
    assert desk.push().json["notes"] == []
    tablet.pull()
    create_rewards(day=date(2026, 9, 8), group=other.group_id)
    tablet.pull()
    lines = re.findall(r"^\| `(\w+)` \| (.*) \|$", section(PROTOCOL, "## Rows"), re.MULTILINE)
    said = {table: re.findall(r"`(\w+)`", re.sub(r"\[.*?\]|\(.*?\)", "", columns)) for table, columns in lines}
    sent = {table: data.keys() for (table, _), data in tablet.rows.items()}
    assert {table: sorted(columns) for table, columns in said.items()} == {
        table: sorted(columns) for table, columns in sent.items()
    }
