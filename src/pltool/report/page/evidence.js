"use strict";
// Notes of an observer on one step, with a gentle reminder where a note judges or names.

function evidencePanel(step) {
  const notes = own(visit.notes, step.id) ?? [];
  const typing = visit.typing?.step === step.id ? visit.typing : null;
  let kind = KINDS.includes(typing?.kind) ? typing.kind : "saw";
  let changing = typing?.index ?? null;
  const area = textArea(typing?.text ?? "", { rows: "2" });
  const remarks = h("div", { class: "remarks", "aria-live": "polite" });
  const shown = h("ul", { class: "notes" });
  const panel = h("section", { class: "evidence", "aria-label": "Notes on this step" });

  const keepTyping = () => {
    const text = area.value;
    if (text || visit.typing) keep({ typing: text ? { step: step.id, kind, text, index: changing } : null });
  };
  let later = 0;
  area.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(keepTyping, 250);
  });
  panel.keepNow = () => {
    clearTimeout(later);
    if (area.value !== (visit.typing?.text ?? "")) keepTyping();
  };

  const put = (changed) => {
    const all = { ...visit.notes, [step.id]: changed };
    if (!changed.length) delete all[step.id];
    return keep({ notes: all, typing: null });
  };
  const draw = () => {
    const kept = own(visit.notes, step.id) ?? [];
    shown.replaceChildren(
      ...kept.map((note, index) =>
        h(
          "li",
          {},
          h("span", {}, noteLine(page, note)),
          h(
            "span",
            { class: "row" },
            button(
              "Change",
              () => {
                changing = index;
                kind = note.kind;
                area.value = note.note;
                panel
                  .querySelectorAll("input[type=radio]")
                  .forEach((radio) => (radio.checked = radio.value === kind));
                area.focus();
              },
              { kind: "quiet", label: `Change the note: ${note.note}` },
            ),
            button(
              "Remove",
              () => {
                if (put(kept.filter((_, place) => place !== index))) {
                  changing = null;
                  draw();
                  area.focus();
                  say("The note is removed.");
                }
              },
              { kind: "quiet", label: `Remove the note: ${note.note}` },
            ),
          ),
        ),
      ),
    );
  };
  /** Keep what is written as a note; false where another window has gone on with the visit. */
  const hold = () => {
    clearTimeout(later);
    const text = clean(area.value);
    if (!text) return true;
    const kept = own(visit.notes, step.id) ?? [];
    const note = { kind, note: text };
    const after =
      changing === null ? [...kept, note] : kept.map((one, index) => (index === changing ? note : one));
    if (!put(after)) return false;
    changing = null;
    area.value = "";
    remind(remarks, text, kind);
    return true;
  };
  const add = () => {
    if (!hold()) return;
    draw();
    area.focus();
  };
  // A note that was written and not added is kept all the same when its step is left.
  panel.leave = () => {
    const written = clean(area.value);
    if (!hold()) return false;
    if (written) say(["Your note is kept.", remarks.textContent].filter(Boolean).join(" "));
    return true;
  };
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add();
    if (event.key === "Escape") focusAction();
  });
  panel.append(
    choice(
      "Note what you",
      "kind",
      KINDS.map((name) => [name, own(page.words.kinds, name) ?? name]),
      kind,
      (value) => {
        kind = value;
      },
    ),
    field("Your note", area, "As a camera would show it, without names."),
    h("div", { class: "row" }, button("Add the note", add)),
    remarks,
    shown,
  );
  draw();
  if (notes.length || typing) panel.classList.add("used");
  return panel;
}

/** One gentle reminder for each thing a note gives reason to say; the note stays as it was written. */
function remind(place, note, kind) {
  let found = { judges: [], names: [] };
  try {
    found = remarksOn(note, kind, page.patterns);
  } catch {
    // A browser that does not know these patterns: the note stands without a reminder.
  }
  place.replaceChildren(
    ...[
      found.names.length > 0 &&
        `${listing(found.names.map((name) => `“${name}”`))} ${found.names.length === 1 ? "looks" : "look"} like a person's name or address. Notes are better without: change the note, and write “a student” or a code.`,
      found.judges.length > 0 &&
        `Kept as you wrote it. “${found.judges[0]}” says how you found it; what would a camera have shown? You can add that as another note.`,
    ]
      .filter(Boolean)
      .map((text) => h("p", { class: "remark" }, text)),
  );
}
