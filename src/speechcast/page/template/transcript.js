// The text and its times. What is lit at a time is found by binary search, never by a walk over
// all words: ten hours have a hundred thousand.
const passages = [...element("speech").children];
const boxes = [...passages]; // what of each is laid out only where it is seen
const textOf = passages.map((passage) => passage.firstChild ?? passage.appendChild(new Text()));
const UNIT = 10; // ms of a packed time
let words = { count: 0, passage: [], from: [], to: [], time: [], first: [0] }; // of word i, of passage p
let cueStarts = [], cueEnds = [], levels = [];

// Take the times out of the page, and put a button beside each passage that is heard.
async function takeTimes() {
  const [counts, shapes, skips, passed, begun, since, gaps, heights] = await unpackColumns(DATA.packed);
  words = placeWords(counts, shapes, skips, passed);
  placeCues(begun, since, gaps);
  levels = heights;
  passages.forEach((passage, p) => {
    if (!counts[p]) return;
    boxes[p] = document.createElement("div");
    passage.before(boxes[p]);
    boxes[p].append(makeButton(words.time[words.first[p]]), passage);
  });
}

function placeWords(counts, shapes, skips, passed) {
  const placed = { count: passed.length, passage: [], from: [], to: [], time: [], first: [0] };
  let now = 0, skipped = 0;
  counts.forEach((count, p) => {
    for (let end = 0, word = 0; word < count; word += 1) {
      const i = placed.time.length;
      const start = end + (shapes[i] & 1 ? skips[skipped++] : 0);
      end = start + (shapes[i] >> 1);
      placed.passage.push(p);
      placed.from.push(start);
      placed.to.push(end);
      placed.time.push(now += passed[i] * UNIT);
    }
    placed.first.push(placed.time.length);
  });
  return placed;
}

function placeCues(begun, since, gaps) {
  let word = 0;
  cueStarts = begun.map((count, cue) => ((word += count) ? words.time[word - 1] : 0) + since[cue] * UNIT);
  // An even number is twice a gap; an odd one, less one, twice an overlap of one more.
  cueEnds = gaps.map((gap, cue) => (cueStarts[cue + 1] ?? Math.floor(DATA.length / UNIT) * UNIT)
    - (gap & 1 ? -(gap + 1) / 2 : gap / 2) * UNIT);
}

function makeButton(time) {
  const button = document.createElement("button");
  button.className = "at";
  button.type = "button";
  button.textContent = formatTime(time / 1000);
  return button;
}

// The ranges of the text that are heard in a cue: from its start to the next one's.
function rangesOfCue(cue) {
  const first = lastNotAbove(words.time, cueStarts[cue] - 1) + 1;
  const last = lastNotAbove(words.time, (cueStarts[cue + 1] ?? Infinity) - 1);
  const ranges = [];
  for (let word = first; word <= last; ) {
    const passage = words.passage[word];
    const end = Math.min(last + 1, words.first[passage + 1]);
    ranges.push(rangeOf(passage, words.from[word], words.to[end - 1]));
    word = end;
  }
  return ranges;
}

// The last of ascending values that is not above the limit, between two indexes; -1 for none.
function lastNotAbove(values, limit, low = 0, high = values.length) {
  const before = low - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= limit) low = middle + 1; else high = middle;
  }
  return low - 1 > before ? low - 1 : -1;
}

function rangeOf(passage, from, to) {
  const range = new Range();
  range.setStart(textOf[passage], from);
  range.setEnd(textOf[passage], to);
  return range;
}

// The word that a point of the text belongs to; -1 for none.
function wordAt(x, y, passage) {
  const [node, offset] = caretAt(x, y);
  if (node !== textOf[passage]) return -1;
  // A caret stands between two characters, and the point may be on the one before it.
  const before = offset > 0 && contains(rangeOf(passage, offset - 1, offset), x, y);
  const character = before ? offset - 1 : offset;
  const [first, end] = [words.first[passage], words.first[passage + 1]];
  return Math.max(lastNotAbove(words.from, character, first, end), end > first ? first : -1);
}

function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret ? [caret.offsetNode, caret.offset] : [null, 0];
  }
  const range = document.caretRangeFromPoint(x, y);
  return range ? [range.startContainer, range.startOffset] : [null, 0];
}

function contains(range, x, y) {
  return [...range.getClientRects()].some(
    (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
}
