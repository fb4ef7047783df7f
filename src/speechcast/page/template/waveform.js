// Two waveforms: of the whole sound, to find a place in it, and of the seconds around, with the cues.
const HIGHEST = 15; // level
const THUMB = 14; // px of the slider's thumb, as in the style sheet
const BAR = 3; // px from one bar to the next
let stripStart = 0, stripLength = 0; // ms

function prepareCanvas(canvas) {
  const { width, height } = canvas.getBoundingClientRect();
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  return [context, width, height];
}

// Draw the loudest level of each bar's time, mirrored about the middle.
function drawWave(canvas, start, end, colour) {
  const [context, width, height] = prepareCanvas(canvas);
  context.fillStyle = resolveColour(colour);
  const bars = Math.floor(width / BAR);
  for (let bar = 0; bar < bars; bar += 1) {
    const first = Math.floor((start + (end - start) * bar / bars) / DATA.step);
    const last = Math.max(first + 1, Math.floor((start + (end - start) * (bar + 1) / bars) / DATA.step));
    let level = 0;
    for (let i = first; i < last && i < levels.length; i += 1) level = Math.max(level, levels[i]);
    const size = Math.max(1, level / HIGHEST * (height - 2));
    context.fillRect(bar * BAR, (height - size) / 2, BAR - 1, size);
  }
}

// The colour that a variable stands for, in the light or the dark.
function resolveColour(variable) {
  const probe = element("playhead");
  probe.style.backgroundColor = `var(${variable})`;
  const colour = getComputedStyle(probe).backgroundColor;
  probe.style.backgroundColor = "";
  return colour;
}

function drawOverview() {
  drawWave(element("overview-canvas"), 0, DATA.length, "--wave");
  drawWave(element("overview-heard"), 0, DATA.length, "--accent");
}

// Show the seconds around a time, until the sound leaves them.
function drawStrip(now) {
  const width = element("strip").clientWidth;
  if (!width) return;
  stripLength = width * 30; // 33 px a second
  stripStart = Math.max(0, Math.min(now - stripLength / 10, DATA.length - stripLength));
  drawWave(element("strip-canvas"), stripStart, stripStart + stripLength, "--wave");
  const first = Math.max(0, lastNotAbove(cueStarts, stripStart));
  const shown = [];
  for (let cue = first; cue < cueStarts.length && cueStarts[cue] < stripStart + stripLength; cue += 1) {
    shown.push(cueBox(cue));
  }
  element("strip-cues").replaceChildren(...shown);
}

function cueBox(cue) {
  const [start, end] = [cueStarts[cue], cueEnds[cue]];
  const box = document.createElement("span");
  box.textContent = rangesOfCue(cue).join(" ");
  box.dataset.cue = cue;
  box.className = cue === litCue ? "now" : "";
  box.style.left = `${(start - stripStart) / stripLength * 100}%`;
  box.style.width = `calc(${(end - start) / stripLength * 100}% - 1px)`;
  return box;
}

function showCue(cue) {
  for (const box of element("strip-cues").children) {
    box.className = Number(box.dataset.cue) === cue ? "now" : "";
  }
}

// Move the playheads; only what changes is drawn.
function showPosition(time) {
  const now = Math.min(time, DATA.length); // a browser may take the sound for a little longer
  const left = stripStart + stripLength * 0.9;
  const jumped = now < stripStart || now > stripStart + stripLength;
  if (jumped || (now > left && stripStart + stripLength < DATA.length)) drawStrip(now);
  const x = (now - stripStart) / stripLength * element("strip").clientWidth;
  element("playhead").style.transform = `translateX(${x.toFixed(1)}px)`;
  const rest = 1 - Math.min(1, now / 1000 / soundLength());
  // The middle of the slider's thumb keeps half its width from both ends.
  const right = `calc(${(100 * rest).toFixed(3)}% + ${(THUMB * (0.5 - rest)).toFixed(2)}px)`;
  element("overview-heard").style.clipPath = `inset(0 ${right} 0 0)`;
}

function drawWaves() {
  drawOverview();
  drawStrip(audio.currentTime * 1000);
  showPosition(audio.currentTime * 1000);
}

element("strip").addEventListener("click", (event) => {
  const box = element("strip").getBoundingClientRect();
  seekTo((stripStart + (event.clientX - box.left) / box.width * stripLength) / 1000);
});
