// Pinyin as people write it: chong2 becomes chóng.

const MARKS = { a: "āáǎà", e: "ēéěè", i: "īíǐì", o: "ōóǒò", u: "ūúǔù", ü: "ǖǘǚǜ" };

/** Return a syllable with its tone as a mark; anything else as it is. */
export function withMark(syllable) {
  const match = /^([a-zü:]+)([1-5])$/i.exec(syllable);
  if (!match) return syllable;
  const letters = match[1].replace(/u:|v/g, "ü");
  const tone = Number(match[2]);
  if (tone === 5) return letters;
  const index = markedVowel(letters);
  if (index < 0) return letters;
  return letters.slice(0, index) + MARKS[letters[index]][tone - 1] + letters.slice(index + 1);
}

// a and e take the mark, then the o of ou; else the last vowel does.
function markedVowel(letters) {
  const open = letters.search(/[ae]/);
  if (open >= 0) return open;
  const ou = letters.indexOf("ou");
  if (ou >= 0) return ou;
  return Math.max(...[..."iouü"].map((vowel) => letters.lastIndexOf(vowel)));
}

/** Return syllables as one line with tone marks. */
export function spell(syllables) {
  return syllables.map(withMark).join(" ");
}
