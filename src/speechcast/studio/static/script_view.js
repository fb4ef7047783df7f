// The speech as sentences: one row each, drawn again only where it changed.

import { fill, h, icon } from "./dom.js";
import { shortSeconds, t } from "./i18n.js";
import { spell } from "./pinyin.js";
import { showStatus } from "./player.js";
import { isChinese, isSaidOtherwise, isSilent, isWord } from "./tokens.js";

/** Draws the sentences; `onselect(number, token index or null, whether to open)` is called. */
export class ScriptView {
  constructor(project, player, voices, onselect) {
    Object.assign(this, { project, player, voices, onselect });
    this.list = h("ol", { class: "script", "aria-label": t("sentences"), onclick: (e) => this.click(e), onkeydown: (e) => this.key(e) });
    this.element = h("div", { class: "script-scroll" }, this.list);
    this.drawn = []; // the sentence each row shows, and what of it is seen
    this.selected = null;
    this.playing = null;
    player.addEventListener("change", () => this.showPlaying());
  }

  update() {
    const { sentences } = this.project.state;
    this.list.lang = this.language();
    while (this.list.children.length > sentences.length) this.list.lastChild.remove();
    this.drawn.length = Math.min(this.drawn.length, sentences.length);
    sentences.forEach((sentence, index) => this.draw(sentence, index));
    this.select(this.selected ?? sentences[0]?.number, false);
  }

  /** The language of the voice, so that a browser picks fonts and breaks lines by it. */
  language() {
    return this.voices.find((voice) => voice.name === this.project.state.voice)?.language.slice(0, 5) ?? "";
  }

  draw(sentence, index) {
    const drawn = this.drawn[index];
    if (drawn?.sentence === sentence) return;
    const signature = JSON.stringify({ ...sentence, start: 0 });
    this.drawn[index] = { sentence, signature };
    if (drawn?.signature === signature) return;
    const row = this.list.children[index] ?? this.list.appendChild(h("li", { tabindex: -1 }));
    const focused = row.contains(document.activeElement);
    this.fillRow(row, sentence, this.project.state.sentences[index - 1]);
    if (sentence.number === this.selected) this.mark(row, true);
    if (focused) row.focus({ preventScroll: true });
    this.showRow(row);
  }

  /** Draw a sentence into its row, which stays: where it is seen, the text around does not move. */
  fillRow(row, sentence, before) {
    const heading = sentence.kind === "title" || sentence.kind === "heading";
    const speaker = sentence.speaker && (sentence.begins_paragraph || before?.speaker !== sentence.speaker);
    row.className = `sentence ${sentence.begins_paragraph ? "begins" : ""} ${heading ? `heading heading-${sentence.kind}` : ""}`;
    row.dataset.number = sentence.number;
    fill(
      row,
      playButton(sentence),
      h(
        "div",
        { class: "sentence-text", role: heading && "heading", "aria-level": heading && (sentence.kind === "title" ? 2 : 3) },
        heading && label("kind", t(sentence.kind === "title" ? "kindTitle" : "kindHeading")),
        speaker && label("speaker", sentence.speaker),
        sentence.tokens.map(drawToken),
        sentence.unreadable?.length > 0 && h("span", { class: "flag flag-bad" }, icon("alert"), t("unreadable", { what: sentence.unreadable.join(" ") })),
      ),
      h("div", { class: "sentence-meta" }, adjustments(sentence), length(sentence)),
    );
  }

  select(number, focus = true) {
    const { sentences } = this.project.state;
    if (!sentences.some((sentence) => sentence.number === number)) number = sentences.at(-1)?.number ?? null;
    this.mark(this.row(this.selected), false);
    this.selected = number;
    const row = this.row(number);
    this.mark(row, true);
    if (focus && row) row.focus({ preventScroll: true });
    if (focus && row) row.scrollIntoView({ block: "nearest" });
  }

  mark(row, chosen) {
    if (!row) return;
    row.tabIndex = chosen ? 0 : -1;
    row.classList.toggle("selected", chosen);
    if (chosen) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    for (const button of row.querySelectorAll("button")) button.tabIndex = chosen ? 0 : -1;
  }

