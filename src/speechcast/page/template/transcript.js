// The text and its times. What is lit at a time is found by binary search, never by a walk over
// all words: ten hours have a hundred thousand.
const passages = [...document.querySelectorAll(".passage")];
const textOf = passages.map((passage) => passage.querySelector(".text").firstChild);
const words = decodeRanges(DATA.ranges); // of word i: its passage, its characters, its time
const cueStarts = Float64Array.from(DATA.cues, ([start]) => start);

function decodeRanges(ranges) {
  const count = ranges.reduce((sum, numbers) => sum + numbers.length / 3, 0);
  const [passage, from, to] = [0, 0, 0].map(() => new Uint32Array(count));
  const time = new Float64Array(count);
  const first = new Uint32Array(ranges.length + 1); // of each passage: its first word
  let word = 0, now = 0;
  ranges.forEach((numbers, p) => {
    first[p] = word;
    for (let i = 0, end = 0; i < numbers.length; i += 3, word += 1) {
      passage[word] = p;
      from[word] = end + numbers[i];
      end = to[word] = from[word] + numbers[i + 1];
      now = time[word] = now + numbers[i + 2];
    }
  });
  first[ranges.length] = word;
  return { count, passage, from, to, time, first };
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
