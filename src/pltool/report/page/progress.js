"use strict";
// How far practice has come: in words, as a table, and what was not reached; as report/progress.py says it.

const beyondIn = (record, phase) =>
  record.answers.slice(counted(record).length).filter((one) => one.phase === phase.id).length;
const reachedIn = (record, phase) => counted(record).filter((one) => one.phase === phase.id);

/** Each step of a phase once; a column that would be empty is left out. */
function phaseTable(record) {
  const words = Object.keys(ANSWERS).filter(
    (word) => word === "in_place" || counted(record).some((one) => one.answer === word),
  );
  const head = [
    "Phase",
    ...words.map((word) => ANSWERS[word].replace(/^./, (first) => first.toUpperCase())),
    "Not reached",
    "Steps",
  ];
  const number = (tag, text) => h(tag, { class: "number", scope: tag === "th" ? "col" : null }, String(text));
  return h(
    "table",
    {},
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((text, index) => (index ? number("th", text) : h("th", { scope: "col" }, text))),
      ),
    ),
    h(
      "tbody",
      {},
      record.phases.map((phase) => {
        const reached = reachedIn(record, phase);
        const cells = words.map((word) => reached.filter((one) => one.answer === word).length);
        const row = [
          ...cells.map((cell) => (reached.length ? cell : "–")),
          phase.total - reached.length,
          phase.total,
        ];
        return h(
          "tr",
          {},
          h("th", { scope: "row" }, phase.title),
          row.map((cell) => number("td", cell)),
        );
      }),
    ),
  );
}

function inPlace(record) {
  const phases = record.phases.map((phase) => {
    const lines = reachedIn(record, phase).filter((one) => one.answer === "in_place");
    return lines.length > 0 && [h("h3", {}, phase.title), list(lines.map((one) => one.asked))];
  });
  return h("div", { class: "columns" }, phases);
}

function apart(record) {
  const found = counted(record).filter((one) => one.answer === "does_not_apply");
  return (
    found.length > 0 && [
      h("h2", {}, "Does not apply here"),
      h("p", {}, "Counted apart: these steps stand in nobody's way, and are not called in place."),
      h(
        "ul",
        {},
        found.map((one) =>
          h(
            "li",
            { dir: "auto" },
            one.asked,
            h("br"),
            h("span", { class: "soft" }, `Why: ${one.reason ?? "no reason was given"}`),
          ),
        ),
      ),
    ]
  );
}

function notReached(record) {
  const rows = record.phases
    .map((phase) => [phase, reachedIn(record, phase).length, beyondIn(record, phase)])
    .filter(([phase, reached, later]) => phase.total > reached + later);
  const beyond = record.counts.beyond_pause;
  const kept = `${count(beyond, "answer")} given beyond the pause ${beyond === 1 ? "is" : "are"} kept, and counted apart.`;
  if (!rows.length) return beyond ? [h("h2", {}, "Beyond the pause"), h("p", {}, kept)] : null;
  return [
    h("h2", {}, "Not reached"),
    h("p", {}, `These steps were not asked. That means unknown, and never “no”.${beyond ? ` ${kept}` : ""}`),
    list(rows.map(([phase, reached, later]) => `${phase.title}: ${rest(record, phase, reached, later)}`)),
  ];
}

/** The steps of a phase that have no answer; by number only where no others stand between them. */
function rest(record, phase, reached, later) {
  const left = phase.total - reached - later;
  if (later)
    return reached
      ? `${left} of the ${count(phase.total - reached, "step")} that follow`
      : `${left} of ${phase.total} steps`;
  if (!reached) return `all ${count(phase.total, "step")}`;
  if (record.not_asked.some((step) => step.phase === phase.id)) return `the other ${count(left, "step")}`;
  return range(reached + 1, phase.total);
}

const everythingInPlace = (passedOver) =>
  passedOver ? "every step that applies in place" : "every step in place";

const range = (first, last) => (first === last ? `step ${first}` : `steps ${first} to ${last}`);

/** The actions of others; a teacher may bring a leader's to the leader. */
function notAsked(record) {
  const titles = new Map(record.phases.map((phase) => [phase.id, phase.title]));
  const [heading, words] =
    record.asked_as === "teacher"
      ? [
          "For a conversation with your leader",
          "These are a leader's actions, so they were not asked. Which of them would help you most?",
        ]
      : ["Not asked", "These are the actions of teachers and students, so they were not asked."];
  return (
    record.not_asked.length > 0 && [
      h("h2", {}, heading),
      h("p", {}, words),
      list(
        record.not_asked.map(
          (step) => `${titles.get(step.phase) ?? step.phase} ${step.number}: ${step.action}`,
        ),
      ),
    ]
  );
}

/** How far practice has come, in concrete words and without a score; the same words as report/progress.py. */
function celebrate(record, withUnseen = true) {
  const yes = counted(record).filter((one) => one.answer === "in_place");
  const { not_seen: unseen, does_not_apply: apart } = record.counts;
  if (!yes.length) {
    if (unseen) return "Nothing could be seen in place on this visit; that says little about the classroom.";
    if (apart)
      return `Here the way begins: ${count(apart, "step")} before it cannot apply in this classroom.`;
    return "This is the first step of the way, which makes it the right place to begin.";
  }
  const parts = record.phases.filter((phase) => phase.in_place).map((phase) => phaseWords(phase, yes));
  const areas = finishedAreas(record, yes);
  return [
    `${record.kind === "observation" ? "Seen in place" : "In consistent practice"}: ${listing(parts)}.`,
    areas.length && `${listing(areas)} ${areas.length === 1 ? "stands" : "stand"} complete.`,
    apart && `${count(apart, "step")} cannot apply in this classroom.`,
    withUnseen && unseen && `${count(unseen, "step")} could not be seen.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function phaseWords(phase, yes) {
  const numbers = yes.filter((one) => one.phase === phase.id).map((one) => one.number);
  if (phase.in_place === phase.total)
    return phase.total > 1 ? `all ${phase.total} steps of ${phase.title}` : phase.title;
  if (numbers.every((number, index) => number === index + 1)) {
    return `the first ${numbers.length === 1 ? "step" : `${numbers.length} steps`} of ${phase.title}`;
  }
  return `${count(phase.in_place, "step")} of ${phase.title}`;
}

/** Areas of the phase under way that were passed whole: every step reached, and the next area begun. */
function finishedAreas(record, yes) {
  const phase = record.phases.find((one) => one.id === yes.at(-1).phase);
  if (!phase || phase.in_place === phase.total) return [];
  const groups = [];
  for (const one of reachedIn(record, phase)) {
    if (groups.at(-1)?.[0].area_title === one.area_title) groups.at(-1).push(one);
    else groups.push([one]);
  }
  return groups
    .slice(0, -1)
    .filter((group) => group.some((one) => one.answer === "in_place"))
    .filter((group) => group.every((one) => one.answer === "in_place" || one.answer === "does_not_apply"))
    .map(([one]) => `“${one.area_title}”`);
}
