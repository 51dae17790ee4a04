from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.anchoring.excerpts import compared, excerpt, marked
from tui.anchoring.likeness import alike

OLD = "The service said that the troops lost more than 3,000 men in the long battle of Kursk."


def test_words_that_were_replaced_stand_beside_each_other_with_signs_of_their_own() -> None:
    bits = compared("lost more than 3,000 men", "lost more than\n4,000 men")
    assert marked(bits) == "lost more than [-3,000-] {+4,000+} men"
    assert marked(compared("not seen in combat", "seen in combat")) == "[-not-] seen in combat"
    assert marked(compared("seen", "seen twice")) == "seen {+twice+}"


def test_what_lies_far_from_a_change_is_left_out() -> None:
    bits = compared(OLD, OLD.replace("3,000", "4,000"))
    assert marked(excerpt(bits)) == "… lost more than [-3,000-] {+4,000+} men in the …"
    near = compared("one 2 three four five 6", "one 1 three four five 7")
    assert excerpt(near) == near, "what would be no shorter stays whole"


WORDS = st.lists(
    st.sampled_from(["Seoul", "said", "no.", "Kyiv", "3,000", "서울은", "“a”", "[-x-]"]),
    max_size=12,
)


@given(old=WORDS, new=WORDS)
def test_the_bits_give_both_texts_back(old: list[str], new: list[str]) -> None:
    bits = compared(" ".join(old), " ".join(new))
    assert "".join(b.text for b in bits if b.kind != "added") == " ".join(old)
    assert "".join(b.text for b in bits if b.kind != "removed") == " ".join(new)
    assert all(b.text for b in bits)


def test_versions_of_a_story_are_alike_and_a_heading_alone_is_not() -> None:
    longer = f"{OLD} They are expected to regroup. Kyiv denied the figure on Wednesday."
    assert alike(OLD, longer)
    assert alike(OLD.replace("3,000", "4,000"), longer)
    assert not alike("Rain is expected in the north tomorrow and wind from the sea.", longer)
    assert not alike("Kyiv denied the figure", longer)
    assert not alike(OLD, longer, besides=OLD)
