"""Who meets whom, and how."""

from __future__ import annotations

import pytest


def _meetings(claims):
    found = set()
    for claim in claims:
        if claim.type == "Meeting":
            who = frozenset(a.value.code or a.value.name for a in claim.arguments if a.role == "participant")
            kind = next(a.value for a in claim.arguments if a.role == "kind")
            found.add((who, kind, claim.factuality.label.value))
    return found


AKANA, MUSOKE = "Kenyan President Tom Akana", "Ugandan President Joel Musoke"
BOTH = frozenset({"Tom Akana", "Joel Musoke"})
STATES = frozenset({"KEN", "UGA"})

MET = [
    (f"{AKANA} met {MUSOKE} in Kampala on Friday.", {(BOTH, "in-person", "occurred")}),
    (f"{AKANA} sat down with {MUSOKE} on Friday.", {(BOTH, "in-person", "occurred")}),
    (f"{AKANA} sat beside {MUSOKE}.", {(BOTH, "in-person", "occurred")}),
    ("The foreign ministers of Kenya and Uganda met in Kampala on Friday.", {(STATES, "in-person", "occurred")}),
    (f"{AKANA} will hold talks with {MUSOKE} on Monday.", {(BOTH, "talks", "planned")}),
    ("Kenya and Uganda began two days of talks in Kampala.", {(STATES, "talks", "occurred")}),
    ("Kenyan and Ugandan officials held talks in Geneva.", {(STATES, "talks", "occurred")}),
    (f"During talks with {MUSOKE}, {AKANA} raised the border.", {(BOTH, "talks", "occurred")}),
    (f"A meeting between {AKANA} and {MUSOKE} has been cancelled.", {(BOTH, "in-person", "cancelled")}),
    ("Talks between Kenya and Uganda planned for last week did not take place.", {(STATES, "talks", "cancelled")}),
    ("Kenya refused to hold talks with Uganda.", {(STATES, "talks", "not-occurred")}),
    ("Kenya is ready for talks with Uganda.", {(STATES, "talks", "proposed")}),
    ("The talks, mediated by Norway, brought together Kenya and Uganda.", {(STATES, "talks", "occurred")}),
    ("Norway mediated talks between Kenya and Uganda in Oslo.", {(STATES | {"NOR"}, "talks", "occurred")}),
    ("Leaders of the African Union met in Addis Ababa on Saturday.", {(frozenset({"AU"}), "in-person", "occurred")}),
    ("G7 leaders met in Rome on Friday.", {(frozenset({"G7"}), "in-person", "occurred")}),
    ("The African Union summit in Addis Ababa opened on Saturday.", {(frozenset({"AU"}), "summit", "occurred")}),
]

CALLS = [
    (f"{AKANA} spoke by telephone on Sunday with {MUSOKE}.", {(BOTH, "call", "occurred")}),
    (f"{AKANA} told {MUSOKE} by phone that the border would reopen.", {(BOTH, "call", "occurred")}),
    (
        f"The move follows a telephone conversation on Tuesday between {AKANA} and {MUSOKE}.",
        {(BOTH, "call", "occurred")},
    ),
    ("Kenya and Uganda will hold a video call on Saturday.", {(STATES, "call", "planned")}),
]

SPEAKER = [
    (
        f"{MUSOKE} thanked {AKANA} during talks in Kampala.",
        {(BOTH, "talks", "occurred")},
    ),
    (
        '"Iran sends drones," Kenyan Foreign Minister Ruth Wanjiru said after talks with Ugandan Foreign Minister '
        "Sam Okello.",
        {(frozenset({"Ruth Wanjiru", "Sam Okello"}), "talks", "occurred")},
    ),
    (
        "Kenyan Foreign Minister Ruth Wanjiru said at a joint news conference with Ugandan Foreign Minister Sam Okello "
        "that trade would grow.",
        {(frozenset({"Ruth Wanjiru", "Sam Okello"}), "in-person", "occurred")},
    ),
]

NOT_MET = [
    "Kenya met its targets on Friday.",
    f"{AKANA} met farmers in Kisumu.",
    f"{AKANA} met with executives of a bank.",
    f"{AKANA} chaired a cabinet meeting.",
    f"{AKANA} saw {MUSOKE} off.",
    f"{AKANA} repeated a call to Uganda for restraint.",
    "Kenya's offer was met with silence in Uganda.",
    "Kenyan officials held talks in Geneva.",
    "The singer Ali Noor met the singer Ann Cole.",
]


@pytest.mark.parametrize(("text", "expected"), MET + CALLS + SPEAKER)
def test_meetings(text, expected, claims_of):
    assert _meetings(claims_of(text)) == expected


@pytest.mark.parametrize("text", NOT_MET)
def test_no_meeting(text, claims_of):
    assert _meetings(claims_of(text)) == set()


def test_two_meetings_of_a_host_are_two(claims_of):
    text = (
        "Kenyan President Tom Akana received Ugandan Foreign Minister Sam Okello on Friday.\n"
        "Kenyan Foreign Minister Ruth Wanjiru met Okello in Nairobi on Friday."
    )
    assert len(_meetings(claims_of(text))) == 2
