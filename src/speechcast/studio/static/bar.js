// The bar at the foot: play, where it is, what is left to record.

import { h, icon, refill } from "./dom.js";
import { clock, t } from "./i18n.js";
import { Heard } from "./progress.js";

/** Draws the bar; `selected()` gives the sentence to begin with. */
export class Bar {
  constructor(project, player, selected) {
    Object.assign(this, { project, player, selected });
    this.play = h(
      "button",
      { type: "button", class: "play-all", onclick: () => player.toggleSpeech(selected() ?? 1) },
      icon("play"), icon("pause"), icon("loading"),
    );
    this.time = h("span", { class: "time" });
    this.seek = h("input", { type: "range", min: 0, step: 0.1, value: 0, "aria-label": t("position"), oninput: (e) => player.seek(Number(e.target.value)) });
    this.progress = h("progress", { max: 1, value: 0, "aria-hidden": "true" });
    this.left = h("span", { class: "left" });
    this.heard = new Heard(); // it stands outside of the bar, which a sheet may hide
    this.recordArea = h("div", { class: "record-area" });
    this.element = h("section", { class: "bar", "aria-label": t("playing") }, this.progress, this.play, this.time, this.seek, this.left, this.recordArea);
    player.addEventListener("change", () => this.showPlaying());
    player.addEventListener("time", () => this.showTime());
    this.showPlaying();
  }

  update() {
    this.seek.max = String(Math.max(0.1, this.project.state.seconds ?? 0));
    this.seek.disabled = this.play.disabled = this.project.state.sentences.length === 0;
    this.showTime();
    this.showRecording();
  }

  showPlaying() {
    const speech = ["speech", "whole"].includes(this.player.key);
    const status = speech ? this.player.status : "idle";
    this.play.dataset.status = status;
    const label = status === "playing" ? t("pause") : t("playSpeech");
    this.play.setAttribute("aria-label", label);
    this.play.title = label;
    this.showTime();
  }

  showTime() {
    const state = this.project.state;
    if (!state) return;
    const seconds = this.player.position ?? 0;
    this.seek.value = String(seconds);
    this.seek.setAttribute("aria-valuetext", clock(seconds));
    this.time.textContent = `${clock(seconds)} / ${this.project.complete ? "" : "≈ "}${clock(state.seconds ?? 0)}`;
  }

  showRecording() {
    const { recording, state } = this.project;
    const [done, total] = [this.project.recorded, state.sentences.length];
    this.progress.max = Math.max(1, total);
    this.progress.value = done;
    this.progress.classList.toggle("running", Boolean(recording));
    const left = recording?.left_seconds;
    this.left.textContent = recording ? [t("recordedOf", { done, total }), left > 0 ? t("leftSeconds", { time: clock(left) }) : ""].filter(Boolean).join(" · ") : "";
    this.announce(Boolean(recording), done, total);
    const signature = recording ? `recording ${Boolean(this.project.stopping)}` : `${done}/${total}`;
    if (signature === this.signature) return; // a button stays under the finger that presses it
    this.signature = signature;
    refill(this.recordArea, recording ? this.makeCancel() : this.makeRecord(done, total));
  }

  /** Say to screen readers how far the recording is, and when it is done. */
  announce(recording, done, total) {
    if (recording) this.heard.progress("recording", done, total, this.left.textContent);
    else if (this.wasRecording) {
      const read = this.recordArea.contains(document.activeElement); // what takes the focus is read
      this.heard.say(done >= total && !read ? t("allRecorded") : "");
    }
    this.wasRecording = recording;
  }

  makeCancel() {
    const { stopping } = this.project;
    return h("button", { type: "button", class: "button", "data-focus": "record", "aria-disabled": stopping && "true", onclick: () => this.project.stopping || this.project.cancel() }, icon(stopping ? "loading" : "stop"), t(stopping ? "stoppingRecording" : "cancelRecording"));
  }

  makeRecord(done, total) {
    if (total > 0 && done >= total) return h("span", { class: "good", tabindex: -1, "data-focus": "record" }, icon("check"), t("allRecorded"));
    const label = done > 0 ? t("recordRest", { n: total - done }) : t("recordAll");
    return h("button", { type: "button", class: "button", disabled: total === 0, "data-focus": "record", onclick: () => this.project.record() }, label);
  }
}
