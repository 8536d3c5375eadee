"""Where the ontology, the shapes and the data lie: in the wheel, or beside the package in a checkout."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kb.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, for example ``resource("ontology", "demarche.ttl")``.

    Raises:
        ResourceError: the installation lacks it.
    """
    for root in (_PACKAGE / "_bundled", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise ResourceError(f"{'/'.join(parts)} is not part of this installation")


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of the files in a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
