// The states that this page was sent: the server sends of the next only what differs from one.

const HELD = 4; // more than requests are on their way at once
const COLUMNS = ["start", "seconds", "state", "has_previous"]; // of sentences; sent as lists apart

/** Puts states together from what the server sends of them. */
export class HeldStates {
  constructor() {
    this.parts = new Map(); // by the name of the state
    this.latest = ""; // the name that is sent with the next request
    this.placed = new WeakMap(); // sentences where they stand; one that stays is the same object
  }

  /** Return the state that an answer makes; null if it builds on one that is not held any more. */
  take({ state: name, since, parts }) {
    const before = since ? this.parts.get(since) : {};
    if (!before) return this.forget();
    const now = { ...before };
    for (const [key, part] of Object.entries(parts)) now[key] = Array.isArray(part) ? join(before[key] ?? [], part) : part;
    this.parts.set(name, now);
    this.latest = name;
    while (this.parts.size > HELD) this.parts.delete(this.parts.keys().next().value);
    return this.compose(now);
  }

  forget() {
    this.latest = "";
    return null;
  }

  compose({ lines, ...parts }) {
    const place = (index) => ({ number: index + 1, ...Object.fromEntries(COLUMNS.map((name) => [name, parts[`each_${name}`][index]])) });
    const sentences = parts.sentences.map((sentence, index) => this.place(sentence, place(index)));
    const questions = sentences.flatMap((sentence) => sentence.questions.map((question) => ({ ...question, sentence: sentence.number })));
    questions.sort((one, other) => one.confidence - other.confidence); // doubtful first, else as they stand
    return { ...parts, text: lines.join("\n"), sentences, questions };
  }

  place(sentence, place) {
    const before = this.placed.get(sentence);
    if (before && Object.keys(place).every((name) => before[name] === place[name])) return before;
    const placed = { ...sentence, ...place };
    this.placed.set(sentence, placed);
    return placed;
  }
}

/** Return a list of its pieces: runs of the list before, and new entries. */
function join(before, pieces) {
  return pieces.flatMap((piece) => piece.new ?? before.slice(...piece.kept));
}
