"""Logos and news pictures: what comes out, and what is refused."""

import io
import struct
import zlib
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from portal.documents.pictures import Picture, reencode_logo, reencode_photo
from portal.documents.reasons import PictureReason, PictureRefused
from tests.documents.pdf_objects import pdf
from tests.documents.readers import LIMITS

MOST = 20_000_000
RED, BLUE = (220, 30, 30), (30, 30, 220)


def encoded(picture: Image.Image, kind: str, **options) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def opened(picture: Picture) -> Image.Image:
    shown = Image.open(io.BytesIO(picture.webp))
    assert shown.format == "WEBP"
    assert shown.size == (picture.width, picture.height)
    return shown


def is_near(colour, wanted) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(colour, wanted, strict=True))


def refusal(data: bytes, max_bytes: int = MOST) -> PictureReason:
    reasons = set()
    for reencode in (reencode_logo, reencode_photo):
        with pytest.raises(PictureRefused) as refused:
            reencode(data, max_bytes, LIMITS)
        reasons.add(refused.value.reason)
    (reason,) = reasons
    return reason


def chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def png(width: int, height: int, *between: bytes) -> bytes:
    """A black greyscale PNG that is small however many pixels it claims."""
    return drawn(width, height, 8, 0, (bytes(width) for _ in range(height)), *between)


