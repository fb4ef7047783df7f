// A row of tabs, as ARIA describes it: arrows move, one tab is in the order of the Tab key.

import { h, icon } from "./dom.js";

/** Return {list, show(name), label(name, text)}; tabs are [{name, label, icon, panel}]. */
export function makeTabs(label, tabs, onshow = () => {}) {
  const buttons = tabs.map((tab) => {
    tab.panel.id = `tab-${tab.name}`;
    setPanel(tab.panel, `for-${tab.name}`);
    return h(
      "button",
      { type: "button", role: "tab", id: `for-${tab.name}`, "aria-controls": tab.panel.id, onclick: () => show(tab.name) },
      icon(tab.icon),
      h("span", {}, tab.label),
    );
  });
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": label, onkeydown: move }, buttons);

  function show(name) {
    tabs.forEach((tab, index) => {
      const chosen = tab.name === name;
      tab.panel.hidden = !chosen;
      buttons[index].setAttribute("aria-selected", String(chosen));
      buttons[index].tabIndex = chosen ? 0 : -1;
    });
    onshow(name);
  }

  function move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = (buttons.indexOf(document.activeElement) + step + tabs.length) % tabs.length;
    buttons[index].focus();
    show(tabs[index].name);
  }

  const setLabel = (name, text) => {
    buttons[tabs.findIndex((tab) => tab.name === name)].querySelector("span").textContent = text;
  };
  show(tabs[0].name);
  return { list, show, setLabel };
}

function setPanel(panel, labelledby) {
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", labelledby);
}
