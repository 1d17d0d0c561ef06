"use strict";
// What to remark on a note; the patterns come from core/evidence.py.

/** What a note gives reason to say: the words that judge, and those that could tell who somebody is. */
function remarksOn(note, kind, patterns) {
  if (!patterns) return { judges: [], names: [] };
  const find = (pattern, text) => Array.from(text.matchAll(new RegExp(pattern.source, pattern.flags + "gu")), (one) => one[0]);
  const cut = (pattern, text) => text.replace(new RegExp(pattern.source, pattern.flags + "gu"), " ");
  const spoken = kind === "student_said" || kind === "teacher_said";
  return {
    judges: spoken ? [] : find(patterns.judging, cut(patterns.no_judging, note)),
    names: [...find(patterns.address, note), ...find(patterns.titled, note), ...fullNames(note, patterns)],
  };
}

/** Two capitalized words, neither an ordinary one; the first word of a sentence may be one by its place. */
function fullNames(note, patterns) {
  const pattern = new RegExp(patterns.two_capitals.source, "gu");
  const names = [];
  for (let found; (found = pattern.exec(note)); ) {
    const [whole, first, second] = found;
    pattern.lastIndex = found.index + first.length;
    if (patterns.ordinary.includes(first) || patterns.ordinary.includes(second)) continue;
    const before = note.slice(Math.max(0, found.index - 40), found.index);
    const starts = new RegExp(patterns.sentence_end.source, "u").test(before);
    if (starts && /(ing|ed|ers|es)$/.test(first.toLowerCase()) && first.length > 4) continue;
    names.push(whole);
  }
  return names;
}
