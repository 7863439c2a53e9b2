"""What is refused, and the words in which it is."""

import ast


class UnsupportedPython(Exception):  # noqa: N818 - it says what is wrong with the program
    """A construct that a tablet could not run exactly as Python does."""

    def __init__(self, path: str, line: int, what: str, instead: str = "") -> None:
        hint = f": {instead}" if instead else ""
        super().__init__(f"{path}:{line}: {what} is not in the offline subset{hint}")
        self.path, self.line, self.what = path, line, what


INSTEAD = {
    "With": "work without a context manager",
    "AsyncFunctionDef": "write a plain function",
    "Yield": "answer a list",
    "YieldFrom": "answer a list",
    "Await": "call it outside",
    "Global": "pass the value and answer the new one",
    "Nonlocal": "answer the new value",
    "Delete": "make a new dict without the key",
    "Match": "write if and elif",
    "Div": "use // or a Fraction",
    "Pow": "multiply",
    "Import": "write from … import …",
    "ImportFrom": "import at the top of the file",
    "Set": "write a tuple, or frozenset(…)",
    "Dict": "name each key",
}
"""What to write instead of a kind of node."""


def node_words(node: ast.AST) -> str:
    """How an error calls a kind of node: "the construct With"."""
    return f"the construct {type(node).__name__}"
