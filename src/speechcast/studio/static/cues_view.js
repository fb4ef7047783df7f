// The cues as they will be: on the waveform, in a list, cut and joined by hand.

import { call, ApiError } from "./api.js";
import { debounce, fill, h, icon, refill } from "./dom.js";
import { preciseClock, t, translateName } from "./i18n.js";
import { reportError } from "./messages.js";
import { HEARD } from "./tokens.js";
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
    this.cues = [];
    this.version = null; // of the state whose cues are shown
    this.failed = false; // whether they could not be had
    this.waveVersion = null;
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
    const { version, sentences } = this.project.state;
    const complete = this.project.complete && sentences.length > 0;
    this.wave.element.hidden = !complete;
    if (!complete) this.forget();
    else if (version !== this.version) this.fetchCues(version);
    this.drawAll();
    if (complete) this.fetchSoon();
    else fill(this.verdict);
  }

  /** Have no cues; those that are on their way are not shown. */
  forget() {
    [this.cues, this.version, this.waveVersion, this.failed] = [[], null, null, false];
    this.list.removeAttribute("aria-busy");
  }

  async fetchCues(version) {
    this.version = version;
    this.failed = false;
    this.list.setAttribute("aria-busy", "true"); // those of a long speech take seconds
    try {
      const { cues } = await call("GET", `${this.project.path}/cues`);
      if (this.version !== version) return; // a later one is on its way, or there are none
      this.cues = cues;
      this.list.removeAttribute("aria-busy");
      this.drawAll();
      this.fetchSoon();
    } catch (error) {
      if (this.version !== version) return; // the later one says what is wrong
      this.forget();
      this.failed = true;
      this.drawAll();
      reportError(error);
    }
  }

  drawAll() {
    const { cues } = this;
    this.note.hidden = cues.length > 0;
    fill(this.note, cues.length > 0 ? "" : this.describeNone());
    while (this.list.children.length > cues.length) this.list.lastChild.remove();
    this.drawn.length = Math.min(this.drawn.length, cues.length);
    cues.forEach((cue, index) => this.draw(cue, index));
  }

  /** Return what stands in place of the cues. */
  describeNone() {
    if (this.failed) return h("button", { type: "button", class: "button", onclick: () => this.update() }, t("tryAgain"));
    return this.version === null ? t("cuesEstimated") : [icon("loading"), t("cuesLoading")];
  }

  async fetchWave() {
    const { version, cues } = this;
    if (version === this.waveVersion || cues.length === 0 || !this.shown) return;
    try {
      const wave = await call("GET", `${this.project.path}/waveform`);
      if (cues !== this.cues) return this.fetchSoon();
      this.waveVersion = version;
      this.wave.set(wave, cues);
      this.showVerdict(wave.findings);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) reportError(error);
    }
  }

  showVerdict(findings) {
    const faults = findings.filter((finding) => !finding.note);
    const entry = (finding) =>
      h(
        "li",
        { class: finding.note ? "muted" : "" },
        icon(finding.note ? "question" : "alert"),
        finding.cue ? h("button", { type: "button", class: "link", onclick: () => this.choose(finding.cue, true) }, t("cueNumber", { n: finding.cue })) : null,
        h("span", {}, `${translateName("finding", finding.kind)} · ${finding.message}`),
      );
    fill(
      this.verdict,
      faults.length === 0 && h("p", { class: "good" }, icon("check"), t("checkGood")),
      findings.length > 0 && h("ul", { class: "findings" }, findings.map(entry)),
    );
  }

  draw(cue, index) {
    const { cues } = this;
    const { sentences } = this.project.state;
    const chosen = cue.number === this.chosen;
    const hand = cue.tokens.map((token) => findCut(sentences, token));
    const signature = JSON.stringify([cue, chosen, hand, index < cues.length - 1]);
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
      chosen ? this.makeCuts(cue, hand) : h("span", { class: "cue-text" }, cue.text),
      this.makeActions(cue, hand, chosen && index < cues.length - 1),
    );
  }

  makeCuts(cue, hand) {
    const last = cue.tokens.length - 1;
    return h(
      "span",
      { class: "cue-text cutting" },
      cue.tokens.map((token, index) => {
        const next = cue.tokens[index + 1];
        return [h("span", {}, token.text), index < last && HEARD.test(next.text) && this.makeCut(token, next, hand[index] === false)];
      }),
    );
  }

  makeCut(token, next, joined) {
    const label = t("cutBefore", { word: next.text });
    return h(
      "button",
      { type: "button", class: `cut ${joined ? "by-hand" : ""}`, "aria-label": label, title: label, "data-focus": `cut-${token.sentence}-${token.offset}`, onclick: () => this.setCut(token, true) },
      icon("cut"),
    );
  }

  makeActions(cue, hand, chosen) {
    const token = cue.tokens.at(-1);
    const byHand = hand.findIndex((cut) => cut !== undefined);
    const button = (name, label, key, action) => h("button", { type: "button", class: "button small", "data-focus": key, onclick: action }, icon(name), label);
    return h(
      "span",
      { class: "cue-actions" },
      byHand >= 0 && !chosen && h("span", { class: "flag" }, t("byHand")),
      chosen && button("join", t("joinNext"), "join", () => this.setCut(token, false)),
      chosen && byHand >= 0 && button("undo", t("takeBackCut"), "uncut", () => this.setCut(cue.tokens[byHand], null)),
    );
  }

  /** Cut after a token (true), do not (false), or leave it to the program (null). */
  setCut({ sentence, offset }, cut) {
    return this.project.change("POST", "/cuts", { sentence, offset, cut });
  }

  choose(number, focus) {
    this.chosen = number;
    this.update();
    const cue = this.cues.find((each) => each.number === number);
    this.wave.choose(cue);
    const row = this.list.querySelector(`[data-number="${number}"]`);
    if (focus) row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }

  pick(seconds) {
    const cue = this.cues.find((each) => each.start <= seconds && seconds < each.end);
    if (cue) this.choose(cue.number, false);
    this.player.seek(seconds);
  }

  click(event) {
    const row = event.target.closest(".cue");
    if (row && !event.target.closest("button")) this.choose(Number(row.dataset.number), true);
  }

  key(event) {
    if (!event.target.classList.contains("cue") || event.ctrlKey || event.metaKey) return;
    const { cues } = this;
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

/** Return what is set by hand after a token: true, false, or undefined. */
function findCut(sentences, { sentence, offset }) {
  return sentences[sentence - 1]?.cuts.find((cut) => cut.offset === offset)?.cut;
}
