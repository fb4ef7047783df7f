// The page of one project: sentences, cues, and what can be changed.

import { Bar } from "./bar.js";
import { CuesView } from "./cues_view.js";
import { showKeys } from "./dialogs.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { showFailed } from "./failed_page.js";
import { t } from "./i18n.js";
import { reportError } from "./messages.js";
import { pageTools } from "./page_tools.js";
import { Player } from "./player.js";
import { Heard, HeardAfterPause } from "./progress.js";
import { Project } from "./project.js";
import { publish } from "./publish.js";
import { QuestionsView } from "./questions_view.js";
import { ScriptView } from "./script_view.js";
import { SentenceView } from "./sentence_view.js";
import { SettingsView } from "./settings_view.js";
import { makeTabs } from "./tabs.js";
import { editText } from "./text_dialog.js";

const reload = () => location.reload();

/** Draw a project into `root`, unless another page is `current` by then; returns what ends it. */
export async function showEditor(root, id, { voices, options, current }) {
  const project = new Project(id);
  fill(root, h("p", { class: "empty page-wait", role: "status" }, icon("loading"), t("opening")));
  let list;
  try {
    [list] = await Promise.all([voices, project.open()]);
  } catch (error) {
    project.close();
    if (current()) showFailed(root, error, reload);
    return () => {};
  }
  if (!current()) return () => project.close();
  const editor = new Editor(root, project, list, options);
  project.addEventListener("unreadable", ({ detail }) => {
    if (current()) showFailed(root, detail, reload);
  });
  return () => editor.close();
}

class Editor {
  constructor(root, project, voices, options) {
    this.project = project;
    this.player = new Player(project);
    this.script = new ScriptView(project, this.player, voices, (...chosen) => this.select(...chosen));
    this.cues = new CuesView(project, this.player);
    this.questions = new QuestionsView(project, this.player, (number, token) => this.select(number, token, true));
    this.sentence = new SentenceView(project, this.player, voices);
    this.settings = new SettingsView(project, this.player, voices, options);
    this.bar = new Bar(project, this.player, () => this.script.selected);
    this.views = [this.script, this.cues, this.questions, this.sentence, this.settings, this.bar];
    this.makePage(root);
    this.listen();
    this.update();
    this.showFirstPanel();
    this.sentence.open(this.script.selected, null);
  }

  makePage(root) {
    const scriptPanel = h("section", {}, this.script.element);
    const cuesPanel = h("section", {}, this.cues.element);
    this.mainTabs = makeTabs(t("views"), [
      { name: "script", label: t("script"), icon: "text", panel: scriptPanel },
      { name: "cues", label: t("cues"), icon: "captions", panel: cuesPanel },
    ], (name) => this.cues.show(name === "cues"));
    const panels = ["questions", "sentence", "settings"].map((name) => [name, h("section", {}, this[name].element)]);
    const icons = { questions: "question", sentence: "text", settings: "sliders" };
    this.panelTabs = makeTabs(t("panel"), panels.map(([name, panel]) => ({ name, label: t(`panel_${name}`), icon: icons[name], panel })));
    this.panel = h("aside", { class: "panel", "aria-label": t("panel"), onkeydown: (event) => event.key === "Escape" && this.closePanel() },
      h("div", { class: "panel-head" }, this.panelTabs.list, iconButton("close", t("close"), () => this.closePanel(), { class: "icon-button panel-close" })),
      h("div", { class: "panel-body" }, panels.map(([, panel]) => panel)));
    this.panelLabel = h("span", {});
    const tools = h("div", { class: "main-tools" },
      iconButton("edit", t("wholeText"), () => editText(this.project)),
      h("button", { type: "button", class: "icon-button language panel-open", "aria-label": t("panel"), onclick: () => this.openPanel() }, icon("sliders"), this.panelLabel));
    this.offline = h("p", { class: "offline", role: "status", hidden: this.project.online }, t("offline"));
    this.reading = h("p", { class: "reading-ahead", hidden: true });
    this.heardReading = new Heard();
    this.heardSaved = new HeardAfterPause();
    fill(root, h("div", { class: "editor" }, this.makeHead(), h("main", { class: "main" }, h("div", { class: "main-head" }, this.mainTabs.list, tools), this.offline, this.reading, scriptPanel, cuesPanel), this.panel, this.bar.element, ...[this.bar.heard, this.heardReading, this.heardSaved].map((heard) => heard.element)));
  }

