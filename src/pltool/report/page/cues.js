"use strict";
// Which model a classroom is using: what answers to the cues amount to, and what to ask next.
// The rule is the one of core/cue_interview.py, which says it in words; tests hold the two together.
// Answers are pairs of a cue's id and yes, no or unsure, in the order in which they were given.

const MOST_MIXED = 4;

const fits = (sign, name) => !sign.against.includes(name) && (!sign.for.length || sign.for.includes(name));

/** Models and other outcomes, in the order in which the cues name them. */
function candidatesOf(cues) {
  const signs = cues.cues.flatMap((cue) => [cue.yes, cue.no]);
  return [...new Set(signs.flatMap((sign) => [...sign.for, ...sign.against]))];
}

const isModel = (cues, name) => !Object.hasOwn(cues.outcomes, name);

/** Whether a cue makes sense after the answers so far. */
const applies = (cue, said) =>
  !cue.asked_unless || said.get(cue.asked_unless.cue) !== cue.asked_unless.answer;

/** What the answers show, leaving out cues that another answer makes pointless. */
function signsOf(cues, said) {
  return cues.cues
    .filter((cue) => ["yes", "no"].includes(said.get(cue.id)) && applies(cue, said))
    .map((cue) => cue[said.get(cue.id)]);
}

const possibleOf = (cues, signs) =>
  candidatesOf(cues).filter((name) => signs.every((sign) => !sign.against.includes(name)));

/** How many candidates a yes would leave, and how many a no. */
const leftBy = (cue, possible) =>
  [cue.yes, cue.no].map((sign) => possible.filter((name) => !sign.against.includes(name)).length);

const tellsApart = (cue, possible) =>
  leftBy(cue, possible).some((left) => left > 0 && left < possible.length);

/** Cues not asked yet, or that could not be told. */
const unanswered = (cues, said) =>
  cues.cues.filter((cue) => !["yes", "no"].includes(said.get(cue.id)) && applies(cue, said));

/** The cue to ask; null when it is settled or nothing is left that would help. */
function nextCue(cues, answers) {
  const said = new Map(answers);
  const possible = possibleOf(cues, signsOf(cues, said));
  return unanswered(cues, said).find((cue) => !said.has(cue.id) && tellsApart(cue, possible)) ?? null;
}

/** What the answers so far amount to. */
function verdictOf(cues, answers) {
  const said = new Map(answers);
  const signs = signsOf(cues, said);
  const possible = possibleOf(cues, signs);
  const { outcome, named } = outcomeOf(cues, signs);
  const settled = possible.length <= 1 && outcome !== "contradiction";
  const worst = (cue) => Math.max(...leftBy(cue, possible));
  const telling = settled ? [] : unanswered(cues, said).filter((cue) => tellsApart(cue, possible));
  const next = telling.reduce((best, cue) => (best && worst(best) <= worst(cue) ? best : cue), null);
  return { outcome, named, settled, wouldSettle: next, reasons: named.map((name) => weigh(name, signs)) };
}

function outcomeOf(cues, signs) {
  const fitting = candidatesOf(cues).filter((name) => signs.every((sign) => fits(sign, name)));
  if (fitting.length === 1)
    return { outcome: isModel(cues, fitting[0]) ? "model" : fitting[0], named: fitting };
  if (fitting.length) return { outcome: "unclear", named: fitting };
  const decided = signs.filter((sign) => sign.decides).flatMap((sign) => sign.for);
  const other = decided.find((name) => !isModel(cues, name));
  if (other !== undefined) return { outcome: other, named: [other] };
  const mixture = leastMixture(cues, signs);
  return mixture ? { outcome: "mixed", named: mixture } : { outcome: "contradiction", named: [] };
}

/** The fewest models that together explain every answer; of several such, those with the least against them. */
function leastMixture(cues, signs) {
  const never = signs.filter((sign) => sign.decides).flatMap((sign) => sign.against);
  const models = candidatesOf(cues).filter((name) => isModel(cues, name) && !never.includes(name));
  for (let size = 2; size <= MOST_MIXED; size += 1) {
    const found = combinations(models, size)
      .filter((together) => signs.every((sign) => together.some((name) => fits(sign, name))))
      .map((together) => ({
        together,
        against: together.reduce(
          (sum, name) => sum + signs.filter((sign) => sign.against.includes(name)).length,
          0,
        ),
      }));
    // Of the same number, the first by name, as Python compares them.
    found.sort((one, other) => one.against - other.against || compareNames(one.together, other.together));
    if (found.length) return found[0].together;
  }
  return null;
}

function compareNames(one, other) {
  const place = one.findIndex((name, index) => name !== other[index]);
  return place < 0 ? 0 : one[place] < other[place] ? -1 : 1;
}

function combinations(names, size) {
  if (size === 0) return [[]];
  return names.flatMap((name, index) =>
    combinations(names.slice(index + 1), size - 1).map((rest) => [name, ...rest]),
  );
}

function weigh(name, signs) {
  const marks = signs.filter((sign) => sign.for.includes(name));
  const spared = signs.filter((sign) => sign.against.length && fits(sign, name) && !marks.includes(sign));
  return {
    name,
    marks: marks.map((sign) => sign.says),
    allows: spared.map((sign) => sign.says),
    against: signs.filter((sign) => sign.against.includes(name)).map((sign) => sign.says),
  };
}
