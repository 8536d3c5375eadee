"""The HTTP side of Demarche: SPARQL endpoint, API and pages."""
