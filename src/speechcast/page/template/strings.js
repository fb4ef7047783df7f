"use strict";
// Everything the page says, in both languages; {…} is filled in.
const STRINGS = {
  zh: {
    switchTo: "English", skip: "跳到正文", contents: "章节", search: "搜索（/）",
    theme: "切换深色或浅色", help: "使用帮助", searchFor: "在讲话里搜索", previous: "上一处",
    next: "下一处", close: "关闭", none: "没有找到", count: "{n} / {all}",
    follow: "回到正在播放的地方", player: "播放器", position: "播放位置", back: "后退 5 秒",
    forward: "前进 5 秒", play: "播放", pause: "暂停", speed: "语速", times: "{n} 倍",
    from: "{time}，从这里听", of: "{now}，共 {length}", loading: "正在载入声音……",
    resumed: "上次听到 {time}。", restart: "从头听",
    broken: "声音放不出来：这个文件可能不完整，或者浏览器不支持这种格式。文字照样可以阅读。",
    missing: "找不到声音文件 {file}。请把它和这个网页放在同一个位置。文字照样可以阅读。",
    unlit: "这个浏览器太旧，文字不能随声音亮起；照样可以收听和阅读。",
    helpClick: "点一下文字，就从那里开始听。网页会记住您听到哪里；什么都不会发送出去。",
    cueNote: "这个网页按字幕一条一条地亮，因为制作它的字幕没有每个词的时间。",
    shortcuts: "使用上面这些按键",
    keys: [["空格", "播放或暂停"], ["← →", "后退、前进 5 秒"], ["↑ ↓", "上一句、下一句字幕"],
      ["[ ]", "慢一点、快一点"], ["Home", "从头听"], ["/", "搜索"], ["F", "回到正在播放的地方"],
      ["?", "使用帮助"]],
  },
  en: {
    switchTo: "中文", skip: "Skip to the text", contents: "Chapters", search: "Search (/)",
    theme: "Dark or light", help: "Help", searchFor: "Search the speech", previous: "Previous match",
    next: "Next match", close: "Close", none: "No match", count: "{n} / {all}",
    follow: "Back to what is playing", player: "Player", position: "Position", back: "Back 5 seconds",
    forward: "Forward 5 seconds", play: "Play", pause: "Pause", speed: "Speed", times: "{n}×",
    from: "{time}, listen from here", of: "{now} of {length}", loading: "Loading the sound…",
    resumed: "You stopped at {time}.", restart: "Start over",
    broken: "The sound cannot be played: this file may be incomplete, or the browser does not know "
      + "its format. The text can be read all the same.",
    missing: "The sound file {file} is missing. Keep it where it was, beside this page. The text "
      + "can be read all the same.",
    unlit: "This browser is too old to light the words as they are heard. The sound can be played "
      + "and the text be read all the same.",
    helpClick: "Click a word to hear the speech from there. The page remembers where you stopped; "
      + "nothing is sent anywhere.",
    cueNote: "This page lights one subtitle at a time: those it was made from do not say when each "
      + "word is heard.",
    shortcuts: "Use these keys",
    keys: [["Space", "Play or pause"], ["← →", "Back, forward 5 seconds"],
      ["↑ ↓", "Previous, next subtitle"], ["[ ]", "Slower, faster"], ["Home", "Start over"],
      ["/", "Search"], ["F", "Back to what is playing"], ["?", "Help"]],
  },
};

let language = document.documentElement.lang;

function say(key, values = {}) {
  return STRINGS[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function formatTime(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

const element = (id) => document.getElementById(id);

// Write every text and label of the interface.
function showLanguage() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-text]")) {
    node.textContent = say(node.dataset.text);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", say(node.dataset.label));
    if (node.localName === "button") node.title = say(node.dataset.label);
  }
  for (const node of document.querySelectorAll("[data-placeholder]")) {
    node.placeholder = say(node.dataset.placeholder);
  }
  for (const button of document.querySelectorAll(".at")) {
    button.setAttribute("aria-label", say("from", { time: button.textContent }));
  }
  const other = element("language-button");
  other.textContent = say("switchTo");
  other.lang = language === "zh" ? "en" : "zh";
  element("keys").replaceChildren(...STRINGS[language].keys.flatMap(([keys, meaning]) => {
    const [term, description] = [document.createElement("dt"), document.createElement("dd")];
    for (const key of keys.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      term.append(cap, " ");
    }
    description.textContent = meaning;
    return [term, description];
  }));
}
