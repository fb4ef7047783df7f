// What is heard: one sound at a time, of a sentence, a sample, or the whole speech.

import { Unreachable } from "./api.js";
import { reportError } from "./messages.js";

const LONGEST_GAP = 5; // seconds of silence waited between sentences not yet joined

/** Plays; dispatches "change" when what it plays changes, "time" while it plays. */
export class Player extends EventTarget {
  constructor(project) {
    super();
    this.project = project;
    this.audio = new Audio();
    this.key = null; // such as "sentence:3:current"
    this.status = "idle"; // idle, loading, playing, paused
    this.number = null; // the sentence that is heard
    this.run = 0; // counts what was started, so that a late answer is not played
    this.audio.addEventListener("timeupdate", () => this.tick());
    this.audio.addEventListener("ended", () => this.ended());
    this.audio.addEventListener("error", () => this.failed());
  }

  set(status, key = this.key, number = this.number) {
    Object.assign(this, { status, key, number });
    this.dispatchEvent(new Event("change"));
  }

  /** Play a sound, or stop it if it is the one that plays. */
  async toggle(key, load, number = null) {
    if (this.key === key && this.status !== "idle") return this.stop();
    this.stop();
    await this.play(key, load, number);
  }

  async play(key, load, number) {
    const run = ++this.run;
    this.set("loading", key, number);
    try {
      const sound = await load();
      if (run !== this.run) return;
      if (!sound) return this.stop();
      this.release();
      this.url = URL.createObjectURL(sound);
      this.audio.src = this.url;
      await this.audio.play();
      if (run === this.run) this.set("playing");
    } catch (error) {
      if (run !== this.run || error.name === "AbortError") return;
      this.stop();
      reportError(error instanceof Unreachable ? error : error);
    }
  }

  toggleSentence(number, take = "current") {
    return this.toggle(`sentence:${number}:${take}`, () => this.project.sentenceSound(number, take), number);
  }

  /** Play the speech from a sentence on: the whole sound if there is one, else sentence after sentence. */
  playFrom(number) {
    this.stop();
    if (this.project.complete) return this.playWhole(this.sentence(number)?.start ?? 0);
    return this.play("speech", () => this.project.sentenceSound(number), number);
  }

  async playWhole(seconds) {
    const run = ++this.run;
    const { path, state } = this.project;
    this.release();
    this.set("loading", "whole", this.findSentence(seconds));
    this.audio.src = `/api${path}/sound?version=${state.version}#t=${seconds.toFixed(3)}`;
    try {
      this.audio.currentTime = seconds;
      await this.audio.play();
      if (run === this.run) this.set("playing");
    } catch (error) {
      if (run === this.run && error.name !== "AbortError") this.failed();
    }
  }

  /** Pause or go on; from the beginning if nothing was heard yet. */
  toggleSpeech(number) {
    if (this.status === "paused") return this.audio.play().then(() => this.set("playing"));
    if (this.status !== "idle" && ["speech", "whole"].includes(this.key)) {
      this.audio.pause();
      return this.set("paused");
    }
    return this.playFrom(number);
  }

  seek(seconds) {
    if (this.key === "whole") {
      this.audio.currentTime = seconds;
      return this.tick();
    }
    return this.project.complete ? (this.stop(), this.playWhole(seconds)) : this.playFrom(this.findSentence(seconds));
  }

  stop() {
    this.run += 1;
    clearTimeout(this.gap);
    this.audio.pause();
    this.release();
    this.set("idle", null, null);
  }

  release() {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = null;
  }

  failed() {
    if (this.status === "idle" || !this.audio.src) return;
    this.stop();
    reportError(new Unreachable());
  }

  ended() {
    const sentence = this.sentence(this.number);
    const next = this.sentence(this.number + 1);
    if (this.key !== "speech" || !next) return this.stop();
    const silence = (next.start ?? 0) - (sentence.start ?? 0) - (sentence.seconds ?? 0);
    const run = this.run;
    this.set("playing", "speech", next.number);
    this.gap = setTimeout(
      () => run === this.run && this.play("speech", () => this.project.sentenceSound(next.number), next.number),
      1000 * Math.min(LONGEST_GAP, Math.max(0, silence)),
    );
  }

  /** The seconds into the speech that are heard; null if it is not the speech. */
  get position() {
    if (this.key === "whole") return this.audio.currentTime;
    return this.key === "speech" ? (this.sentence(this.number)?.start ?? 0) + this.audio.currentTime : null;
  }

  tick() {
    if (this.key === "whole") {
      const number = this.findSentence(this.audio.currentTime);
      if (number !== this.number) this.set(this.status, this.key, number);
    }
    this.dispatchEvent(new Event("time"));
  }

  sentence(number) {
    return this.project.state.sentences.find((sentence) => sentence.number === number);
  }

  findSentence(seconds) {
    const { sentences } = this.project.state;
    const later = sentences.findIndex((sentence) => (sentence.start ?? 0) > seconds + 0.02);
    return (later < 0 ? sentences.at(-1) : sentences[Math.max(0, later - 1)])?.number ?? null;
  }
}

/** Show on a button what the player does with its sound. */
export function showStatus(button, player, key) {
  const status = player.key === key ? player.status : "idle";
  if (button.dataset.status !== status) button.dataset.status = status;
  button.setAttribute("aria-pressed", String(status !== "idle"));
}
