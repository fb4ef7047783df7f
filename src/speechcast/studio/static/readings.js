// How a word's reading is settled: for this place, for the speech, or for every speech of the user.

/** Settle one character of a token, the others staying as they are. */
export function settleReading(project, sentence, index, character, syllable, scope) {
  const token = sentence.tokens[index];
  const question = scope === "here" ? null : findQuestion(project, sentence, token, character);
  const candidate = question?.candidates.find((each) => each.pinyin === syllable);
  if (candidate) return settleQuestion(project, question, candidate, scope);
  const pinyin = token.pinyin.map((each, i) => (i === character ? syllable : each)).join(" ");
  return saveReading(project, sentence, index, { pinyin }, scope);
}

/** Settle a question, by the word that the server says an entry should have. */
export function settleQuestion(project, question, candidate, scope = "speech") {
  return project.change("PUT", "/readings", { word: question.word, pinyin: candidate.reading, scope });
}

function findQuestion(project, sentence, token, index) {
  const character = token.doubts.find((doubt) => doubt.index === index)?.character;
  return project.state.questions.find(
    (question) => question.sentence === sentence.number && question.character === character && question.word.includes(token.shown),
  );
}

/** Save a reading: {pinyin} or {spoken}. True if it was taken. */
export function saveReading(project, sentence, index, reading, scope) {
  if (scope === "here") return markReading(project, sentence, index, reading);
  return project.change("PUT", "/readings", { word: sentence.tokens[index].shown, ...reading, scope });
}

/** Whether a reading can be marked in the sentence itself: only where no other mark is. */
export function canMark(sentence) {
  return sentence.source === sentence.text;
}

// 行{hang2} is read so; {景市|景德镇市} is shown the one way and said the other.
function markReading(project, sentence, index, { pinyin, spoken }) {
  const { shown } = sentence.tokens[index];
  const start = sentence.tokens.slice(0, index).reduce((length, token) => length + token.shown.length, 0);
  const mark = pinyin ? `${shown}{${pinyin}}` : `{${shown}|${spoken}}`;
  const text = sentence.source.slice(0, start) + mark + sentence.source.slice(start + shown.length);
  return project.change("PATCH", `/sentences/${sentence.number}`, { text });
}

// A lexicon entry of a single character would hold wherever that character stands.
export function usualScope(sentence, token) {
  return [...token.shown].length > 1 || !canMark(sentence) ? "speech" : "here";
}
