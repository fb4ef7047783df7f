// The sound: inside the page in base 64, or a file beside it.
const DATA = JSON.parse(element("data").textContent);
const audio = element("sound");

// Take the sound out of the page; what is left of it there is freed.
function takeSound() {
  const parts = [];
  for (const block of document.querySelectorAll("script.sound")) {
    parts.push(decode(block.textContent));
    block.remove();
  }
  if (parts.length) audio.src = URL.createObjectURL(new Blob(parts, { type: audio.dataset.type }));
}

// Bytes from base 64; older browsers have no function for it that is quick.
function decode(text) {
  return Uint8Array.fromBase64
    ? Uint8Array.fromBase64(text)
    : Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

// Columns of numbers, packed by deflate: each begins with how many it has. A number has seven bits in
// each byte, the lowest first; the eighth bit says that more follow.
async function unpackColumns(packed) {
  const inflated = new Blob([decode(packed)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(inflated).arrayBuffer());
  let position = 0;
  const next = () => {
    let number = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = bytes[position++];
      number |= (byte & 127) << shift;
      more = byte > 127;
    }
    return number;
  };
  const columns = [];
  while (position < bytes.length) columns.push(Array.from({ length: next() }, next));
  return columns;
}

// The length by the sound itself, once it is known; in seconds.
function soundLength() {
  return Number.isFinite(audio.duration) ? audio.duration : DATA.length / 1000;
}

function seekTo(seconds, play = false) {
  audio.currentTime = Math.min(Math.max(0, seconds), soundLength());
  if (play) audio.play().catch(() => {});
}

// What the browser remembers; it may refuse to, in a private window.
const memory = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(`speechcast:${key}`)) ?? {}; } catch { return {}; }
  },
  write(key, value) {
    try { localStorage.setItem(`speechcast:${key}`, JSON.stringify(value)); } catch { /* full */ }
  },
};
