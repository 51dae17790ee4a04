"""Words that tell a person, and whether `he` or `she` can mean them. Data only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PERSONAL_TITLES = (
    "Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame", "Lord", "Lady", "President", "Minister",
    "Senator", "Professor", "Prof", "Judge", "King", "Queen", "Prince", "Princess", "General",
    "Baroness",
)  # fmt: skip
FEMALE = _words(
    """
    mrs ms miss dame lady baroness queen princess duchess spokeswoman chairwoman congresswoman
    businesswoman policewoman woman mother sister daughter wife girl aunt widow grandmother
    """
)
MALE = _words(
    """
    mr sir lord baron king prince duke spokesman congressman businessman man father brother
    son husband boy uncle widower grandfather
    """
)
# Given names that are hardly ever the other gender's; they only rule a person out.
FEMALE_NAMES = _words(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty
    margaret sandra ashley emily donna michelle carol amanda melissa deborah stephanie rebecca
    sharon laura cynthia kathleen amy angela anna ruth brenda pamela nicole katherine samantha
    christine catherine helen theresa julia victoria hillary claire anne alice yvette harriet
    jackie diane jane irina olga natalia elena maria sonia priya fatima hannah rachel joan
    caroline charlotte clare gillian fiona
    """
)
MALE_NAMES = _words(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel
    matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward
    ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin
    scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry
    tyler aaron henry peter gordon tony liam vladimir volodymyr ivan dmitry tomas ahmed
    mohammed ali hassan jose juan carlos colin alan ian graham gerry simon martin philip
    """
)
