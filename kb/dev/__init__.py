"""Tools for those who work on Demarche itself; nothing that runs imports them."""
