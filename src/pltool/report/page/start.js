"use strict";
// The start: what this page is, what is kept here, and a new visit.

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
      h("p", { class: "kicker" }, "Coaching progression · no account · nothing is sent"),
      h("h1", { dir: "auto" }, page.title),
      introduction(),
      visits.length > 0 && keptVisits(visits),
      unreadable > 0 &&
        h(
          "p",
          { class: "soft" },
          `${count(unreadable, "entry", "entries")} of another version of this page ${unreadable === 1 ? "is" : "are"} here and left alone.`,
        ),
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
          h(
            "p",
            {},
            "We look together at what students do, so that the teacher can decide what comes next. This is no evaluation: nothing is scored.",
          ),
          h(
            "p",
            {},
            "Say in place for what you can see or hear today, not yet where you looked and it is not there, and not seen where the visit could not show it. ",
            "Notes describe, as a camera would. Leave out names; codes do for rooms and people.",
          ),
        ]
      : h(
          "p",
          {},
          "Think of one class and the last two weeks. One action at a time, in order: say “in place” only to what is in consistent practice. ",
          "It stops at the first “not yet”, your progression pause, and shows a possible next move. This is for growth; nothing is scored.",
          one &&
            model.unasked.length > 0 &&
            ` ${model.record.asked_as === "teacher" ? "A leader's actions are not asked" : "Only a leader's actions are asked"} here; their numbers are passed over.`,
        ),
  );
}

function newVisitForm(others) {
  const remembered = observing ? store.labels() : {};
  const labels = {
    ...page.labels,
    ...Object.fromEntries(Object.entries(remembered).filter(([, value]) => typeof value === "string")),
  };
  const inputs = {
    classroom: textInput(page.labels.classroom),
    ...(observing && {
      school: textInput(labels.school),
      observer: textInput(labels.observer),
      observer_role: textInput(labels.observer_role, { list: "roles" }),
    }),
  };
  // Nothing chosen means that the cues find the model.
  let chosen = page.cues ? "" : page.models[0].id;
  const begin = () => {
    const given = Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [name, cleanLine(input.value) || null]),
    );
    if (observing)
      store.keepLabels({
        school: given.school,
        observer: given.observer,
        observer_role: given.observer_role,
      });
    visit = newVisit(chosen || null, { ...NO_LABELS, ...page.labels, ...given }, new Date());
    store.current(visit.id);
    proceed();
  };
  return h(
    "section",
    { class: "card", id: "new", onkeydown: onEnterInField(begin) },
    h("h2", {}, others ? `A new ${word()}` : observing ? "The first visit" : "Begin"),
    page.cues &&
      choice(
        "Which model?",
        "model",
        [
          ["", `Find it by at most ${page.cues.cues.length} questions`],
          ...page.models.map((model) => [model.id, model.title]),
        ],
        chosen,
        (value) => {
          chosen = value;
        },
      ),
    field(
      observing ? "Classroom" : "Which class? (optional)",
      inputs.classroom,
      "A code is better than a name, as R7 or Period 3.",
    ),
    observing && [
      h(
        "details",
        { open: !labels.school && !labels.observer },
        h(
          "summary",
          {},
          "School, observer and role",
          [labels.school, labels.observer, labels.observer_role].some(Boolean) &&
            h(
              "span",
              { class: "soft", dir: "auto" },
              ` · ${[labels.school, labels.observer, labels.observer_role].filter(Boolean).join(", ")}`,
            ),
        ),
        field("School", inputs.school),
        field("Observer", inputs.observer, "A code will do. This page remembers it for the next visit."),
        field("As what", inputs.observer_role, "Such as teacher, coach or principal."),
        h(
          "datalist",
          { id: "roles" },
          ["teacher", "coach", "principal"].map((role) => h("option", { value: role })),
        ),
      ),
    ],
    h(
      "div",
      { class: "row" },
      button(observing ? "Begin the visit" : "Show the first question", begin, { kind: "primary" }),
    ),
  );
}

function standingWords(one) {
  const model = modelOf(one);
  if (!model) return "finding the model";
  if (!one.finished) return `not finished, ${count(answeredOf(one), "answer")}`;
  const standing = judge(model, answerWords(one));
  if (standing.pause) return `pause at ${phaseOf(model, standing.pause).title} ${standing.pause.number}`;
  return standing.status === "complete" ? everythingInPlace(standing.counts.does_not_apply) : "ended before a pause";
}

const timeOf = (iso) => `${day(iso)}, ${iso.slice(11, 16)}`;

function fileWords(one) {
  if (!one.finished) return "";
  return one.filed ? "you have its file" : "not in a file yet";
}

function keptVisits(visits) {
  const today = now().slice(0, 10);
  const groups = [
    [
      observing ? "Today" : "Kept on this device",
      observing ? visits.filter((one) => one.started.startsWith(today)) : visits,
    ],
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
                h(
                  "p",
                  { class: "strong", dir: "auto" },
                  [one.labels.classroom, modelOf(one)?.title].filter(Boolean).join(" · ") || "No label",
                ),
                h(
                  "p",
                  { class: "soft" },
                  [timeOf(one.started), standingWords(one), fileWords(one)].filter(Boolean).join(" · "),
                ),
              ),
              h(
                "div",
                { class: "row" },
                button(one.finished ? "Open" : "Go on", () => resume(one), {
                  kind: one.finished ? "" : "primary",
                  label: `${one.finished ? "Open" : "Go on with"} ${one.labels.classroom ?? word()}, ${timeOf(one.started)}`,
                }),
                eraser("Erase", [one], `Erase ${one.labels.classroom ?? word()}, ${timeOf(one.started)}`),
              ),
            ),
          ),
        ),
      ),
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
      open > 0 && ` ${count(open, "visit")} ${open === 1 ? "is" : "are"} not finished and will not be in it.`,
    ),
    handingOver(() => ({
      name: `visits-${now().slice(0, 10)}.json`,
      text: recordText(finished.map((one) => seal(page, modelOf(one), one, one.finished)).reverse()),
      visits: finished,
    })),
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
        : "This page sends nothing anywhere.",
    ),
    visits.length > 1 && eraser("Erase everything on this device", visits),
  );
}

/** A button that asks once more before it erases. */
function eraser(text, visits, label = null) {
  const place = h("div", { class: "row" });
  const ask = () => {
    const without = visits.filter((one) => !one.filed).length;
    const missing =
      visits.length === 1
        ? "You have not said that you have its file."
        : `Of ${without} you have not said that you have the file.`;
    place.replaceChildren(
      h(
        "p",
        { class: "strong" },
        `Erase ${count(visits.length, word())} from this browser?`,
        without > 0 && ` ${missing}`,
      ),
      button(
        "Erase",
        () => {
          for (const one of visits) store.erase(one.id);
          if (!store.visits().length) store.keepLabels({});
          goHome();
          say("Erased.");
        },
        { kind: "danger", answers: true },
      ),
      button("Keep", draw),
    );
    place.querySelector("button:last-child").focus();
  };
  const draw = () => place.replaceChildren(button(`${text} …`, ask, { kind: "quiet", label }));
  draw();
  return place;
}
