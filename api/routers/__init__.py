"""The rooms of the house: one module of routes for each."""
