// Buttons, keys, speed and chapters.
const SPEEDS = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const STEP = 5; // seconds

function togglePlay() {
  if (audio.paused) audio.play().catch(() => {});
  else audio.pause();
}

function setSpeed(speed) {
  audio.defaultPlaybackRate = audio.playbackRate = speed;
  element("speed").value = speed;
  savePreferences();
}

function stepSpeed(step) {
  const index = SPEEDS.indexOf(audio.playbackRate) + step;
  if (SPEEDS[index]) setSpeed(SPEEDS[index]);
}

// Go to the next cue, or to the one before; to the start of this one if it has begun.
function stepCue(step) {
  const now = audio.currentTime * 1000;
  const cue = lastNotAbove(cueStarts, step > 0 ? now + 1 : now - 1000);
  seekTo((cueStarts[step > 0 ? cue + 1 : Math.max(0, cue)] ?? now) / 1000);
  followed = true;
}

const KEYS = {
  " ": togglePlay, k: togglePlay,
  ArrowLeft: () => seekTo(audio.currentTime - STEP),
  ArrowRight: () => seekTo(audio.currentTime + STEP),
  ArrowUp: () => stepCue(-1), ArrowDown: () => stepCue(1),
  "[": () => stepSpeed(-1), "]": () => stepSpeed(1),
  Home: () => seekTo(0),
  "/": () => openSearch(true), f: resumeFollowing, "?": () => element("help").togglePopover(),
};

// The keys act where they have no other meaning; a user may turn them off (WCAG 2.2, 2.1.4).
document.addEventListener("keydown", (event) => {
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!element("shortcuts").checked || event.target.closest("input:not(#seek), select, [popover]")) return;
  if (event.key === " " && event.target.closest("button")) return;
  if (audio.readyState === 0 && !"/?f".includes(event.key)) return;
  event.preventDefault();
  action();
});

function showPlaying() {
  const playing = !audio.paused && !audio.ended;
  document.documentElement.classList.toggle("playing", playing);
  const button = element("play");
  button.dataset.label = playing ? "pause" : "play";
  button.setAttribute("aria-label", say(button.dataset.label));
  button.title = say(button.dataset.label);
}

function showTime() {
  const [now, length] = [formatTime(audio.currentTime), formatTime(soundLength())];
  const seek = element("seek");
  if (element("now").textContent !== now) {
    element("now").textContent = now;
    element("length").textContent = length;
    seek.setAttribute("aria-valuetext", say("of", { now, length }));
  }
  seek.value = audio.currentTime;
  showChapter(lastNotAbove(chapterStarts, audio.currentTime * 1000));
}

const chapterStarts = Float64Array.from(DATA.chapters, ([, time]) => time);
let shownChapter = -1;

function showChapter(chapter) {
  if (chapter === shownChapter) return;
  const buttons = element("chapters").querySelectorAll("button");
  buttons[shownChapter]?.removeAttribute("aria-current");
  buttons[chapter]?.setAttribute("aria-current", "true");
  shownChapter = chapter;
}

function listChapters() {
  document.documentElement.classList.toggle("has-chapters", DATA.chapters.length > 0);
  element("contents-button").hidden = !DATA.chapters.length;
  element("chapters").replaceChildren(...DATA.chapters.map(([title, time]) => {
    const [item, button, clock] = ["li", "button", "span"].map((name) => document.createElement(name));
    clock.className = "time";
    clock.textContent = formatTime(time / 1000);
    button.type = "button";
    button.append(title, " ", clock);
    button.addEventListener("click", () => {
      element("contents").hidePopover?.();
      playFrom(time / 1000);
    });
    item.append(button);
    return item;
  }));
  element("chapter-marks").replaceChildren(...DATA.chapters.slice(1).map(([, time]) => {
    const mark = document.createElement("span");
    mark.style.left = `${time / DATA.length * 100}%`;
    return mark;
  }));
}

function playFrom(seconds) {
  seekTo(seconds, true);
  follow(seconds * 1000);
  resumeFollowing();
}

element("play").addEventListener("click", togglePlay);
element("back").addEventListener("click", KEYS.ArrowLeft);
element("forward").addEventListener("click", KEYS.ArrowRight);
element("follow").addEventListener("click", resumeFollowing);
element("seek").addEventListener("input", (event) => { followed = true; seekTo(Number(event.target.value)); });
element("speed").replaceChildren(...SPEEDS.map((speed) => new Option("", speed)));
element("speed").addEventListener("change", (event) => setSpeed(Number(event.target.value)));
