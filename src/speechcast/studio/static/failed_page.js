// The page in place of one that cannot be opened.

import { fill, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { explain } from "./messages.js";

/** Draw into `root` what went wrong, and the ways on; `again` tries once more. */
export function showFailed(root, error, again) {
  fill(
    root,
    h(
      "main",
      { class: "home failed" },
      h("h1", { tabindex: -1 }, t("cannotOpen")),
      h("p", { role: "alert" }, icon("alert"), explain(error)),
      h("div", { class: "row" }, h("button", { type: "button", class: "button", onclick: again }, t("tryAgain")), h("a", { class: "button", href: "#/" }, t("backHome"))),
    ),
  );
}
