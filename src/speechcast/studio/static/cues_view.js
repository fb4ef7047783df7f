// The cues as they will be: on the waveform, in a list, cut and joined by hand.

import { call, ApiError } from "./api.js";
import { debounce, fill, h, icon, refill } from "./dom.js";
import { preciseClock, t } from "./i18n.js";
import { reportError } from "./messages.js";
import { isWord, withOffsets } from "./tokens.js";
import { Waveform } from "./waveform.js";

const SETTLE = 400; // milliseconds after the last change of the state

/** Draws the cues. It asks for the waveform only while it is shown. */
export class CuesView {
  constructor(project, player) {
    Object.assign(this, { project, player });
    this.wave = new Waveform((seconds) => this.pick(seconds));
    this.verdict = h("div", { class: "verdict", role: "status" });
    this.list = h("ol", { class: "cues", "aria-label": t("cues"), onclick: (e) => this.click(e), onkeydown: (e) => this.key(e) });
    this.note = h("p", { class: "empty" });
    this.element = h("div", { class: "cues-view" }, this.verdict, this.wave.element, this.note, this.list);
    this.chosen = null;
    this.shown = false;
    this.version = null;
    this.drawn = [];
    this.fetchSoon = debounce(() => this.fetchWave(), SETTLE);
    player.addEventListener("time", () => this.shown && this.showPosition());
    player.addEventListener("change", () => this.shown && this.showPosition());
  }

  show(shown) {
    this.shown = shown;
    if (shown) this.update();
  }

  update() {
    if (!this.shown) return;
    const { cues, sentences } = this.project.state;
    const complete = this.project.complete && sentences.length > 0;
    this.note.hidden = complete;
    fill(this.note, complete ? "" : t("cuesEstimated"));
    this.wave.element.hidden = !complete;
    while (this.list.children.length > cues.length) this.list.lastChild.remove();
    this.drawn.length = Math.min(this.drawn.length, cues.length);
    cues.forEach((cue, index) => this.draw(cue, index));
    if (complete) this.fetchSoon();
    else fill(this.verdict);
  }

  async fetchWave() {
    const { version, cues } = this.project.state;
    if (version === this.version || !this.shown) return;
    try {
      const wave = await call("GET", `${this.project.path}/waveform`);
      this.version = version;
      this.wave.set(wave, wave.cues ?? cues);
      this.showVerdict(wave.findings ?? []);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) reportError(error);
    }
  }

  showVerdict(findings) {
    if (findings.length === 0) return fill(this.verdict, h("p", { class: "good" }, icon("check"), t("checkGood")));
    const entry = (finding) =>
      h("li", {}, icon("alert"), finding.cue ? h("button", { type: "button", class: "link", onclick: () => this.choose(finding.cue, true) }, t("cueNumber", { n: finding.cue })) : null, " ", finding.text);
    return fill(this.verdict, h("ul", { class: "findings" }, findings.map(entry)));
  }

  draw(cue, index) {
    const { sentences, cuts = [], cues } = this.project.state;
    const sentence = sentences.find((each) => each.number === cue.sentence);
    const next = cues[index + 1];
    const own = cuts.filter((cut) => cut.sentence === cue.sentence);
    const chosen = cue.number === this.chosen;
    const signature = JSON.stringify([cue, chosen, own, next?.sentence, next?.offset, sentence?.text]);
    if (this.drawn[index] === signature) return;
    this.drawn[index] = signature;
    const row = this.list.children[index] ?? this.list.appendChild(h("li", { tabindex: -1 }));
    row.className = `cue ${chosen ? "selected" : ""}`;
    row.dataset.number = cue.number;
    row.tabIndex = chosen || (this.chosen === null && index === 0) ? 0 : -1;
    refill(
      row,
      h("span", { class: "cue-number" }, cue.number),
      h("span", { class: "cue-time" }, `${preciseClock(cue.start)} – ${preciseClock(cue.end)}`),
      chosen && sentence ? this.makeCuts(cue, sentence, own) : h("span", { class: "cue-text" }, cue.text),
      chosen && next?.sentence === cue.sentence && this.makeJoin(cue, next),
    );
  }

  makeCuts(cue, sentence, own) {
    const inside = withOffsets(sentence.tokens).filter(({ offset }) => offset >= cue.offset && offset < cue.end_offset);
    return h(
      "span",
      { class: "cue-text cutting" },
      inside.map(({ token, offset }, index) => [
        index > 0 && isWord(token) && this.makeCut(sentence, offset, token, own.some((cut) => cut.offset === offset && !cut.cut)),
        h("span", {}, token.shown),
      ]),
    );
  }

  makeCut(sentence, offset, token, joined) {
    return h(
      "button",
      { type: "button", class: `cut ${joined ? "by-hand" : ""}`, "aria-label": t("cutBefore", { word: token.shown }), title: t("cutBefore", { word: token.shown }), "data-focus": `cut-${offset}`, onclick: () => this.setCut(sentence.number, offset, true) },
      icon("cut"),
    );
  }

  makeJoin(cue, next) {
    const cut = (this.project.state.cuts ?? []).find((each) => each.sentence === next.sentence && each.offset === next.offset);
    const button = (name, label, value, key) => h("button", { type: "button", class: "button small", "data-focus": key, onclick: () => this.setCut(next.sentence, next.offset, value) }, icon(name), label);
    return h(
      "span",
      { class: "cue-actions" },
      button("join", t("joinNext"), false, "join"),
      cut && button("undo", t("takeBackCut"), null, "uncut"),
    );
  }

  setCut(sentence, offset, cut) {
    return this.project.change("POST", "/cuts", { sentence, offset, cut });
  }

  choose(number, focus) {
    this.chosen = number;
    this.update();
    const cue = this.project.state.cues.find((each) => each.number === number);
    this.wave.choose(cue);
    const row = this.list.querySelector(`[data-number="${number}"]`);
    if (focus) row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }

  pick(seconds) {
    const cue = this.project.state.cues.find((each) => each.start <= seconds && seconds < each.end);
    if (cue) this.choose(cue.number, false);
    this.player.seek(seconds);
  }

  click(event) {
    const row = event.target.closest(".cue");
    if (row && !event.target.closest("button")) this.choose(Number(row.dataset.number), true);
  }

  key(event) {
    if (!event.target.classList.contains("cue") || event.ctrlKey || event.metaKey) return;
    const { cues } = this.project.state;
    const index = cues.findIndex((cue) => cue.number === Number(event.target.dataset.number));
    const jump = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: cues.length - 1 }[event.key];
    if (jump !== undefined) this.choose(cues[Math.max(0, Math.min(cues.length - 1, jump))].number, true);
    else if (event.key === " ") this.player.seek(cues[index].start);
    else if (event.key === "Enter") this.choose(cues[index].number, true);
    else return;
    event.preventDefault();
  }

  showPosition() {
    this.wave.showPosition(this.player.status === "idle" ? null : this.player.position);
  }
}
