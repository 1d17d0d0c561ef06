"use strict";
// All answers in one view, and then what they amount to: the report, the next step, and the record.

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
      h(
        "p",
        { class: "soft" },
        "Look them over, and change one where you see it differently now. Nothing is sealed yet.",
      ),
      h(
        "ol",
        { class: "review" },
        standing.reached.map((step) => {
          const given = visit.answers[step.id];
          return h(
            "li",
            {},
            h(
              "div",
              {},
              h("p", { dir: "auto" }, step.action),
              h(
                "p",
                { class: `said ${own(STATES, given.answer)}` },
                h("strong", {}, ANSWERS[given.answer] ?? given.answer),
                given.reason && h("span", { dir: "auto" }, `: ${given.reason}`),
              ),
              observing && notesOf(page, { evidence: own(visit.notes, step.id) ?? [] }),
            ),
            button("Change", change(step), { kind: "quiet", label: `Change the answer: ${step.action}` }),
          );
        }),
      ),
      atEnd && modelAtEnd(model),
      labelFields(),
      h(
        "div",
        { class: "row" },
        button(
          standing.pause ? (observing ? "Make the sheet" : "Show my pause and next moves") : "Go on",
          finish,
          { kind: "primary", answers: true },
        ),
        button("Back", () => keep({ revisiting: standing.reached.length - 1 }) && proceed(), {
          key: "b",
          kind: "quiet",
        }),
      ),
    ],
  });
}

/** The labels, for whoever mistyped one. */
function labelFields() {
  const names = [
    ["classroom", observing ? "Classroom" : "Class"],
    ...(observing
      ? [
          ["school", "School"],
          ["observer", "Observer"],
          ["observer_role", "As what"],
        ]
      : []),
  ];
  const one = ([name, text]) => {
    const input = textInput(visit.labels[name]);
    input.addEventListener("input", () =>
      keep({ labels: { ...visit.labels, [name]: cleanLine(input.value) || null } }),
    );
    return field(text, input);
  };
  const shown = names
    .map(([name]) => visit.labels[name])
    .filter(Boolean)
    .join(" · ");
  return h(
    "details",
    {},
    h("summary", {}, "Labels", h("span", { class: "soft", dir: "auto" }, `: ${shown || "none"}`)),
    names.map(one),
  );
}

function modelAtEnd(model) {
  const others = page.models.filter((one) => one !== model).map((one) => [one.id, one.title]);
  return choice(
    `One sees more by the end of a visit. Was this ${model.title} after all?`,
    "at-end",
    [["", "Yes, or I could not tell"], ...others],
    visit.model_at_end ?? "",
    (value) => {
      keep({ model_at_end: value || null });
    },
  );
}

function finish() {
  if (keep({ finished: now(), revisiting: null })) showResult();
}

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
        button(observing ? "All visits" : "Start", goHome, { kind: "quiet" }),
        button("Change an answer", reopen, { kind: "quiet" }),
        button("Keep or print", () => document.querySelector("#keep h2").scrollIntoView(), { kind: "quiet" }),
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
      store.works
        ? "This browser keeps it for now, and may drop it one day. "
        : "This browser keeps nothing for this page. ",
      h("strong", {}, "The file is your record"),
      ": with it, what you answered can be read again next year, on another device, or by pltool.",
    ),
    handingOver(() => ({
      name: `${visit.id}.json`,
      text: recordText(
        observing
          ? [seal(page, modelOf(visit), visit, visit.finished)]
          : seal(page, modelOf(visit), visit, visit.finished),
      ),
      visits: [visit],
    })),
    h(
      "div",
      { class: "row" },
      button("Print, or make a PDF", () => window.print()),
      eraser("Erase from this device", [visit]),
    ),
  );
}
