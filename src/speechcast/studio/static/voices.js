// The voices, chosen by hearing them say the speech's own first sentence.

import { h, icon } from "./dom.js";
import { openDialog } from "./dialogs.js";
import { t } from "./i18n.js";
import { showStatus } from "./player.js";

/** Return the name of a language in the page's language: 普通话 for zh-CN. */
export function languageName(tag) {
  const special = { "zh-CN": "mandarin", "zh-HK": "cantonese", "zh-TW": "taiwan", "zh-CN-liaoning": "liaoning", "zh-CN-shaanxi": "shaanxi" }[tag];
  return special ? t(special) : new Intl.DisplayNames(document.documentElement.lang, { type: "language" }).of(tag);
}

/** Return the voices that can be used, as options of a select. */
export function voiceOptions(voices, chosen) {
  return voices
    .filter((voice) => voice.installed || voice.online || voice.name === chosen)
    .map((voice) => h("option", { value: voice.name, selected: voice.name === chosen }, voice.online ? `${voice.name} · ${t("online")}` : voice.name));
}

function groupVoices(voices, language, chosen) {
  const near = (voice) => (voice.language === language ? 0 : voice.language.slice(0, 2) === language.slice(0, 2) ? 1 : 2);
  const aside = (voice) => ["draft", "tone"].includes(voice.name) || voice.name.startsWith("local-"); // after those made for speeches
  const ready = (voice) => (voice.name === chosen ? -1 : voice.online ? 2 : !voice.installed ? 3 : aside(voice) ? 1 : 0);
  const sorted = [...voices].sort((a, b) => near(a) - near(b) || a.language.localeCompare(b.language) || ready(a) - ready(b));
  return Map.groupBy ? [...Map.groupBy(sorted, (voice) => voice.language)] : [...groupBy(sorted)];
}

function groupBy(voices) {
  const groups = new Map();
  for (const voice of voices) groups.set(voice.language, [...(groups.get(voice.language) ?? []), voice]);
  return groups;
}

/** Let the user choose a voice; resolves to its name, or null. */
export async function chooseVoice(project, player, voices) {
  const chosen = project.state.voice;
  const language = voices.find((voice) => voice.name === chosen)?.language ?? "zh-CN";
  const buttons = [];
  const show = () => buttons.forEach(([button, key]) => showStatus(button, player, key));
  const makeVoice = (voice, close) => {
    const key = `sample:${voice.name}`;
    const usable = voice.installed || voice.online;
    const play = h(
      "button",
      { type: "button", class: "play icon-button", "aria-label": t("hearVoice", { name: voice.name }), disabled: !usable, onclick: () => player.toggle(key, () => project.sampleSound(voice.name)) },
      icon("play"), icon("stop"), icon("loading"),
    );
    buttons.push([play, key]);
    return h(
      "li",
      { class: "voice", "data-chosen": voice.name === chosen },
      play,
      h("div", { class: "voice-text" }, h("strong", {}, voice.name), voiceBadge(voice), h("p", { class: "muted" }, voice.description)),
      h("button", { type: "button", class: "button", disabled: !usable, "aria-current": voice.name === chosen && "true", autofocus: voice.name === chosen, "aria-label": t("useVoice", { name: voice.name }), onclick: () => close(voice.name) }, voice.name === chosen ? [icon("check"), t("inUse")] : t("use")),
    );
  };
  player.addEventListener("change", show);
  const choice = await openDialog(
    t("chooseVoice"),
    (close) => [
      h("p", { class: "dialog-text muted" }, t("chooseVoiceHint")),
      h("div", { class: "voice-groups", tabindex: 0, role: "group", "aria-label": t("chooseVoice") }, groupVoices(voices, language, chosen).map(([tag, group]) => h("section", {}, h("h3", {}, languageName(tag)), h("ul", { class: "voices" }, group.map((voice) => makeVoice(voice, close)))))),
    ],
    { class: "wide" },
  );
  player.removeEventListener("change", show);
  if (player.key?.startsWith("sample:")) player.stop();
  return choice;
}

function voiceBadge(voice) {
  if (voice.online) return h("span", { class: "flag" }, icon("globe"), t("onlineTo", { address: (voice.address ?? "").replace("https://", "") }));
  return voice.installed ? null : h("span", { class: "flag" }, icon("download"), t("notInstalled", { command: `speechcast voices install ${voice.name}` }));
}
