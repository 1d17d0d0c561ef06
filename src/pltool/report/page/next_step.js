"use strict";
// The next step, and the plan around it.

/** The next step as it is printed, and the form to choose it in. */
function agreementOf(record) {
  const printed = h("div", { class: "only-print" });
  const draw = () =>
    printed.replaceChildren(
      ...[
        visit.next_step
          ? agreed(visit.next_step, observing ? "Your choice" : "The next step agreed")
          : observing && roomToWrite(),
      ].filter(Boolean),
    );
  draw();
  return h("div", {}, printed, nextStepForm(record, draw));
}

const roomToWrite = () =>
  h(
    "section",
    {},
    h("h2", {}, "Your choice"),
    h("p", {}, "What I would like to try, what would help, and the day on which we talk again:"),
    [1, 2, 3].map(() => h("div", { class: "line" })),
  );

function nextStepForm(record, changed) {
  const step = visit.next_step ?? {};
  const moves = record.pause?.next_moves.map((move) => move.move) ?? [];
  const text = textArea(step.text, { rows: "2" });
  const plan = PLAN.filter(([key]) => key in page.blank.next_step).map(([key, question]) => [
    key,
    question,
    textInput(step[key]),
  ]);
  const again = h("input", { type: "date", min: now().slice(0, 10) });
  again.value = step.look_again ?? "";
  const hold = () => {
    const words = cleanLine(text.value);
    const chosen = words && {
      text: words,
      agreed: visit.next_step?.text === words ? visit.next_step.agreed : now(),
      look_again: again.value || null,
      ...Object.fromEntries(plan.map(([key, , input]) => [key, cleanLine(input.value) || null])),
    };
    if (!words && again.value) say("Note a next step, and the day goes with it.");
    if (keep({ next_step: chosen || null })) changed();
  };
  for (const input of [text, again, ...plan.map(([, , input]) => input)])
    input.addEventListener("input", hold);
  const inDays = (days, words) =>
    button(
      words,
      () => {
        const then = new Date();
        then.setDate(then.getDate() + days);
        again.value = isoTime(then).slice(0, 10);
        hold();
      },
      { kind: "quiet" },
    );
  return h(
    "section",
    { class: "card no-print", id: "next" },
    h("h2", {}, observing ? "What was agreed" : "A next step of your own"),
    h(
      "p",
      { class: "soft" },
      observing
        ? "Once you have talked: what comes next is the teacher's choice."
        : "If you like, note what you want to try. It is yours to choose, and nobody is told.",
    ),
    moves.length > 0 &&
      choice(
        "Possible next moves",
        "move",
        [...moves.map((move) => [move, move]), ["own", "In my own words"]],
        moves.includes(step.text) ? step.text : "",
        (value) => {
          if (value === "own") {
            text.focus();
            return;
          }
          text.value = value;
          hold();
        },
      ),
    field(observing ? "Agreed" : "The next step", text),
    plan.map(([, question, input]) => field(question, input)),
    field("Look again on", again),
    h(
      "div",
      { class: "row" },
      inDays(7, "in a week"),
      inDays(14, "in two weeks"),
      inDays(28, "in four weeks"),
    ),
  );
}
