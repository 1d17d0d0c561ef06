"""Questions to a person: one key on a terminal, one line elsewhere. Nothing is ever answered by accident."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent
    from prompt_toolkit.output import Output


class EndOfInput(Exception):  # noqa: N818 - it is no error: the lines have ended
    """There is nobody left to ask."""


class Asker(Protocol):
    """Somebody who can be asked."""

    def key(self, keys: Mapping[str, str], *, erase: bool = False) -> str:
        """One of the keys; `keys` maps each to what it does.

        Raises:
            EndOfInput: the input has ended.
            KeyboardInterrupt: Ctrl-C.
        """

    def line(self, prompt: str) -> str:
        """A line of text, which may be empty."""


class LineAsker:
    """Asks on standard error and reads a line from standard input for each answer."""

    def __init__(self, synonyms: Mapping[str, str] | None = None) -> None:
        self.synonyms = {"yes": "y", "no": "n", "back": "b", "quit": "q", "stop": "q", **(synonyms or {})}

    def key(self, keys: Mapping[str, str], *, erase: bool = False) -> str:  # noqa: ARG002 - nothing is redrawn here
        prompt = _prompt(keys)
        while True:
            given = self._read(prompt).strip().lower()
            given = self.synonyms.get(given, given)
            given = " " if given in {"g", "go"} and " " in keys else given
            if given in keys:
                return given
            shown = f"“{given[:20]}” is" if given else "An empty line is"
            prompt = f"{shown} no answer. {_prompt(keys)}"

    def line(self, prompt: str) -> str:
        return self._read(f"{prompt} ").strip()

    def _read(self, prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            line = "?"
        if not line:
            sys.stderr.write("\n")
            raise EndOfInput
        if not sys.stdin.isatty():
            sys.stderr.write("\n")
        return line


def _prompt(keys: Mapping[str, str]) -> str:
    shown = ((key if key != " " else "g", does) for key, does in keys.items() if does)
    return "  ".join(f"{key} {does}" for key, does in shown) + " > "


class KeyAsker:
    """Asks for a single key with prompt_toolkit, drawn on standard error."""

    def __init__(self) -> None:
        self._output: Output | None = None

    def key(self, keys: Mapping[str, str], *, erase: bool = False) -> str:
        """One of the keys. Enter and every other key only bring up a reminder."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.formatted_text import FormattedText
        from prompt_toolkit.key_binding import KeyBindings
        from prompt_toolkit.keys import Keys
        from questionary.question import Question

        output = self._open_output()
        state: dict[str, Any] = {"chosen": None, "remind": False}
        bindings = KeyBindings()

        def choose(event: KeyPressEvent, key: str) -> None:
            state.update(chosen=key, remind=False)
            event.app.exit(result=key)

        for key in keys:
            for variant in {key, key.upper()} if len(key) == 1 else {key}:
                bindings.add(variant, eager=True)(lambda event, key=key: choose(event, key))

        @bindings.add(Keys.ControlC, eager=True)
        @bindings.add(Keys.SIGINT, eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=KeyboardInterrupt)

        @bindings.add(Keys.ControlD, eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=EOFError)

        # Pasted text is swallowed whole: its letters are no answers.
        @bindings.add(Keys.BracketedPaste, eager=True)
        @bindings.add(Keys.ControlM, eager=True)
        @bindings.add(Keys.ControlJ, eager=True)
        @bindings.add(Keys.Any, eager=True)
        def _(event: KeyPressEvent) -> None:
            if event.key_sequence[0].key not in (Keys.CPRResponse, Keys.Vt100MouseEvent):
                state["remind"] = True
                event.app.invalidate()

        session: PromptSession[str] = PromptSession(
            lambda: FormattedText(_fragments(keys, state, output.get_size().columns)),
            key_bindings=bindings,
            output=output,
            erase_when_done=erase,
        )
        return self._ask(Question(session.app))

    def line(self, prompt: str) -> str:
        """A line of text, edited as in a shell."""
        from prompt_toolkit import PromptSession
        from questionary.question import Question

        output = self._open_output()
        broken = textwrap.fill(prompt, max(output.get_size().columns - 1, 20), break_long_words=False)
        session: PromptSession[str] = PromptSession(f"{broken} ", output=output)
        return self._ask(Question(session.app)).strip()

    def _ask(self, question: Any) -> str:  # noqa: ANN401 - questionary's own type is not exported
        try:
            return str(question.unsafe_ask())
        except EOFError:
            raise EndOfInput from None

    def _open_output(self) -> Output:
        if self._output is None:
            from prompt_toolkit.output import create_output

            self._output = create_output(stdout=sys.stderr)
            # Asking where the cursor is helps only menus, and terminals that do not answer get a warning.
            if hasattr(self._output, "enable_cpr"):
                self._output.enable_cpr = False
        return self._output


def _fragments(keys: Mapping[str, str], state: Mapping[str, Any], columns: int) -> StyleAndTextTuples:
    """The prompt, broken between keys and never inside a word."""
    if state["chosen"] is not None:
        return [("", "› "), ("bold", keys[state["chosen"]])]
    shown: StyleAndTextTuples = []
    column = 0
    for key, does in keys.items():
        if does:
            name, means = "Space" if key == " " else key, f" {does}  "
            length = len(name) + len(means)
            if column and column + length > columns:
                shown.append(("", "\n"))
                column = 0
            column += length
            shown += [("bold", name), ("", means)]
    if state["remind"]:
        shown.append(("", "\nThat key is no answer. Please press one of these. "))
    shown.append(("", "› "))
    return shown
