// One project as the server has it: its state, its changes, its events.

import { ApiError, call, fetchSound, Unreachable } from "./api.js";
import { confirmSending } from "./dialogs.js";
import { HeldStates } from "./held_states.js";
import { reportError } from "./messages.js";

const RECORDING = "speaking"; // the stage of the work that is shown in sentences
const WRITING = "encoding"; // the stage of writing files that takes its time
const RETRY_EVENTS = 2000; // milliseconds until lost events are asked for again

/** Holds a project's state, sends changes, and dispatches "change", "online", "reading" and more. */
export class Project extends EventTarget {
  constructor(id) {
    super();
    this.id = id;
    this.state = null;
    this.states = new HeldStates(); // what the server sent of it
    this.newest = 0; // the latest version that there is word of
    this.recording = null; // {left_seconds} while it records
    this.stopping = false; // whether the user stopped it, and it has not ended yet
    this.reading = null; // {done, total} while a long text is read
    this.ended = 0; // recordings
    this.asked = 0; // times for the state
    this.online = true;
    this.busy = 0; // changes that are on their way
    this.refused = false; // whether the latest change was
    this.last = Promise.resolve(); // the change before the next one
    this.waiters = [];
  }

  get path() {
    return `/projects/${encodeURIComponent(this.id)}`;
  }

  get recorded() {
    return this.state.sentences.filter((sentence) => sentence.state === "recorded").length;
  }

  get complete() {
    return this.recorded === this.state.sentences.length;
  }

  /** Read the state, and listen to events from then on; a long text is shown before it is read. */
  async open() {
    this.apply(await this.callForState("GET", "?unread"));
    this.listen();
    if (this.state.reading) this.refresh();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.events?.close();
  }

  /** Send a request that is answered with what of the state is new. */
  callForState(method, path, body) {
    return call(method, this.path + path, body, { "Known-State": this.states.latest });
  }

