// The settings of the whole speech, each showing what it does to the length.

import { debounce, h, icon, refill } from "./dom.js";
import { clock, preciseSeconds, signedSeconds, t, translateName } from "./i18n.js";
import { Heard } from "./progress.js";
import { chooseVoice, voiceOptions } from "./voices.js";

const SETTLE = 300; // milliseconds after the last move of a slider

/** Draws the settings; `options` is what the server says can be chosen. */
export class SettingsView {
  constructor(project, player, voices, options) {
    Object.assign(this, { project, player, voices, options });
    this.element = h("div", { class: "settings" });
    this.length = h("p", { class: "total" });
    this.heard = new Heard();
    this.body = h("div", {});
    this.element.append(this.length, this.heard.element, this.body);
    this.before = null; // seconds before the last change of a setting
    this.signature = "";
  }

  async patch(settings) {
    const before = this.project.state.seconds;
    const done = await this.project.change("PATCH", "/settings", settings);
    if (done) this.before = before;
    this.showLength();
    if (done) this.heard.say(this.length.textContent); // what the change does to the length
  }

  update() {
    this.showLength();
    const { sentences, voice, style, pauses } = this.project.state;
    const settings = { ...this.project.state.settings, voice, style, seconds: pauses };
    const speakers = [...new Set(sentences.map((sentence) => sentence.speaker).filter(Boolean))];
    const signature = JSON.stringify([settings, speakers, this.project.state.transfers]);
    if (signature === this.signature) return;
    this.signature = signature;
    refill(this.body, this.makeVoice(settings), this.makeCast(settings, speakers), this.makeRate(settings), this.makeAllPauses(settings), this.makeFit(settings), this.makeChoices(settings));
  }

  showLength() {
    const { seconds, sentences } = this.project.state;
    const change = this.before === null ? 0 : seconds - this.before;
    const texts = [t(this.project.complete && sentences.length ? "lengthRecorded" : "lengthEstimate"), clock(seconds ?? 0), Math.abs(change) >= 0.05 ? signedSeconds(change) : ""];
    refill(this.length, h("span", { class: "muted" }, texts[0]), " ", h("strong", {}, texts[1]), " ", h("span", { class: "delta" }, texts[2]));
  }

  makeVoice(settings) {
    const voice = this.voices.find((each) => each.name === settings.voice);
    const choose = async () => {
      const name = await chooseVoice(this.project, this.player, this.voices);
      if (name && name !== settings.voice) this.patch({ voice: name });
    };
    return h(
      "div",
      { class: "block" },
      h("span", { class: "label" }, t("voice")),
      h(
        "button",
        { type: "button", class: "voice-card", "data-focus": "voice", onclick: choose },
        h("span", {}, h("strong", {}, settings.voice), voice && h("span", { class: "muted" }, voice.description)),
        h("span", { class: "link" }, t("change")),
      ),
      (this.project.state.transfers ?? []).map((transfer) => h("p", { class: "flag" }, icon("globe"), t("onlineTo", { address: transfer.address }))),
    );
  }

  makeCast(settings, speakers) {
    const cast = settings.cast ?? {};
    const save = (speaker, name) => this.patch({ cast: { ...cast, [speaker]: name } });
    const add = (event) => {
      event.preventDefault();
      const { label, voice } = event.target.elements;
      if (label.value.trim()) save(label.value.trim(), voice.value);
    };
    const row = (speaker) =>
      h(
        "label",
        { class: "field" },
        h("span", { class: "label" }, t("voiceOf", { speaker })),
        h("select", { "data-focus": `cast-${speaker}`, onchange: (event) => save(speaker, event.target.value) }, h("option", { value: "" }, t("asSpeech")), voiceOptions(this.voices, cast[speaker])),
      );
    return h(
      "div",
      { class: "block" },
      [...new Set([...speakers, ...Object.keys(cast)])].map(row),
      h(
        "details",
        { class: "field" },
        h("summary", { "data-focus": "add-speaker" }, t("addSpeaker")),
        h(
          "form",
          { class: "row", onsubmit: add },
          h("input", { name: "label", type: "text", required: true, autocomplete: "off", placeholder: t("speakerExample"), "aria-label": t("speakerLabel"), "data-focus": "speaker-label" }),
          h("select", { name: "voice", "aria-label": t("voice"), "data-focus": "speaker-voice" }, voiceOptions(this.voices, null)),
          h("button", { class: "button", "data-focus": "save-speaker" }, t("apply")),
        ),
        h("p", { class: "hint" }, t("speakerHint")),
      ),
    );
  }

  makeRate(settings) {
    const { least, most } = this.options.rate;
    return this.makeSlider("rate", t("rate"), { least, most, step: 1, value: settings.rate ?? 0, show: signed }, ["slower", "faster"]);
  }

