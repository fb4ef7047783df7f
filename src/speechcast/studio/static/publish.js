// The finished files: made, listed, downloaded.

import { call } from "./api.js";
import { openDialog } from "./dialogs.js";
import { fill, h, icon } from "./dom.js";
import { fileSize, t } from "./i18n.js";
import { Heard } from "./progress.js";

/** Make the files, recording what is missing first, and offer them. */
export function publish(project) {
  return openDialog(t("files"), () => {
    const work = new Work();
    queueMicrotask(() => makeFiles(project, work)); // once it is there, so that it is heard
    return [work.element];
  });
}

/** Shows one step of the work after the other, and what came of it. */
class Work {
  constructor() {
    this.text = h("span", {});
    this.progress = h("progress", { "aria-hidden": "true" });
    this.shown = h("div", { class: "publish" }, h("p", { class: "working" }, icon("loading"), this.text), this.progress);
    this.heard = new Heard();
    this.element = h("div", { class: "dialog-text" }, this.shown, this.heard.element);
  }

  /** Show a step, and how far it is; `total` is 0 while that is not known. */
  step(stage, text, done = 0, total = 0) {
    this.text.textContent = text;
    if (total > 0) Object.assign(this.progress, { max: total, value: done });
    else this.progress.removeAttribute("value");
    this.heard.progress(stage, done, total, text);
  }

  end(text, ...shown) {
    fill(this.shown, ...shown);
    this.heard.say(text);
  }
}

async function makeFiles(project, work) {
  const record = () => {
    const [done, total] = [project.recorded, project.state.sentences.length];
    if (project.recording) work.step("recording", t("recordingOf", { done, total }), done, total);
  };
  const write = ({ detail: { done, total } }) => work.step("writing", t("writingPercent", { percent: Math.floor((100 * done) / Math.max(1, total)) }), done, total);
  const incomplete = () => work.end(t("notRecorded"), h("p", {}, t("notRecorded")));
  project.addEventListener("progress", record);
  project.addEventListener("sentence", record);
  try {
    if (!project.complete) {
      work.step("recording", t("recordingFirst"));
      if (!(await project.record())) return incomplete();
    }
    work.step("writing", t("writing"));
    project.addEventListener("writing", write);
    const made = await project.withConsent(() => call("POST", `${project.path}/publish`));
    return made ? work.end(t("filesReady"), ...listFiles(project, made)) : incomplete();
  } catch (error) {
    return work.end("", h("p", { class: "bad", role: "alert" }, icon("alert"), error.message));
  } finally {
    project.removeEventListener("progress", record);
    project.removeEventListener("sentence", record);
    project.removeEventListener("writing", write);
  }
}

function listFiles(project, made) {
  const entry = (file) =>
    h(
      "li",
      {},
      h("a", { class: "file", "aria-label": `${file.name}, ${fileSize(file.size)}`, href: `/api${project.path}/files/${encodeURIComponent(file.name)}`, download: file.name }, icon("download"), h("span", {}, file.name), h("span", { class: "muted" }, fileSize(file.size))),
    );
  return [
    h("p", { class: "good" }, icon("check"), t("filesReady")),
    h("ul", { class: "files" }, made.files.map(entry)),
    made.folder && h("p", { class: "muted" }, t("filesFolder"), " ", h("code", {}, made.folder)),
  ];
}
