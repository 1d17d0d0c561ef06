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

// Keeping

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
          "You can go on, but leave this page open until you have the file of your answers."
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
          : `Another window or tab has erased this ${word()}. This window still holds ${count(answeredOf(mine), "answer")}.`
      ),
      h(
        "div",
        { class: "stack" },
        there && button("Go on from what the other window has", () => resume(there), { kind: "primary" }),
        button(`Keep what this window has, as a ${word()} of its own`, () => {
          visit = { ...structuredClone(mine), id: newId(mine.model ?? "visit", new Date()), revision: 0 };
          if (keep({})) proceed();
        }),
        button("Go to the start", goHome)
      ),
    ],
  });
}

/** The content of this file, which is packed so that it goes through any mail. */
async function readPage() {
  const packed = atob(document.getElementById("content").textContent);
  const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(unpacked).text());
}

// The start

function goHome() {
  visit = null;
  view = null;
  store.current(null);
  warnIfNotKept();
  const visits = store.visits().filter((one) => hasAny(one) || one.finished);
  const unreadable = store.unreadable();
  show({
    start: true,
    nodes: [
      h("h1", { dir: "auto" }, page.title),
      introduction(),
      visits.length > 0 && keptVisits(visits),
      unreadable > 0 &&
        h("p", { class: "soft" }, `${count(unreadable, "entry", "entries")} of another version of this page ${unreadable === 1 ? "is" : "are"} here and left alone.`),
      newVisitForm(visits.length > 0),
      aboutData(visits),
    ],
  });
}

function introduction() {
  const [model] = page.models;
  const one = page.models.length === 1;
  return h(
    "div",
    { class: "lead" },
    one && h("p", { dir: "auto" }, model.summary),
    observing
      ? [
          h("p", {}, "We look together at what students do, so that the teacher can decide what comes next. This is no evaluation: nothing is scored."),
          h(
            "p",
            {},
            "Say in place for what you can see or hear today, not yet where you looked and it is not there, and not seen where the visit could not show it. ",
            "Notes describe, as a camera would. Leave out names; codes do for rooms and people."
          ),
        ]
      : h(
          "p",
          {},
          "Think of one class and the last two weeks. One action at a time, in order: say “in place” only to what is in consistent practice. ",
          "It stops at the first “not yet”, your progression pause, and shows a possible next move. This is for growth; nothing is scored."
        )
  );
}

function newVisitForm(others) {
  const remembered = observing ? store.labels() : {};
  const labels = { ...page.labels, ...Object.fromEntries(Object.entries(remembered).filter(([, value]) => typeof value === "string")) };
  const inputs = {
    classroom: textInput(page.labels.classroom),
    ...(observing && {
      school: textInput(labels.school),
      observer: textInput(labels.observer),
      observer_role: textInput(labels.observer_role, { list: "roles" }),
    }),
  };
  let chosen = page.models.length === 1 ? page.models[0].id : page.cues ? "" : page.models[0].id;
  const begin = () => {
    const given = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, clean(input.value) || null]));
    if (observing) store.keepLabels({ school: given.school, observer: given.observer, observer_role: given.observer_role });
    visit = newVisit(chosen || null, { classroom: null, school: page.labels.school, observer: page.labels.observer, observer_role: page.labels.observer_role, ...given }, new Date());
    store.current(visit.id);
    proceed();
  };
  return h(
    "section",
    { class: "card", id: "new", onkeydown: onEnterInField(begin) },
    h("h2", {}, others ? `A new ${word()}` : observing ? "The first visit" : "Begin"),
    page.models.length > 1 &&
      choice(
        "Which model?",
        "model",
        [...(page.cues ? [["", `Find it by at most ${page.cues.cues.length} questions`]] : []), ...page.models.map((model) => [model.id, model.title])],
        chosen,
        (value) => {
          chosen = value;
        }
      ),
    field(observing ? "Classroom" : "Which class? (optional)", inputs.classroom, "A code is better than a name, as R7 or Period 3."),
    observing && [
      h(
        "details",
        { open: !labels.school && !labels.observer },
        h("summary", {}, "School, observer and role", [labels.school, labels.observer, labels.observer_role].some(Boolean) && h("span", { class: "soft", dir: "auto" }, ` · ${[labels.school, labels.observer, labels.observer_role].filter(Boolean).join(", ")}`)),
        field("School", inputs.school),
        field("Observer", inputs.observer, "A code will do. This page remembers it for the next visit."),
        field("As what", inputs.observer_role, "Such as teacher, coach or principal."),
        h("datalist", { id: "roles" }, ["teacher", "coach", "principal"].map((role) => h("option", { value: role })))
      ),
    ],
    h("div", { class: "row" }, button(observing ? "Begin the visit" : "Show the first question", begin, { kind: "primary" }))
  );
}

