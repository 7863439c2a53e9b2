"""The policy: in words, the draft of a change, what it would do, and its history."""

from webapp.office.policy import policy_routes

PAGES = (policy_routes,)
