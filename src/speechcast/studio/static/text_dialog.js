// The whole text of a speech, changed at once.

import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";

/** Let the user change the whole text; what was set for sentences that stay is kept. */
export function editText(project) {
  const text = h("textarea", { id: "whole-text", rows: 18, defaultValue: project.state.text, "aria-label": t("wholeText") });
  return openDialog(
    t("wholeText"),
    (close) => {
      const save = async (event) => {
        event.preventDefault();
        if (text.value === project.state.text || (await project.change("PUT", "/text", { text: text.value }))) close();
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
