// What screen readers say of a piece of work: how far it is, a quarter at a time, and its end.

import { h } from "./dom.js";

const PARTS = 4;
const PAUSE = 2000; // milliseconds without a change

/** A region that is heard and not seen. */
export class Heard {
  constructor() {
    this.element = h("span", { class: "visually-hidden", role: "status" });
    this.part = null;
  }

  /** Say how far a stage of the work is, if it came to another quarter. */
  progress(stage, done, total, text) {
    const part = `${stage} ${Math.floor((PARTS * done) / Math.max(1, total))}`;
    if (part === this.part) return;
    this.element.textContent = text;
    this.part = part;
  }

  /** Say something else, such as the end of the work. */
  say(text) {
    if (this.part === null && this.element.textContent === text) return;
    this.element.textContent = text;
    this.part = null;
  }
}

/** A region in which something is heard once nothing else was said for a while. */
export class HeardAfterPause {
  constructor() {
    this.element = h("span", { class: "visually-hidden", role: "status" });
  }

  say(text) {
    clearTimeout(this.timer);
    this.element.textContent = "";
    if (text) this.timer = setTimeout(() => (this.element.textContent = text), PAUSE);
  }
}
