"""Every error Demarche raises on purpose.

    KBError                     KB000  internal, exit 3, HTTP 500
    +- InputError               KB010  bad input, exit 2, HTTP 400
    |  +- MissingInputError     KB011  no such file, folder or match
    |  +- EmptyInputError       KB012  nothing to read in it
    |  +- BinaryInputError      KB013  not text
    |  +- EncodingError         KB014  text in an encoding we cannot tell
    |  +- InputTooLargeError    KB015  longer than the limit, HTTP 413
    |  +- LanguageError         KB016  not English, HTTP 422
    |  +- NoArticleError        KB017  HTML or JSON without an article, HTTP 422
    |  +- OptionError           KB018  an option or parameter has a bad value
    +- RejectedError            KB020  SHACL kept every claim out, exit 1, HTTP 422
    +- QueryError               KB030  a query that cannot be run, exit 2, HTTP 400
    |  +- UnknownQueryError     KB031  no named query of that name, HTTP 404
    |  +- QueryParameterError   KB032  a named query's parameter is missing or malformed
    |  +- QueryTimeoutError     KB033  it took longer than the time limit and was stopped, HTTP 504
    |  +- QueryLimitError       KB034  its answer or its memory went over a limit, HTTP 503
    +- NotFoundError            KB040  no such article, fact or graph, exit 2, HTTP 404
    +- StoreError               KB050  the store cannot be used, exit 4, HTTP 503
    |  +- StoreLockedError      KB051  another process holds it and serves no hand-over
    |  +- StoreReadOnlyError    KB052  read-only folder or file system
    |  +- StoreFullError        KB053  no space left
    |  +- StoreDamagedError     KB054  the files cannot be opened as a store
    |  +- HandOverError         KB055  the serving process did not take the article
    |  +- BusyError             KB056  as many queries are running and waiting as may
    +- ResourceError            KB060  a file of the installation is missing or malformed
    |  +- LexiconError          KB061  a rule file breaks its own schema
    +- ApiError                 KB070  a malformed request to the API, exit 2, HTTP 400
       +- NotAcceptableError    KB071  no format that the request accepts, HTTP 406
       +- UnsupportedMediaError KB072  a body of another type than is taken, HTTP 415
       +- ForbiddenError        KB073  not offered by this server, HTTP 403
       +- MethodError           KB074  a method that the address does not have, HTTP 405
       +- RequestTooLargeError  KB075  a body longer than the limit, HTTP 413
       +- UnauthorizedError     KB076  the token is missing or wrong, HTTP 401
       +- PreconditionError     KB078  what is to be changed is not as the request says, HTTP 412

An error class carries everything a reader of it needs: a stable ``code``, a one-sentence ``message`` that names the
file and place, a ``hint`` that names the remedy, the HTTP ``status`` of the API and the ``exit_code`` of the command.
A claim that SHACL keeps out is a result, not an error (see :mod:`kb.gate`).
"""

from __future__ import annotations

from typing import ClassVar


class KBError(Exception):
    """Root of the tree; raised as such only for a defect of ours."""

    code: ClassVar[str] = "KB000"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 3
    default_hint: ClassVar[str] = "This is a defect: run `kb --debug COMMAND ...` again and report what it prints."

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or self.default_hint

    def as_problem(self) -> dict[str, object]:
        """Return the problem object of the API (RFC 9457: type, title, status, detail), plus code and hint."""
        return {
            "type": f"https://w3id.org/demarche/errors#{self.code}",
            "title": type(self).__name__,
            "status": self.status,
            "detail": self.message,
            "code": self.code,
            "hint": self.hint,
        }

    @classmethod
    def from_problem(cls, problem: object) -> KBError | None:
        """Return the error that a problem object of ours stands for, in its own class; None if it is not one."""
        if not isinstance(problem, dict) or "detail" not in problem:
            return None
        kinds = [cls]
        for kind in kinds:
            kinds += kind.__subclasses__()
            if kind.code == problem.get("code"):
                return kind(str(problem["detail"]), hint=problem.get("hint"))
        return None


class InputError(KBError):
    """The input cannot become an article."""

    code = "KB010"
    status = 400
    exit_code = 2
    default_hint = "Give a plain-text, HTML or JSON-lines news article in English."


class MissingInputError(InputError):
    """No such file or folder, or a pattern that matches nothing."""

    code = "KB011"
    status = 404
    default_hint = "Check the path; quote a pattern so that the shell does not expand it to nothing."


class EmptyInputError(InputError):
    """The input holds no text."""

    code = "KB012"
    default_hint = "The file is empty or holds only white space: fetch the article again."


class BinaryInputError(InputError):
    """The input is not text."""

    code = "KB013"
    status = 415
    default_hint = "Convert the document to plain text or HTML first (for example with pdftotext)."


class EncodingError(InputError):
    """The input's character encoding cannot be determined."""

    code = "KB014"
    default_hint = "Save the file as UTF-8."


class InputTooLargeError(InputError):
    """The input is longer than KB_MAX_ARTICLE_BYTES."""

    code = "KB015"
    status = 413
    default_hint = "Split the file into articles, or raise KB_MAX_ARTICLE_BYTES."


class LanguageError(InputError):
    """The text is not English."""

    code = "KB016"
    status = 422
    default_hint = "Demarche reads English; load a translation and name the original with --url."