function standingWords(one) {
  const model = modelOf(one);
  if (!model) return "finding the model";
  if (!one.finished) return `not finished, ${count(answeredOf(one), "answer")}`;
  const standing = judge(model, answerWords(one));
  if (standing.pause) return `pause at ${phaseOf(model, standing.pause).title} ${standing.pause.number}`;
  return standing.status === "complete" ? "every step in place" : "ended before a pause";
}

const timeOf = (iso) => `${day(iso)}, ${iso.slice(11, 16)}`;

function fileWords(one) {
  if (!one.finished) return "";
  return one.filed ? "you have its file" : "not in a file yet";
}

function keptVisits(visits) {
  const today = now().slice(0, 10);
  const groups = [
    [observing ? "Today" : "Kept on this device", observing ? visits.filter((one) => one.started.startsWith(today)) : visits],
    ["Earlier", observing ? visits.filter((one) => !one.started.startsWith(today)) : []],
  ];
  return groups
    .filter(([, found]) => found.length)
    .map(([title, found]) =>
      h(
        "section",
        { class: "visits" },
        h("h2", {}, title),
        h(
          "ul",
          { class: "plain" },
          found.map((one) =>
            h(
              "li",
              { class: "card visit" },
              h(
                "div",
                {},
                h("p", { class: "strong", dir: "auto" }, [one.labels.classroom, modelOf(one)?.title].filter(Boolean).join(" · ") || "No label"),
                h("p", { class: "soft" }, [timeOf(one.started), standingWords(one), fileWords(one)].filter(Boolean).join(" · "))
              ),
              button(one.finished ? "Open" : "Go on", () => resume(one), {
                kind: one.finished ? "" : "primary",
                label: `${one.finished ? "Open" : "Go on with"} ${one.labels.classroom ?? word()}, ${timeOf(one.started)}`,
              })
            )
          )
        )
      )
    )
    .concat(observing && visits.some((one) => one.finished) ? [handIn(visits)] : []);
}

/** One file with all finished visits. */
function handIn(visits) {
  const finished = visits.filter((one) => one.finished);
  const open = visits.length - finished.length;
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "All visits in one file"),
    h(
      "p",
      {},
      `${count(finished.length, "finished visit")}. Give the file to whoever leads the walk, or keep it.`,
      open > 0 && ` ${count(open, "visit")} ${open === 1 ? "is" : "are"} not finished and will not be in it.`
    ),
    handingOver(() => ({
      name: `visits-${now().slice(0, 10)}.json`,
      text: recordText(finished.map((one) => seal(page, modelOf(one), one, one.finished)).reverse()),
      visits: finished,
    }))
  );
}

function aboutData(visits) {
  return h(
    "section",
    { class: "soft about" },
    h(
      "p",
      {},
      store.works
        ? "Your answers stay on this device, in this browser, as long as the browser keeps them. This page sends nothing anywhere. " +
            "Anyone who opens this page with the same browser can read them: on a shared device, erase them when you have your file."
        : "This page sends nothing anywhere."
    ),
    visits.length > 0 && eraseAll(visits)
  );
}

function eraseAll(visits) {
  const place = h("div", { class: "row" });
  const ask = () => {
    const without = visits.filter((one) => !one.filed).length;
    place.replaceChildren(
      h("p", { class: "strong" }, `Erase ${count(visits.length, word())} from this browser?`, without > 0 && ` Of ${without} you have not said that you have the file.`),
      button("Erase", () => {
        for (const one of visits) store.erase(one.id);
        store.keepLabels({});
        goHome();
        say("Erased.");
      }, { kind: "danger", answers: true }),
      button("Keep", goHome)
    );
    place.querySelector("button:last-child").focus();
  };
  place.replaceChildren(button(`Erase everything on this device …`, ask, { kind: "quiet" }));
  return place;
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
  const model = modelOf(visit);
  if (!model) {
    showCue();
    return;
  }
  if (positionOf(model, visit) === null) showReview();
  else showQuestion();
}

// One step

const STATES = { in_place: "yes", not_yet: "here", not_seen: "unseen", does_not_apply: "apart" };

