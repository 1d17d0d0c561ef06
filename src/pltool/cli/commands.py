"""The commands there are: where each lives, what it is for in one line, and who uses it."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command in the table.

    Attributes:
        target: module and attribute; the module is imported only when the command is used.
        help: its line in the help, which is also the first line of its own help.
        group: who uses it.
        arguments: what its arguments are called in its help, so that a shell can complete them without loading it.
    """

    target: str
    help: str
    group: str
    arguments: tuple[str, ...] = ()


TEACHER, COACH, DISTRICT, AUTHOR, DATA = "teacher", "coach", "district", "author", "data"

COMMANDS = {
    "reflect": Command(
        "pltool.cli.reflect:reflect", "Find your pause, and a possible next move.", TEACHER, ("MODEL",)
    ),
    "report": Command(
        "pltool.cli.report:report",
        "Hand a saved record over, and note the next step.",
        TEACHER,
        ("REFLECTION",),
    ),
    "history": Command(
        "pltool.cli.history:history", "See where you stood over time, and what slipped.", TEACHER, ("MODEL",)
    ),
    "list": Command("pltool.cli.read:list_progressions", "List the progressions there are.", TEACHER),
    "show": Command(
        "pltool.cli.read:show", "Read a progression, or one step of it.", TEACHER, ("MODEL", "STEP")
    ),
    "resources": Command(
        "pltool.cli.reference:resources", "Search the inspiration bank.", TEACHER, ("WORDS",)
    ),
    "glossary": Command(
        "pltool.cli.reference:glossary", "Explain the terms that the progressions use.", TEACHER, ("TERM",)
    ),
    "identify": Command("pltool.cli.identify:identify", "Find out which model a classroom is using.", COACH),
    "observe": Command(
        "pltool.cli.observe:observe",
        "Visit a classroom: evidence, and a conversation sheet.",
        COACH,
        ("MODEL",),
    ),
    "compare": Command(
        "pltool.cli.compare:compare", "Set two records of one classroom side by side.", COACH, ("A", "B")
    ),
    "page": Command(
        "pltool.cli.page:page", "Write the questions as one offline HTML file.", COACH, ("MODEL",)
    ),
    "walk": Command(
        "pltool.cli.walk.commands:app",
        "Progression walks: sheets, summary, agreement, agenda.",
        DISTRICT,
    ),
    "content": Command(
        "pltool.cli.content:app", "Check, begin and describe progressions of your own.", AUTHOR
    ),
    "check": Command(
        "pltool.cli.check:check", "Judge answers without asking, for scripts.", DATA, ("MODEL", "ANSWERS")
    ),
    "data": Command("pltool.cli.data:app", "See what is stored on this machine, and remove it.", DATA),
    "completion": Command("pltool.cli.completion:completion", "Set up completion in your shell.", DATA),
}

_COLUMN = 46  # what is said beside an example begins here, or on a line of its own

