"""Bake `data/model/lemmas.json.gz` from the English tables of the package spacy-lookups-data (made of WordNet 3.0).

Run ``python -m kb.dev.bake_lemmas`` with the dependency group `bake`; ``--check`` compares instead of writing. The
package is found, not imported: its import would need spaCy.
"""

from __future__ import annotations

import gzip
import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from kb.errors import ResourceError
from kb.nlp.lemmas import TABLES
from kb.resources import resource

_PARTS_OF_SPEECH = ("adj", "adv", "noun", "verb")
_SIMPLE = re.compile(r"[a-z]{2,}")
"""Compounds, names and figures are left out; a hyphenated word is looked up by its last part."""


@click.command()
@click.option("--check", is_flag=True, help="Compare with the file that is there; exit 1 where it differs.")
def main(check: bool) -> None:
    """Bake the tables of the lemmatizer."""
    path = resource("data", "model") / TABLES
    tables = bake(_folder())
    if path.exists() and json.loads(gzip.decompress(path.read_bytes())) == tables:
        return
    if check:
        raise SystemExit(f"not up to date: {TABLES}; run python -m kb.dev.bake_lemmas")
    text = json.dumps(tables, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))  # without a date, so that the bytes depend on the tables


def bake(folder: Path) -> dict[str, Any]:
    """Return exceptions, rules and known words of each part of speech from the package's folder."""
    exceptions, rules, index = (_read(folder / f"en_lemma_{name}.json.gz") for name in ("exc", "rules", "index"))
    return {
        part: {
            "exceptions": {
                form: lemmas for form, lemmas in sorted(exceptions[part].items()) if _SIMPLE.fullmatch(form)
            },
            "rules": [rule for rule in rules[part] if rule[0]],
            "words": " ".join(sorted(filter(_SIMPLE.fullmatch, set(index[part])))),
        }
        for part in _PARTS_OF_SPEECH
    }


def _folder() -> Path:
    spec = find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        raise ResourceError("spacy-lookups-data is not installed", hint="Install the dependency group `bake`.")
    return Path(spec.origin).parent / "data"


def _read(path: Path) -> Any:
    try:
        return json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, ValueError, EOFError) as error:
        raise ResourceError(f"{path} is not a table of lemmas: {error}") from error


if __name__ == "__main__":
    main()
