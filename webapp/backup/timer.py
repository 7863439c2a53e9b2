"""The units by which systemd makes a backup every night; they stand in deploy/ too."""

from pathlib import Path

DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy"
UNITS = ("reachable-backup.service", "reachable-backup.timer")


def units() -> str:
    """Commands for a shell that install the units and start the timer."""
    parts = [f"cat > /etc/systemd/system/{unit} <<'END'\n{(DEPLOY / unit).read_text()}END" for unit in UNITS]
    return "\n".join([*parts, "systemctl daemon-reload", f"systemctl enable --now {UNITS[1]}"])
