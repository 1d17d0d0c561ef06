"use strict";
// Keeping a visit at each change, and what is said where that is impossible.

/** Change the visit and keep it; false where another window has gone on with it. */
function keep(changes) {
  const changed = { ...visit, filed: null, ...changes, updated: now() };
  const result = store.keep(changed);
  if (result === "elsewhere") {
    visit = changed;
    showElsewhere();
    return false;
  }
  visit = changed;
  warnIfNotKept();
  return true;
}

function warnIfNotKept() {
  warn(
    store.works
      ? ""
      : "This browser keeps nothing for this page: its storage is full, switched off, or this is a private window. " +
          "You can go on, but leave this page open until you have the file of your answers.",
  );
}

/** Another window has changed this visit: neither window's answers are dropped. */
function showElsewhere() {
  view = null;
  const there = store.visit(visit.id);
  const mine = visit;
  show({
    nodes: [
      h("h1", { class: "action" }, "This was changed in another window"),
      h(
        "p",
        {},
        there
          ? `Another window or tab has gone on with this ${word()}. It holds ${count(answeredOf(there), "answer")}; this window holds ${count(answeredOf(mine), "answer")}.`
          : `Another window or tab has erased this ${word()}. This window still holds ${count(answeredOf(mine), "answer")}.`,
      ),
      h(
        "div",
        { class: "stack" },
        there && button("Go on from what the other window has", () => resume(there), { kind: "primary" }),
        button(`Keep what this window has, as a ${word()} of its own`, () => {
          visit = { ...structuredClone(mine), id: newId(mine.model ?? "visit", new Date()), revision: 0 };
          if (keep({})) proceed();
        }),
        button("Go to the start", goHome),
      ),
    ],
  });
}
