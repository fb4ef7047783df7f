// The text and its times. What is lit at a time is found by binary search, never by a walk over
// all words: ten hours have a hundred thousand.
const passages = [...document.querySelectorAll(".passage")];
const textOf = passages.map((passage) => passage.querySelector(".text").firstChild);
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const words = decodeRanges(DATA.ranges); // of word i: its passage, its characters, its time
const [cueStarts, cueEnds] = decodeCues(DATA.cues);

// Whole numbers: five bits in each character, the lowest first; the sixth says that more follow.
function decodeNumbers(text) {
  const numbers = [];
  for (let i = 0, number = 0, shift = 0; i < text.length; i += 1) {
    const bits = ALPHABET.indexOf(text[i]);
    number |= (bits & 31) << shift;
    shift += 5;
    if (bits < 32) {
      numbers.push(number);
      number = shift = 0;
    }
  }
  return numbers;
}

function decodeRanges(ranges) {
  const [passage, from, to, time] = [[], [], [], []];
  const first = []; // of each passage: its first word
  let now = 0;
  ranges.forEach((text, p) => {
    first.push(time.length);
    const numbers = decodeNumbers(text);
    for (let i = 0, end = 0; i < numbers.length; ) {
      const length = numbers[i++];
      const start = end + (length & 1 ? numbers[i++] : 0); // some characters are skipped
      end = start + (length >> 1);
      now += numbers[i++];
      passage.push(p);
      from.push(start);
      to.push(end);
      time.push(now);
    }
  });
  first.push(time.length);
  return { count: time.length, passage, from, to, time, first };
}

function decodeCues(text) {
  const numbers = decodeNumbers(text);
  const [starts, ends] = [[], []];
  for (let i = 0, now = 0; i < numbers.length; i += 2) {
    now += numbers[i];
    starts.push(now);
    ends.push(now + numbers[i + 1]);
  }
  return [starts, ends];
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
