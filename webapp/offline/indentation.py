"""Floor templates without the space that lines begin with: browsers ignore it, and a tablet downloads all of them."""

import re

from jinja2.ext import Extension

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class WithoutIndentation(Extension):
    """Takes it away before Jinja or our own compiler sees a template, so that school and tablet print the same."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return INDENTATION.sub("", source) if name and name.startswith("floor/") else source
