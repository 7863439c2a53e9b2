from pathlib import Path

import pytest

from webapp.policies import PolicyError, load_file

REACH = (Path(__file__).parents[2] / "webapp" / "policies" / "reach.toml").read_text(encoding="utf-8")


@pytest.fixture
def faults_of(tmp_path):
    """The faults found in reach.toml after some of its text was replaced."""

    def faults(*replacements, text=REACH):
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        file = tmp_path / "reach.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(PolicyError) as refused:
            load_file(file)
        assert str(refused.value) == "\n".join(f"reach.toml: {fault}" for fault in refused.value.faults)
        return refused.value.faults

    return faults
