// Dialogs: the browser's own, which keep the focus inside and close with Escape.

import { h, icon, iconButton } from "./dom.js";
import { t } from "./i18n.js";

/** Show a dialog; resolves to the value given to `close(value)`, or null. */
export function openDialog(title, build, attributes = {}) {
  const dialog = h("dialog", { "aria-labelledby": "dialog-title", ...attributes });
  return new Promise((resolve) => {
    let result = null;
    const close = (value = null) => {
      result = value;
      dialog.close();
    };
    dialog.append(
      h("div", { class: "dialog-head" }, h("h2", { id: "dialog-title" }, title), iconButton("close", t("close"), () => close())),
      ...build(close, dialog),
    );
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    dialog.addEventListener("close", () => {
      document.body.append(...dialog.querySelectorAll(":scope > .messages"));
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Ask a question with a clear answer. True if the user says yes. */
export async function confirmAction(title, text, yes) {
  const answer = await openDialog(title, (close) => [
    h("p", { class: "dialog-text" }, text),
    h(
      "div",
      { class: "dialog-actions" },
      h("button", { type: "button", class: "button", autofocus: true, onclick: () => close(false) }, t("cancel")),
      h("button", { type: "button", class: "button button-primary", onclick: () => close(true) }, yes),
    ),
  ]);
  return answer === true;
}

/** Ask whether text may be sent to the server of an online voice. */
export async function confirmSending(transfers) {
  const characters = transfers.reduce((sum, transfer) => sum + transfer.characters, 0);
  const addresses = [...new Set(transfers.map((transfer) => transfer.address))];
  const answer = await openDialog(t("sendTitle"), (close) => [
    h(
      "div",
      { class: "dialog-text" },
      h("p", {}, characters ? t("sendCharacters", { n: characters }) : t("sendText")),
      addresses.map((address) => h("p", { class: "address" }, icon("globe"), h("strong", {}, address))),
      h("p", { class: "muted" }, t("sendNote")),
    ),
    h(
      "div",
      { class: "dialog-actions" },
      h("button", { type: "button", class: "button", autofocus: true, onclick: () => close(false) }, t("sendNo")),
      h("button", { type: "button", class: "button button-primary", onclick: () => close(true) }, t("sendYes")),
    ),
  ]);
  return answer === true;
}

const CONTROL = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";

/** Show the keys that the page has. */
export function showKeys() {
  const rows = [
    ["↑ ↓", "keyMove"],
    ["Space", "keyPlay"],
    ["Enter", "keyOpen"],
    ["Esc", "keyBack"],
    [`${CONTROL} Z`, "keyUndo"],
    [`${CONTROL} ⇧ Z`, "keyRedo"],
    [`${CONTROL} Enter`, "keySave"],
    ["?", "keyHelp"],
  ];
  return openDialog(t("keys"), () => [
    h("dl", { class: "keys" }, rows.map(([key, name]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, t(name))))),
  ]);
}