  /** Pauses: all of them, and on top of it those between sentences and between paragraphs. */
  makeAllPauses(settings) {
    const range = { ...this.options.pauses, step: 0.05 };
    const times = (factor) => t("timesPauses", { factor: factor.toFixed(2) });
    const make = (key, kind) => {
      const value = settings[key] ?? 1;
      const usual = settings.seconds[kind] / value;
      return this.makeSlider(key, t(key), { ...range, value, show: (factor) => preciseSeconds(usual * factor) });
    };
    return [
      this.makeSlider("pauses", t("pauses"), { ...range, value: settings.pauses ?? 1, show: times }, ["shorter", "longer"]),
      make("sentence_pauses", "sentence"),
      make("paragraph_pauses", "paragraph"),
    ];
  }

  /** A slider that sets `name`; `show` writes its value, `ends` says what its ends mean. */
  makeSlider(name, label, { least, most, step, value, show }, ends = []) {
    const shown = h("span", { class: "value", "aria-hidden": "true" }, show(value)); // the slider says it
    const save = debounce((chosen) => this.patch({ [name]: chosen }), SETTLE);
    const move = ({ target }) => {
      shown.textContent = show(Number(target.value));
      target.setAttribute("aria-valuetext", shown.textContent);
      save(Number(target.value));
    };
    return h(
      "div",
      { class: "block slider" },
      h("label", { class: "label", for: `slide-${name}` }, label), shown,
      h("input", { id: `slide-${name}`, type: "range", min: least, max: most, step, value, "aria-valuetext": show(value), "data-focus": name, oninput: move }),
      ends.length > 0 && h("span", { class: "hint ends", "aria-hidden": "true" }, ends.map((end) => h("span", {}, t(end)))),
    );
  }

  makeFit(settings) {
    const save = (event) => {
      event.preventDefault();
      this.patch({ fit: event.target.elements.fit.value.trim() });
    };
    return h(
      "form",
      { class: "block", onsubmit: save },
      h("label", { class: "label", for: "fit" }, t("fit")),
      h(
        "div",
        { class: "row" },
        h("input", { id: "fit", name: "fit", type: "text", inputmode: "numeric", autocomplete: "off", placeholder: "8:00", defaultValue: settings.fit ? clock(settings.fit) : "", "aria-describedby": "fit-hint", "data-focus": "fit" }),
        h("button", { class: "button", "data-focus": "save-fit" }, t("apply")),
        settings.fit && h("button", { type: "button", class: "button", onclick: () => this.patch({ fit: "" }) }, t("fitNone")),
      ),
      h("p", { class: "hint", id: "fit-hint" }, t("fitHint")),
    );
  }

  makeChoices(settings) {
    const { styles, loudness, formats, subtitles } = this.options;
    return [
      this.makeSelect("style", t("style"), styles.map((name) => [name, translateName("style", name)]), settings.style),
      this.makeSelect("loudness", t("loudness"), [["", t("loudnessVoice")], ...loudness.map((name) => [name, translateName("loudness", name)])], settings.loudness),
      this.makeChecks("formats", t("formats"), formats, settings.formats ?? []),
      this.makeChecks("subtitles", t("subtitles"), subtitles, settings.subtitles ?? []),
    ];
  }

  makeSelect(name, label, entries, chosen) {
    const all = chosen && !entries.some(([value]) => value === chosen) ? [[chosen, chosen], ...entries] : entries;
    return h(
      "label",
      { class: "block field" },
      h("span", { class: "label" }, label),
      h("select", { "data-focus": name, onchange: (event) => this.patch({ [name]: event.target.value }) }, all.map(([value, text]) => h("option", { value, selected: value === chosen }, text))),
    );
  }

  makeChecks(name, label, entries, chosen) {
    const toggle = () => {
      const boxes = [...this.element.querySelectorAll(`input[name=${name}]`)];
      const picked = boxes.filter((box) => box.checked).map((box) => box.value);
      if (picked.length > 0) return this.patch({ [name]: picked });
      boxes.forEach((box) => (box.checked = chosen.includes(box.value))); // one at least
    };
    return h(
      "fieldset",
      { class: "block checks" },
      h("legend", { class: "label" }, label),
      entries.map((entry) => h("label", { class: "check" }, h("input", { type: "checkbox", name, value: entry, checked: chosen.includes(entry), "data-focus": `${name}-${entry}`, onchange: toggle }), entry)),
    );
  }
}

function signed(value) {
  return value === 0 ? "0%" : `${value > 0 ? "+" : "−"}${Math.abs(value)}%`;
}
