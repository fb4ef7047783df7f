// The studio: which page is shown, by the address after #.

import { call } from "./api.js";
import { showEditor } from "./editor.js";
import { showFailed } from "./failed_page.js";
import { showHome } from "./home.js";
import { currentLanguage, onLanguageElsewhere, t } from "./i18n.js";
import { applyTheme } from "./page_tools.js";

const root = document.getElementById("app");
let leave = () => {};
let turn = 0; // counts the pages, so that a late one is not drawn over a newer one

async function show() {
  const own = ++turn;
  const current = () => own === turn;
  leave();
  leave = () => {};
  document.documentElement.lang = currentLanguage();
  const match = /^#\/projects\/([^/]+)$/.exec(location.hash);
  try {
    const voices = readVoices();
    voices.catch(() => {}); // whoever needs them says so
    const options = await readOptions();
    if (!current()) return;
    if (!match) {
      const listed = showHome(root, options);
      focusTitle();
      return await listed;
    }
    const close = await showEditor(root, decodeURIComponent(match[1]), { voices, options, current });
    if (!current()) return close();
    leave = close;
    focusTitle();
  } catch (error) {
    if (!current()) return;
    showFailed(root, error, show);
  }
}

/** Have another page read from its title on, unless the browser itself has just opened it. */
function focusTitle() {
  if (turn > 1 && !root.contains(document.activeElement)) root.querySelector("h1")?.focus({ preventScroll: true });
}

const stored = {};
const readVoices = () => (stored.voices ??= call("GET", "/voices").then((voices) => voices.filter((voice) => !voice.error)).catch(forget("voices")));
const readOptions = () => (stored.options ??= call("GET", "/options").catch(forget("options")));

/** Let a list that could not be read be asked for again. */
function forget(name) {
  return (error) => {
    delete stored[name];
    throw error;
  };
}

/** Show the page in another language; the server describes the voices in it, too. */
function showAnew() {
  delete stored.voices;
  return show();
}

applyTheme();
window.addEventListener("hashchange", show);
window.addEventListener("languagechange-page", showAnew);
onLanguageElsewhere(showAnew);
show();
