"use strict";
// What to remark on a note; the patterns come from core/evidence.py.

// A note longer than this is no note; its beginning is looked at.
const LONGEST = 5000;

const matcher = (pattern) => new RegExp(pattern.source, `${pattern.flags}gu`);
const allOf = (pattern, text) => Array.from(text.matchAll(matcher(pattern)), ([whole]) => whole);

/** The words of a note that judge, and those that could tell who somebody is; none of either for most notes. */
function remarksOn(written, kind, patterns) {
  const note = written.slice(0, LONGEST);
  // What a student or teacher said is evidence, whatever the words.
  const spoken = kind === "student_said" || kind === "teacher_said";
  return {
    judges: spoken ? [] : allOf(patterns.judging, note.replace(matcher(patterns.no_judging), " ")),
    names: namesIn(note, patterns),
  };
}

/** Everything that looks like a person's name or an address, in the order of the note, each once. */
function namesIn(note, patterns) {
  const places = new Map([
    ...initialed(note, patterns),
    ...fullNames(note, patterns),
    ...Array.from(note.matchAll(matcher(patterns.titled)), (found) => [found.index, found[0]]),
    ...addresses(note, patterns),
  ]);
  const inOrder = [...places].sort(([one], [other]) => one - other);
  return [...new Set(inOrder.map(([, name]) => name.trim().split(/\s+/u).join(" ")))];
}

/** Two capitalized words, neither an ordinary one; the first word of a sentence may be one by its place. */
function fullNames(note, patterns) {
  const pattern = matcher(patterns.two_capitals);
  const names = [];
  for (let found; (found = pattern.exec(note));) {
    const [whole, first, second] = found;
    const ordinary = patterns.ordinary.includes(first) || patterns.ordinary.includes(second);
    if (ordinary || (beginsSentence(note, found.index) && isOrdinaryStart(first))) {
      pattern.lastIndex = found.index + first.length;
    } else names.push([found.index, whole]);
  }
  return names;
}

/** A first name with an initial, as `Jordan P.`, and not the end of a sentence such as `in Group A`. */
function initialed(note, patterns) {
  return Array.from(note.matchAll(matcher(patterns.initialed)))
    .filter(({ 1: first }) => !patterns.ordinary.includes(first) && !patterns.before_letters.includes(first))
    .filter(({ 1: first, index }) => !(beginsSentence(note, index) && isOrdinaryStart(first)))
    .map((found) => [found.index, found[0]]);
}

function addresses(note, patterns) {
  const domain = new RegExp(`^(?:${patterns.domain.source})`, "u");
  const found = [];
  for (const word of note.matchAll(matcher(patterns.word))) {
    const parts = word[0].split("@");
    let place = word.index;
    for (let at = 0; at + 1 < parts.length; at += 1) {
      const [host] = domain.exec(parts[at + 1]) ?? [];
      if (parts[at] && host) found.push([place, `${parts[at].slice(-64)}@${host}`]);
      place += parts[at].length + 1;
    }
  }
  return found;
}

const beginsSentence = (note, index) => /(^|[.!?:;“"(—–-])$/u.test(note.slice(0, index).trimEnd());

/** A word that is capitalized for opening a sentence: a verb form or a plural, as `Asking` or `Posters`. */
const isOrdinaryStart = (first) => first.length > 4 && /(ing|ed|ers|es)$/u.test(first.toLowerCase());
