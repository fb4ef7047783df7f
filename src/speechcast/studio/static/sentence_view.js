// One sentence: its words and how each is read, its text, its rate, pause and voice.

import { h, icon, refill } from "./dom.js";
import { shortSeconds, t } from "./i18n.js";
import { spell, withMark } from "./pinyin.js";
import { showStatus } from "./player.js";
import { canMark, saveReading, settleReading, usualScope } from "./readings.js";
import { isChinese, isSaidOtherwise, isWord } from "./tokens.js";
import { voiceOptions } from "./voices.js";

const RATE_STEP = 5; // per cent
const PAUSE_STEP = 0.2; // seconds
const USUAL_PAUSE = 0.5; // seconds, where the server does not say
const SHORTEST_PAUSE = 0.05; // seconds; the server takes no shorter one

/** Draws the selected sentence. */
export class SentenceView {
  constructor(project, player, voices) {
    Object.assign(this, { project, player, voices });
    this.element = h("div", { class: "inspector" });
    this.number = null;
    this.token = null;
    this.signature = "";
    player.addEventListener("change", () => this.showPlaying());
  }

  open(number, token) {
    if (number !== this.number) this.saveTyped();
    if (number !== this.number || token !== this.token) this.signature = "";
    this.number = number;
    this.token = token;
    this.update();
  }

  /** Save a text that was typed and not saved, before another sentence is shown. */
  saveTyped() {
    const text = this.element.querySelector("#sentence-text");
    if (text && text.value !== text.defaultValue) text.form.requestSubmit();
  }

  /** Return the text that was typed and not sent yet, with what it was typed for. */
  findTyped() {
    const text = this.element.querySelector("#sentence-text");
    return text && text.value !== text.defaultValue ? { text: text.value, drawn: this.drawn } : null;
  }

  /** Show a typed text again if the sentence changed elsewhere, unless it may be another one now. */
  keepTyped(typed) {
    if (typed && typed.drawn === this.drawn) this.element.querySelector("#sentence-text").value = typed.text;
  }

  update() {
    const sentence = this.project.state.sentences.find((each) => each.number === this.number);
    const signature = JSON.stringify([sentence, this.token, this.project.state.sentences.length]);
    if (signature === this.signature) return;
    this.signature = signature;
    const typed = this.findTyped();
    this.drawn = `${this.number}/${this.project.state.sentences.length}`;
    if (!sentence) return refill(this.element, h("p", { class: "empty" }, t("noSelection")));
    refill(
      this.element,
      h("h3", { class: "inspector-head" }, t("sentenceNumber", { n: sentence.number }), h("span", { class: "muted" }, sentence.speaker)),
      this.makeTakes(sentence),
      this.makeWords(sentence),
      this.makeReading(sentence),
      this.makeTextForm(sentence),
      this.makeAdjustments(sentence),
      this.makeVoiceForm(sentence),
    );
    this.keepTyped(typed);
    this.showPlaying();
  }

  makeTakes(sentence) {
    const take = (name, label, seconds) =>
      h(
        "button",
        { type: "button", class: "take play", "data-key": `sentence:${sentence.number}:${name}`, "data-focus": `take-${name}`, "data-focus-default": name === "current", onclick: () => this.player.toggleSentence(sentence.number, name) },
        icon("play"), icon("stop"), icon("loading"),
        h("span", {}, label),
        h("span", { class: "muted" }, seconds),
      );
    const waiting = sentence.state !== "recorded";
    const now = sentence.seconds ? `${waiting ? "≈ " : ""}${shortSeconds(sentence.seconds)}` : "";
    return h(
      "div",
      { class: "takes" },
      sentence.has_previous && take("previous", t("takeBefore"), ""),
      take("current", sentence.has_previous ? t("takeNow") : t("listen"), now),
    );
  }

  makeWords(sentence) {
    if (this.project.state.reading) return null; // its words are not known yet
    const word = (token, index) => {
      if (!isWord(token)) return h("span", { class: "mark-token" }, token.shown);
      const below = isSaidOtherwise(token) ? token.spoken : isChinese(token) ? spell(token.pinyin) : "";
      return h(
        "button",
        {
          type: "button",
          class: `chip ${token.doubts?.length ? "doubt" : ""}`,
          "aria-pressed": String(index === this.token),
          "data-focus": `word-${index}`,
          onclick: () => this.open(this.number, index === this.token ? null : index),
        },
        h("span", { class: "chip-below" }, below || "\u00a0"),
        h("span", {}, token.shown),
      );
    };
    return h("div", { class: "words", role: "group", "aria-label": t("wordsHint") }, sentence.tokens.map(word));
  }

  makeReading(sentence) {
    const token = sentence.tokens[this.token];
    if (!token) return h("p", { class: "hint" }, t(this.project.state.reading ? "readingNow" : "wordsHint"));
    const scope = () => this.element.querySelector("input[name=scope]:checked").value;
    const save = (event) => {
      event.preventDefault();
      const form = new FormData(event.target);
      const pinyin = form.get("pinyin")?.trim();
      const spoken = form.get("spoken").trim();
      const changed = spoken !== token.spoken || !pinyin;
      saveReading(this.project, sentence, this.token, changed ? { spoken } : { pinyin }, scope());
    };
    const pinyin = isChinese(token) && field(t("pinyin"), { name: "pinyin", defaultValue: token.pinyin.join(" "), "data-focus": "pinyin", autocapitalize: "off", spellcheck: "false", lang: "en" }, t("pinyinHint"));
    const spoken = field(t("spokenAs"), { name: "spoken", defaultValue: token.spoken, "data-focus": "spoken" });
    return h(
      "form",
      { class: "card reading", onsubmit: save },
      h("h4", {}, t("readingOf", { word: token.shown })),
      (token.doubts ?? []).map((doubt) => this.makeCandidates(sentence, token, doubt, scope)),
      isSaidOtherwise(token) ? [spoken, pinyin] : [pinyin, spoken],
      makeScopes(sentence, usualScope(sentence, token)),
      h("div", { class: "row end" }, h("button", { class: "button button-primary", "data-focus": "save-reading" }, t("apply"))),
    );
  }

