"""The HTTP API and the pages.

    app         puts it together: `create_app`; `server` runs it
    routers     one module for each room of the house: sparql, queries, articles, things, ontology, start
    protocol    from an HTTP request to a query and its dataset (SPARQL 1.1 Protocol)
    negotiate   from an Accept header to a format of `formats`
    deps        what the handlers work with; `models` and `docs` what OpenAPI says of it
    answers     evaluates and serialises; everything of one request in one call, in one worker thread
    describe    what the base knows about one IRI; `service_description` what the endpoint can do
    glossary    the ontology as a document
    pages       HTML from `templates`, with the styles in `static`
    middleware  HEAD, security headers
    errors      every error becomes a problem object (RFC 9457), or a page for browsers

Reading is open to everybody, from any origin; writing needs the token that the server was started with.
"""
