"""From bytes to text: what is not text, which encoding it is in, and one form for line ends.

Order of the tests: magic number, byte order mark, UTF-16 by its zero bytes, UTF-8, the charset that HTML declares, and
only then a guess. News in English has few bytes above 127, mostly quotation marks, so that a guess is possible where
they are plausible in cp1252 (which includes Latin-1), and is left to charset-normalizer where they are not.
"""

from __future__ import annotations

import codecs
import re

from kb.errors import BinaryInputError, EmptyInputError, EncodingError

_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf'\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"wOF2", "a font"),
)
_ZIPPED = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"mimetypeapplication/epub+zip", "an EPUB book"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_GUESSES = "cp1252 mac_roman cp1250 cp1251 cp1253 cp1254 cp1256 koi8_r shift_jis gb18030 big5 euc_kr euc_jp"


def decode(data: bytes, source: str) -> tuple[str, list[str]]:
    """Return the normalised text and warnings about how it was read.

    Raises:
        EmptyInputError: nothing but white space.
        BinaryInputError: it is not text.
        EncodingError: the encoding cannot be told.
    """
    if not data.strip():
        raise EmptyInputError(f"{source}: the input is empty")
    _refuse_known_binary(data, source)
    text, warnings = _decode(data, source)
    unreadable = len(_CONTROL.findall(text))
    if unreadable > max(2, len(text) // 100):
        raise BinaryInputError(f"{source}: {unreadable} of {len(text)} characters are control codes: not text")
    text = normalise(text)
    if not text.strip():
        raise EmptyInputError(f"{source}: the input holds only white space")
    if lost := text.count("\ufffd"):
        warnings.append(f"{lost} unreadable character(s): fetch the article again, or save it as UTF-8")
    return text, warnings


def normalise(text: str) -> str:
    """Give a text the form in which it is stored, and which no second pass changes.

    A byte order mark at the start is dropped; CR LF, CR, form feed and vertical tab become LF; other control codes and
    lone surrogates, which no store takes, become U+FFFD. All else stays as it is.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    for old in "\r\f\v":
        text = text.replace(old, "\n")
    return _CONTROL.sub("\ufffd", text)


def _refuse_known_binary(data: bytes, source: str) -> None:
    names = [name for magic, name in _MAGIC if data.startswith(magic)]
    if data.startswith(b"PK\x03\x04"):
        names = [name for part, name in _ZIPPED if part in data[:65536]] or names
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        names = [f"a {data[8:12].decode().strip()} file"]
    if data[4:8] == b"ftyp":
        names = ["an MP4, HEIC or AVIF file"]
    if names:
        raise BinaryInputError(f"{source}: this is {names[0]}, not text")


def _decode(data: bytes, source: str) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, source), []
    if b"\x00" in data:
        return _strict(data, _wide(data, source), source), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if text := _damaged_utf8(data):
        return text, []
    if text := _declared(data):
        return text, []
    return _guess(data, source)


def _strict(data: bytes, encoding: str, source: str) -> str:
    """Decode, forgiving only an incomplete last character."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"{source}: starts like {encoding.upper()}, but byte {error.start} cannot be decoded",
            hint="The file is damaged or mixes encodings: fetch the article again and save it as UTF-8.",
        ) from error


def _wide(data: bytes, source: str) -> str:
    """Return the UTF-16 that a text with zero bytes is in: in Latin script every other byte is zero."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.35 and even * 20 < odd:
        return "utf-16-le"
    if even > len(sample) * 0.35 and odd * 20 < even:
        return "utf-16-be"
    raise BinaryInputError(f"{source}: contains zero bytes: not text")


def _damaged_utf8(data: bytes) -> str | None:
    """Return the text if it is UTF-8 with a few bytes spoilt: far more characters of several bytes than errors."""
    text = data.decode("utf-8", errors="replace")
    errors = text.count("\ufffd")
    several = sum(char > "\x7f" for char in text) - errors
    return text if several >= 4 * errors else None


def _declared(data: bytes) -> str | None:
    """Return the text in the charset its HTML or XML head declares; Latin-1 means cp1252, as browsers take it."""
    match = _DECLARED.search(data[:2048])
    if not match:
        return None
    name = match[1].decode().lower()
    try:
        name = codecs.lookup(name).name
        return data.decode("cp1252" if name == "iso8859-1" else name)
    except (LookupError, UnicodeError):
        return None


def _guess(data: bytes, source: str) -> tuple[str, list[str]]:
    if text := _plausible(data, "cp1252"):
        return text, ["encoding guessed: Windows-1252 (Latin-1)"]
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:65536], cp_isolation=_GUESSES.split())
    names = list(dict.fromkeys(match.encoding for match in matches))
    for name in names:
        try:
            return data.decode(name), [f"encoding guessed: {name}"]
        except UnicodeDecodeError:
            continue
    tried = ", ".join(["UTF-8", "UTF-16", *(name for name in names or _GUESSES.split()[:4])])
    raise EncodingError(
        f"{source}: neither UTF-8 nor any other encoding fits (tried {tried})",
        hint="Save the file as UTF-8, for example with `iconv -f ENCODING -t UTF-8`.",
    )


def _plausible(data: bytes, encoding: str) -> str | None:
    """Return the text if the bytes above 127 are rare and read like letters inside words, or like punctuation."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    strange = [i for i, char in enumerate(text) if char > "\x7f"]
    odd = sum(_odd(text, i) for i in strange)
    return text if len(strange) * 12 < len(text) and odd * 10 <= len(strange) else None


def _odd(text: str, i: int) -> bool:
    """Say whether a character is out of place: a capital after a small letter, a sign inside a word."""
    char, before, after = text[i], text[i - 1 : i], text[i + 1 : i + 2]
    if char.isalpha():
        return (char.isupper() and before.islower()) or char in "ªºƒˆ" or not (before.isalpha() or after.isalpha())
    return char not in "’‘" and before.isalpha() and after.isalpha() and char not in "–—·\xad"
