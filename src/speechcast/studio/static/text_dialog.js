// The whole text of a speech, changed at once.

import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";

/** Let the user change the whole text; what was set for sentences that stay is kept. */
export function editText(project) {
  const before = project.state.text;
  let { version } = project.state; // what is changed elsewhere meanwhile is not overwritten unseen
  const text = h("textarea", { id: "whole-text", rows: 18, defaultValue: before, "aria-label": t("wholeText") });
  return openDialog(
    t("wholeText"),
    (close) => {
      const save = async (event) => {
        event.preventDefault();
        if (text.value === before || (await project.change("PUT", "/text", { text: text.value, version }))) close();
        else version = project.state.version;
      };
      return [
        h(
          "form",
          { class: "dialog-text grow", onsubmit: save },
          h("p", { class: "hint" }, t("wholeTextHint")),
          text,
          h("div", { class: "row end" }, h("button", { type: "button", class: "button", onclick: () => close() }, t("cancel")), h("button", { class: "button button-primary" }, t("saveText"))),
        ),
      ];
    },
    { class: "wide" },
  );
}
