"use strict";
// What a record says, to read on the screen, to print and to hand over.

function headline(record) {
  const title = record.model.title;
  if (record.kind === "observation") return `${title}: notes for a conversation`;
  if (record.status === "paused") return `${title}: progression pause`;
  if (record.status === "complete") {
    const passedOver = record.counts.does_not_apply;
    if (!record.part) return `${title}: ${everythingInPlace(passedOver)}`;
    return `${title}: ${record.phases[0].title}${passedOver ? `, ${everythingInPlace(passedOver)}` : " in place"}`;
  }
  return `${title}: not finished yet`;
}

function factsOf(record) {
  const rows = [
    ["Date", day(record.finished)],
    ["Classroom", record.classroom],
    ["School", record.school],
    ["Observer", record.observer],
    ["Part", record.part ? `${record.phases[0].title} only` : null],
    ["Progression", `${record.model.title}, content version ${record.model.version}`],
  ];
  return h(
    "dl",
    {},
    rows
      .filter(([, value]) => value)
      .map(([label, value]) => [h("dt", {}, label), h("dd", { dir: "auto" }, value)]),
  );
}

/**
 * The whole report as elements; a teacher's and an observer's differ in their order and tone.
 * `agreement` is an element for the next step, which stands beside the moves.
 */
function reportOf(page, model, record, agreement) {
  const blocks = record.kind === "observation" ? sheetBlocks : pauseBlocks;
  return h(
    "article",
    { class: `report ${record.kind}` },
    h("h1", { dir: "auto" }, headline(record)),
    record.kind === "observation" ? occasionOf(record) : factsOf(record),
    blocks(page, model, record, agreement),
    h("p", { class: "about" }, model.credit),
  );
}

function pauseBlocks(page, model, record, agreement) {
  return [
    record.pause ? thePause(record) : noPause(record),
    record.pause && movesOf(record.pause),
    record.pause && agreement,
    record.pause && [h("h2", {}, "Questions to think about"), list(record.pause.coaching_questions)],
    record.pause && resourcesOf(record.pause),
    h("h2", {}, "What is in place"),
    h("p", { dir: "auto" }, celebrate(record)),
    phaseTable(record),
    inPlace(record),
    apart(record),
    notAsked(record),
    notReached(record),
  ];
}

function thePause(record) {
  const pause = record.pause;
  const unseen = counted(record).filter((one) => one.answer === "not_seen");
  return h(
    "section",
    { class: "pause" },
    h("h2", {}, record.provisional ? "The pause, provisionally" : "The pause"),
    h("p", { class: "soft" }, placeOf(pause)),
    h("p", { class: "action", dir: "auto" }, pause.action),
    h("p", {}, "It is in consistent practice when:"),
    list(pause.in_practice_when),
    record.provisional && [
      h("p", {}, "Provisional, because these steps before it could not be seen:"),
      list(unseen.map((one) => one.asked)),
    ],
  );
}

const ACTORS = { teacher: "Teacher", student: "Students", leader: "Leader" };

const placeOf = (pause) =>
  `${pause.phase_title}, step ${pause.number} · ${pause.area_title} · ${ACTORS[pause.actor]}`;

function noPause(record) {
  if (record.status === "unfinished") {
    return [
      h("h2", {}, "Not finished"),
      h("p", {}, "There was no step answered “not yet”, and some were not answered. There is no pause."),
    ];
  }
  return [
    h("h2", {}, "What could come next"),
    list([
      "Open the door: invite a colleague to see one step in action, and talk about how it came to be.",
      "Ask students which part of the way they would change, and try one of their ideas.",
      "Look again in a month. Practice slips quietly, most of all after a break or with new students.",
    ]),
  ];
}

function movesOf(pause) {
  return [
    h("h2", {}, pause.next_moves.length === 1 ? "A possible next move" : "Possible next moves"),
    pause.next_moves.map((move) =>
      h(
        "div",
        { class: "move" },
        h("p", { class: "strong", dir: "auto" }, move.move),
        h("p", { dir: "auto" }, h("span", { class: "soft" }, "It could look like this: "), move.looks_like),
      ),
    ),
  ];
}

// The plan around a next step: the key in the record, the question, and the words in the report.
// Only those are asked that a record of Python has as well.
const PLAN = [
  ["when", "When, and in which class?", "When and where"],
  ["if_in_the_way", "If something gets in the way, then …", "If something gets in the way"],
  ["partner", "Who could watch or try it too?", "With"],
];

function agreed(step, title) {
  return h(
    "section",
    { class: "agreed" },
    h("h2", {}, title),
    h("p", { class: "strong", dir: "auto" }, step.text),
    PLAN.map(
      ([key, , words]) =>
        step[key] && h("p", { dir: "auto" }, h("span", { class: "soft" }, `${words}: `), step[key]),
    ),
    step.look_again && h("p", {}, `Look again on ${day(step.look_again)}.`),
  );
}

function resourcesOf(pause) {
  return (
    pause.resources.length > 0 && [
      h("h2", {}, "Inspiration bank"),
      h(
        "ul",
        { class: "resources" },
        pause.resources.map((one) =>
          h(
            "li",
            {},
            linkTo(one.title, one.url),
            h("span", { class: "soft" }, ` (${one.publisher})`),
            h("br"),
            one.about,
          ),
        ),
      ),
    ]
  );
}
