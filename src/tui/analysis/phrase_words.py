"""Words that help to tell where the words for a source begin and end. Data only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONNECTORS = _words(
    """
    of for the and de la del al bin ibn van von der den on in & 's at
    """
)
PREPOSITIONS = _words(
    """
    of in at for from with to on by inside near about within under behind between familiar
    close briefed involved against
    """
)
FINITE = _words(
    """
    is are was were has have had will would could may might can does did do be been said says
    told must should shall became came went made took gave got being seen expected sent thinks
    it's
    """
)
NO_START = _words(
    """
    that if whether how what when where why as of on in at to for with by
    """
)
QUANTIFIERS = _words(
    """
    one two three four five several some many most both neither none another others few all
    either each half
    """
)
NO_NAME = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december it this that these those there what if
    when then i we you so yes no not but and or as in on at for after before while since until
    by with however he she they his her their its now today here
    """
)
# Finite forms that tell a subject before them; regular ones end in -ed.
SIMPLE_PAST = _words(
    """
    was is were are has had did does will would could can made took went came spoke gave began
    broke brought built bought caught chose drew drove fell felt fled flew found fought got
    grew held hit kept knew laid led left lost met paid put ran rose sat saw sent set shook
    showed spent stood struck swore taught thought threw told tells won wore withdrew wrote
    became arose cut hid hung quit rang sang sank shut slept sold
    """
)
