"""Demarche: news articles in, checked RDF facts with their evidence out."""
