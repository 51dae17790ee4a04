"""Word lists of the sentence rules."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that no sentence, and hardly a heading, ends with.
OPEN = _words(
    "a an the and or nor but of to in on at by for from with into onto than as that which who whose"
    " is are was were be been has have had will would could should may might must can its their his"
    " our my your between among during against under over via per because although while"
)
# Never the last word of a sentence: a name follows.
TITLES = _words(
    "Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof Gen Lt Col Maj Sgt Capt Cpl Pvt Cmdr Cdr Adm Brig"
    " Sen Sens Rep Reps Gov Govs Pres Supt Insp Det Atty Rev Fr Hon Amb"
    " vs v cf eg e.g i.e ca approx Brig.Gen Lt.Col Lt.Gen Maj.Gen Vice-Adm"
)
# The last word only if what follows is no figure.
BEFORE_FIGURES = _words(
    "No Nos no nos N° № Art art Fig fig Figs Vol vol Ch ch p pp Sec sec Eq Jan Feb Mar Apr Jun"
    " Jul Aug Sep Sept Oct Nov Dec Sun Mon Tue Tues Wed Thu Thur Thurs Fri Sat Rs Tel tel Ext ext"
)
# The last word only if what follows is a word that often begins a sentence.
MAYBE_LAST = _words(
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
    " Inc Ltd Co Corp Bros Cos Plc Jr Sr Esq Ave Blvd Rd Hwy Dept Univ Assn est dept"
    " Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb"
    " St Ste Mt Ft Sec Min al Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que"
)
STARTERS = _words(
    "The A An He She It They We You I This That These Those There Here His Her Its Their Our My"
    " Your In On At By For From With To Of As If But And Or So Yet Nor Then When While After Before"
    " Since Until Although Though Because Once During Despite Under Over Among Between Both"
    " However Meanwhile Moreover Also Still Now Instead Later Earlier Last Next Some Many Most"
    " Several All Each Every No Not Only Even What Who Where Why How According Officials Image"
    " Photo Today Yesterday Two Three One"
    " Did Do Does Is Are Was Were Can Have Has"
)
