"""The index as the desk has it: questions at once, writing in a thread of its own."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Generator, Sequence
from pathlib import Path

from tui.model.articles import Article
from tui.store.index import asking, schema, snippets, writing
from tui.store.index.asking import Meaning
from tui.store.index.inventory import DamagedError, Inventory
from tui.store.index.kinds import KINDS, Answer, Lying, Note, Shelved
from tui.store.index.language import Query
from tui.store.index.snippets import Marker, Snippet
from tui.store.index.writing import Pen

_AT_ONCE = 1_000  # jobs of one transaction at most ...
_LONGEST = 0.3  # ... and seconds, after which no further one is taken in
_WAITING = 1_000  # jobs, or so many code points, that may wait
_WAITING_CHARS = 16_000_000
_MANY = 2_000  # rows after which the words are put in one place
_CACHE = 2_000  # kilobytes that a connection which only reads keeps

_Job = Callable[[Pen], None]
_Queued = tuple[_Job, int]  # with how many code points wait in it


class StoppedError(Exception):
    """A question was stopped before it was answered: see `Index.stop`."""


class Index(Inventory):
    """Texts and annotations of one workspace.

    Its methods may be called from any thread. `said` has a sentence where an old index had to go,
    or there is none on the disk. `failed` says why writing stopped; empty if it did not.
    """

    def __init__(self, file: Path | None) -> None:
        self.said: list[str] = []
        self.failed = ""
        self.damaged = False
        self._file = file
        self._notes: deque[_Queued] = deque()  # of annotations: these go first
        self._jobs: deque[_Queued] = deque()  # all others
        self._chars = 0
        self._under_way = False
        self._noting = 0  # jobs of annotations among what is under way
        self._written = 0
        self._settling = False  # the words are to be put in one place, or just being
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._writing = threading.Lock()
        self._marking = threading.Lock()
        self._marker: Marker | None = None
        self._open()

    @staticmethod
    def possible() -> bool:
        """Whether this Python's SQLite can search texts."""
        return schema.has_fts5()

    @property
    def kept(self) -> bool:
        """Whether it is on the disk, for the next time."""
        return self._file is not None

    def _open(self) -> None:
        self._asking = self._questions = self._writing
        if self._file is not None and schema.is_far(self._file.parent):
            self.said.append(
                f"{self._file.parent} lies on a network drive: the index for search is kept in "
                "memory, and built anew each time"
            )
            self._file = None
        if self._file is not None:
            try:
                self._writer, word = schema.opened(self._file)
                if writing.is_worn(self._writer):
                    self._writer.close()
                    schema.removed(self._file)
                    self._writer, word = schema.opened(self._file)
                self._reader = schema.connected(str(self._file), _CACHE)
                self._asker = schema.connected(str(self._file), _CACHE)
                self._asking, self._questions = threading.Lock(), threading.Lock()
                self.said += [word] if word else []
                return
            except (OSError, sqlite3.Error) as error:
                reason = getattr(error, "strerror", None) or str(error)
                self.said.append(
                    f"{self._file} could not be used ({reason.lower()}): the index for search is "
                    "kept in memory, and built anew each time"
                )
                self._file = None
        self._reader = self._asker = self._writer = schema.in_memory()

    def renew(self) -> None:
        """Begin with an empty index, after the old one turned out to be damaged."""
        with self._changed:
            self._drop()
            self._changed.wait_for(lambda: not self._under_way)
        with self._writing, contextlib.ExitStack() as held:
            if self._asking is not self._writing:
                held.enter_context(self._asking)
                held.enter_context(self._questions)
            self._let_go()
            if self._file is not None:
                with contextlib.suppress(OSError):
                    schema.removed(self._file)
            self.damaged, self.failed = False, ""
            self._open()
        self.said.append("the index for search was damaged and is built anew")

    def _let_go(self) -> None:
        for connection in {id(c): c for c in (self._reader, self._asker, self._writer)}.values():
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    # questions

    def ask(
        self,
        query: Query,
        meaning: Meaning,
        *,
        kinds: Collection[str] = KINDS,
        places: Sequence[str] = (),
        limit: int = 50,
    ) -> list[Answer]:
        """At most so many answers, the best first. Raises DamagedError, StoppedError.

        What takes long keeps nobody waiting but who asks something as well.
        """
        with self._question() as asker:
            return asking.ask(asker, query, meaning, kinds, places, limit)

    def stop(self) -> None:
        """Stop the question that is being answered; in memory it comes to its end."""
        if self._asker is not self._writer:
            self._asker.interrupt()

    def ask_articles(
        self, query: Query, meaning: Meaning, wanted: Callable[[], bool] = lambda: True
    ) -> frozenset[str]:
        """The ids of all articles that answer, or have an annotation that does.

        What `stop` ends is asked again, as long as it is `wanted`. Raises DamagedError, and
        StoppedError if it is not, or the index is closed.
        """
        while wanted() and not self._stopped:
            with contextlib.suppress(StoppedError), self._question() as asker:
                return asking.ask_articles(asker, query, meaning)
        raise StoppedError

    @contextlib.contextmanager
    def _question(self) -> Generator[sqlite3.Connection]:
        """One question after the other; none any more once it is to be closed."""
        with self._questions:
            if self._stopped:
                raise StoppedError
            try:
                yield self._asker
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                    raise StoppedError from error
                raise DamagedError(str(error)) from error

    def snippet(self, query: Query, found: Answer, article: Article | None) -> Snippet:
        """The words around what was found; of an article it is cut from its text, if there is."""
        with self._marking:
            self._marker = self._marker or Marker()
            if found.kind != "article":
                return snippets.of_words(self._marker, query.words, found.words)
            if article is None:
                return Snippet(found.title)
            return snippets.of_article(self._marker, query.words, article)

    # writing

    def put_file(self, lying: Lying, articles: Sequence[Article]) -> None:
        """Have what a file holds written; `articles` are under their final ids."""
        size = sum(len(article.text) for article in articles)
        self._submit(lambda pen: writing.put_file(pen, lying, articles), size)

    def drop_files(self, files: Collection[int]) -> None:
        """Have files forgotten."""
        self._submit(lambda pen: writing.drop_files(pen, files))

    def put_notes(
        self, shelved: Shelved, notes: Sequence[Note], only: Collection[str] | None = None
    ) -> None:
        """Have the annotations of an article written; with `only`, those with these ids."""
        size = sum(len(note.words) for note in notes)
        self._submit(lambda pen: writing.put_notes(pen, shelved, notes, only), size, self._notes)

    def drop_shelf(self, article: str) -> None:
        """Have the annotations of an article forgotten."""
        self._submit(lambda pen: writing.drop_shelf(pen, article), 0, self._notes)

    def settle(self) -> None:
        """Have the words put in one place when nothing else waits, if many were written since."""
        with self._changed:
            possible = not (self._stopped or self.damaged or self.failed)
            self._settling |= possible and self._written + self._waiting >= _MANY
            self._changed.notify_all()

    @property
    def _waiting(self) -> int:
        return len(self._notes) + len(self._jobs)

    @property
    def full(self) -> bool:
        """Whether enough waits to be written for now."""
        return self._waiting >= _WAITING or self._chars >= _WAITING_CHARS

    def wait(
        self, seconds: float | None = None, *, room: bool = False, settled: bool = False
    ) -> bool:
        """Wait until all is written, or (`room`) until there is room; whether that is so.

        That the words are put in one place, which may take minutes, is waited for if `settled`.
        """

        def over() -> bool:
            if room:
                return not self.full
            waiting = self._notes or self._jobs or self._under_way
            return not (waiting or (settled and self._settling))

        with self._changed:
            return self._changed.wait_for(over, seconds)

    def wait_for_notes(self, seconds: float | None = None) -> bool:
        """Wait until all annotations are written, texts or not; whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: not (self._notes or self._noting), seconds)

    def close(self) -> None:
        """End with what is just being written; what waits is found to be missing next time."""
        with self._changed:
            self._stopped = True
            self._drop()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(5.0)
        self.stop()
        with self._writing, contextlib.ExitStack() as held:
            if self._questions is not self._writing:
                held.enter_context(self._asking)
                held.enter_context(self._questions)
            self._let_go()
        with self._marking:  # another thread may be cutting a snippet
            if self._marker is not None:
                self._marker.close()
                self._marker = None

    def _submit(self, job: _Job, size: int = 0, queue: deque[_Queued] | None = None) -> None:
        with self._changed:
            if self._stopped or self.damaged or self.failed:
                return
            (self._jobs if queue is None else queue).append((job, size))
            self._chars += size
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="index", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def _drop(self) -> None:
        self._notes.clear()
        self._jobs.clear()
        self._chars = 0
        if self._settling:  # it may take long, and can be done another time
            self._writer.interrupt()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._settling or self._stopped)
                if self._stopped:
                    return
                self._under_way = self._waiting > 0
            try:
                if self._under_way:
                    self._write()
                else:
                    self._settle()
            except Exception as error:  # whatever it is: else all wait for a thread that ended
                self._give_up(error)
            finally:
                with self._changed:
                    self._under_way, self._noting = False, 0
                    self._changed.notify_all()

    def _write(self) -> None:
        """One transaction of what waits."""
        done: list[tuple[deque[_Queued], _Queued]] = []
        until = time.monotonic() + _LONGEST
        try:
            with self._transaction() as pen:
                while len(done) < _AT_ONCE and time.monotonic() < until:
                    with self._changed:
                        queue = self._notes or self._jobs
                        if not queue:
                            break
                        done.append((queue, queue.popleft()))
                        self._noting += queue is self._notes
                    done[-1][1][0](pen)
        except BaseException:
            with self._changed:
                for queue, job in reversed(done):
                    queue.appendleft(job)
            raise
        self._written += len(done)
        with self._changed:
            self._chars = max(0, self._chars - sum(size for _, (_, size) in done))

    def _settle(self) -> None:
        """Put the words in one place, by itself: whoever asks does not wait for that."""
        try:
            with self._transaction() as pen:
                writing.settle(pen)
            with self._writing:
                writing.give_back(self._writer)
            self._written = 0
        except sqlite3.OperationalError:  # stopped, or another process writes: another time
            pass
        finally:
            self._settling = False

    @contextlib.contextmanager
    def _transaction(self) -> Generator[Pen]:
        with self._writing:
            pen = Pen(self._writer)
            self._writer.execute("begin immediate")
            try:
                yield pen
                pen.finish()
                self._writer.execute("commit")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._writer.execute("rollback")
                raise

    def _give_up(self, error: Exception) -> None:
        busy = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
        if busy and not self._stopped:
            return  # another process is at it: again
        with self._changed:
            other = isinstance(error, sqlite3.OperationalError) and "no such" not in str(error)
            self.damaged = isinstance(error, sqlite3.Error) and not other
            self.failed = f"the index for search is not whole: {error}"
            self._drop()
