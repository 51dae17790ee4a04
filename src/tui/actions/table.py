"""Every action of Pressmark: the one place where keys, modes and their words are said."""

from __future__ import annotations

from functools import partial

from tui.actions.kinds import DESK, MODES, REASONS, SLOTS, Action, Choice
from tui.actions.side import CODEBOOK, LIST, SEARCH, TIMELINE

TEXT = ("reading", "select", "form", "review")  # the article has the caret
# In these a list has the cursor.
ROWS = ("list", "panel", "codebook", "claims", "timeline", "search", "differences", "help")
ANNOTATIONS = ("reading", "select", "panel")  # what is marked can be worked on
CLAIMS = ("reading", "panel", "form", "review")
FIELDS = ("reading", "select", "panel", "form", "review")
TYPED = tuple(mode.name for mode in MODES if mode.takes_text)
KEYED = tuple(mode.name for mode in MODES if not mode.takes_text)

_reading = partial(Action, group="reading")
_marking = partial(Action, group="marking")
_claims = partial(Action, group="claims")
_review = partial(Action, group="review")
_everywhere = partial(Action, group="everywhere")
_text = partial(Action, group="text fields")

_OWN = tuple(Choice(str(n), f"own field {n}") for n in range(1, 10))
_LETTERS = (
    Choice("a", "completely reliable"),
    Choice("b", "usually reliable"),
    Choice("c", "fairly reliable"),
    Choice("d", "not usually reliable"),
    Choice("e", "unreliable"),
    Choice("f", "cannot be judged"),
)
_DIGITS = (
    Choice("1", "confirmed"),
    Choice("2", "probably true"),
    Choice("3", "possibly true"),
    Choice("4", "doubtful"),
    Choice("5", "improbable"),
    Choice("6", "cannot be judged"),
)

