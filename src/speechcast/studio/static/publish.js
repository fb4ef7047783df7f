// The finished files: made, listed, downloaded.

import { call } from "./api.js";
import { openDialog } from "./dialogs.js";
import { fill, h, icon } from "./dom.js";
import { fileSize, t } from "./i18n.js";

/** Make the files, recording what is missing first, and offer them. */
export function publish(project) {
  return openDialog(t("files"), (close, dialog) => {
    const body = h("div", { class: "dialog-text publish", role: "status" });
    dialog.addEventListener("close", () => (body.closed = true));
    makeFiles(project, body);
    return [body];
  });
}

async function makeFiles(project, body) {
  const step = (text) => fill(body, h("p", { class: "working" }, icon("loading"), text));
  const progress = () => {
    if (project.recording) step(t("recordingOf", { done: project.recorded, total: project.state.sentences.length }));
  };
  const writing = ({ detail }) => step(t("writingPercent", { percent: Math.floor((100 * detail.done) / Math.max(1, detail.total)) }));
  project.addEventListener("progress", progress);
  try {
    if (!project.complete) {
      step(t("recordingFirst"));
      if (!(await project.record())) return fill(body, h("p", {}, t("notRecorded")));
    }
    step(t("writing"));
    project.addEventListener("writing", writing);
    const made = await project.withConsent(() => call("POST", `${project.path}/publish`));
    return fill(body, made ? listFiles(project, made) : h("p", {}, t("notRecorded")));
  } catch (error) {
    return fill(body, h("p", { class: "bad", role: "alert" }, icon("alert"), error.message));
  } finally {
    project.removeEventListener("progress", progress);
    project.removeEventListener("writing", writing);
  }
}

function listFiles(project, made) {
  const entry = (file) =>
    h(
      "li",
      {},
      h("a", { class: "file", href: `/api${project.path}/files/${encodeURIComponent(file.name)}`, download: file.name }, icon("download"), h("span", {}, file.name), h("span", { class: "muted" }, fileSize(file.size))),
    );
  return [
    h("p", { class: "good" }, icon("check"), t("filesReady")),
    h("ul", { class: "files" }, made.files.map(entry)),
    made.folder && h("p", { class: "muted" }, t("filesFolder"), " ", h("code", {}, made.folder)),
  ];
}
