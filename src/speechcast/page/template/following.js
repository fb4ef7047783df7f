// Light the word that is heard, and keep it in sight.
const SCROLL_TIME = 1000; // ms within which a scroll is still our own; a smooth one takes fewer
const lamps = globalThis.CSS && CSS.highlights && globalThis.Highlight;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let litWord = -1, litCue = -1, followed = true, scrolledAt = -SCROLL_TIME;

// Light what is heard at a time in ms; do nothing while the same word is heard.
function follow(now) {
  const word = lastNotAbove(words.time, now);
  const cue = lastNotAbove(cueStarts, now);
  if (cue !== litCue) lightCue(cue);
  if (word === litWord) return;
  const [before, passage] = [words.passage[litWord], words.passage[word]];
  if (before !== passage) {
    passages[before]?.classList.remove("now");
    passages[passage]?.classList.add("now");
  }
  litWord = word;
  light("word", word < 0 ? [] : [rangeOf(passage, words.from[word], words.to[word])]);
  if (followed) keepInSight();
}

// Light the words of a cue.
function lightCue(cue) {
  litCue = cue;
  showCue(cue);
  if (!DATA.byWord || cue < 0) return light("cue", []);
  light("cue", rangesOfCue(cue));
}

// Light ranges of the text, in the place of those that had this name.
function light(name, ranges) {
  if (lamps) CSS.highlights.set(name, new Highlight(...ranges));
  else if (name === "word") placeLamps(ranges);
}

// In a browser that cannot light a range of text: a tinted box over each of its lines.
function placeLamps(ranges) {
  document.querySelectorAll(".lamp").forEach((lamp) => lamp.remove());
  for (const box of ranges.flatMap((range) => [...range.getClientRects()])) {
    const lamp = document.createElement("span");
    lamp.className = "lamp";
    lamp.style.cssText = `left:${box.left + scrollX}px;top:${box.top + scrollY}px;` +
      `width:${box.width}px;height:${box.height}px`;
    document.body.append(lamp);
  }
}

// The part of the window that is not covered, from its top.
function openView() {
  const top = Math.max(0, element("top").getBoundingClientRect().bottom);
  return [top, element("player").getBoundingClientRect().top];
}

function litBox() {
  const word = Math.max(0, litWord);
  return rangeOf(words.passage[word], words.from[word], words.to[word]).getBoundingClientRect();
}

// Whether the lit word is in the view. A paragraph far away is not laid out to find out.
function isInSight() {
  const [top, bottom] = openView();
  const inView = (box) => box.bottom > top && box.top < bottom;
  return inView(boxes[words.passage[Math.max(0, litWord)]].getBoundingClientRect())
    && inView(litBox());
}

// Scroll if the lit word is in the lowest fourth of the view, or out of it.
function keepInSight() {
  if (!words.count) return;
  const [top, bottom] = openView();
  const box = litBox();
  if (box.top >= top + 8 && box.bottom <= bottom - (bottom - top) / 4) return;
  reveal(box);
}

function reveal(box) {
  const [top, bottom] = openView();
  const distance = box.top - (top + (bottom - top) / 4);
  const near = Math.abs(distance) < 2 * (bottom - top);
  scrolledAt = performance.now();
  scrollBy({ top: distance, behavior: near && !calm.matches ? "smooth" : "instant" });
}

// Go on following: the passages between may be drawn for the first time and move the text, so that
// the place is looked up once more.
function resumeFollowing() {
  followed = true;
  element("follow").hidden = true;
  if (!words.count) return;
  reveal(litBox());
  requestAnimationFrame(() => requestAnimationFrame(keepInSight));
}

addEventListener("scroll", () => {
  if (performance.now() - scrolledAt < SCROLL_TIME || !words.count) return;
  followed = isInSight();
  element("follow").hidden = followed;
}, { passive: true });

if (!lamps) addEventListener("resize", () => { litWord = -1; follow(audio.currentTime * 1000); });