  makeHead() {
    this.title = h("h1", { tabindex: -1 });
    this.saved = h("span", { class: "saved" }); // seen at every change, heard after the last
    this.undo = iconButton("undo", t("undo"), () => this.project.change("POST", "/undo"));
    this.redo = iconButton("redo", t("redo"), () => this.project.change("POST", "/redo"));
    return h(
      "header",
      { class: "head" },
      h("a", { class: "icon-button", href: "#/", "aria-label": t("backHome"), title: t("backHome") }, icon("back")),
      h("div", { class: "titles" }, this.title, this.saved),
      this.undo,
      this.redo,
      pageTools(),
      h("button", { type: "button", class: "button button-primary", "aria-label": t("download"), onclick: () => publish(this.project) }, icon("download"), h("span", {}, t("download"))),
    );
  }

  listen() {
    const { project } = this;
    project.addEventListener("change", () => this.update());
    project.addEventListener("progress", () => this.bar.update());
    project.addEventListener("sentence", ({ detail }) => this.updateSentence(detail));
    project.addEventListener("busy", () => this.hearSaved());
    project.addEventListener("reading", () => this.showReading());
    project.addEventListener("online", () => (this.offline.hidden = project.online));
    this.onkey = (event) => this.key(event);
    document.addEventListener("keydown", this.onkey);
  }

  update() {
    const { state } = this.project;
    this.title.textContent = state.title || state.name;
    document.title = `${state.title || state.name} – speechcast`;
    this.undo.disabled = !state.can_undo;
    this.redo.disabled = !state.can_redo;
    for (const view of this.views) this.tryUpdate(view);
    const count = state.questions.length;
    this.panelTabs.setLabel("questions", count > 0 ? t("questionsCount", { n: count }) : t("panel_questions"));
    this.panelLabel.textContent = count > 0 ? t("questionsCount", { n: count }) : "";
    if (this.wasReading && !state.reading && !this.panel.contains(document.activeElement)) this.showFirstPanel();
    this.wasReading = state.reading;
    this.showReading();
    this.showSaved();
  }

  /** Show what is to be done first: doubtful readings, if there are any. */
  showFirstPanel() {
    this.panelTabs.show(this.project.state.questions.length > 0 ? "questions" : "settings");
  }

  /** Say how far a long text is read; what is shown of it until then has no readings yet. */
  showReading() {
    const { reading } = this.project;
    const text = !reading ? "" : reading.total ? t("readingSentences", reading) : t("readingNow");
    this.reading.hidden = !reading;
    fill(this.reading, reading && icon("loading"), text);
    if (reading?.total) this.heardReading.progress("reading", reading.done, reading.total, text);
    else this.heardReading.say(text);
  }

  tryUpdate(view) {
    try {
      view.update();
    } catch (error) {
      reportError(error);
      throw error;
    }
  }

  updateSentence(index) {
    this.script.draw(this.project.state.sentences[index], index);
    this.sentence.update();
    this.bar.update();
  }

  showSaved() {
    const { busy, refused } = this.project;
    this.saved.textContent = t(busy > 0 ? "saving" : refused ? "notSaved" : "savedNow");
  }

  /** Say that the changes are saved once there are no more; what was refused says so itself. */
  hearSaved() {
    const { busy, refused } = this.project;
    this.showSaved();
    this.heardSaved.say(busy > 0 || refused ? "" : t("savedNow"));
  }

  select(number, token, open) {
    if (this.script.selected !== number) this.script.select(number, false);
    this.sentence.open(number, token);
    if (!open) return;
    this.panelTabs.show("sentence");
    this.openPanel();
    const focus = token === null ? "[data-focus-default]" : "[aria-pressed=true][data-focus^=candidate], input[data-focus=pinyin], input[data-focus=spoken]";
    this.sentence.element.querySelector(focus)?.focus({ preventScroll: true });
    if (token !== null) this.sentence.element.querySelector(".reading")?.scrollIntoView({ block: "nearest" });
  }

  openPanel() {
    this.panel.dataset.open = "true";
    const sheet = getComputedStyle(this.panel).position === "fixed"; // it covers the lower rows
    if (sheet) this.script.row(this.script.selected)?.scrollIntoView({ block: "start" });
  }

  closePanel() {
    delete this.panel.dataset.open;
    this.script.select(this.script.selected, true);
  }

  key(event) {
    if (document.querySelector("dialog[open]")) return;
    const typing = event.target.matches("input:not([type=range], [type=checkbox], [type=radio]), textarea, select");
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !typing && (key === "z" || key === "y")) {
      event.preventDefault();
      const redo = key === "y" || event.shiftKey;
      (redo ? this.redo : this.undo).click();
    } else if (event.key === "?" && !typing && !event.ctrlKey && !event.metaKey) showKeys();
  }

  close() {
    this.sentence.saveTyped();
    document.removeEventListener("keydown", this.onkey);
    this.player.stop();
    this.project.close();
  }
}
