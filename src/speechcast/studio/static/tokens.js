// What the tokens of a sentence are, for the page.

const HAN = /\p{Script=Han}/u;
export const HEARD = /[\p{L}\p{N}]/u;

/** Whether a token is said otherwise than it is written: a figure, a sign, a replaced word. */
export function isSaidOtherwise(token) {
  return token.spoken !== token.shown && HEARD.test(token.spoken);
}

/** Whether a token is shown and not said: applause, a direction. */
export function isSilent(token) {
  return !token.spoken.trim() && HEARD.test(token.shown);
}

/** Whether a token can be read in another way by the user. */
export function isWord(token) {
  return HEARD.test(token.shown) || isSaidOtherwise(token);
}

/** Whether a token has pinyin of its own characters. */
export function isChinese(token) {
  return HAN.test(token.spoken) && token.pinyin.length > 0;
}
