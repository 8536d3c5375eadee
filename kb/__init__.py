"""Demarche: news articles in, checked RDF facts with their evidence out."""

__version__ = "0.1.0"
