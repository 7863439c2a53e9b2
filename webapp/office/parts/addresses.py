"""Addresses of what a school names itself: a group may be "10A/Ma1", or "..", which to browsers is the way up."""

import re

from werkzeug.routing import BaseConverter

_UNSAFE = re.compile(r"[=/\\?#%;]|\A\.+\Z")
_CODE = re.compile(r"=([0-9A-F]{2})")


class KeyConverter(BaseConverter):
    """A key as one part of an address. What would not come back as it went is written as "=2F", the slash's number."""

    def to_url(self, value: str) -> str:
        return super().to_url(_UNSAFE.sub(lambda found: "".join(f"={ord(letter):02X}" for letter in found[0]), value))

    def to_python(self, value: str) -> str:
        return _CODE.sub(lambda found: chr(int(found[1], 16)), value)
