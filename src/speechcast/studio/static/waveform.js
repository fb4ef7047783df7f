// The sound as a drawing, with the cues on it. Only what is in view is drawn.

import { h } from "./dom.js";
import { clock, t } from "./i18n.js";

const PIXELS_A_SECOND = 64;
const HEIGHT = 132;
const RULER = 20; // pixels for the seconds above
const GAP = 1.2; // pixels between two levels
const BAND = 26; // pixels for the cues' texts below
const LEVELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"; // as the server sends them

/** Draws a waveform; `onpick(seconds)` is called where it is clicked. */
export class Waveform {
  constructor(onpick) {
    this.canvas = h("canvas", { class: "wave-canvas", height: HEIGHT });
    this.space = h("div", { class: "wave-space" }, this.canvas);
    this.probe = h("span", { class: "wave-colour", hidden: true });
    this.element = h("div", { class: "wave", tabindex: 0, role: "group", "aria-label": t("waveform") }, this.space, this.probe);
    this.levels = []; // of the sound, from 0 to 1, one for each step
    this.step = 1; // seconds
    this.cues = [];
    this.chosen = null;
    this.position = null;
    this.draw = this.draw.bind(this);
    this.element.addEventListener("scroll", () => this.plan(), { passive: true });
    this.canvas.addEventListener("click", (event) => onpick(this.secondsAt(event)));
    this.observer = new ResizeObserver(() => this.plan());
    this.observer.observe(this.element);
    this.colours = {};
    this.onscheme = () => {
      this.colours = {};
      this.plan();
    };
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", this.onscheme);
    window.addEventListener("themechange", this.onscheme);
  }

  set(data, cues) {
    this.levels = Array.from(data.levels, (character) => LEVELS.indexOf(character) / (LEVELS.length - 1));
    this.step = data.step;
    this.cues = cues;
    this.space.style.width = `${Math.ceil(data.seconds * PIXELS_A_SECOND)}px`;
    this.plan();
  }

  /** Show a cue as the chosen one, and bring it into view. */
  choose(cue) {
    this.chosen = cue?.number ?? null;
    if (cue) this.reveal(cue.start, cue.end);
    this.plan();
  }

  showPosition(seconds) {
    this.position = seconds;
    if (seconds !== null) this.reveal(seconds, seconds);
    this.plan();
  }

  reveal(start, end) {
    const { scrollLeft, clientWidth } = this.element;
    const [left, right] = [start * PIXELS_A_SECOND, end * PIXELS_A_SECOND];
    if (left < scrollLeft || right > scrollLeft + clientWidth) this.element.scrollLeft = left - clientWidth * 0.15;
  }

  secondsAt(event) {
    return (this.element.scrollLeft + event.clientX - this.element.getBoundingClientRect().left) / PIXELS_A_SECOND;
  }

  plan() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.draw);
  }

  draw() {
    const width = this.element.clientWidth;
    if (!width) return;
    const scale = devicePixelRatio;
    if (this.canvas.width !== Math.round(width * scale)) this.canvas.width = Math.round(width * scale);
    if (this.canvas.height !== HEIGHT * scale) this.canvas.height = HEIGHT * scale;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${HEIGHT}px`;
    const context = this.canvas.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, HEIGHT);
    const font = getComputedStyle(this.element).fontFamily;
    const colour = (name) => (this.colours[name] ??= this.readColour(name));
    const view = { context, width, colour, font, from: this.element.scrollLeft / PIXELS_A_SECOND };
    this.drawCues(view);
    this.drawLevels(view);
    this.drawRuler(view);
    this.drawPosition(view);
  }

  /** Return the colour that a variable of the style sheet stands for, in the light or the dark. */
  readColour(name) {
    this.probe.style.color = `var(--${name})`;
    return getComputedStyle(this.probe).color;
  }

  drawLevels({ context, width, colour, from }) {
    const [middle, most] = [RULER + (HEIGHT - RULER - BAND) / 2, (HEIGHT - RULER - BAND) / 2 - 2];
    const pitch = this.step * PIXELS_A_SECOND;
    context.fillStyle = colour("muted");
    let x = -(from % this.step) * PIXELS_A_SECOND;
    for (let i = Math.floor(from / this.step); i < this.levels.length && x < width; i += 1, x += pitch) {
      const half = Math.max(0.5, this.levels[i] * most);
      context.fillRect(x, middle - half, pitch - GAP, 2 * half);
    }
  }

  drawCues({ context, width, colour, font, from }) {
    context.font = `12px ${font}`;
    context.textBaseline = "middle";
    for (const cue of this.cues) {
      const [left, right] = [cue.start, cue.end].map((seconds) => (seconds - from) * PIXELS_A_SECOND);
      if (right < 0 || left > width) continue;
      const chosen = cue.number === this.chosen;
      context.fillStyle = colour(chosen ? "tint" : "raised");
      context.fillRect(left + 1, RULER, right - left - 2, HEIGHT - RULER);
      context.fillStyle = colour(chosen ? "accent" : "line");
      context.fillRect(left + 1, RULER, chosen ? 2 : 1, HEIGHT - RULER);
      context.save();
      context.beginPath();
      context.rect(left + 6, HEIGHT - BAND, right - left - 10, BAND);
      context.clip();
      context.fillStyle = colour("text");
      context.fillText(cue.text.replace(/\n/g, " "), Math.max(left + 7, 4), HEIGHT - BAND / 2);
      context.restore();
    }
  }

  drawRuler({ context, width, colour, font, from }) {
    context.font = `11px ${font}`;
    context.textBaseline = "middle";
    context.fillStyle = colour("muted");
    for (let second = Math.ceil(from); (second - from) * PIXELS_A_SECOND < width; second += 1) {
      const x = (second - from) * PIXELS_A_SECOND;
      context.fillRect(x, RULER - 5, 1, 4);
      if (second % 2 === 0) context.fillText(clock(second), x + 3, RULER / 2 - 1);
    }
  }

  drawPosition({ context, colour, from }) {
    if (this.position === null) return;
    context.fillStyle = colour("accent");
    context.fillRect((this.position - from) * PIXELS_A_SECOND - 1, 0, 2, HEIGHT);
  }
}
