"""Pictures made as they are needed, and photos that somebody else has made."""

import base64
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import qrcode
from PIL import Image, ImageOps
from qrcode.image.svg import SvgPathImage

FORMATS: Final = ("JPEG", "PNG")
"""What a photo may be. Pillow would take forty formats by how a file begins, and run Ghostscript for one of them."""

LARGEST: Final = 20_000_000  # bytes
MOST_DOTS: Final = 50_000_000  # the best phones have as many
UNFIT: Final = "This is no JPEG or PNG picture that can be shown."
TOO_LARGE: Final = f"This picture has more than {MOST_DOTS // 1_000_000} million dots, or {LARGEST // 1_000_000} MB."


class NoPhotoError(Exception):
    """A file that cannot be shown as a photo; the message says why, to people."""


def qr_picture(text: str) -> str:
    """A QR code as an address that a picture can show."""
    picture = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, box_size=14, border=2).save(picture)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()


def photo_fault(path: Path) -> str | None:
    """Why a file could not be shown as a photo, as far as its beginning tells."""
    try:
        with _opened(path):
            return None
    except NoPhotoError as error:
        return str(error)


def photo(path: Path, size: tuple[int, int]) -> Image.Image:
    """A photo, upright, cut and shrunk to so many dots; `NoPhotoError` for what is none, or is too large to open."""
    with _opened(path) as image:
        image.draft("RGB", (2 * max(size), 2 * max(size)))  # a JPEG is read no larger than needed
        return ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), size)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """The picture in a file, of which nothing is read yet but what it says of itself."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise NoPhotoError(TOO_LARGE if path.is_file() else UNFIT)
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=FORMATS) as image:
            if image.width * image.height > MOST_DOTS:
                raise NoPhotoError(TOO_LARGE)
            yield image
    except NoPhotoError:
        raise
    except Image.DecompressionBombError:
        raise NoPhotoError(TOO_LARGE) from None
    except Exception:  # Pillow raises whatever its readers stumbled over
        raise NoPhotoError(UNFIT) from None