  makeCandidates(sentence, token, doubt, scope) {
    const current = token.pinyin[doubt.index];
    const all = [current, ...doubt.candidates.filter((candidate) => candidate !== current)];
    return h(
      "div",
      { class: "choices", role: "group", "aria-label": t("candidates", { character: doubt.character }) },
      h("span", { class: "character" }, doubt.character),
      all.map((candidate) =>
        h(
          "button",
          { type: "button", class: "choice", "aria-pressed": String(candidate === current), "data-focus": `candidate-${candidate}`, onclick: () => settleReading(this.project, sentence, this.token, doubt.index, candidate, scope()) },
          withMark(candidate),
        ),
      ),
    );
  }

  makeTextForm(sentence) {
    const written = sentence.source ?? sentence.text;
    const save = async (event) => {
      event.preventDefault();
      const field = event.target.elements.text;
      const { value: text } = field;
      const { drawn } = this;
      field.defaultValue = text; // it is no longer typed alone
      if (text.trim() === written.trim()) return;
      if (await this.project.change("PATCH", `/sentences/${sentence.number}`, { text })) return;
      field.defaultValue = written;
      this.keepTyped({ text, drawn });
    };
    return h(
      "form",
      { class: "block", onsubmit: save },
      h("label", { class: "label", for: "sentence-text" }, t("text")),
      h("textarea", { id: "sentence-text", name: "text", rows: 3, defaultValue: written, "data-focus": "text", onkeydown: submitOnEnter }),
      h("div", { class: "row end" }, h("button", { class: "button", "data-focus": "save-text" }, t("saveText"))),
    );
  }

  makeAdjustments(sentence) {
    const patch = (body) => this.project.change("PATCH", `/sentences/${sentence.number}`, body);
    const rate = sentence.rate ?? 0;
    const pause = sentence.pause_after ?? null;
    const usual = pause ?? sentence.pause_usual ?? USUAL_PAUSE;
    const setRate = (value) => patch({ rate: value });
    const setPause = (value) => patch({ pause_after: Math.max(SHORTEST_PAUSE, Math.round(value * 20) / 20) });
    return h(
      "div",
      { class: "block steppers" },
      stepper(t("sentenceRate"), rate === 0 ? t("asSpeech") : signed(rate), t("slower"), t("faster"), "rate", (step) => setRate(rate + step * RATE_STEP)),
      stepper(t("pauseAfter"), pause === null ? t("asSpeech") : shortSeconds(pause), t("shorter"), t("longer"), "pause", (step) => setPause(usual + step * PAUSE_STEP)),
      (rate !== 0 || pause !== null) && h("button", { type: "button", class: "link", "data-focus": "reset", onclick: () => patch({ rate: 0, pause_after: null }) }, t("takeBack")),
    );
  }

  makeVoiceForm(sentence) {
    const last = this.project.state.sentences.length;
    const save = (event) => {
      event.preventDefault();
      const form = new FormData(event.target);
      const body = { voice: form.get("voice"), through: Number(form.get("through")) };
      this.project.change("PATCH", `/sentences/${sentence.number}`, body);
    };
    return h(
      "form",
      { class: "block", onsubmit: save },
      h("label", { class: "label", for: "passage-voice" }, t("passageVoice")),
      h("select", { id: "passage-voice", name: "voice", "data-focus": "voice" }, h("option", { value: "" }, t("asSpeech")), voiceOptions(this.voices, sentence.voice)),
      h(
        "div",
        { class: "row" },
        h("label", { class: "inline" }, t("passageThrough"), h("input", { type: "number", name: "through", min: sentence.number, max: last, defaultValue: String(sentence.number), "data-focus": "through" })),
        h("span", { class: "spring" }),
        h("button", { class: "button", "data-focus": "save-voice" }, t("apply")),
      ),
    );
  }

  showPlaying() {
    for (const button of this.element.querySelectorAll(".take")) showStatus(button, this.player, button.dataset.key);
  }
}

function field(label, attributes, hint = "") {
  return h("label", { class: "field" }, h("span", { class: "label" }, label), h("input", { type: "text", autocomplete: "off", ...attributes }), hint && h("span", { class: "hint" }, hint));
}

function makeScopes(sentence, usual) {
  const scope = (value, label) => h("label", { class: "inline" }, h("input", { type: "radio", name: "scope", value, checked: value === usual, "data-focus": `scope-${value}` }), label);
  return h("fieldset", { class: "scopes" }, h("legend", { class: "label" }, t("scope")), canMark(sentence) && scope("here", t("scopeHere")), scope("speech", t("scopeSpeech")), scope("user", t("scopeUser")));
}

function stepper(label, value, less, more, key, step) {
  // The buttons are described by the value, which is heard with the one that keeps the focus.
  const button = (name, text, direction) => h("button", { type: "button", class: "icon-button", "aria-label": text, "aria-describedby": `${key}-value`, title: text, "data-focus": `${key}-${direction}`, onclick: () => step(direction) }, icon(name));
  return h("div", { class: "stepper", role: "group", "aria-label": label }, h("span", { class: "label" }, label), button("minus", less, -1), h("span", { class: "value", id: `${key}-value` }, value), button("plus", more, 1));
}

function signed(value) {
  return `${value > 0 ? "+" : "−"}${Math.abs(value)}%`;
}

function submitOnEnter(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}
