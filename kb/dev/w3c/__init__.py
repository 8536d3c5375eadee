"""The W3C's SPARQL test suites, run against an endpoint over HTTP.

    manifests    what a suite consists of, read from its manifests
    endpoint     the HTTP client: queries, updates, the data of a test
    answers      results as sets and lists that can be compared, whatever their blank nodes are called
    evaluation   query evaluation, result formats, updates, syntax
    exchanges    protocol and graph store: requests that are described in RDF themselves
    description  the service description
    suites       everything together; `python -m kb.dev.w3c FOLDER` prints what passes

https://github.com/w3c/rdf-tests; the suites are not part of the project.
"""
