"""What the process that servers are split off from imports before the first of them."""

import webapp.cli.ready
import webapp.cli.serve  # noqa: F401
from e2e.server.serving import worker

worker()
