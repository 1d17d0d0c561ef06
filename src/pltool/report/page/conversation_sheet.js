"use strict";
// The sheet for the conversation after a visit.

const noteLine = (page, note) => [
  h("span", { class: "soft" }, `${own(page.words.kinds, note.kind) ?? note.kind}: `),
  h("span", { dir: "auto" }, /^["“].*["”]$/s.test(note.note) ? note.note : `“${note.note}”`),
];

const notesOf = (page, answer) =>
  answer.evidence.length
    ? h(
        "ul",
        { class: "notes" },
        answer.evidence.map((note) => h("li", {}, noteLine(page, note))),
      )
    : null;

/** Day and labels in one line: a sheet has no room for a table. */
function occasionOf(record) {
  const parts = [
    day(record.finished),
    record.classroom && `Classroom ${record.classroom}`,
    record.school && `School ${record.school}`,
    record.observer && `observed by ${record.observer}`,
  ];
  return h("p", { class: "soft", dir: "auto" }, parts.filter(Boolean).join(" · "));
}

function sheetBlocks(page, model, record, agreement) {
  const withNotes = (answers, attributes) =>
    h(
      "ul",
      attributes,
      answers.map((one) => h("li", { dir: "auto" }, one.asked, notesOf(page, one))),
    );
  const seen = counted(record).filter((one) => one.answer === "in_place");
  const noted = seen.filter((one) => one.evidence.length);
  const quiet = seen.filter((one) => !one.evidence.length);
  const unseen = counted(record).filter((one) => one.answer === "not_seen");
  return [
    h("p", {}, page.words.opening),
    record.model_at_end &&
      h(
        "p",
        {},
        `By the end of the visit the room looked more like ${titleOf(page, record.model_at_end)}. Which model did you have in mind?`,
      ),
    h("h2", {}, "What there was to see"),
    h("p", {}, celebrate(record, false)),
    noted.length > 0 && withNotes(noted, { class: "seen" }),
    quiet.length > 0 &&
      (quiet.length <= 6
        ? withNotes(quiet)
        : h("p", {}, `Seen as well, with no note: ${places(record, quiet)}.`)),
    h("h2", {}, "Where the conversation could begin"),
    record.pause ? visitPause(page, record) : h("p", {}, visitEnd(record)),
    unseen.length > 0 && [
      h(
        "p",
        {},
        `${unseen.length === 1 ? "One step" : `${unseen.length} steps`} could not be seen${record.provisional ? ", so this is provisional" : ""}. How ${unseen.length === 1 ? "is it" : "are they"} going?`,
      ),
      withNotes(unseen),
    ],
    apart(record),
    h("h2", {}, "To think about together"),
    list([
      "What would you add to these notes, or see differently?",
      ...(record.pause?.coaching_questions ?? page.words.questions),
    ]),
    record.pause && [
      h("h2", {}, "Possible next moves, only suggestions"),
      list(
        record.pause.next_moves.map((move) => move.move),
        { class: "boxes" },
      ),
    ],
    agreement,
  ];
}

const titleOf = (page, id) => page.models.find((model) => model.id === id)?.title ?? id;

function visitPause(page, record) {
  const pause = record.pause;
  const answer = record.answers.find((one) => one.step === pause.id);
  const name = record.provisional ? "provisional progression pause" : "progression pause";
  return h(
    "section",
    { class: "pause" },
    h("p", { class: "action", dir: "auto" }, pause.action),
    h("p", { class: "soft" }, `(${name}: ${pause.phase_title}, step ${pause.number})`),
    notesOf(page, answer) ??
      h("p", {}, "It was not there to see on this visit, and there is no note. What are other days like?"),
    h(
      "p",
      { dir: "auto" },
      h("span", { class: "soft" }, "For this step, consistent means: "),
      pause.in_practice_when.join(" "),
    ),
  );
}

function visitEnd(record) {
  if (record.status === "complete") {
    return "The visit came to the end of the progression. There is much here that colleagues could come and see.";
  }
  return `The visit ended after ${count(counted(record).length, "step")}. What comes later was not looked at; that means unknown, and never “no”.`;
}

/** Where steps stand, in few words: `Foundation, steps 1, 2 and 4; Differentiated, step 2`. */
const places = (record, answers) =>
  record.phases
    .map((phase) => [phase, answers.filter((one) => one.phase === phase.id).map((one) => String(one.number))])
    .filter(([, numbers]) => numbers.length)
    .map(
      ([phase, numbers]) => `${phase.title}, ${numbers.length === 1 ? "step" : "steps"} ${listing(numbers)}`,
    )
    .join("; ");
