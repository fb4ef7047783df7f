// Put it all together: clicks in the text, what is remembered, and the loop that follows the sound.
const SAVE_EVERY = 2; // seconds of listening
const preferences = memory.read("preferences");
let savedAt = 0;

function savePreferences() {
  memory.write("preferences", {
    language: preferences.language, theme: preferences.theme, speed: audio.playbackRate,
    shortcuts: element("shortcuts").checked,
  });
}

function savePosition() {
  savedAt = audio.currentTime;
  memory.write(DATA.id, audio.ended ? {} : { time: savedAt });
}

function notify(text, { error = false, button = "", action = null } = {}) {
  element("notice").hidden = !text;
  element("notice").classList.toggle("error", error);
  element("notice-text").textContent = text;
  element("notice-button").hidden = !action;
  element("notice-button").textContent = button;
  element("notice-button").onclick = action;
}

// Show where the sound is. It is called for every frame while it plays, and after every seek.
function show() {
  const now = audio.currentTime * 1000;
  follow(now);
  showPosition(now);
  showTime();
}

function followSound() {
  show();
  if (!audio.paused && !audio.ended) requestAnimationFrame(followSound);
}

let playable = false, lit = false; // whether the sound can be played, and the words be lit

function becomePlayable() {
  if (playable) return;
  playable = true;
  document.documentElement.classList.add("ready");
  for (const id of ["play", "back", "forward", "seek"]) element(id).disabled = false;
  element("seek").max = soundLength();
  audio.playbackRate = audio.defaultPlaybackRate;
  notify(lit ? "" : say("unlit"));
  const { time = 0 } = memory.read(DATA.id);
  if (time > 1 && time < soundLength() - 1) {
    seekTo(time);
    notify(say("resumed", { time: formatTime(time) }), {
      button: say("restart"), action: () => { notify(""); playFrom(0); },
    });
    follow(time * 1000);
    resumeFollowing();
  }
  show();
}

function reportFailure() {
  const file = decodeURIComponent((audio.getAttribute("src") ?? "").split("/").pop());
  const linked = file && !audio.src.startsWith("blob:");
  notify(linked ? say("missing", { file }) : say("broken"), { error: true });
}

function switchTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const shown = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
  showTheme(shown === "dark" ? "light" : "dark");
  savePreferences();
}

function showTheme(theme) {
  preferences.theme = theme;
  if (theme) document.documentElement.dataset.theme = theme;
  drawWaves();
}

function showTexts() {
  showLanguage();
  for (const option of element("speed").options) option.text = say("times", { n: option.value });
  element("now").textContent = "";
  showTime();
  showPlaying();
  if (!element("search-bar").hidden) showMatches();
}

element("speech").addEventListener("click", (event) => {
  const onButton = event.target.closest(".at");
  const passage = passages.indexOf(onButton ? onButton.nextElementSibling : event.target);
  if (passage < 0 || audio.readyState === 0 || !getSelection().isCollapsed) return;
  const first = words.first[passage] < words.first[passage + 1] ? words.first[passage] : -1;
  const word = onButton ? first : wordAt(event.clientX, event.clientY, passage);
  if (word >= 0) playFrom(words.time[word] / 1000);
});

element("language-button").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  preferences.language = language;
  notify("");
  showTexts();
  savePreferences();
});
element("theme-button").addEventListener("click", switchTheme);
element("shortcuts").addEventListener("change", savePreferences);
for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
  matchMedia(query).addEventListener("change", drawWaves);
}
new ResizeObserver(drawWaves).observe(element("strip"));
new ResizeObserver(([{ target }]) => {
  document.documentElement.style.setProperty("--top", `${target.offsetHeight}px`);
}).observe(element("top"));

audio.addEventListener("loadedmetadata", becomePlayable);
audio.addEventListener("error", reportFailure);
audio.addEventListener("seeking", show);
audio.addEventListener("seeked", () => { show(); savePosition(); });
audio.addEventListener("play", () => { notify(""); showPlaying(); requestAnimationFrame(followSound); });
for (const name of ["pause", "ended"]) {
  audio.addEventListener(name, () => { showPlaying(); savePosition(); });
}
audio.addEventListener("timeupdate", () => {
  showTime(); // where no frame is drawn, too: in a tab behind others
  if (Math.abs(audio.currentTime - savedAt) >= SAVE_EVERY) savePosition();
});
addEventListener("pagehide", () => { if (audio.readyState > 0) savePosition(); });

// The keys of a keyboard, of headphones and of a locked telephone.
if ("mediaSession" in navigator) {
  navigator.mediaSession.metadata = new MediaMetadata({ title: DATA.title });
  const actions = { seekbackward: KEYS.ArrowLeft, seekforward: KEYS.ArrowRight,
    seekto: ({ seekTime }) => seekTo(seekTime) };
  for (const [name, action] of Object.entries(actions)) {
    try { navigator.mediaSession.setActionHandler(name, action); } catch { /* an older browser */ }
  }
}

if (STRINGS[preferences.language]) language = preferences.language;
element("shortcuts").checked = preferences.shortcuts !== false;
document.documentElement.classList.toggle("by-cue", !DATA.byWord);
element("cue-note").hidden = DATA.byWord;
history.scrollRestoration = "manual"; // the place in the text is that of the sound
listChapters();
showTheme(preferences.theme);
audio.defaultPlaybackRate = SPEEDS.includes(preferences.speed) ? preferences.speed : 1;
element("speed").value = audio.defaultPlaybackRate;
showTexts();
notify(say("loading"));
// An older browser (before May 2023) cannot unpack the times. The sound stands below this script.
const unpacked = takeTimes().then(() => { lit = true; }, () => {});
addEventListener("DOMContentLoaded", async () => {
  await unpacked;
  showTexts();
  drawWaves();
  takeSound();
  if (audio.error) reportFailure();
  else if (audio.readyState > 0) becomePlayable();
});
