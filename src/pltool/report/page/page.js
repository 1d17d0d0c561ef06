"use strict";
// The sitting: from the start to the record. Every answer is kept before the next question is shown.

let page = null;
let observing = false;
let store = null;
const now = () => isoTime(new Date());
let visit = null;
let view = null;

const modelOf = (one) => page.models.find((model) => model.id === one.model) ?? null;
const answeredOf = (one) => Object.keys(one.answers).length;
const notesIn = (one) => Object.values(one.notes).reduce((sum, notes) => sum + notes.length, 0);
const hasAny = (one) => answeredOf(one) + notesIn(one) + one.cues.length > 0 || Boolean(one.typing?.text);
const word = () => (observing ? "visit" : "reflection");

/** The content of this file, which is packed so that it goes through any mail. */
async function readPage() {
  const packed = atob(document.getElementById("content").textContent);
  const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const content = JSON.parse(await new Response(unpacked).text());
  content.models.forEach(takeFromReading);
  return content;
}

/** Actions and what makes a yes honest stand in the steps to read, in the same order, and in this file once. */
function takeFromReading(model, index) {
  const steps = document.querySelectorAll("#reading .model")[index].querySelectorAll("ol > li");
  model.steps.forEach((step, place) => {
    const [action, conditions] = steps[place].children;
    step.action = action.textContent;
    step.in_practice_when = Array.from(conditions.children, (line) => line.textContent);
  });
}

// Which screen comes next

function resume(one) {
  visit = one;
  store.current(one.id);
  guardBack();
  if (one.finished) showResult();
  else proceed();
}

/** Show whatever the visit needs next. */
function proceed() {
  guardBack();
  // Begun with the cues of an earlier version of this file, which asked several models.
  if (!modelOf(visit) && !page.cues) visit.model = page.models[0].id;
  const model = modelOf(visit);
  if (!model) {
    showCue();
    return;
  }
  if (positionOf(model, visit) === null) showReview();
  else showQuestion();
}

// The browser's own back button, its closing and its other windows

let guarded = false;

/** One entry in the history, so that the back button goes one question back and never out of a sitting. */
function guardBack() {
  if (guarded) return;
  try {
    history.pushState({ sitting: true }, "");
    guarded = true;
  } catch {
    // Some frames have no history; the button on the page does the same.
  }
}

window.addEventListener("popstate", () => {
  if (!guarded) return;
  guarded = false;
  if (visit === null) return;
  const model = modelOf(visit);
  const position = model && view === "question" ? positionOf(model, visit) : 0;
  if (view === "review" || (view === "question" && position > 0)) stepBack();
  else if (view === "cue" && visit.cues.length) cueBack();
  else goHome();
});

function keepTypingNow() {
  document.querySelector(".evidence")?.keepNow();
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keepTypingNow();
});
window.addEventListener("pagehide", keepTypingNow);
window.addEventListener("beforeunload", (event) => {
  keepTypingNow();
  const lost = [...(store?.memory ?? new Map()).values()].some((one) => hasAny(one) && !one.filed);
  if (lost) event.preventDefault();
});

function changedElsewhere(id) {
  if (visit === null) {
    if (!document.activeElement || !writes(document.activeElement)) goHome();
    return;
  }
  const there = store.visit(id);
  if (visit.id === id && there?.revision !== visit.revision) showElsewhere();
}

async function start() {
  page = await readPage();
  observing = page.kind === "observation";
  store = openStore(page.kind, page.models);
  store.watch(changedElsewhere);
  const toggle = document.getElementById("letters");
  toggle.checked = store.setting("letters") !== "off";
  toggle.addEventListener("change", () => store.setting("letters", toggle.checked ? "on" : "off"));
  listenToKeys(() => toggle.checked);
  const current = store.current();
  const one = current && store.visit(current);
  if (one) resume(one);
  else goHome();
}

// A browser that cannot do this shows the steps to read.
start().catch(() => document.documentElement.classList.remove("live"));
