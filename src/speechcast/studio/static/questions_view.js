// The doubtful readings, most doubtful first; one click settles one.

import { h, icon, refill } from "./dom.js";
import { t } from "./i18n.js";
import { withMark } from "./pinyin.js";
import { settleQuestion } from "./readings.js";

/** Draws the questions; `onopen(sentence, token index)` opens one. */
export class QuestionsView {
  constructor(project, player, onopen) {
    Object.assign(this, { project, player, onopen });
    this.element = h("div", { class: "questions" });
    this.signature = "";
  }

  update() {
    const { questions, remarks } = this.project.state;
    const signature = JSON.stringify([questions, remarks]);
    if (signature === this.signature) return;
    this.signature = signature;
    refill(
      this.element,
      questions.length > 0 && h("p", { class: "hint" }, t("questionsHint")),
      h("ol", { class: "cards" }, questions.map((question, index) => this.makeCard(question, index))),
      questions.length === 0 && h("p", { class: "empty", tabindex: -1, "data-focus-default": true }, icon("check"), t("noQuestions")),
      remarks.length > 0 && h("h3", {}, t("remarks")),
      remarks.length > 0 && h("ul", { class: "remarks" }, remarks.map((remark) => h("li", {}, h("span", { class: "muted" }, t("row", { n: remark.row })), " ", remark.text))),
    );
  }

  makeCard(question, index) {
    const sentence = this.project.state.sentences[question.sentence - 1];
    return h(
      "li",
      { class: "card question" },
      h("button", { type: "button", class: "context", onclick: () => this.onopen(question.sentence, findToken(sentence, question)) }, contextOf(sentence, question)),
      h(
        "div",
        { class: "choices", role: "group", "aria-label": t("readingOf", { word: question.character }) },
        h("button", { type: "button", class: "play icon-button", "aria-label": t("playSentence", { n: question.sentence }), onclick: () => this.player.toggleSentence(question.sentence) }, icon("play")),
        question.candidates.map((candidate, position) => this.makeChoice(question, candidate, position, index)),
      ),
    );
  }

  makeChoice(question, candidate, position, index) {
    const first = position === 0;
    return h(
      "button",
      {
        type: "button",
        class: "choice",
        "aria-pressed": String(first),
        "data-focus": `${question.sentence}:${question.word}:${candidate.pinyin}`,
        "data-focus-default": index === 0 && first,
        onclick: () => settleQuestion(this.project, question, candidate),
      },
      withMark(candidate.pinyin),
    );
  }
}

const AROUND = 12; // characters shown on each side of a doubtful word

function findToken(sentence, question) {
  const index = sentence.tokens.findIndex((token) => token.doubts.some((doubt) => doubt.character === question.character && question.word.includes(token.shown)));
  return index < 0 ? null : index;
}

function contextOf(sentence, question) {
  const index = findToken(sentence, question);
  if (index === null) return [h("mark", {}, question.word)];
  const token = sentence.tokens[index];
  const left = [...sentence.tokens.slice(0, index).map((each) => each.shown).join("")];
  const right = [...sentence.tokens.slice(index + 1).map((each) => each.shown).join("")];
  const doubt = token.doubts.find((each) => each.character === question.character);
  const same = token.shown.length === token.spoken.length;
  return [
    left.length > AROUND ? "…" : "",
    left.slice(-AROUND).join(""),
    h("mark", {}, same ? [...token.shown].map((character, i) => (i === doubt.index ? h("b", {}, character) : character)) : token.shown),
    right.slice(0, AROUND).join(""),
    right.length > AROUND ? "…" : "",
  ];
}
