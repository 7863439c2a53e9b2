"""Compiles what runs on both servers, from Python's own syntax tree, to a JavaScript module for the worker.

The subset is closed: what has no method here is refused with file, line and what to write instead. What it takes means
on a tablet exactly what it means in Python, within limits that whoever writes for both servers has to know: a list and
a tuple of the same things are equal; whole numbers end at 2**53, and there are no others; a set is walked in the order
in which it was filled; a dict that came as JSON has no keys made of digits; annotations are for readers and mypy.
"""

from webapp.offline.python.program import Program, compile_python
from webapp.offline.python.subset import UnsupportedPython

__all__ = ["Program", "UnsupportedPython", "compile_python"]
