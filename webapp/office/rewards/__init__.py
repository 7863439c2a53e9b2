"""Rewards: the tuck shop, options, the trip and the hall board."""

from webapp.office.rewards import (
    board_routes,  # noqa: F401  # adds to the desk's blueprint
    reward_routes,
)

BLUEPRINTS = (reward_routes.bp,)