  apply(answer) {
    const state = this.states.take(answer);
    if (!state) return void this.refresh(); // all of it: what it builds on is not held any more
    if (this.state && state.version < this.state.version) return;
    this.state = state;
    this.newest = Math.max(this.newest, state.version);
    this.reading = state.reading ? (this.reading ?? {}) : null;
    if (!state.recording) [this.recording, this.stopping] = [null, false];
    else this.recording ??= { left_seconds: null };
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  listen() {
    this.events = new EventSource(`/api${this.path}/events`);
    const on = (name, action) =>
      this.events.addEventListener(name, (event) => action(JSON.parse(event.data || "{}")));
    this.events.addEventListener("open", () => this.setOnline(true));
    this.events.addEventListener("error", () => this.reconnect());
    on("reading", (reading) => this.setReading(reading));
    on("progress", (progress) => this.setRecording(progress));
    on("writing", (detail) => detail.stage === WRITING && this.dispatchEvent(new CustomEvent("writing", { detail })));
    on("sentence", (sentence) => this.setSentence(sentence));
    on("state", ({ version }) => this.hear(version));
    on("removed", ({ message }) => this.fail(new Error(message)));
    on("done", () => this.finish());
    on("cancelled", () => this.finish());
    on("failed", ({ message }) => this.finish(message || "failed"));
  }

  reconnect() {
    this.events.close();
    this.setOnline(false);
    if (this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.listen(), RETRY_EVENTS);
  }

  setOnline(online) {
    if (online === this.online) return;
    this.online = online;
    if (online) this.refresh();
    this.dispatchEvent(new Event("online"));
  }

  setReading(reading) {
    this.reading = reading;
    this.dispatchEvent(new Event("reading"));
  }

  /** Take the progress of recording; what comes before it, such as loading a model, has none. */
  setRecording(progress) {
    if (progress.stage && progress.stage !== RECORDING) return;
    this.recording = progress;
    this.dispatchEvent(new Event("progress"));
  }

  setSentence({ number }) {
    const index = this.state.sentences.findIndex((sentence) => sentence.number === number);
    if (index < 0) return;
    const sentences = [...this.state.sentences];
    sentences[index] = { ...sentences[index], state: "recorded" };
    this.state = { ...this.state, sentences };
    this.dispatchEvent(new CustomEvent("sentence", { detail: index }));
  }

  async finish(message = "") {
    this.ended += 1;
    this.recording = null;
    this.stopping = false;
    await this.refresh();
    this.dispatchEvent(new Event("progress"));
    this.waiters.splice(0).forEach((resolve) => resolve(message));
  }

  /** Give the project up: it cannot be read, or is no more. */
  fail(error) {
    this.close();
    this.dispatchEvent(new CustomEvent("unreadable", { detail: error }));
  }

  /** Hear that there is another version; a change on its way is answered with its own. */
  hear(version) {
    this.newest = Math.max(this.newest, version);
    if (this.busy === 0 && version !== this.state.version) this.refresh();
  }

  async refresh() {
    this.asked += 1;
    const number = this.asked;
    try {
      const answer = await this.callForState("GET", "");
      if (number === this.asked) this.apply(answer); // an older answer may come later
    } catch (error) {
      if (error instanceof Unreachable) return;
      if (this.state.reading) this.fail(error);
      else reportError(error);
    }
  }

  /** Send a change after the one before it; report what went wrong. True if it was done. */
  change(method, path, body = {}) {
    this.last = this.last.then(() => this.sendChange(method, path, body));
    return this.last;
  }

  async sendChange(method, path, body) {
    this.setBusy(1);
    try {
      this.apply(await this.callForState(method, path, { version: this.state.version, ...body }));
      this.refused = false;
      return true;
    } catch (error) {
      this.refused = true;
      reportError(error);
      if (error instanceof ApiError && error.status === 409) await this.refresh();
      this.changed(); // controls show again what is in force
      return false;
    } finally {
      this.setBusy(-1);
      if (this.busy === 0 && this.newest > this.state.version) this.refresh(); // another page's
    }
  }

  setBusy(step) {
    this.busy += step;
    this.dispatchEvent(new Event("busy"));
  }

  /** Call `send`; where the server asks whether text may leave, ask the user. Null if not. */
  async withConsent(send) {
    await this.last; // what is heard or written is the speech as it was changed
    for (;;) {
      try {
        return await send();
      } catch (error) {
        const transfers = error instanceof ApiError ? error.transfers : [];
        if (transfers.length === 0) throw error;
        if (!(await confirmSending(transfers))) return null;
        await call("POST", `${this.path}/allow`, { allow: transfers.map((transfer) => transfer.allow) });
      }
    }
  }

  /** Return the sound of a sentence, recording it if need be; null if the user says no. */
  async sentenceSound(number, take = "current") {
    const sound = await this.withConsent(() => fetchSound("GET", `${this.path}/sentences/${number}/sound?take=${take}`));
    const waiting = this.state.sentences[number - 1]?.state === "waiting";
    if (sound && waiting && take === "current") this.refresh(); // its length is known now
    return sound;
  }

  /** Return the speech's first sentence in the voice of a preset. */
  sampleSound(voice) {
    return this.withConsent(() => fetchSound("POST", `/voices/${encodeURIComponent(voice)}/sample`, { project: this.id }));
  }

  /** Record what is not recorded yet. Resolves to true when all of it is. */
  async record() {
    const ended = this.ended;
    const finished = new Promise((resolve) => this.waiters.push(resolve));
    try {
      const started = await this.withConsent(() => call("POST", `${this.path}/record`));
      if (!started) return false;
      // A short one may end before the answer to the request is there.
      if (ended === this.ended) this.setRecording(this.recording ?? { left_seconds: null });
    } catch (error) {
      reportError(error);
      return false;
    }
    const message = await finished;
    if (message) reportError(new Error(message));
    return !message && this.complete;
  }

  /** Stop recording; the sentence that is being spoken is ended first, which may take a while. */
  async cancel() {
    this.setStopping(true);
    try {
      await call("POST", `${this.path}/cancel`);
    } catch (error) {
      this.setStopping(false);
      reportError(error);
    }
  }

  setStopping(stopping) {
    this.stopping = stopping;
    this.dispatchEvent(new Event("progress"));
  }
}
