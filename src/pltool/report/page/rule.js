"use strict";
// What answers amount to, and the record of them. Nothing here touches the page, so that it can be tested alone.
// The rule is the one of core/standing.py and the record the one of core/record.py; tests hold them together.

const NO_LABELS = { classroom: null, school: null, observer: null, observer_role: null };
const KINDS = ["saw", "heard", "artifact", "student_said", "teacher_said"];
const ANSWERS = {
  in_place: "in place",
  not_yet: "not yet",
  not_seen: "not seen",
  does_not_apply: "does not apply",
};

/** What an object has under a name of its own; a step may be called `constructor`. */
const own = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : undefined);

/** Text as it can be stored and read everywhere: no blanks around it, no half characters. */
const clean = (text) =>
  String(text ?? "")
    .replace(/[\ud800-\udfff]/gu, "\ufffd")
    .trim();

/** The same in one line. */
const cleanLine = (text) => clean(text).replace(/\s+/gu, " ");

/** Follow the steps in order to the first not yet, the first gap, or the end; `answers` are words by step id. */
function judge(model, answers) {
  const reached = [];
  let pause = null;
  let missing = null;
  for (const step of model.steps) {
    const answer = own(answers, step.id);
    if (!answer) {
      missing = step;
      break;
    }
    reached.push(step);
    if (answer === "not_yet") {
      pause = step;
      break;
    }
  }
  const said = (word) => reached.filter((step) => answers[step.id] === word);
  const inPlace = said("in_place");
  const notSeen = said("not_seen");
  const beyond = model.steps.slice(reached.length).filter((step) => own(answers, step.id));
  const status = pause ? "paused" : missing ? "unfinished" : "complete";
  return {
    status,
    pause,
    missing,
    reached,
    beyond,
    notSeen,
    provisional: notSeen.length > 0 && status !== "unfinished",
    counts: {
      in_place: inPlace.length,
      not_yet: pause ? 1 : 0,
      not_seen: notSeen.length,
      does_not_apply: said("does_not_apply").length,
      beyond_pause: beyond.length,
      not_reached: model.steps.length - reached.length - beyond.length,
      total: model.steps.length,
    },
    phases: model.phases
      .map(({ id, title }) => ({
        id,
        title,
        in_place: inPlace.filter((step) => step.phase === id).length,
        total: model.steps.filter((step) => step.phase === id).length,
      }))
      .filter((phase) => phase.total),
  };
}

/** The answers of a visit as words by step id. */
const answerWords = (visit) =>
  Object.fromEntries(Object.entries(visit.answers).map(([step, given]) => [step, given.answer]));

const phaseOf = (model, step) => model.phases.find((phase) => phase.id === step.phase);

/** The position of the step to ask; null when the pause or the end is reached. */
function positionOf(model, visit) {
  if (Number.isInteger(visit.revisiting) && model.steps[visit.revisiting]) return visit.revisiting;
  const missing = judge(model, answerWords(visit)).missing;
  return missing ? model.steps.indexOf(missing) : null;
}

/** One step earlier; from the pause or the end, the last step reached. */
function backFrom(model, visit) {
  const position = positionOf(model, visit) ?? judge(model, answerWords(visit)).reached.length;
  return Math.max(position - 1, 0);
}

/** Only what the blank record of Python has as well: an older tool's file gets no key that it does not know. */
const asIn = (blank, values) =>
  Object.fromEntries(
    Object.keys(blank).map((key) => [key, Object.hasOwn(values, key) ? values[key] : blank[key]]),
  );

