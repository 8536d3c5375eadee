"""Linking: which tokens refer to which states, organisations, officials and places, and who holds which office."""

from kb.link.agents import agents, agents_with_conjuncts, places, state_entity, state_of
from kb.link.linker import link

__all__ = ["agents", "agents_with_conjuncts", "link", "places", "state_entity", "state_of"]
