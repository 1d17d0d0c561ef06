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
    names: [...allOf(patterns.address, note), ...allOf(patterns.titled, note), ...fullNames(note, patterns)],
  };
}

/** Two capitalized words, neither an ordinary one; the first word of a sentence may be one by its place. */
function fullNames(note, patterns) {
  const pattern = matcher(patterns.two_capitals);
  const names = [];
  for (let found; (found = pattern.exec(note));) {
    const [whole, first, second] = found;
    pattern.lastIndex = found.index + first.length;
    if (patterns.ordinary.includes(first) || patterns.ordinary.includes(second)) continue;
    if (!(beginsSentence(note, found.index) && isOrdinaryStart(first))) names.push(whole);
  }
  return names;
}

const beginsSentence = (note, index) => /(^|[.!?:;“"(—–-])$/u.test(note.slice(0, index).trimEnd());

/** A word that is capitalized for opening a sentence: a verb form or a plural, as `Asking` or `Posters`. */
const isOrdinaryStart = (first) => first.length > 4 && /(ing|ed|ers|es)$/u.test(first.toLowerCase());
