"""The process that does work apart: requests on standard input, answers on the output.

A request is a line of JSON, which names the module of its task, and so many bytes; the answer is a
line for each thing that happens: `ready` (the task is loaded, the clock may start), each answer,
then `done` or why there is none. Nothing else comes in or goes out.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import resource
import signal
import sys
import threading
import time
from typing import Any, BinaryIO, cast

from tui.apart.lines import ANSWER, DONE, FAILED, MEMORY, READY, REFUSED, Refusal, Task


def main() -> None:
    """Serve requests until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the reader's Ctrl+C is not for this process
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    settings = cast(dict[str, int], json.loads(requests.readline()))
    _confine(settings["memory"], reserved=bool(settings["reserved"]))
    while request := requests.readline():
        _BUSY.set()
        _serve(cast(dict[str, Any], json.loads(request)), requests, answers, settings["seconds"])
        _BUSY.clear()


def _confine(memory: int, *, reserved: bool) -> None:
    """Take from this process what no task needs: much memory, files to write, the network.

    Where the system limits what a process reserves (Linux), more is refused. Elsewhere such a limit
    is not kept (macOS), or counts what is never used: there the process looks at what it has used.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write to a file fails, and no more
    if reserved:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    else:
        threading.Thread(target=_watch, args=(memory,), daemon=True).start()
    sys.addaudithook(_refuse)


_BUSY = threading.Event()
_LOOK = 0.02  # seconds between two looks at the memory in use


def _watch(memory: int) -> None:
    """End this process when it has used so many bytes."""
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
    begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # may be that of the parent
    most = max(memory // unit, begun)
    while True:
        _BUSY.wait()
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > most:
            signal.raise_signal(signal.SIGKILL)
        time.sleep(_LOOK)


_REFUSED = (
    "socket.connect socket.sendto socket.sendmsg socket.bind socket.getaddrinfo "
    "socket.gethostbyname subprocess.Popen os.system os.exec os.fork os.forkpty os.posix_spawn "
    "os.spawn os.remove os.rename os.rmdir os.mkdir os.link os.symlink os.truncate os.chmod "
    "os.chown os.kill os.killpg"
)
_ACTS = frozenset(_REFUSED.split())
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Let nothing happen that a document can have no need of (an audit hook, PEP 578)."""
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITES and path != os.devnull:
            raise PermissionError(errno.EACCES, "a document is read without writing files")
    elif event in _ACTS:
        raise PermissionError(errno.EACCES, f"a document is read without {event}")


def _serve(request: dict[str, Any], requests: BinaryIO, answers: BinaryIO, seconds: int) -> None:
    try:
        body = requests.read(request["size"])
        task = cast(Task, importlib.import_module(request["task"]))
        task.load(request)
        _say(answers, READY)
        _allow(seconds)
        for answer in task.answers(request, body):
            _say(answers, ANSWER, answer)
            _allow(seconds)
        _say(answers, DONE)
    except MemoryError:
        _say(answers, MEMORY)
    except Refusal as refusal:
        _say(answers, REFUSED, _packed(refusal))
    except Exception as error:
        _say(answers, FAILED, type(error).__name__.encode("ascii", "replace"))


def _packed(refusal: Refusal) -> bytes:
    return json.dumps([refusal.what, refusal.mend, refusal.lasting]).encode()


def _allow(seconds: int) -> None:
    """So much more time of the processor: should the parent be gone, this process goes too."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + 2 * seconds, hard))


def _say(answers: BinaryIO, word: bytes, more: bytes = b"") -> None:
    answers.write(word + b" " + more + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