  row(number) {
    const index = this.project.state.sentences.findIndex((sentence) => sentence.number === number);
    return this.list.children[index] ?? null;
  }

  click(event) {
    const row = event.target.closest(".sentence");
    if (!row) return;
    const number = Number(row.dataset.number);
    this.select(number, !event.target.closest("button"));
    if (event.target.closest(".play")) {
      this.onselect(number, null, false);
      return void this.player.toggleSentence(number);
    }
    const word = event.target.closest(".word");
    this.onselect(number, word ? Number(word.dataset.index) : null, true);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { sentences } = this.project.state;
    const index = sentences.findIndex((sentence) => sentence.number === this.selected);
    const jump = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: sentences.length - 1 }[event.key];
    const row = event.target.classList.contains("sentence");
    if (jump !== undefined) {
      const next = sentences[Math.max(0, Math.min(sentences.length - 1, jump))];
      this.select(next.number);
      this.onselect(next.number, null, false);
    } else if (event.key === "Enter" && row) this.onselect(this.selected, null, true);
    else if (event.key === " " && row) this.player.toggleSentence(this.selected);
    else return;
    event.preventDefault();
  }

  showPlaying() {
    const before = this.playing;
    this.playing = this.player.number;
    for (const number of new Set([before, this.playing])) this.showRow(this.row(number));
    if (this.playing !== before && ["speech", "whole"].includes(this.player.key)) this.follow();
  }

  follow() {
    this.row(this.playing)?.scrollIntoView({ block: "nearest" });
  }

  showRow(row) {
    if (!row) return;
    const number = Number(row.dataset.number);
    row.classList.toggle("playing", this.player.number === number && this.player.status !== "idle");
    showStatus(row.querySelector(".play"), this.player, this.player.number === number ? this.player.key : `sentence:${number}:current`);
  }
}

// A label before a sentence; the colon is heard and not seen.
function label(kind, text) {
  return h("span", { class: kind }, text, h("span", { class: "visually-hidden" }, t("colon")));
}

function playButton(sentence) {
  const name = t(sentence.state === "recorded" ? "playRecorded" : "playSentence", { n: sentence.number });
  return h("button", { type: "button", class: "play icon-button", "aria-label": name, tabindex: -1, "data-state": sentence.state }, icon("play"), icon("stop"), icon("loading"));
}

function drawToken(token, index) {
  const doubtful = token.doubts?.length > 0;
  const otherwise = isSaidOtherwise(token);
  if (isSilent(token)) return h("span", { class: "silent" }, token.shown);
  if (!isWord(token) || (!doubtful && !otherwise)) return token.shown;
  return h(
    "button",
    { type: "button", class: `word ${doubtful ? "doubt" : "figure"}`, "data-index": index, tabindex: -1, "aria-label": describe(token, doubtful) },
    token.shown,
    otherwise && h("span", { class: "said" }, token.spoken),
    doubtful && isChinese(token) && h("span", { class: "said" }, spell(token.pinyin)),
  );
}

function describe(token, doubtful) {
  if (!doubtful) return t("saidAs", { shown: token.shown, spoken: token.spoken });
  return t("doubtAs", { shown: token.shown, pinyin: spell(token.pinyin) });
}

function adjustments(sentence) {
  const marks = [];
  if (sentence.voice) marks.push(sentence.voice);
  if (sentence.rate) marks.push(`${sentence.rate > 0 ? "+" : "−"}${Math.abs(sentence.rate)}%`);
  if (sentence.pause_after !== null && sentence.pause_after !== undefined) marks.push(t("pauseMark", { s: sentence.pause_after }));
  return marks.map((mark) => h("span", { class: "flag" }, mark));
}

function length(sentence) {
  if (sentence.seconds === null || sentence.seconds === undefined) return null;
  const text = shortSeconds(sentence.seconds);
  const waiting = sentence.state !== "recorded";
  return h("span", { class: waiting ? "length estimate" : "length", title: waiting ? t("estimated") : t("isRecorded") }, waiting ? `≈ ${text}` : text);
}

/** Return the row of a text that has no sentence. */
export function emptyScript() {
  return fill(h("p", { class: "empty" }), t("noSentences"));
}
