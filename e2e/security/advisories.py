"""Whether a weakness is known of anything in the lock file, by pip-audit: `python -m e2e.security.advisories TOOL`.

Where the list of weaknesses cannot be asked it says so and holds up nothing: that is no fault of what is checked.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[2] / "requirements.txt"
PATIENCE = 90  # seconds
ARGUMENTS = ("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "10")


def weaknesses(answer: str) -> list[str] | None:
    """What pip-audit found, a line each; None if it could look up nothing."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (KeyError, TypeError, ValueError):
        return None
    looked_up = [package for package in packages if "vulns" in package]
    return [_line(package, fault) for package in looked_up for fault in package["vulns"]] if looked_up else None


def _line(package: dict[str, Any], fault: dict[str, Any]) -> str:
    better = ", ".join(fault["fix_versions"]) or "nowhere"
    return f"{package['name']} {package['version']}: {fault['id']}, better from {better}"


def ask(tool: str, patience: float = PATIENCE) -> str:
    """What pip-audit says of the lock file; nothing if it is not there or takes too long."""
    command = [tool, "--requirement", str(LOCK), *ARGUMENTS]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def main(tool: str) -> int:
    found = weaknesses(ask(tool))
    if found is None:
        print("Known weaknesses of packages: skipped, as the list of them cannot be reached from here.")
        return 0
    print("\n".join(found) or "No weakness is known of any package.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
