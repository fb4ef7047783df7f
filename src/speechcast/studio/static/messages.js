// Messages to the user: what went wrong stays until it is closed, what was done passes.

import { Unreachable } from "./api.js";
import { h, iconButton } from "./dom.js";
import { t } from "./i18n.js";

const PASSES = 4000; // milliseconds

let area = null;

/** Return where messages stand: in the dialog that is open, else all of them would be inert. */
function messageArea() {
  area ??= h("div", { class: "messages" });
  const open = document.querySelector("dialog[open]") ?? document.body;
  if (area.parentElement !== open) open.append(area);
  return area;
}

function show(text, kind) {
  const message = h("div", { class: `message message-${kind}`, role: kind === "error" ? "alert" : "status" }, h("p", {}, text));
  message.append(iconButton("close", t("close"), () => message.remove()));
  for (const old of messageArea().children) if (old.firstChild.textContent === text) old.remove();
  messageArea().append(message);
  return message;
}

/** Return what went wrong, in words for the user. */
export function explain(error) {
  return error instanceof Unreachable ? t("unreachable") : error.message;
}

/** Show what went wrong until the user closes it. */
export function reportError(error) {
  show(explain(error), "error");
}

/** Show briefly that something was done. */
export function notify(text) {
  const message = show(text, "done");
  setTimeout(() => message.remove(), PASSES);
}