/** A record of a visit; `page` is the content that Python wrote into the file. */
function seal(page, model, visit, finished) {
  const standing = judge(model, answerWords(visit));
  const blank = page.blank;
  return asIn(model.record, {
    ...asIn(NO_LABELS, visit.labels),
    id: visit.id,
    started: visit.started,
    finished,
    status: standing.status,
    provisional: standing.provisional,
    counts: asIn(model.record.counts, standing.counts),
    phases: standing.phases,
    pause: standing.pause && asIn(blank.pause, standing.pause),
    answers: model.steps
      .filter((step) => own(visit.answers, step.id))
      .map((step) =>
        asIn(blank.answer, {
          answer: visit.answers[step.id].answer,
          reason: visit.answers[step.id].reason ?? null,
          step: step.id,
          asked: step.action,
          evidence: (own(visit.notes, step.id) ?? []).map(({ kind, note }) => ({ kind, note })),
          phase: step.phase,
          number: step.number,
          area_title: step.area_title,
          actor: step.actor,
        }),
      ),
    next_step: visit.next_step ? asIn(blank.next_step, visit.next_step) : null,
    not_asked: model.unasked.filter((one) => standing.reached.some((step) => step.phase === one.phase)),
    model_at_end: visit.model_at_end ?? null,
  });
}

/** The answers of a record that count: up to the pause, or up to the first step without an answer. */
function counted({ answers, counts }) {
  return answers.slice(0, counts.in_place + counts.not_yet + counts.not_seen + counts.does_not_apply);
}

// Characters that a terminal obeys, or that reorder what stands around them.
const OBEYED = /[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

/** The same text that Python writes. */
function recordText(records) {
  const escape = (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${JSON.stringify(records, null, 2).replace(OBEYED, escape)}\n`;
}

const two = (number) => String(number).padStart(2, "0");

/** Local time with its offset, to the millisecond, as 2026-11-23T14:03:11.204-06:00. */
function isoTime(moment) {
  const offset = -moment.getTimezoneOffset();
  const away = Math.abs(offset);
  const local = new Date(moment.getTime() + offset * 60000).toISOString().slice(0, 23);
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

/** An id that sorts by time and tells a person what it is: 2026-11-23-140311-station-rotation-5f0c2a. */
function newId(name, moment) {
  const random = crypto.getRandomValues(new Uint8Array(3));
  const stamp = isoTime(moment).slice(0, 19).replace("T", "-").replaceAll(":", "");
  return `${stamp}-${name}-${Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** A visit as it begins. */
function newVisit(model, labels, moment) {
  const started = isoTime(moment);
  return {
    format: "pltool.visit/1",
    id: newId(model ?? "visit", moment),
    model,
    labels,
    started,
    updated: started,
    finished: null,
    filed: null,
    revision: 0,
    answers: {},
    notes: {},
    cues: [],
    revisiting: null,
    next_step: null,
    model_at_end: null,
  };
}

const isNote = (one) =>
  one !== null && typeof one === "object" && KINDS.includes(one.kind) && typeof one.note === "string";

/** Whether something read from storage is a visit that this page can go on with. */
function isVisit(found, models) {
  const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  return (
    isGroup(found) &&
    found.format === "pltool.visit/1" &&
    typeof found.id === "string" &&
    typeof found.started === "string" &&
    (found.finished === null || typeof found.finished === "string") &&
    Number.isInteger(found.revision) &&
    (found.model === null || models.some((model) => model.id === found.model)) &&
    [found.labels, found.answers, found.notes].every(isGroup) &&
    Array.isArray(found.cues) &&
    Object.values(found.answers).every((given) => isGroup(given) && Object.hasOwn(ANSWERS, given.answer)) &&
    Object.values(found.notes).every((notes) => Array.isArray(notes) && notes.every(isNote)) &&
    (found.next_step === null || (isGroup(found.next_step) && typeof found.next_step.text === "string"))
  );
}

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** `2026-11-23…` as `November 23, 2026`; anything else as it is. */
function day(iso) {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(String(iso));
  return found && MONTHS[found[2] - 1]
    ? `${MONTHS[found[2] - 1]} ${Number(found[3])}, ${found[1]}`
    : String(iso);
}

/** A number of things: `1 step`, `3 steps`. */
const count = (number, singular, plural) =>
  `${number} ${number === 1 ? singular : (plural ?? singular + "s")}`;

/** Names in a sentence: `a, b and c`. */
const listing = (names, last = "and") =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
