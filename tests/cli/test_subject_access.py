import stat
import zipfile
from pathlib import Path

from tests.builders import Tablet
from tests.cli.conftest import Run, mark


def test_a_students_file_is_written_for_its_owner_only(run: Run, tablet: Tablet, tmp_path: Path):
    mark(tablet, 3, 4)
    file = tmp_path / "a1.zip"
    assert run("subject-access", "A1", str(file)).output == (
        f"{file}: what is held about Zoë Okafor. Read it before you give it away.\n"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        assert "Zoë Okafor" in archive.read("index.html").decode()


def test_nobody_of_a_upn_is_said_so(run: Run, tablet: Tablet, tmp_path: Path):
    assert run("subject-access", "Z9", str(tmp_path / "x.zip")).output == "Error: No student has the UPN Z9.\n"
