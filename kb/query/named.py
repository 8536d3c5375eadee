"""Reading the files of named queries and filling in their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kb.errors import QueryParameterError, ResourceError, UnknownQueryError
from kb.query.parameters import Find, Parameter, ParameterType

FOLDER = Path(__file__).resolve().parents[1] / "queries"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One question of `kb/queries`; `text` is the whole file, which runs as it stands."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str

    def bind(self, values: Mapping[str, str | Sequence[str]], find: Find | None = None) -> str:
        """Return the query with these values for its parameters; the others keep their defaults.

        Of several values for one parameter any may hold. `find` looks up names of states and actors
        (`kb.query.Names`); without it they must be codes or IRIs.

        Raises:
            QueryParameterError: there is no such parameter, or its value cannot be used.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        text = self.text
        for name, value in values.items():
            if name not in known:
                raise QueryParameterError(self._unknown(name))
            several = [value] if isinstance(value, str) else value
            terms = (self._terms(known[name], one, find) for one in several)
            text = _filled(text, name, " ".join(terms))
        return text

    def _terms(self, parameter: Parameter, value: str, find: Find | None) -> str:
        try:
            return parameter.terms(value, find)
        except ValueError as error:
            raise QueryParameterError(
                f"{self.name}: {parameter.name}={value}: {error}",
                hint=f"{parameter.name} is {parameter.meaning}: --param {parameter.name}={parameter.example}",
            ) from error

    def _unknown(self, name: str) -> str:
        if not self.parameters:
            return f"{self.name} has no parameter {name}, nor any other"
        known = ", ".join(parameter.name for parameter in self.parameters)
        return f"{self.name} has no parameter {name}; it has {known}"


def load_queries(folder: Path | None = None) -> Mapping[str, NamedQuery]:
    """Return the named queries of a folder, by default those that are shipped, in the order of their names.

    Raises:
        ResourceError: there are none, or a file's head is not in order; the message names file and line.
    """
    folder = folder or FOLDER
    queries = {path.stem: read_query(path) for path in sorted(folder.glob("*.rq"))}
    if not queries:
        raise ResourceError(f"{folder} holds no named queries")
    return queries


def find_query(queries: Mapping[str, NamedQuery], name: str) -> NamedQuery:
    """Return the query of that name.

    Raises:
        UnknownQueryError: there is none; the message has similar names.
    """
    if name in queries:
        return queries[name]
    close = get_close_matches(name, queries, n=3, cutoff=0.5)
    meant = f"; did you mean {' or '.join(close)}?" if close else ""
    raise UnknownQueryError(f"there is no query {name}{meant}")


# --- the head of a file -----------------------------------------------------------------------------------------------

_FIELD = re.compile(r"#\+ (summary|description|tags|param) ?(.*)")
_PARAMETER = re.compile(r"(\w+) ([a-z-]+)(?: of ([^:]+))?: (.+), e\.g\. (.+)")
_SLOT = re.compile(r"^ *VALUES \?(\w+) \{[^{}\n]*\} +# param$", re.MULTILINE)


def read_query(path: Path) -> NamedQuery:
    """Read one file.

    Raises:
        ResourceError: its head lacks something, or its parameters are not those of the query itself.
    """
    text = path.read_text(encoding="utf-8")
    found = list(_fields(path, text))
    single = {field: value.removeprefix(": ").removeprefix(":").strip() for field, value in found if field != "param"}
    for field in ("summary", "description", "tags"):
        if not single.get(field):
            raise ResourceError(f"{path}: the head has no {field}")
    parameters = tuple(_parameter(path, value) for field, value in found if field == "param")
    declared, taken = sorted(parameter.name for parameter in parameters), sorted(_SLOT.findall(text))
    if declared != taken:
        raise ResourceError(f"{path}: the head has the parameters {declared}, the query {taken}")
    tags = tuple(tag.strip() for tag in single["tags"].split(","))
    return NamedQuery(path.stem, single["summary"], single["description"], tags, parameters, text)


def _fields(path: Path, text: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of the head, each with the lines that go on with it."""
    field, value = "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#+"):
            break
        if line.startswith("#+  ") and field:
            value += " " + line[2:].strip()
            continue
        if field:
            yield field, value
        match = _FIELD.fullmatch(line)
        if match is None:
            raise ResourceError(f"{path}, line {number}: not a field of the head: {line}")
        field, value = match[1], match[2].lstrip(":").strip() if match[1] != "param" else match[2]
    if field:
        yield field, value


def _parameter(path: Path, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or match[2] not in {*ParameterType}:
        raise ResourceError(f"{path}: not in the form 'param NAME TYPE: meaning, e.g. EXAMPLE': {line}")
    choices = tuple(choice.strip() for choice in (match[3] or "").split(",") if choice.strip())
    if bool(choices) != (match[2] == ParameterType.CHOICE):
        raise ResourceError(f"{path}: a parameter of type choice, and no other, lists its values: {line}")
    return Parameter(match[1], ParameterType(match[2]), match[4], match[5], choices)


def _filled(text: str, name: str, terms: str) -> str:
    """Return the query with these terms in the braces of a parameter."""
    slot = re.compile(rf"^( *VALUES \?{name} \{{ ?)[^{{}}\n]*?( ?\}} +# param)$", re.MULTILINE)
    return slot.sub(lambda match: match[1] + terms + match[2], text, count=1)
