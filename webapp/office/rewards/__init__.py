"""Rewards: the tuck shop, options, the trip and the hall board."""

from webapp.office.rewards import board_routes, reward_routes

PAGES = (
    board_routes,
    reward_routes,
)