_READING = (
    _reading("read.next-sentence", ("j", "down"), TEXT, "to the next sentence", short="next"),
    _reading("read.previous-sentence", ("k", "up"), TEXT, "to the sentence before"),
    _reading("read.previous-char", ("h", "left"), TEXT, "caret one character back"),
    _reading("read.next-char", ("l", "right"), TEXT, "caret one character on"),
    _reading("read.next-word", ("w", "ctrl+right"), TEXT, "caret to the next word"),
    _reading("read.previous-word", ("b", "ctrl+left"), TEXT, "caret to the word before"),
    _reading("read.word-end", ("e",), TEXT, "caret to the end of the word"),
    _reading("read.line-start", ("^", "home"), TEXT, "caret to the beginning of the line"),
    _reading("read.line-end", ("$", "end"), TEXT, "caret to the end of the line"),
    _reading(
        "read.find-word", ("f",), TEXT, "to the next word that begins with two letters", takes=2
    ),
    _reading("read.next-paragraph", ("}", "ctrl+down"), TEXT, "to the next paragraph"),
    _reading("read.previous-paragraph", ("{", "ctrl+up"), TEXT, "to the paragraph before"),
    _reading("read.page-down", ("space", "pagedown"), TEXT, "a page down"),
    _reading("read.page-up", ("P", "pageup"), TEXT, "a page up"),
    _reading("read.half-page-down", (")", "ctrl+d"), TEXT, "half a page down"),
    _reading("read.half-page-up", ("(", "ctrl+u"), TEXT, "half a page up"),
    _reading("read.first", ("gg", "ctrl+home"), TEXT, "to the beginning", short="top"),
    _reading("read.last", ("G", "ctrl+end"), TEXT, "to the end", short="end"),
    _reading(
        "focus.next",
        ("]",),
        ("reading", "panel"),
        "focus the next highlight, claim or proposal",
        short="next mark",
    ),
    _reading(
        "focus.previous",
        ("[",),
        ("reading", "panel"),
        "focus the highlight, claim or proposal before",
    ),
    _reading(
        "focus.next-claim",
        ("g]",),
        ("reading", "panel"),
        "focus the next claim",
        short="next claim",
    ),
    _reading(
        "focus.previous-claim",
        ("g[",),
        ("reading", "panel"),
        "focus the claim before",
        short="claim before",
    ),
    _reading("focus.open", ("enter",), ("reading", "panel"), "open what is focused", short="open"),
    _reading("article.next", ("J",), DESK, "to the next article", short="next article"),
    _reading("article.previous", ("K",), DESK, "to the article before"),
    _reading(
        "article.done",
        ("M",),
        DESK,
        "done with this article: on to the next that is not",
        short="done",
    ),
    _reading("go.back", ("`",), DESK, "back to where you were before a jump", short="back"),
    _reading("find.open", ("/",), TEXT, "find in the article", short="find"),
    _reading(
        "find.next",
        ("n",),
        TEXT,
        "to the next place found; after a search over all articles, into the next one",
    ),
    _reading("find.previous", ("N",), TEXT, "to the place found before"),
    _reading("find.word", ("*",), TEXT, "find the word under the caret"),
    _reading("copy.quote", ("yy",), FIELDS, "copy the quote with its citation", short="copy"),
    _reading(
        "article.open-url",
        ("gx",),
        (*FIELDS, "list"),
        "open the article's web page",
        short="web page",
    ),
    _reading(
        "article.encoding",
        ("E",),
        ("reading", "list", "panel"),
        "show the article's encoding, and read it in another",
        short="encoding",
    ),
    _reading(
        "differences.open",
        ("D",),
        (*DESK, "differences"),
        "what changed: two revisions of the article, word by word",
        short="what changed",
    ),
    _reading(
        "differences.next", ("n",), ("differences",), "to the next change", short="next change"
    ),
    _reading("differences.previous", ("N",), ("differences",), "to the change before"),
    _reading(
        "differences.next-paragraph", ("}",), ("differences",), "to the next paragraph of them"
    ),
    _reading(
        "differences.previous-paragraph", ("{",), ("differences",), "to their paragraph before"
    ),
    _reading("list.next", ("j", "down"), ROWS, "to the next row", short="next"),
    _reading("list.previous", ("k", "up"), ROWS, "to the row before"),
    _reading("list.page-down", ("space", "pagedown"), ROWS, "a page down"),
    _reading("list.page-up", ("P", "pageup"), ROWS, "a page up"),
    _reading("list.half-page-down", (")", "ctrl+d"), ROWS, "half a page down"),
    _reading("list.half-page-up", ("(", "ctrl+u"), ROWS, "half a page up"),
    _reading("list.first", ("gg", "home", "ctrl+home"), ROWS, "to the first row", short="top"),
    _reading("list.last", ("G", "end", "ctrl+end"), ROWS, "to the last row", short="end"),
    _reading("list.open", ("enter",), ("list",), "open this article", short="open"),
    _reading(
        "list.order",
        ("O",),
        ("list",),
        "list by time, or as to be read: not done first, of these what is new first",
        short="order",
    ),
)

_MARKING = (
    _marking(
        "mark.highlight",
        ("m",),
        ("reading", "select"),
        "highlight the selection or the sentence",
        short="mark",
    ),
    _marking(
        "tag.slot",
        ("",),
        (*ANNOTATIONS, "form"),
        "tag with this slot: the selection, else what is focused, else the sentence; "
        "once more takes it off",
        short="tag",
        choices=SLOTS,
    ),
    _marking("select.grow", ("s",), TEXT, "select: clause, sentence, paragraph", short="select"),
    _marking("select.shrink", ("S",), TEXT, "select less"),
    _marking("select.quotation", ('"',), TEXT, "select the quotation around the caret"),
    _marking(
        "select.start",
        ("v",),
        (*TEXT, "panel"),
        "select exactly, with any motion; on a focused highlight, change what it covers",
        short="select",
    ),
    _marking("select.other-edge", ("o",), ("select",), "move the other edge", short="other edge"),
    _marking("select.add-piece", ("&",), ("select",), "add another piece", short="add a piece"),
    _marking(
        "select.keep",
        ("enter",),
        ("select",),
        "keep the changed span, or the selection",
        short="keep",
    ),
    _marking(
        "tag.picker",
        ("t",),
        (*ANNOTATIONS, "form", "review"),
        "pick a tag by typing",
        short="tag",
    ),
    _marking("tag.repeat", (".",), (*ANNOTATIONS, "form"), "the last tag once more", short="again"),
    _marking(
        "tag.occurrences",
        (",",),
        ANNOTATIONS,
        "the same tag wherever these words occur, after a preview",
        short="everywhere",
    ),
    _marking("mark.note", ("i",), FIELDS, "write a note", short="note"),
    _marking("mark.note-editor", ("I", "ctrl+o"), FIELDS, "write the note in $EDITOR"),
    _marking(
        "mark.delete",
        ("d", "delete"),
        ("reading", "panel"),
        "delete what is focused",
        short="delete",
    ),
)