class NoArticleError(InputError):
    """HTML without an article, or a JSON line without text."""

    code = "KB017"
    status = 422
    default_hint = 'Save the article\'s text as .txt, or give JSON lines with a "text" field.'


class OptionError(InputError):
    """An option or request parameter has a value that cannot be used."""

    code = "KB018"
    default_hint = "See `kb COMMAND --help` for the values it takes."


class RejectedError(KBError):
    """SHACL kept out the article itself or every claim of it."""

    code = "KB020"
    status = 422
    exit_code = 1
    default_hint = "The report names each focus node and the constraint it breaks."


class QueryError(KBError):
    """A SPARQL query that cannot be parsed or run."""

    code = "KB030"
    status = 400
    exit_code = 2
    default_hint = "Check the query's syntax; `kb query --list` shows queries that work."


class UnknownQueryError(QueryError):
    """No named query of that name."""

    code = "KB031"
    status = 404
    default_hint = "`kb query --list` shows the named queries."


class QueryParameterError(QueryError):
    """A named query's parameter is unknown, missing or malformed."""

    code = "KB032"
    default_hint = "`kb query --list` shows each query's parameters with an example."


class QueryTimeoutError(QueryError):
    """A query took longer than the server's time limit and was stopped."""

    code = "KB033"
    status = 504
    default_hint = "Ask for less: add a LIMIT, name a graph or a class, or join the parts of the pattern by a variable."


class QueryLimitError(QueryError):
    """A query's answer had more rows or bytes than the server gives, or the query needed more memory than it may."""

    code = "KB034"
    status = 503
    default_hint = "Ask for less at a time: add LIMIT and OFFSET, or leave out ORDER BY and DISTINCT."


class NotFoundError(KBError):
    """The base holds no such article, fact or graph."""

    code = "KB040"
    status = 404
    exit_code = 2
    default_hint = "`kb status` lists the articles; `kb query facts` lists the facts with their identifiers."


class StoreError(KBError):
    """The store cannot be opened, read or written."""

    code = "KB050"
    status = 503
    exit_code = 4
    default_hint = "Check the folder given by --store or KB_STORE."


class StoreLockedError(StoreError):
    """Another process holds the store and offers no hand-over."""

    code = "KB051"
    default_hint = "Wait for the other process to end, or start `kb serve`, which takes articles for everybody."


class StoreReadOnlyError(StoreError):
    """The store's folder cannot be written."""

    code = "KB052"
    default_hint = "Give a writable folder with --store, or mend the permissions."


class StoreFullError(StoreError):
    """The disk is full; nothing of the article was written."""

    code = "KB053"
    status = 507
    default_hint = "Free some space and load the article again: nothing half-written was kept."


class StoreDamagedError(StoreError):
    """The files in the folder cannot be opened as a store."""

    code = "KB054"
    default_hint = "Restore the folder from a backup, or load the articles into a new one."


class HandOverError(StoreError):
    """The process that holds the store did not take the work."""

    code = "KB055"
    default_hint = "See the log of `kb serve`; stop it to let the command open the store itself."


class BusyError(StoreError):
    """The server answers as many queries as it can, and as many wait as may."""

    code = "KB056"
    default_hint = "Try again in a few seconds; the Retry-After header says when."


class ResourceError(KBError):
    """A file of the installation (ontology, shapes, data) is missing or malformed."""

    code = "KB060"
    default_hint = "Install the package again; in a checkout, restore the file from git."


class LexiconError(ResourceError):
    """A rule file breaks its own schema; the message names file and rule."""

    code = "KB061"
    default_hint = "See CONTRIBUTING.md, 'Add a verb', for the fields of a rule."


class ApiError(KBError):
    """A request that HTTP, the SPARQL protocol or the API does not allow."""

    code = "KB070"
    status = 400
    exit_code = 2
    default_hint = "See /docs on the server for what each address takes."


class NotAcceptableError(ApiError):
    """None of the formats on offer is one that the request accepts."""

    code = "KB071"
    status = 406
    default_hint = "Send one of the media types that the message lists in the Accept header."


class UnsupportedMediaError(ApiError):
    """The body is of a type that the address does not take, or of none."""

    code = "KB072"
    status = 415
    default_hint = "Send one of the media types that the message lists in the Content-Type header."


class ForbiddenError(ApiError):
    """What is asked for is not offered by this server, whoever asks."""

    code = "KB073"
    status = 403
    default_hint = "Start the server with the right to write, or use the command line on its machine."


class MethodError(ApiError):
    """The address exists, but not with this method."""

    code = "KB074"
    status = 405
    default_hint = "The Allow header of the answer lists the methods."


class RequestTooLargeError(ApiError):
    """The body is longer than the limit."""

    code = "KB075"
    status = 413
    default_hint = "Send less at once; KB_MAX_ARTICLE_BYTES limits an article."


class UnauthorizedError(ApiError):
    """The bearer token is missing or wrong."""

    code = "KB076"
    status = 401
    default_hint = "Send the header 'Authorization: Bearer TOKEN' with the server's token."


class PreconditionError(ApiError):
    """What is to be changed has changed already, or exists, or does not, against If-Match or If-None-Match."""

    code = "KB078"
    status = 412
    default_hint = "Read it again, and send its ETag in If-Match with what you make of it."
