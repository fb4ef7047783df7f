// Elements, made without a line of HTML: text is always set as text.

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "defaultValue", "checked", "selected", "disabled", "hidden", "indeterminate"]);

/** Return an element with attributes, listeners (onclick: f) and children. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  if (children.length > 0) fill(element, ...children);
  return element;
}

/** Replace an element's children; strings become text, null and false are left out. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

/** Set an attribute, a property or a listener; null and false take an attribute away. */
export function setAttribute(element, name, value) {
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) element[name] = value;
  else if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

// Drawn for this page, on a grid of 24.
const PATHS = {
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  stop: "M7 7h10v10H7z",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  undo: "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 010 11H9",
  redo: "M16 5l4 4-4 4M20 9H10a5.5 5.5 0 000 11h5",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  cut: "M12 3v18M8 7l-3 5 3 5M16 7l3 5-3 5",
  join: "M4 12h16M9 7l-5 5 5 5M15 7l5 5-5 5",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  text: "M5 6h14M5 11h14M5 16h9",
  captions: "M4 5.5h16v13H4zM7.5 14.5h4M14 14.5h2.5",
  sliders: "M5 8h8M17 8h2M5 16h2M11 16h8M15 5.5v5M9 13.5v5",
  question: "M9 9.2a3 3 0 116 0c0 2.3-3 2.5-3 4.8M12 17.8v.2",
  alert: "M12 8v5M12 16.3v.2M12 3.5l9 16H3z",
  globe: "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM3.5 12h17M12 3.5c3 3 3 14 0 17c-3-3-3-14 0-17",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  theme: "M12 4a8 8 0 108 8 6 6 0 01-8-8z",
  keyboard: "M3.5 7h17v10h-17zM7 10.5v.1M10.5 10.5v.1M14 10.5v.1M17.5 10.5v.1M8 14h8",
  loading: "M12 4a8 8 0 108 8",
  again: "M19 12a7 7 0 11-2-5l2 2M19 4.5V9h-4.5",
};

/** Return an icon; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["class", `icon icon-${name}`]]) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Return a button of an icon alone; its label is read and shown as a tip. */
export function iconButton(name, label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}

/** Fill a container anew; the focus, the caret and what was typed stay, by `data-focus`. */
export function refill(container, ...children) {
  const fields = [...container.querySelectorAll("input[data-focus], textarea[data-focus]")];
  const typed = fields.filter((field) => field.type !== "checkbox" && field.value !== field.defaultValue);
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  fill(container, ...children);
  const find = (key) => container.querySelector(`[data-focus="${CSS.escape(key)}"]`);
  for (const old of typed) {
    const field = find(old.dataset.focus);
    if (field?.defaultValue === old.defaultValue && field.type === old.type) field.value = old.value;
  }
  if (focused) (find(focused) ?? container.querySelector("[data-focus-default]"))?.focus({ preventScroll: true });
}

/** Return a function that calls `action` when it was not called for `delay` milliseconds. */
export function debounce(action, delay) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), delay);
  };
}
