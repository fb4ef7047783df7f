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
  const word = sentence.tokens[index].shown;
  const place = scope === "here" ? { sentence: sentence.number, index } : {};
  return project.change("PUT", "/readings", { word, ...reading, scope, ...place });
}

// A lexicon entry of a single character would hold wherever that character stands.
export function usualScope(token) {
  return [...token.shown].length > 1 ? "speech" : "here";
}
