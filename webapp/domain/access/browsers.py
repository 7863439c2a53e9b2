"""What a browser is called in a list of places where somebody is signed in."""

from typing import Final

# Looked for in this order, since most browsers also call themselves by the names of others.
_BROWSERS: Final = {"Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
                    "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}  # fmt: skip
_SYSTEMS: Final = {"iPad": "an iPad", "iPhone": "an iPhone", "Android": "Android", "CrOS": "a Chromebook",
                   "Windows": "Windows", "Mac OS": "a Mac", "Linux": "Linux"}  # fmt: skip


def browser_words(agent: str) -> str:
    """ "Firefox on Windows" for what a browser says in `User-Agent`."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in agent), "A browser")
    system = next((name for sign, name in _SYSTEMS.items() if sign in agent), None)
    return f"{browser} on {system}" if system else browser
