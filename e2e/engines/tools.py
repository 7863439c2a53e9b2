"""The programs that the engines need."""

import shutil


def tool(name: str, package: str) -> str:
    """Where a program is. Raises FileNotFoundError in words that say what to install."""
    found = shutil.which(name)
    if not found:
        raise FileNotFoundError(
            f"The tests drive three engines and {name} is not here. Install it; Debian's package is {package}."
        )
    return found
