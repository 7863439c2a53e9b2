"""What a tap means, as drafts of operations.

A tap is given what its screen shows and its form, and answers `[{kind, body, replaces?}]`. A form that makes no
sense for what is shown answers nothing; one that lacks what only the person can say is answered with a Refusal: its
reason is the id of the field, its detail what to do.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from webapp.domain.refusal import Refusal
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.viewer import Viewer

Form = Mapping[str, str]
Draft = dict[str, Any]
Tap = Callable[[Tables, Viewer, datetime, Form, Form], list[Draft] | Refusal]
"""Given rows, viewer, the moment, the parts of the address and the form."""