_CLAIMS = (
    _claims(
        "claim.new",
        ("c",),
        ("reading", "select", "panel", "review"),
        "a claim from the selection, the focus or the sentence; opens a focused claim",
        short="claim",
    ),
    _claims("claim.save", ("enter",), ("form",), "save the claim", short="save"),
    _claims("form.next-field", ("tab",), ("form",), "to the next field", short="next field"),
    _claims("form.previous-field", ("shift+tab",), ("form",), "to the field before"),
    _claims("claim.field-statement", (";s",), FIELDS, "the statement", short="statement"),
    _claims("claim.field-source", (";a",), FIELDS, "the source: who said it", short="source"),
    _claims("claim.field-cue", (";u",), FIELDS, "the cue: said, reported", short="cue"),
    _claims(
        "claim.field-said", (";d",), FIELDS, "said on: the date of the statement", short="said on"
    ),
    _claims("claim.field-when", (";w",), FIELDS, "when: the time it is about", short="when"),
    _claims("claim.field-quantity", (";q",), FIELDS, "the quantity", short="quantity"),
    _claims("claim.field-place", (";p",), FIELDS, "the place", short="place"),
    _claims("claim.field-about", (";b",), FIELDS, "whom or what it is about", short="about"),
    _claims(
        "claim.field-modality",
        (";m",),
        FIELDS,
        "the modality: how the text puts it",
        short="modality",
    ),
    _claims(
        "claim.field-verdict",
        (";v",),
        FIELDS,
        "your assessment: is it true",
        short="assessment",
    ),
    _claims("claim.field-translation", (";t",), FIELDS, "the translation", short="translation"),
    _claims("claim.field-note", (";n",), FIELDS, "the claim's note", short="note"),
    _claims("claim.field-role", (";k",), FIELDS, "the role of the source", short="role"),
    _claims(
        "claim.field-affiliation",
        (";f",),
        FIELDS,
        "whom the source speaks for",
        short="affiliation",
    ),
    _claims("claim.field-hedge", (";h",), FIELDS, "the hedge: words that weaken it", short="hedge"),
    _claims(
        "claim.field-rationale",
        (";r",),
        FIELDS,
        "the rationale of the assessment",
        short="rationale",
    ),
    _claims(
        "claim.field-evidence", (";e",), FIELDS, "evidence for it: URLs, claims", short="evidence"
    ),
    _claims(
        "claim.field-likelihood",
        (";l",),
        FIELDS,
        "likelihood, in ICD 203's words",
        short="likelihood",
    ),
    _claims(
        "claim.field-confidence",
        (";c",),
        FIELDS,
        "your confidence: low, moderate, high",
        short="confidence",
    ),
    _claims(
        "claim.field-basis",
        (";g",),
        FIELDS,
        "the basis of your confidence",
        short="basis",
    ),
    _claims(
        "claim.field-own",
        (";",),
        FIELDS,
        "the workspace's own fields",
        short="own fields",
        choices=_OWN,
    ),
    _claims("claim.chain", ("C",), CLAIMS, "the whole chain of sources as one line", short="chain"),
    _claims(
        "grade.start",
        ("r",),
        (*CLAIMS, "claims"),
        "grade: a letter, a digit or both",
        short="grade",
    ),
    _claims(
        "grade.letter",
        ("",),
        ("grade",),
        "how reliable the source is",
        short="reliability",
        choices=_LETTERS,
    ),
    _claims(
        "grade.digit",
        ("",),
        ("grade",),
        "how credible the information is",
        short="credibility",
        choices=_DIGITS,
    ),
    _claims(
        "grade.source",
        (",",),
        ("grade",),
        "the same letter for this source from today on",
        short="also for the source",
    ),
    _claims("grade.keep", ("enter",), ("grade",), "keep the grade as it is", short="keep"),
    _claims(
        "link.supports",
        ("+",),
        ("reading", "panel", "review"),
        "it supports a claim",
        short="supports",
    ),
    _claims(
        "link.contradicts",
        ("-",),
        ("reading", "panel", "review"),
        "it contradicts a claim",
        short="contradicts",
    ),
    _claims(
        "link.updates",
        (">",),
        ("reading", "panel", "review"),
        "it updates a claim",
        short="updates",
    ),
    _claims(
        "link.repeats",
        ("=",),
        ("reading", "panel", "review"),
        "it repeats a claim of the same source",
        short="repeats",
    ),
)

