// The doubtful readings, most doubtful first; one click settles one.

import { h, icon, refill } from "./dom.js";
import { t } from "./i18n.js";
import { withMark } from "./pinyin.js";
import { settleReading } from "./readings.js";

/** Draws the questions; `onopen(sentence, token index)` opens one. */
export class QuestionsView {
  constructor(project, player, onopen) {
    Object.assign(this, { project, player, onopen });
    this.element = h("div", { class: "questions" });
    this.signature = "";
  }

  update() {
    const questions = this.findQuestions();
    const signature = JSON.stringify(questions.map(({ sentence, index, doubt }) => [sentence.number, sentence.text, index, doubt]));
    if (signature === this.signature) return;
    this.signature = signature;
    const remarks = this.project.state.remarks ?? [];
    refill(
      this.element,
      questions.length > 0 && h("p", { class: "hint" }, t("questionsHint")),
      h("ol", { class: "cards" }, questions.map((question) => this.makeCard(question))),
      questions.length === 0 && h("p", { class: "empty", tabindex: -1, "data-focus-default": true }, icon("check"), t("noQuestions")),
      remarks.length > 0 && h("h3", {}, t("remarks")),
      remarks.length > 0 && h("ul", { class: "remarks" }, remarks.map((remark) => h("li", {}, h("span", { class: "muted" }, t("row", { n: remark.row })), " ", remark.text))),
    );
  }

  findQuestions() {
    const questions = this.project.state.sentences.flatMap((sentence) =>
      sentence.tokens.flatMap((token, index) => (token.doubts ?? []).map((doubt) => ({ sentence, token, index, doubt }))),
    );
    return questions.sort((a, b) => a.doubt.confidence - b.doubt.confidence);
  }

  makeCard({ sentence, token, index, doubt }, position) {
    const current = token.pinyin[doubt.index];
    const candidates = [current, ...doubt.candidates.filter((candidate) => candidate !== current)];
    const key = `${sentence.number}:${index}:${doubt.index}`;
    return h(
      "li",
      { class: "card question" },
      h(
        "button",
        { type: "button", class: "context", onclick: () => this.onopen(sentence.number, index) },
        contextOf(sentence, index, token, doubt),
      ),
      h(
        "div",
        { class: "choices", role: "group", "aria-label": t("readingOf", { word: doubt.character }) },
        h("button", { type: "button", class: "play icon-button", "aria-label": t("playSentence", { n: sentence.number }), onclick: () => this.player.toggleSentence(sentence.number) }, icon("play")),
        candidates.map((candidate) =>
          h(
            "button",
            {
              type: "button",
              class: "choice",
              "aria-pressed": String(candidate === current),
              "data-focus": `${key}:${candidate}`,
              "data-focus-default": position === 0 && candidate === current,
              onclick: () => settleReading(this.project, sentence, index, doubt.index, candidate),
            },
            withMark(candidate),
          ),
        ),
      ),
    );
  }
}

const AROUND = 12; // characters shown on each side of a doubtful word

function contextOf(sentence, index, token, doubt) {
  const before = sentence.tokens.slice(0, index).map((each) => each.shown).join("");
  const after = sentence.tokens.slice(index + 1).map((each) => each.shown).join("");
  const [left, right] = [[...before], [...after]];
  const characters = [...token.shown];
  const same = token.shown.length === token.spoken.length;
  return [
    left.length > AROUND ? "…" : "",
    left.slice(-AROUND).join(""),
    h("mark", {}, same ? characters.map((character, i) => (i === doubt.index ? h("b", {}, character) : character)) : token.shown),
    right.slice(0, AROUND).join(""),
    right.length > AROUND ? "…" : "",
  ];
}
