// The first page: a new speech, and those begun before.

import { call } from "./api.js";
import { confirmAction } from "./dialogs.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { clock, moment, t } from "./i18n.js";
import { explain, reportError } from "./messages.js";
import { pageTools } from "./page_tools.js";

let draft = ""; // what was typed, while the page is drawn again in the other language

/** Draw the first page into `root`. */
export async function showHome(root, options) {
  document.title = t("appTitle");
  const projects = h("section", { class: "projects", "aria-labelledby": "projects-title", "aria-busy": "true" });
  fill(
    root,
    h("div", { class: "home" }, h("header", { class: "home-head" }, h("span", { class: "brand" }, "speechcast"), h("span", { class: "spring" }), pageTools()), h("main", {}, h("h1", { tabindex: -1 }, t("homeTitle")), h("p", { class: "lead" }, t("homeLead")), makeForm(options), projects)),
  );
  await listProjects(projects);
}

function makeForm(options) {
  const text = h("textarea", { id: "new-text", name: "text", rows: 9, placeholder: t("pasteHere"), value: draft, oninput: () => (draft = text.value), onkeydown: submitOnEnter });
  const file = h("input", { type: "file", class: "visually-hidden", id: "new-file", accept: options.documents.join(","), onchange: () => file.files[0] && upload(file.files[0]) });
  const start = h("button", { class: "button button-primary" }, t("start"));
  const waiting = h("p", { class: "waiting", role: "status" });
  const form = h(
    "form",
    { class: "new-speech", onsubmit: submit, ondragover: (event) => drag(event, true), ondragleave: (event) => drag(event, false), ondrop: drop },
    h("label", { class: "visually-hidden", for: "new-text" }, t("pasteHere")),
    text,
    h("div", { class: "row" }, h("label", { class: "button file-button", for: "new-file" }, icon("file"), t("openFile")), file, h("span", { class: "hint spring" }, t("dropHint")), start),
    waiting,
  );

  async function create(body) {
    const focused = form.contains(document.activeElement) ? document.activeElement : null;
    form.inert = true; // which takes the focus away
    form.setAttribute("aria-busy", "true");
    fill(waiting, icon("loading"), t("loading")); // a long text takes a while
    try {
      const { id } = await call("POST", "/projects", body);
      draft = "";
      location.hash = `#/projects/${encodeURIComponent(id)}`;
    } catch (error) {
      reportError(error);
    } finally {
      form.inert = false;
      form.removeAttribute("aria-busy");
      fill(waiting);
      file.value = "";
      focused?.focus();
    }
  }

  function submit(event) {
    event.preventDefault();
    if (!text.value.trim()) return text.focus();
    return create({ text: text.value });
  }

  function upload(picked) {
    const body = new FormData();
    body.append("file", picked);
    return create(body);
  }

  function drag(event, over) {
    event.preventDefault();
    form.classList.toggle("dragged", over);
  }

  function drop(event) {
    drag(event, false);
    const [picked] = event.dataTransfer.files;
    if (picked) upload(picked);
    else if (event.dataTransfer.getData("text")) draft = text.value = event.dataTransfer.getData("text");
  }

  return form;
}

function submitOnEnter(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
}

async function listProjects(section) {
  const title = h("h2", { id: "projects-title" }, t("projects"));
  fill(section, title, h("p", { class: "empty" }, t("loading")));
  try {
    const projects = await call("GET", "/projects");
    const remove = async (project) => {
      if (!(await confirmAction(t("deleteTitle"), t("deleteText", { name: project.title || project.name }), t("delete")))) return;
      await call("DELETE", `/projects/${encodeURIComponent(project.id)}`).catch(reportError);
      await listProjects(section);
    };
    fill(section, title, projects.length === 0 ? h("p", { class: "empty" }, t("noProjects")) : h("ul", { class: "project-list" }, projects.map((project) => projectRow(project, remove))));
  } catch (error) {
    fill(section, title, h("p", { class: "empty bad", role: "alert" }, explain(error)), h("button", { type: "button", class: "button", onclick: () => listProjects(section) }, t("tryAgain")));
  } finally {
    section.removeAttribute("aria-busy");
  }
}

function projectRow(project, remove) {
  const name = project.title || project.name;
  return h(
    "li",
    { class: "project" },
    h("a", { href: `#/projects/${encodeURIComponent(project.id)}` }, h("strong", {}, name), h("span", { class: "muted" }, describe(project)), project.error && h("span", { class: "bad" }, icon("alert"), project.error)),
    iconButton("trash", t("deleteNamed", { name }), () => remove(project)),
  );
}

/** Return the length of a project, its voice, and when it was changed. */
function describe({ seconds, estimated, voice, changed }) {
  const length = seconds ? `${estimated ? "≈ " : ""}${clock(seconds)}` : "";
  return [length, voice, changed ? moment(changed) : ""].filter(Boolean).join(" · ");
}