function progressOf(model, step) {
  const inPhase = model.steps.filter((one) => one.phase === step.phase);
  const states = inPhase.map((one) => (one === step ? "here" : own(STATES, own(visit.answers, one.id)?.answer) ?? "open"));
  const overall = inPhase.length < model.steps.length ? ` · ${model.steps.indexOf(step) + 1} of ${model.steps.length} in all` : "";
  return [
    h("p", { class: "place" }, `${phaseOf(model, step).title} · ${step.area_title} · step ${inPhase.indexOf(step) + 1} of ${inPhase.length}`),
    h("p", { class: "progress soft" }, marks(states), h("span", {}, `${step.actor} action${overall}`)),
  ];
}

function showQuestion() {
  view = "question";
  const model = modelOf(visit);
  const position = positionOf(model, visit);
  const step = model.steps[position];
  const given = own(visit.answers, step.id);
  const answer = (said) => () => take(step, { answer: said });
  const reason = reasonPanel(step);
  const [shown, hidden] = observing ? [[...step.look, step.ask], step.in_practice_when] : [step.in_practice_when, step.look_fors];
  const more = h(
    "details",
    {},
    h("summary", {}, observing ? "An honest yes" : "Look-fors", h("kbd", { "aria-hidden": "true" }, "?")),
    list(hidden)
  );
  const evidence = observing ? evidencePanel(step) : null;
  const toggle = () => {
    more.open = !more.open;
  };
  const keys = {
    y: answer("in_place"),
    n: answer("not_yet"),
    ...(observing && { s: answer("not_seen"), e: () => evidence.querySelector("textarea").focus() }),
    x: reason.begin,
    b: stepBack,
    "?": toggle,
    q: stop,
  };
  show({
    keys,
    nodes: [
      progressOf(model, step),
      h("h1", { class: "action", dir: "auto" }, step.action),
      given && h("p", { class: "given" }, "Your answer so far: ", h("strong", {}, ANSWERS[given.answer] ?? given.answer), given.reason && h("span", { dir: "auto" }, ` (${given.reason})`)),
      h("p", { class: "label" }, observing ? "Look for, and ask:" : "An honest yes:"),
      list(shown),
      more,
      evidence,
      reason.panel,
      h(
        "div",
        { class: "answers" },
        button("In place", keys.y, { key: "y", answers: true }),
        button("Not yet", keys.n, { key: "n", answers: true }),
        observing && button("Not seen", keys.s, { key: "s", answers: true })
      ),
      h(
        "div",
        { class: "tools" },
        button("Back", stepBack, { key: "b", kind: "quiet" }),
        button("Does not apply …", reason.begin, { key: "x", kind: "quiet" }),
        button("Stop", stop, { key: "q", kind: "quiet" })
      ),
    ],
  });
}

function take(step, given) {
  const answers = { ...visit.answers, [step.id]: { ...given, at: now() } };
  if (keep({ answers, revisiting: null, typing: null })) proceed();
}

/** A step that cannot apply in this room: only with a reason, and an empty one takes it back. */
function reasonPanel(step) {
  const input = textInput(own(visit.answers, step.id)?.reason ?? "");
  const leave = (words) => {
    panel.hidden = true;
    focusAction();
    if (words) say(words);
  };
  const hold = () => {
    const reason = clean(input.value);
    if (reason) take(step, { answer: "does_not_apply", reason });
    else leave("Without a reason nothing is answered.");
  };
  const panel = h(
    "section",
    { class: "card", hidden: true, onkeydown: onEnterInField(hold, leave) },
    field("Why can this step not exist in this room?", input, "As in “no devices in this room”. A step that is hard, or not begun, is a “not yet”."),
    h("div", { class: "row" }, button("Keep the reason", hold), button("Take back", () => leave(), { kind: "quiet" }))
  );
  const begin = () => {
    panel.hidden = false;
    input.focus();
    panel.scrollIntoView({ block: "nearest" });
  };
  return { panel, begin };
}

const focusAction = () => document.querySelector("#page h1")?.focus();

function stepBack() {
  const model = modelOf(visit);
  const position = positionOf(model, visit);
  if (position === 0) {
    say("This is the first step.");
    return;
  }
  if (keep({ revisiting: backFrom(model, visit) })) proceed();
}

function stop() {
  if (!observing || !answeredOf(visit)) {
    const kept = hasAny(visit) && store.works;
    goHome();
    if (kept) say("Stopped. What you answered is kept on this device.");
    return;
  }
  view = "stop";
  show({
    keys: {},
    nodes: [
      h("h1", { class: "action" }, "Stop here"),
      h("p", {}, "If the visit is over, what was seen becomes the sheet, and there is no pause."),
      h(
        "div",
        { class: "stack" },
        button("Go on later", goHome, { kind: "primary" }),
        button("The visit is over", showReview, { answers: true }),
        button("Back to the question", proceed, { kind: "quiet" })
      ),
    ],
  });
}

