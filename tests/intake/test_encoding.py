import codecs

import pytest

from kb.errors import BinaryInputError, EmptyInputError, EncodingError, InputTooLargeError
from kb.intake.encoding import normalise

PROSE = (
    "The Sylvanian minister, José Müller, said on Tuesday that Freedonia’s envoy – who had met him in a café – "
    "would not be expelled. “We shall wait,” he told reporters after the talks in Marxville.\n"
)
PLAIN = "The minister José Müller said that the envoy of Freedonia would be received in the café by the naïve clerk.\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_unicode_is_read_exactly_and_without_a_warning(read_bytes, encoding, mark):
    article = read_bytes(mark + PROSE.encode(encoding))
    assert article.text == PROSE
    assert not [w for w in article.warnings if "encoding" in w or "unreadable" in w]


@pytest.mark.parametrize(("encoding", "text"), [("cp1252", PROSE), ("latin-1", PLAIN), ("mac_roman", PROSE)])
def test_other_encodings_are_guessed_with_a_warning(read_bytes, encoding, text):
    article = read_bytes(text.encode(encoding))
    assert article.text == text
    assert any("encoding guessed" in warning for warning in article.warnings)


def test_html_may_declare_its_charset(read_bytes):
    page = f'<html><head><meta charset="iso-8859-1"></head><body><article><p>{PLAIN * 3}</p></article></body></html>'
    assert "José Müller" in read_bytes(page.encode("latin-1"), "html").text


def test_a_few_spoilt_bytes_become_replacement_characters(read_bytes):
    data = (PROSE * 4).encode().replace("Müller".encode(), b"M\xc3ller", 1)
    article = read_bytes(data)
    assert article.text.count("\ufffd") == 1
    assert any("1 unreadable" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7 stuff", "PDF"),
        (b"PK\x03\x04" + b"\x00" * 20 + b"word/document.xml", "Word document"),
        (b"PK\x03\x04" + b"\x00" * 20 + b"whatever", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0 JFIF", "JPEG"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "WEBP"),
        (b"{\\rtf1\\ansi The minister}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word"),
        (b"\x00\x01\x02\x03" * 50, "zero bytes"),
        (b"\x01\x02\x03\x04\x05 some \x06\x07", "control codes"),
    ],
)
def test_binary_input_is_named(read_bytes, data, name):
    with pytest.raises(BinaryInputError, match=name):
        read_bytes(data)


def test_utf16_that_breaks_off_is_named(read_bytes):
    with pytest.raises(EncodingError, match=r"story.txt: starts like UTF-16-LE, but byte"):
        read_bytes(codecs.BOM_UTF16_LE + b"\x00\xdc" * 20)


def test_bytes_in_no_encoding_are_refused_with_the_candidates_and_the_remedy(read_bytes):
    data = b"The envoy " + bytes(range(0x80, 0x100)) * 3
    with pytest.raises(EncodingError, match=r"tried UTF-8, UTF-16") as caught:
        read_bytes(data)
    assert "iconv" in caught.value.hint


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n\n", "\u00a0\n".encode()])
def test_empty_input_is_refused(read_bytes, data):
    with pytest.raises(EmptyInputError, match=r"story\.txt"):
        read_bytes(data)


def test_too_large_input_is_refused_with_both_sizes(read_bytes):
    with pytest.raises(InputTooLargeError, match=r"1,200 bytes, more than the limit of 1,000"):
        read_bytes(b"a" * 1200, max_bytes=1000)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeffa", "a"),
        ("page\fnext\vline", "page\nnext\nline"),
        ("a\x00b\ud800c\x1b", "a\ufffdb\ufffdc\ufffd"),
        ("tab\tnbsp\u00a0\u2028", "tab\tnbsp\u00a0\u2028"),
    ],
)
def test_normal_form(raw, clean):
    assert normalise(raw) == clean
    assert normalise(clean) == clean
