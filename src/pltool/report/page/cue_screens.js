"use strict";
// The cues one after the other, and the model they amount to.

const CUE_WORDS = { yes: "yes", no: "no", unsure: "could not tell" };

function showCue() {
  view = "cue";
  const cue = nextCue(page.cues, visit.cues);
  if (!cue) {
    showVerdict();
    return;
  }
  const answer = (said) => () => {
    if (keep({ cues: [...visit.cues, [cue.id, said]] })) showCue();
  };
  show({
    keys: { y: answer("yes"), n: answer("no"), u: answer("unsure"), b: cueBack, q: goHome },
    nodes: [
      h(
        "p",
        { class: "place" },
        `Which model is this? Question ${visit.cues.length + 1}, at most ${page.cues.cues.length}`,
      ),
      h("h1", { class: "action", dir: "auto" }, cue.question),
      h("p", { dir: "auto" }, h("span", { class: "soft" }, "Look for: "), cue.look),
      h("p", { dir: "auto" }, h("span", { class: "soft" }, "Ask a student: "), `“${cue.ask}”`),
      h(
        "div",
        { class: "answers" },
        button("Yes", answer("yes"), { key: "y", answers: true }),
        button("No", answer("no"), { key: "n", answers: true }),
        button("Could not tell", answer("unsure"), { key: "u", answers: true }),
      ),
      h(
        "div",
        { class: "tools" },
        button("Back", cueBack, { key: "b", kind: "quiet" }),
        button("Stop", goHome, { key: "q", kind: "quiet" }),
      ),
    ],
  });
}

function cueBack() {
  if (!visit.cues.length) {
    say("This is the first question.");
    return;
  }
  if (!keep({ cues: visit.cues.slice(0, -1) })) return;
  guardBack();
  showCue();
}

const candidateTitle = (name) =>
  own(page.cues.outcomes, name)?.title ?? own(page.titles, name) ?? titleOf(page, name);

function showVerdict() {
  view = "cue";
  const verdict = verdictOf(page.cues, visit.cues);
  const here = verdict.named.filter((name) => page.models.some((model) => model.id === name));
  const titles = listing(verdict.named.map(candidateTitle), verdict.outcome === "unclear" ? "or" : "and");
  const head = {
    model: verdict.settled ? titles : `Most likely ${titles}`,
    mixed: `Mixed: ${titles}`,
    unclear: "Too little was seen to tell",
    contradiction: "These answers do not fit together",
  };
  const take = (name) => {
    // The id of a record names its model, which nobody knew when this visit began.
    const before = visit.id;
    if (!keep({ model: name, id: newId(name, new Date(visit.started)), revision: 0 })) return;
    store.erase(before);
    store.current(visit.id);
    proceed();
  };
  const outcome = own(page.cues.outcomes, verdict.outcome);
  const suggested = verdict.outcome === "model" || verdict.outcome === "mixed" ? here : [];
  const others = page.models.filter((model) => !suggested.includes(model.id));
  show({
    keys: { b: cueBack, q: goHome },
    nodes: [
      h("p", { class: "place" }, "Which model is this?"),
      h("h1", { class: "action" }, own(head, verdict.outcome) ?? titles),
      outcome && h("p", {}, outcome.summary),
      verdict.outcome === "unclear" && h("p", {}, `It could still be ${titles}.`),
      verdict.outcome !== "unclear" &&
        verdict.reasons.map((one) => {
          const shown = verdict.outcome === "model" ? [...one.marks, ...one.allows] : one.marks;
          return (
            shown.length > 0 && [
              verdict.named.length > 1 && h("h3", {}, candidateTitle(one.name)),
              list(shown),
            ]
          );
        }),
      verdict.named.length > 0 &&
        verdict.outcome === "model" &&
        !here.length &&
        h("p", {}, `This page does not hold the questions of ${titles}.`),
      h(
        "div",
        { class: "stack" },
        suggested.map((name, index) =>
          button(`Go on with ${candidateTitle(name)}`, () => take(name), {
            kind: index ? "" : "primary",
            answers: true,
          }),
        ),
        h(
          "details",
          { open: !suggested.length },
          h("summary", {}, suggested.length ? "Another model" : "Choose the model yourself"),
          h(
            "div",
            { class: "stack" },
            others.map((model) => button(model.title, () => take(model.id), { answers: true })),
          ),
        ),
      ),
      h(
        "div",
        { class: "tools" },
        visit.cues.length > 0 && button("Back", cueBack, { key: "b", kind: "quiet" }),
        button("Stop", goHome, { key: "q", kind: "quiet" }),
      ),
    ],
  });
}
