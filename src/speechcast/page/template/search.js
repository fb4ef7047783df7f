// Search the text. Letters count as equal in either case and width.
const MOST_SHOWN = 2000; // matches that are lit; all are counted
let matches = [], match = -1; // [passage, from, to]
let folded = null; // the text of each passage, made equal in case and width, when it is first needed

// Each character becomes one character, so that places stay the same.
function fold(text) {
  return text.replace(/[^\u4e00-\u9fff]/g, (character) => {
    const code = character.charCodeAt(0);
    const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
    const lower = narrow.toLowerCase();
    return lower.length === 1 ? lower : character;
  });
}

function findMatches(query) {
  folded ??= textOf.map((node) => fold(node.data));
  const wanted = fold(query);
  const all = [];
  folded.forEach((text, passage) => {
    for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + wanted.length)) {
      all.push([passage, from, from + wanted.length]);
    }
  });
  return all;
}

function search() {
  const query = element("query").value.trim();
  matches = query ? findMatches(query) : [];
  const [current, offset] = [words.passage[Math.max(0, litWord)] ?? 0, words.from[Math.max(0, litWord)] ?? 0];
  match = matches.findIndex(([passage, from]) => passage > current || (passage === current && from >= offset));
  if (match < 0 && matches.length) match = 0;
  showMatches();
}

function showMatches() {
  const found = matches.slice(0, MOST_SHOWN).map((place) => rangeOf(...place));
  light("match", found);
  light("match-now", match < 0 ? [] : [rangeOf(...matches[match])]);
  if (lamps && match >= 0) CSS.highlights.get("match-now").priority = 1;
  const query = element("query").value.trim();
  element("matches").textContent = matches.length
    ? say("count", { n: match + 1, all: matches.length }) : query && say("none");
  element("previous-match").disabled = element("next-match").disabled = !matches.length;
  if (match >= 0) showMatch();
}

// Show the chosen match; the text is not followed meanwhile.
function showMatch() {
  followed = false;
  const [passage] = matches[match];
  boxes[passage].scrollIntoView({ block: "center", behavior: "instant" });
  reveal(rangeOf(...matches[match]).getBoundingClientRect());
  element("follow").hidden = !words.count || isInSight();
}

function stepMatch(step) {
  if (!matches.length) return;
  match = (match + step + matches.length) % matches.length;
  showMatches();
}

function openSearch(open) {
  element("search-bar").hidden = !open;
  element("search-button").setAttribute("aria-expanded", open);
  if (open) {
    element("query").focus();
    element("query").select();
    search();
  } else {
    matches = [];
    match = -1;
    light("match", []);
    light("match-now", []);
    element("search-button").focus();
  }
}

element("search-button").addEventListener("click", () => openSearch(element("search-bar").hidden));
element("close-search").addEventListener("click", () => openSearch(false));
element("query").addEventListener("input", search);
element("previous-match").addEventListener("click", () => stepMatch(-1));
element("next-match").addEventListener("click", () => stepMatch(1));
element("search-bar").addEventListener("keydown", (event) => {
  if (event.key === "Escape") openSearch(false);
  else if (event.key === "Enter" && event.target === element("query") && !event.isComposing) {
    event.preventDefault();
    stepMatch(event.shiftKey ? -1 : 1);
  }
});
