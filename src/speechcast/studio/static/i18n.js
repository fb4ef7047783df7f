// The language of the page: its strings, numbers and dates.

import en from "./strings_en.js";
import zh from "./strings_zh.js";

const LANGUAGES = { "zh-CN": zh, en };
const KEY = "speechcast.language";

let language = pickLanguage();

function pickLanguage() {
  const stored = localStorage.getItem(KEY);
  if (stored in LANGUAGES) return stored;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith("zh")) ? "zh-CN" : "en";
}

/** Return the tag of the page's language. */
export function currentLanguage() {
  return language;
}

/** Change the page's language to the other one, and keep it. */
export function switchLanguage() {
  language = language === "en" ? "zh-CN" : "en";
  localStorage.setItem(KEY, language);
}

/** Call `action` when another tab changed the language, which is that of all tabs. */
export function onLanguageElsewhere(action) {
  window.addEventListener("storage", ({ key }) => {
    if (key !== KEY || pickLanguage() === language) return;
    language = pickLanguage();
    action();
  });
}

/** Return a string of the page, with its {placeholders} filled. */
export function t(key, values = {}) {
  const entry = LANGUAGES[language][key];
  if (entry === undefined) throw new Error(`no string is called ${key}`);
  const form = typeof entry === "string" ? entry : entry[new Intl.PluralRules(language).select(values.n)] ?? entry.other;
  return form.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Return the string of a name that the program gave, or the name if there is none. */
export function translateName(group, name) {
  return LANGUAGES[language][`${group}_${name}`] ?? name;
}

/** Return seconds as a clock shows them: 3:04, 1:02:03. */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${hours ? String(minutes).padStart(2, "0") : minutes}:${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}

/** Return a time in a cue: 1:04.25. */
export function preciseClock(seconds) {
  const hundredths = Math.round(seconds * 100);
  return `${clock(Math.floor(hundredths / 100))}.${String(hundredths % 100).padStart(2, "0")}`;
}

/** Return a short length: 2.4 s. */
export function shortSeconds(seconds) {
  return t("seconds", { s: seconds.toFixed(1) });
}

/** Return a pause: 0.55 s. */
export function preciseSeconds(seconds) {
  return t("seconds", { s: seconds.toFixed(2) });
}

/** Return a change of length with its sign: +0:06, −1.2 s. */
export function signedSeconds(seconds) {
  const sign = seconds < 0 ? "−" : "+";
  const size = Math.abs(seconds);
  return sign + (size < 60 ? shortSeconds(size) : clock(size));
}

/** Return the size of a file in the units that people know. */
export function fileSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Return a moment as a date with the time of day. */
export function moment(value) {
  const date = new Date(typeof value === "number" ? value * 1000 : value);
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(date);
}
