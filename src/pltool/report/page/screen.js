"use strict";
// Elements, keys and what is said aloud. Text only ever becomes text: nothing here reads markup.

/** An element with attributes and children; a child that is text stays text. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

const list = (lines, attributes) =>
  h(
    "ul",
    attributes,
    lines.map((line) => h("li", { dir: "auto" }, line)),
  );

/** A link to another site, for those that are addresses of the web; else the text alone. */
const linkTo = (text, url) =>
  String(url).startsWith("https://")
    ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text)
    : text;

const screenState = { keys: {}, shownAt: Infinity, shown: 0 };

/** Show a screen: its elements, the keys that it takes, and where reading begins. */
function show({ nodes, keys = {}, start = false }) {
  const main = document.getElementById("page");
  main.replaceChildren(...nodes.flat(Infinity).filter(Boolean));
  document.getElementById("app").toggleAttribute("data-start", start);
  document.getElementById("said").textContent = "";
  Object.assign(screenState, { keys, shownAt: Infinity, shown: screenState.shown + 1 });
  const begin = main.querySelector("h1");
  if (begin) {
    if (begin.tabIndex < 0) begin.tabIndex = -1;
    begin.focus({ preventScroll: true });
  }
  window.scrollTo(0, 0);
  const shown = screenState.shown;
  // Only after it has been painted can somebody have read it: an earlier key or tap was meant for something else.
  requestAnimationFrame(() => {
    setTimeout(() => {
      if (screenState.shown === shown) screenState.shownAt = performance.now();
    }, 0);
  });
}

/** Whether an event was made by somebody who could see what is on the screen now. */
const wasSeen = (event) => event.timeStamp >= screenState.shownAt;

/** A button; `answers` ones take no Enter, no second click of a double click, and nothing made before they were seen. */
function button(text, act, { key = null, kind = "", answers = false, label = null } = {}) {
  return h(
    "button",
    {
      type: "button",
      class: kind,
      "aria-keyshortcuts": key && key !== "?" ? key : null,
      "aria-label": label,
      onclick: (event) => {
        if (answers && (event.detail > 1 || !wasSeen(event))) return;
        act();
      },
      onkeydown: answers ? refuseEnter : null,
    },
    h("span", {}, text),
    key && h("kbd", { "aria-hidden": "true" }, key),
  );
}

function refuseEnter(event) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  say("Enter answers nothing. Press the space bar, or the letter on the button.");
}

const writes = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

/** Enter in a line of text goes on, Escape leaves; no form element, since frames of learning platforms forbid them. */
const onEnterInField = (act, leave) => (event) => {
  if (event.isComposing || event.target.tagName !== "INPUT" || event.target.type !== "text") return;
  if (event.key === "Enter") act();
  if (event.key === "Escape") leave?.();
};

/** Letters act only where nobody writes, where they are wanted, and on a screen that was seen. */
function listenToKeys(wanted) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (writes(event.target) || !wanted() || !wasSeen(event)) return;
    const act = own(screenState.keys, event.key.toLowerCase());
    if (!act) return;
    event.preventDefault();
    act();
  });
}

let silence = 0;

/** Say something once, on the screen and to a screen reader; it goes away by itself or with the next screen. */
function say(text) {
  const place = document.getElementById("said");
  place.textContent = "";
  clearTimeout(silence);
  // A screen reader speaks what changes, so the same words a second time need a moment in between.
  setTimeout(() => {
    place.textContent = text;
  }, 30);
  silence = setTimeout(() => {
    place.textContent = "";
  }, 10000);
}

/** A warning that stays in view until it no longer holds; empty for none. */
function warn(text) {
  const place = document.getElementById("warning");
  if (place.textContent !== text) place.textContent = text;
  place.hidden = !text;
}

let fields = 0;

/** A field with its label above it and, if there is one, a hint under the label. */
function field(label, input, hint) {
  fields += 1;
  const id = `field-${fields}`;
  input.id = id;
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    input,
  );
}

function textInput(value, attributes) {
  const input = h("input", {
    type: "text",
    autocomplete: "off",
    maxlength: "200",
    dir: "auto",
    ...attributes,
  });
  input.value = value ?? "";
  return input;
}

function textArea(value, attributes) {
  const area = h("textarea", { rows: "3", dir: "auto", ...attributes });
  area.value = value ?? "";
  return area;
}

/** One of several choices, as radio buttons in a group with a name. */
function choice(legend, name, options, chosen, changed) {
  return h(
    "fieldset",
    { class: "choice" },
    h("legend", {}, legend),
    options.map(([value, text]) => {
      const input = h("input", { type: "radio", name, value });
      input.checked = value === chosen;
      input.addEventListener("change", () => changed(value));
      return h("label", {}, input, h("span", { dir: "auto" }, text));
    }),
  );
}

/** The steps of a phase as a row of marks, for the eye only: the words beside it say the same. */
function marks(states) {
  return h(
    "span",
    { class: "marks", "aria-hidden": "true" },
    states.map((state) => h("i", { class: state })),
  );
}
