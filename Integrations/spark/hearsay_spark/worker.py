"""One `hearsay run --stdio` process, fed with documents and read from by one thread."""

import collections
import json
import os
import selectors
import subprocess
import tempfile
import time

_PIECE = 1 << 16
_STDERR_SHOWN = 2000
#: The exit status of `hearsay` where the command line or the pipeline is wrong: no document can help that.
_USAGE_STATUS = 2


class HearsayError(RuntimeError):
    """`hearsay` cannot run at all: the binary is not there, or the pipeline is wrong. The task fails, and Spark says so."""


class Worker:
    """Sends documents through a `hearsay` process and gives back an answer for each, in order.

    A document at which the process dies, or answers nothing for `timeout` seconds, gets an answer with `error`, and a
    new process does the others: one bad document never costs a partition.

    :param command: The program and its arguments, which reads documents as JSON Lines and writes a line for each.
    :param timeout: How long the process may be silent while it has documents, in seconds.
    :param window: How many bytes of documents may be on their way.
    """

    def __init__(self, command, cwd=None, timeout=600.0, window=4 << 20):
        self._command = command
        self._cwd = cwd
        self._timeout = timeout
        self._window = window
        self._process = None
        self._stderr = None
        self._selector = None
        # What the pipe has not taken yet, as views, and the pieces of the answer line that is not whole yet: neither is
        # ever joined or cut anew, so a document may be as long as it likes.
        self._unsent = collections.deque()
        self._unread = []
        self._pending = collections.deque()
        self._pending_bytes = 0
        self._last_words = ""

    def answers(self, documents):
        """Yields the answer to each document, a `dict` for a `dict`, in order."""
        try:
            for document in documents:
                line = (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")
                yield from self._send(line)
            yield from self._finish()
        finally:
            self._end()

    # Each of these yields the answers that came while it waited.

    def _send(self, line):
        self._begin()
        self._enqueue(line)
        while self._unsent or self._pending_bytes > self._window:
            done = self._exchange()
            yield from done
            if self._process is None:
                yield from self._send_again()
                return

    def _finish(self):
        if self._process is None:
            return
        while self._pending:
            # The end of its input tells the process to answer all that it has.
            self._close_input()
            yield from self._exchange()
            if self._process is None:
                yield from self._send_again()
        self._close_input()

    def _send_again(self):
        """The process has died: sends the documents that it had one by one, and gives up the one at which it dies again."""
        lost, self._pending = self._pending, collections.deque()
        self._pending_bytes = 0
        for line in lost:
            self._begin()
            self._enqueue(line)
            while self._pending:
                yield from self._exchange()
                if self._process is None and self._pending:
                    self._pending.clear()
                    self._pending_bytes = 0
                    yield {"id": json.loads(line).get("id"), "error": {"stage": None, "message": self._last_words}}

    def _exchange(self):
        """Waits until the process takes or gives something, and returns the answers that are whole."""
        asked = time.monotonic()
        while True:
            ready = self._selector.select(timeout=min(self._timeout, 1.0))
            if ready:
                break
            if time.monotonic() - asked > self._timeout:
                self._process.kill()
                self._die(f"gave no answer for {self._timeout:g} s")
                return []
        answers = []
        for key, _ in ready:
            if key.fileobj is self._process.stdin:
                self._write()
        for key, _ in ready:
            if key.fileobj is self._process.stdout:
                piece = os.read(key.fd, _PIECE)
                if not piece:
                    if self._pending:
                        self._die(None)
                    else:
                        self._end()
                    return answers
                *ends, rest = piece.split(b"\n")
                for end in ends:
                    self._unread.append(end)
                    answers.append(self._answer(b"".join(self._unread)))
                    self._unread.clear()
                self._unread.append(rest)
        return answers

    def _answer(self, line):
        if not self._pending:
            raise HearsayError(f"hearsay answered more lines than it was given: {line[:200]!r}")
        document = self._pending.popleft()
        self._pending_bytes -= len(document)
        answer = json.loads(line)
        if "error" in answer:
            # Of a record that it could not read, the process does not know the id.
            answer["id"] = json.loads(document).get("id")
        return answer

    def _enqueue(self, line):
        self._unsent.append(memoryview(line))
        self._pending.append(line)
        self._pending_bytes += len(line)
        if len(self._unsent) == 1:
            self._selector.register(self._process.stdin, selectors.EVENT_WRITE)

    def _write(self):
        view = self._unsent.popleft()
        try:
            rest = view[os.write(self._process.stdin.fileno(), view[:_PIECE]) :]
        except BlockingIOError:
            rest = view
        except BrokenPipeError:
            # The process is about to be seen dead at its output.
            rest = b""
            self._unsent.clear()
        if rest:
            self._unsent.appendleft(rest)
        if not self._unsent:
            self._selector.unregister(self._process.stdin)

    def _close_input(self):
        if self._process and not self._unsent:
            self._process.stdin.close()

    # The process itself.

    def _begin(self):
        if self._process is not None:
            return
        self._stderr = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                self._command, cwd=self._cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr, bufsize=0
            )
        except OSError as error:
            raise HearsayError(f"cannot start '{self._command[0]}': {error.strerror}") from error
        os.set_blocking(self._process.stdin.fileno(), False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._process.stdout, selectors.EVENT_READ)
        self._unsent.clear()
        self._unread.clear()

    def _die(self, reason):
        """The process ended, or must, with documents unanswered."""
        status = self._process.wait()
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, self._stderr.tell() - _STDERR_SHOWN))
        said = self._stderr.read().decode("utf-8", "replace").strip()
        if reason is None:
            reason = f"ended with signal {-status}" if status < 0 else f"ended with status {status}"
        self._last_words = f"hearsay {reason}" + (f": {said}" if said else "")
        self._end()
        if status == _USAGE_STATUS:
            raise HearsayError(self._last_words)

    def _end(self):
        process, self._process = self._process, None
        if process is None:
            return
        self._selector.close()
        for pipe in (process.stdin, process.stdout):
            pipe.close()
        if process.poll() is None:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._stderr.close()

