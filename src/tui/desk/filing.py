"""Searches and filters that the analyst keeps under names."""

from __future__ import annotations

from tui.desk.events import DeskError
from tui.desk.filtering import Filtering
from tui.model.ids import folder_of
from tui.model.saved import Saved, expanded, saved_name
from tui.store import StoreError
from tui.store.saved import load_saved, write_saved


class Filing(Filtering):
    """Names for what is looked for, in the analyst's own folder."""

    _saved: tuple[Saved, ...] | None = None

    @property
    def saved(self) -> tuple[Saved, ...]:
        """What is saved, by name. The file is read when it is first asked for."""
        if self._saved is None:
            try:
                self._saved, troubles = load_saved(self.annotations_dir, folder_of(self.analyst))
            except StoreError as error:
                self._saved, troubles = (), (str(error),)
            self.troubles += [each for each in troubles if each not in self.troubles]
        return self._saved

    def expanded(self, words: str) -> str:
        """Words with what is saved in the place of each `@NAME`.

        Raises DeskError (code 2) for a name that nothing is saved under.
        """
        if "@" not in words:
            return words
        before = len(self.troubles)
        try:
            return expanded(words, self.saved)
        except ValueError as error:
            raise DeskError("; ".join([*self.troubles[before:], str(error)])) from error

    def save_filter(self, name: str, kind: str, words: str) -> Saved:
        """Keep words, of one of `saved.KINDS`, under a name; in place of what it stood for.

        Raises DeskError (code 2) for a bad name, or if there is nothing to keep; (code 3) if the
        file is there and cannot be read: it is not overwritten.
        """
        try:
            name = saved_name(name)
        except ValueError as error:
            raise DeskError(str(error)) from error
        words = " ".join(self.expanded(words).split())
        if not words:
            raise DeskError("nothing to save: filter with F or search first")
        found = Saved(name, words, kind)
        self._file(found.name, found)
        return found

    def forget_filter(self, name: str) -> Saved:
        """Take away what is saved under a name; returns it. DeskError (code 1) if nothing is."""
        wanted = name.removeprefix("@").casefold()
        found = next((each for each in self.saved if each.name == wanted), None)
        if found is None:
            raise DeskError(f"nothing is saved as @{wanted}", 1)
        self._file(wanted, None)
        return found

    def _file(self, name: str, saved: Saved | None) -> None:
        try:
            load_saved(self.annotations_dir, folder_of(self.analyst))
        except StoreError as error:
            raise DeskError(str(error), 3) from error
        rest = [each for each in self.saved if each.name != name]
        kept = [*rest, *([saved] if saved is not None else [])]
        self._saved = tuple(sorted(kept, key=lambda each: each.name))
        folder = folder_of(self.analyst)
        self._save_later(lambda: write_saved(self.annotations_dir, folder, name, saved))
