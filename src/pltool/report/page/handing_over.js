"use strict";
// How a record leaves this page: as a file, through the share sheet, or as text.

/** The ways a record leaves this page. None of them tells whether it arrived, so the person says so. */
function handingOver(make) {
  const told = h("div", { class: "told", "aria-live": "polite" });
  const confirm = (words, visits) => {
    told.replaceChildren(
      h("p", {}, words),
      h(
        "div",
        { class: "row" },
        button("I have it", () => {
          for (const one of visits) markFiled(one);
          told.replaceChildren(h("p", {}, "Good. Keep the file where you will find it."));
        }),
      ),
    );
  };
  const share = () => {
    const made = make();
    const file = shareable(made);
    navigator
      .share({ files: [file], title: made.name })
      .then(() => confirm("It was handed to the app you chose. Did it arrive there?", made.visits))
      .catch((error) => {
        if (error.name !== "AbortError")
          told.replaceChildren(h("p", {}, "Sharing did not work here. Make the file, or copy the text."));
      });
  };
  const download = () => {
    const made = make();
    const address = URL.createObjectURL(new Blob([made.text], { type: "application/json" }));
    h("a", { href: address, download: made.name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    confirm(
      `Your browser was asked for the file ${made.name}. Look for it under Downloads or Files. If it is not there, copy the text instead.`,
      made.visits,
    );
  };
  const copy = () => {
    const made = make();
    const area = textArea(made.text, {
      readonly: true,
      rows: "5",
      "aria-label": "The text of the file",
      class: "mono",
    });
    const offer = (words) => {
      confirm(words, made.visits);
      told.append(area);
      area.select();
    };
    const byHand = () =>
      offer("Copy the text below (it is selected), and paste it into a mail to yourself or an empty note.");
    if (!navigator.clipboard) byHand();
    else {
      navigator.clipboard
        .writeText(made.text)
        .then(
          () => offer("The text is on the clipboard. Paste it into a mail to yourself or an empty note."),
          byHand,
        );
    }
  };
  return h(
    "div",
    {},
    h(
      "div",
      { class: "row" },
      button("Make the file", download, { kind: "primary" }),
      shareable({ name: "record.json", text: "{}" }) && button("Share …", share),
      button("Copy the text", copy),
    ),
    told,
  );
}

/** Remember that the person has a visit's file, unless the visit has changed since the file was made. */
function markFiled(one) {
  const today = visit !== null && visit.id === one.id ? visit : store.visit(one.id);
  if (today?.revision !== one.revision) return;
  const marked = { ...today, filed: now() };
  if (store.keep(marked) !== "elsewhere" && visit === today) visit = marked;
}

/** The file in a form that this device shares; null where there is no share sheet for files. */
function shareable({ name, text }) {
  const forms = [
    [name, "application/json"],
    [`${name}.txt`, "text/plain"],
  ];
  try {
    const files = forms.map(([called, type]) => new File([text], called, { type }));
    return files.find((file) => navigator.canShare?.({ files: [file] })) ?? null;
  } catch {
    return null;
  }
}