def drawn(
    width: int, height: int, depth: int, colours: int, rows: Iterable[bytes], *between: bytes
) -> bytes:
    """A PNG of these rows, with `depth` bits a sample and the kind of colours of its header."""
    header = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" + row) for row in rows) + packer.flush()
    parts = [chunk(b"IHDR", header), *between, chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def samples(*values: int) -> bytes:
    """Samples of sixteen bits."""
    return struct.pack(f">{len(values)}H", *values)


GREY, RGB, GREY_ALPHA, RGB_ALPHA = 0, 2, 4, 6
TRANSPARENT, CLEAR, DARK, LIGHT = b"tRNS", (0, 0, 0, 0), (64, 64, 64, 255), (192, 192, 192, 255)
# Left half and right half of a picture of 64 by 8, and what a reader sees of each.
DEPTHS = {
    "grey": (16, GREY, samples(*[0x4000] * 32, *[0xC000] * 32), b"", (DARK, LIGHT)),
    "grey with a transparent one": (
        16,
        GREY,
        samples(*[0x4000] * 32, *[0xC000] * 32),
        chunk(TRANSPARENT, samples(0xC000)),
        (DARK, CLEAR),
    ),
    "grey with alpha": (
        16,
        GREY_ALPHA,
        samples(*[0x4000, 0xFFFF] * 32, *[0xC000, 0] * 32),
        b"",
        (DARK, CLEAR),
    ),
    "colour": (16, RGB, samples(*[0x4000] * 96, *[0xC000] * 96), b"", (DARK, LIGHT)),
    "colour with a transparent one": (
        16,
        RGB,
        samples(*[0x4000] * 96, *[0xC000] * 96),
        chunk(TRANSPARENT, samples(0x4000, 0x4000, 0x4000)),
        (CLEAR, LIGHT),
    ),
    "colour with alpha": (
        16,
        RGB_ALPHA,
        samples(*[0x4000, 0x4000, 0x4000, 0xFFFF] * 32, *[0xC000, 0xC000, 0xC000, 0] * 32),
        b"",
        (DARK, CLEAR),
    ),
    "four bits with a transparent one": (
        4,
        GREY,
        b"\x44" * 16 + b"\xcc" * 16,
        chunk(TRANSPARENT, samples(0xC)),
        (DARK, CLEAR),
    ),
    "two bits with a transparent one": (
        2,
        GREY,
        b"\x55" * 8 + b"\xaa" * 8,
        chunk(TRANSPARENT, samples(1)),
        (CLEAR, (170, 170, 170, 255)),
    ),
}


class TestLogo:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
    def test_becomes_a_webp_of_at_most_480_pixels(self, kind):
        shown = opened(
            reencode_logo(encoded(Image.new("RGB", (960, 300), RED), kind), MOST, LIMITS)
        )
        assert shown.size == (480, 150)
        assert is_near(shown.convert("RGB").getpixel((240, 75)), RED)

    def test_is_never_enlarged(self):
        assert opened(
            reencode_logo(encoded(Image.new("RGB", (40, 30)), "PNG"), MOST, LIMITS)
        ).size == (
            40,
            30,
        )

    def test_keeps_its_transparency(self):
        logo = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
        logo.paste((*RED, 255), (50, 0, 100, 100))
        shown = opened(reencode_logo(encoded(logo, "PNG"), MOST, LIMITS))
        assert shown.getpixel((10, 50))[3] == 0
        assert shown.getpixel((90, 50))[3] == 255

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
    def test_is_taken_in_any_mode_of_colour(self, mode):
        kind = "JPEG" if mode == "CMYK" else "PNG"
        assert opened(
            reencode_logo(encoded(Image.new(mode, (30, 20)), kind), MOST, LIMITS)
        ).size == (
            30,
            20,
        )

    @pytest.mark.parametrize("name", DEPTHS)
    def test_shows_every_depth_of_grey_and_colour_as_it_is(self, name):
        depth, colours, row, between, halves = DEPTHS[name]
        data = drawn(64, 8, depth, colours, [row] * 8, between)
        logo = opened(reencode_logo(data, MOST, LIMITS)).convert("RGBA")
        photo = opened(reencode_photo(data, MOST, LIMITS).large)
        for place, wanted in zip((12, 52), halves, strict=True):
            seen = logo.getpixel((place, 4))
            assert seen[3] == wanted[3]
            assert wanted == CLEAR or is_near(seen, wanted)
            on_white = (255, 255, 255) if wanted == CLEAR else wanted[:3]
            assert is_near(photo.getpixel((place, 4)), on_white)

    def test_shows_the_first_frame_of_a_moving_picture(self):
        frames = [Image.new("RGB", (50, 50), RED), Image.new("RGB", (50, 50), BLUE)]
        moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
        shown = opened(reencode_logo(moving, MOST, LIMITS))
        assert getattr(shown, "n_frames", 1) == 1
        assert is_near(shown.convert("RGB").getpixel((25, 25)), RED)


class TestPhoto:
    def test_becomes_two_sizes(self):
        photo = reencode_photo(encoded(Image.new("RGB", (3000, 2000), RED), "JPEG"), MOST, LIMITS)
        assert opened(photo.large).size == (1600, 1067)
        assert opened(photo.small).size == (800, 534)
        assert photo.large.sha256 != photo.small.sha256

    def test_stands_upright_and_tells_nothing_of_its_maker(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        exif[0x010F] = "GeheimeCamera"
        exif.get_ifd(0x8825)[1] = "N"
        sideways = Image.new("RGB", (400, 200), BLUE)
        sideways.paste(RED, (0, 0, 200, 200))
        data = encoded(sideways, "JPEG", exif=exif, comment=b"GeheimeNotitie", quality=95)
        assert b"GeheimeCamera" in data
        photo = reencode_photo(data, MOST, LIMITS)
        for picture in (photo.large, photo.small):
            shown = opened(picture)
            assert shown.size == (200, 400)
            assert is_near(shown.getpixel((100, 50)), RED)
            assert is_near(shown.getpixel((100, 350)), BLUE)
            assert not shown.getexif()
            assert b"Geheime" not in picture.webp
            assert b"EXIF" not in picture.webp

    def test_is_taken_when_only_its_exif_is_broken(self):
        broken = b"Exif\0\0II*\0\x08\0\0\0\xff\xff\xff\xff"
        data = encoded(Image.new("RGB", (40, 30)), "JPEG", exif=broken)
        assert opened(reencode_photo(data, MOST, LIMITS).large).size == (40, 30)

    def test_stands_on_white_where_it_was_transparent(self):
        data = encoded(Image.new("RGBA", (40, 30), (0, 0, 0, 0)), "PNG")
        shown = opened(reencode_photo(data, MOST, LIMITS).large)
        assert shown.mode == "RGB"
        assert is_near(shown.getpixel((20, 15)), (255, 255, 255))


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", PictureReason.EMPTY),
            (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', PictureReason.SVG),
            (b"<SVG onload=alert(1)>", PictureReason.SVG),
            (b"<html><body>", PictureReason.NOT_A_PICTURE),
            (b"gewone tekst", PictureReason.NOT_A_PICTURE),
            (pdf(), PictureReason.NOT_A_PICTURE),
            (encoded(Image.new("RGB", (9, 9)), "BMP"), PictureReason.NOT_A_PICTURE),
            (encoded(Image.new("RGB", (9, 9)), "TIFF"), PictureReason.NOT_A_PICTURE),
            (encoded(Image.new("RGB", (900, 900), RED), "PNG")[:120], PictureReason.UNREADABLE),
            (encoded(Image.new("RGB", (900, 900), RED), "JPEG")[:700], PictureReason.UNREADABLE),
            (encoded(Image.new("RGB", (900, 900), RED), "WEBP")[:60], PictureReason.UNREADABLE),
        ],
        ids=lambda value: value if isinstance(value, PictureReason) else "",
    )
    def test_has_a_reason_of_its_own(self, data, reason):
        assert refusal(data) is reason

    @pytest.mark.parametrize(
        ("width", "height"), [(20_000, 20_000), (8_000, 6_000), (11_000, 9_000)]
    )
    def test_has_more_pixels_than_anybody_needs(self, width, height):
        assert refusal(png(width, height)) is PictureReason.TOO_MANY_PIXELS

    def test_is_over_the_limit_of_bytes_only(self):
        data = encoded(Image.new("RGB", (9, 9)), "PNG")
        assert refusal(data, len(data) - 1) is PictureReason.TOO_LARGE
        assert reencode_logo(data, len(data), LIMITS).width == 9

    def test_cannot_keep_the_machine_busy_with_endless_scans(self):
        progressive = encoded(Image.new("L", (6000, 6000)), "JPEG", progressive=True)
        last = progressive.rfind(b"\xff\xda")
        scan = bytes([0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0, 0, 0, 0, 0])
        with pytest.raises(PictureRefused) as refused:
            reencode_logo(progressive[:last] + scan * 20_000 + b"\xff\xd9", MOST, LIMITS)
        assert refused.value.reason is PictureReason.UNREADABLE

    def test_cannot_hide_a_bomb_in_its_words(self):
        words = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 9))
        assert refusal(png(9, 9, words)) is PictureReason.UNREADABLE


SEEDS = [
    encoded(Image.effect_noise((24, 24), 60).convert("RGB"), kind)
    for kind in ("PNG", "JPEG", "WEBP", "GIF")
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), min_size=1),
)
def test_comes_out_whole_or_is_refused_whatever_bytes_are_wrong(seed, changes):
    data = bytearray(seed)
    for place, value in changes:
        data[place % len(data)] = value
    try:
        logo = reencode_logo(bytes(data), MOST, LIMITS)
    except PictureRefused as refused:
        assert refused.reason in PictureReason
    else:
        opened(logo).load()