_REVIEW = (
    _review(
        "review.begin",
        ("R",),
        DESK,
        "review drafts or proposals: says which ones first",
        short="review",
    ),
    _review(
        "review.accept",
        ("a",),
        ("reading", "panel", "review"),
        "accept the claim, take the proposal, accept what changed",
        short="accept",
    ),
    _review(
        "review.reject",
        ("x",),
        ("reading", "panel", "review"),
        "reject the claim, drop the proposal, what changed or has no place any more",
        short="reject",
    ),
    _review(
        "review.flag",
        ("!",),
        ("reading", "panel", "review"),
        "flag it for another look",
        short="flag",
    ),
    _review(
        "review.reject-reason",
        ("X",),
        ("reading", "panel", "review"),
        "reject with a reason",
        short="reject because",
        choices=REASONS,
    ),
    _review("review.skip", ("]",), ("review",), "on without a decision", short="later"),
    _review("review.back", ("[",), ("review",), "back to the claim before", short="back"),
)

_EVERYWHERE = (
    _everywhere(
        "go.undo", ("u", "ctrl+z"), (*TEXT, "list", "panel", "codebook"), "undo", short="undo"
    ),
    _everywhere(
        "go.redo", ("U", "ctrl+y"), (*TEXT, "list", "panel", "codebook"), "redo", short="redo"
    ),
    _everywhere(
        "pane.next", ("tab",), ("reading", "list", "panel"), "to the next pane", short="pane"
    ),
    _everywhere(
        "pane.previous", ("shift+tab",), ("reading", "list", "panel"), "to the pane before"
    ),
    _everywhere(
        "pane.text-only",
        ("z",),
        (*TEXT, "list", "panel"),
        "the text only, or all panes",
        short="text only",
    ),
    _everywhere(
        "pane.filter",
        ("F",),
        (*DESK, "codebook", "claims", "timeline"),
        "filter this pane",
        short="filter",
    ),
    _everywhere("confirm.yes", ("enter",), ("confirm",), "do it", short="do it"),
    _everywhere("confirm.widen", ("tab",), ("confirm",), "more, or less, of it", short="widen"),
    _everywhere("app.keys", ("?", "f1"), KEYED, "the keys that work here", short="keys"),
    _everywhere(
        "app.palette", ("gp", "ctrl+p"), KEYED, "every action by name", short="all actions"
    ),
    _everywhere("app.command", (":",), KEYED, "a command", short="command"),
    _everywhere(
        "app.leave",
        ("q", "escape"),
        KEYED,
        "one layer back; at the desk it leaves Pressmark",
        short="back",
    ),
    _everywhere(
        "app.quit", ("ZZ", "ctrl+q"), KEYED, "leave Pressmark; everything is saved", short="leave"
    ),
)

_TEXT_FIELDS = (
    _text("text.keep", ("enter",), TYPED, "keep it", short="keep"),
    _text("text.leave", ("escape",), TYPED, "leave the field as it was", short="leave"),
    _text("text.complete", ("tab",), TYPED, "complete it, else the next field", short="complete"),
    _text("text.back", ("shift+tab",), TYPED, "the completion or field before"),
    _text("text.next", ("down",), TYPED, "the next row, or a later line"),
    _text("text.previous", ("up",), TYPED, "the row before, or an earlier line"),
    _text("text.editor", ("ctrl+o",), ("field",), "write it in $EDITOR", short="$EDITOR"),
)

ACTIONS: tuple[Action, ...] = (
    *_READING,
    *SEARCH,
    *_MARKING,
    *_CLAIMS,
    *LIST,
    *TIMELINE,
    *_REVIEW,
    *CODEBOOK,
    *_EVERYWHERE,
    *_TEXT_FIELDS,
)
