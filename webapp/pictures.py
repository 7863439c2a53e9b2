"""Pictures made as they are needed."""

import base64
import io

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_picture(text: str) -> str:
    """A QR code as an address that a picture can show."""
    picture = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, box_size=14, border=2).save(picture)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()