// All answers in one view, before they become the record

function showReview() {
  view = "review";
  const model = modelOf(visit);
  const standing = judge(model, answerWords(visit));
  if (!standing.reached.length) {
    proceed();
    return;
  }
  const change = (step) => () => {
    if (keep({ revisiting: model.steps.indexOf(step) })) proceed();
  };
  const atEnd = observing && page.cues && "model_at_end" in model.record;
  show({
    keys: { b: () => keep({ revisiting: standing.reached.length - 1 }) && proceed(), q: goHome },
    nodes: [
      h("h1", { class: "action" }, "Your answers"),
      h("p", { class: "soft" }, "Look them over, and change one where you see it differently now. Nothing is sealed yet."),
      h(
        "ol",
        { class: "review" },
        standing.reached.map((step) => {
          const given = visit.answers[step.id];
          return h(
            "li",
            {},
            h("div", {},
              h("p", { dir: "auto" }, step.action),
              h("p", { class: `said ${own(STATES, given.answer)}` }, h("strong", {}, ANSWERS[given.answer] ?? given.answer), given.reason && h("span", { dir: "auto" }, `: ${given.reason}`)),
              observing && notesOf(page, { evidence: own(visit.notes, step.id) ?? [] })),
            button("Change", change(step), { kind: "quiet", label: `Change the answer: ${step.action}` })
          );
        })
      ),
      atEnd && modelAtEnd(model),
      h("div", { class: "row" }, button(standing.pause ? (observing ? "Make the sheet" : "Show my pause and next moves") : "Go on", finish, { kind: "primary", answers: true }), button("Back", () => keep({ revisiting: standing.reached.length - 1 }) && proceed(), { key: "b", kind: "quiet" })),
    ],
  });
}

function modelAtEnd(model) {
  const others = page.models.filter((one) => one !== model).map((one) => [one.id, one.title]);
  return choice(`One sees more by the end of a visit. Was this ${model.title} after all?`, "at-end", [["", "Yes, or I could not tell"], ...others], visit.model_at_end ?? "", (value) => {
    keep({ model_at_end: value || null });
  });
}

function finish() {
  if (keep({ finished: now(), revisiting: null })) showResult();
}

// The result: the report, the next step, and the record

function showResult() {
  view = "result";
  const model = modelOf(visit);
  const record = seal(page, model, visit, visit.finished);
  show({
    keys: { q: goHome },
    nodes: [
      h(
        "div",
        { class: "no-print tools" },
        button(observing ? "All visits" : "To the start", goHome, { kind: "quiet" }),
        button("Change an answer or note", reopen, { kind: "quiet" }),
        button("Keep or print", () => document.querySelector("#keep h2").scrollIntoView(), { kind: "quiet" })
      ),
      reportOf(page, model, record, agreementOf(record)),
      saving(),
    ],
  });
}

/** A finished visit opened again: the same record, finished anew afterwards. */
function reopen() {
  if (keep({ finished: null })) showReview();
}

function saving() {
  return h(
    "section",
    { class: "card no-print", id: "keep" },
    h("h2", {}, observing ? "Keep this visit" : "Keep your reflection"),
    h(
      "p",
      {},
      store.works ? "This browser keeps it for now, and may drop it one day. " : "This browser keeps nothing for this page. ",
      h("strong", {}, "The file is your record"),
      ": with it, what you answered can be read again next year, on another device, or by pltool."
    ),
    handingOver(() => ({
      name: `${visit.id}.json`,
      text: recordText(observing ? [seal(page, modelOf(visit), visit, visit.finished)] : seal(page, modelOf(visit), visit, visit.finished)),
      visits: [visit],
    })),
    h("div", { class: "row" }, button("Print, or make a PDF", () => window.print()), eraseThis())
  );
}

function eraseThis() {
  const place = h("span", {});
  place.append(
    button("Erase from this device …", () => {
      place.replaceChildren(
        button("Erase it now", () => {
          store.erase(visit.id);
          goHome();
          say("Erased.");
        }, { kind: "danger", answers: true }),
        button("Keep it", showResult, { kind: "quiet" })
      );
      place.querySelector("button:last-child").focus();
    }, { kind: "quiet" })
  );
  return place;
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
  if (view === "question" && position > 0) stepBack();
  else if (view === "review") stepBack();
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
