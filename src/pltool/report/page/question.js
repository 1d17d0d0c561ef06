"use strict";
// One step with its answers: the screen that most of a sitting happens on.

const STATES = { in_place: "yes", not_yet: "here", not_seen: "unseen", does_not_apply: "apart" };

// A step has the same number for everybody, so it is counted among all the steps of its phase.
const othersIn = (model, step) => model.unasked.filter((one) => one.phase === step.phase);

function progressOf(model, step) {
  const inPhase = model.steps.filter((one) => one.phase === step.phase);
  const states = inPhase.map((one) =>
    one === step ? "here" : (own(STATES, own(visit.answers, one.id)?.answer) ?? "open"),
  );
  const overall =
    inPhase.length < model.steps.length
      ? ` · ${model.steps.indexOf(step) + 1} of ${model.steps.length} in all`
      : "";
  return [
    h(
      "p",
      { class: "place", id: "place" },
      `${phaseOf(model, step).title} · ${step.area_title} · step ${step.number} of ${inPhase.length + othersIn(model, step).length}`,
    ),
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
  const [shown, hidden] = observing
    ? [[...step.look, step.ask], step.in_practice_when]
    : [step.in_practice_when, step.look_fors];
  const more = h(
    "details",
    {},
    h("summary", {}, observing ? "An honest yes" : "Look-fors", h("kbd", { "aria-hidden": "true" }, "?")),
    list(hidden),
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
      h("h1", { class: "action", dir: "auto", "aria-describedby": "place" }, step.action),
      given &&
        h(
          "p",
          { class: "given" },
          "Your answer so far: ",
          h("strong", {}, ANSWERS[given.answer] ?? given.answer),
          given.reason && h("span", { dir: "auto" }, ` (${given.reason})`),
        ),
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
        observing && button("Not seen", keys.s, { key: "s", answers: true }),
      ),
      h(
        "div",
        { class: "tools" },
        button("Back", stepBack, { key: "b", kind: "quiet" }),
        button("Does not apply …", reason.begin, { key: "x", kind: "quiet" }),
        button("Stop", stop, { key: "q", kind: "quiet" }),
      ),
    ],
  });
}

/** Keep a note that is still being written; false where that is impossible because of another window. */
const leaveNote = () => document.querySelector(".evidence")?.leave() ?? true;

function take(step, given) {
  if (!leaveNote()) return;
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
    const reason = cleanLine(input.value);
    if (reason) take(step, { answer: "does_not_apply", reason });
    else leave("Without a reason nothing is answered.");
  };
  const panel = h(
    "section",
    { class: "card", hidden: true, onkeydown: onEnterInField(hold, leave) },
    field(
      "What makes this step impossible in this classroom?",
      input,
      "As one on devices where there are none. Your words will stand in the report. A step that is hard, or not begun, is a “not yet”.",
    ),
    h(
      "div",
      { class: "row" },
      button("Keep the reason", hold),
      button("Take back", () => leave(), { kind: "quiet" }),
    ),
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
  if (!leaveNote()) return;
  const model = modelOf(visit);
  const position = positionOf(model, visit);
  if (position === 0) {
    say("This is the first step.");
    return;
  }
  if (keep({ revisiting: backFrom(model, visit) })) proceed();
}

function stop() {
  if (!leaveNote()) return;
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
        button("Back to the question", proceed, { kind: "quiet" }),
      ),
    ],
  });
}