# By command, or by group and command.
EXAMPLES = {
    "reflect": (
        ("pltool reflect station-rotation", "ask, stop at the pause, save"),
        ('pltool reflect flex --classroom "Period 3"', "keep several classes apart"),
        ("pltool reflect flex --from-pause", "start where you paused last time"),
    ),
    "report": (
        ("pltool report --open", "the latest record, in the browser"),
        ("pltool report --output pause.html", "a page to hand over or print"),
        ('pltool report --agree "Post the agenda" --look-again "2 weeks"', "note a next step"),
        ("pltool report --card --output card.html", "the next step on half a page"),
        ("pltool report --output next.ics", "the next step for your calendar"),
        ('pltool report --amend foundation-2=yes --because "I misread it"', "correct the latest record"),
    ),
    "history": (
        ("pltool history", "all models and classes"),
        ("pltool history flex --since 8/1", "one model, since August"),
        ("pltool history --output history.csv", "a table for a spreadsheet"),
    ),
    "list": (("pltool list", ""), ("pltool list --format json", "for scripts")),
    "show": (
        ("pltool show station-rotation", "every action in order"),
        ("pltool show station-rotation foundation-2", "one step with all that is beside it"),
        ("pltool show flex --phase foundation --output flex.html", "one phase on a page"),
        ("pltool show flex --overview --output flex.html", "the whole on a page"),
    ),
    "resources": (
        ("pltool resources timer", "by words"),
        ("pltool resources --model flex --phase foundation", "by model and phase"),
    ),
    "glossary": (("pltool glossary pause", "a term, or part of one"), ("pltool glossary", "all terms")),
    "identify": (
        ("pltool identify", "at most eight questions"),
        ("pltool identify --answers yynyyyn", "the same for scripts"),
    ),
    "observe": (
        ("pltool observe", "which model is this? then step by step"),
        ("pltool observe station-rotation --classroom R7", "when the model is known"),
        ("pltool observe --answers notes.yaml --output sheet.html", "notes from paper; nothing is asked"),
    ),
    "compare": (("pltool compare 2026-11-23-0814 2026-11-23-1530", "by the beginnings of their ids"),),
    "page": (
        ("pltool page station-rotation --output reflect.html", "for teachers without Python"),
        ("pltool page --all --observe --output observe.html", "for observers: several visits"),
    ),
    "walk": (("pltool walk sheet flex --output visits.csv", "to begin with"),),
    "walk sheet": (
        ("pltool walk sheet flex --output visits.csv", "for a spreadsheet"),
        ("pltool walk sheet flex --output visit.html", "to print"),
    ),
    "walk summary": (
        ("pltool walk summary visits.csv records/", "from sheets, records or both"),
        ("pltool walk summary visits.csv --by school --output walk.html", "broken down"),
    ),
    "walk agreement": (("pltool walk agreement visits.csv records/", "do we see the same thing?"),),
    "walk agenda": (("pltool walk agenda visits.csv --output debrief.html", "the debrief, filled in"),),
    "content": (("pltool content new our-model", "to begin with"),),
    "content check": (("pltool content check our-model.yaml", "every problem at once"),),
    "content new": (("pltool content new our-model", "a first version, each key explained"),),
    "content diff": (("pltool content diff old/flex.yaml flex.yaml", "what it means for saved answers"),),
    "content order": (("pltool content order records/", "does the order of the steps hold?"),),
    "content schema": (("pltool content schema > progression.schema.json", "for your editor"),),
    "check": (
        ("pltool check station-rotation yyyn", "letters in step order"),
        ("pltool check --answers answers.yaml", "a file that names its model"),
        ("pltool check station-rotation yyyn --through foundation", "0 only if all is in place so far"),
    ),
    "data": (("pltool data where", "to begin with"),),
    "data where": (("pltool data where", ""),),
    "data import": (
        ("pltool data import visits.json", "what a page or a colleague saved"),
        ("pltool data import mine.zip", "what data export packed on another computer"),
    ),
    "data export": (
        ("pltool data export mine.zip", "all records and drafts"),
        ('pltool data export p3.zip --classroom "Period 3"', "one class"),
    ),
    "data rename": (('pltool data rename --classroom "P3" "Period 3"', "a class, in all its records"),),
    "data delete": (('pltool data delete --classroom "Period 3"', "shows what will go, and asks"),),
    "completion": (
        ('eval "$(pltool completion bash)"', "in ~/.bashrc; for zsh in ~/.zshrc"),
        ("pltool completion fish > ~/.config/fish/completions/pltool.fish", ""),
        ("pltool completion powershell | Out-String | Invoke-Expression", "in $PROFILE"),
    ),
}


def examples(name: str) -> str:
    """The examples of a command, as the last part of its help."""
    known = EXAMPLES.get(name, ())
    width = max((len(line) for line, what in known if len(line) <= _COLUMN), default=0)
    lines = []
    for line, what in known:
        if len(line) > width and what:
            lines += [f"  {line}", f"  {'':{width}}  {what}"]
        else:
            lines.append(f"  {line:<{width}}  {what}".rstrip())
    return "\n".join(["Examples:" if known[1:] else "Example:", *lines]) if lines else ""
