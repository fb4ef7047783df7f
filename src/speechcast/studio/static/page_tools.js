// Language, light or dark, and the keys: the same on every page.

import { showKeys } from "./dialogs.js";
import { h, icon, iconButton } from "./dom.js";
import { switchLanguage, t } from "./i18n.js";

const THEME = "speechcast.theme";
const NEXT = { "": "dark", dark: "light", light: "" };

/** Apply the theme that was chosen; none follows the system. */
export function applyTheme() {
  const theme = localStorage.getItem(THEME) ?? "";
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

function switchTheme(button) {
  localStorage.setItem(THEME, NEXT[localStorage.getItem(THEME) ?? ""]);
  applyTheme();
  button.title = themeLabel();
  button.setAttribute("aria-label", themeLabel());
  window.dispatchEvent(new Event("themechange"));
}

function themeLabel() {
  return t(`theme_${localStorage.getItem(THEME) || "system"}`);
}

/** Return the buttons of the page itself. */
export function pageTools() {
  const theme = iconButton("theme", themeLabel(), () => switchTheme(theme));
  const language = h(
    "button",
    { type: "button", class: "icon-button language", lang: t("otherLanguageTag"), onclick: () => { switchLanguage(); window.dispatchEvent(new Event("languagechange-page")); } },
    icon("globe"),
    h("span", {}, t("otherLanguage")),
  );
  return h("div", { class: "page-tools" }, language, theme, iconButton("keyboard", t("keys"), showKeys));
}
