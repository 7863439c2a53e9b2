"""How the app looks among others on a tablet."""

import json

PAPER = "#f7f4ee"
LEAF = "#2c6a4d"
ICONS = "/static/icons/"


def _icon(name: str, size: int, purpose: str = "any") -> dict[str, str]:
    return {"src": ICONS + name, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


MANIFEST = json.dumps(
    {
        "id": "/",
        "name": "Reachable",
        "short_name": "Reachable",
        "description": "Lesson scores and calm rooms",
        "lang": "en-GB",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": LEAF,
        "icons": [
            _icon("icon-192.png", 192),
            _icon("icon-512.png", 512),
            _icon("maskable-512.png", 512, "maskable"),
        ],
    }
)
