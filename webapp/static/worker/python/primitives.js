// What the floor asks for in a way that Python spells out, and that a tablet has an index for or the browser knows.

/** What scores_of of webapp/floor/both/parts/facts.py gives.
 *  @param {Tables} tables @param {string} lesson */
export const pyScoresOf = (tables, lesson) => tables.scores.of(lesson);

/** What memberships_of of the same file gives.
 *  @param {Tables} tables @param {string} group */
export const pyMembershipsOf = (tables, group) => tables.memberships.of(group);

/** @type {Record<string, string>} */
const ALONE = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ħ: "h", ŧ: "t", ŋ: "n" };
const MARKS = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/gu;
const APOSTROPHES = /['‘’‛′´`＇ʹʺʻʼʽʾʿˈˊˋˌˮʔꞌǃ]/g;

/** What plain of webapp/domain/text/folding.py gives, but for letters that only look like others.
 *  @param {string} text */
export const pyPlain = (text) => parted(text).replace(APOSTROPHES, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** @param {string} text */
const parted = (text) => [...text.replace(APOSTROPHES, "")].map(folded).join("");

/** @param {string} text */
const lower = (text) => text.toUpperCase().toLowerCase().normalize("NFKD");

const SPACES_OF_PYTHON = "\u001c\u001d\u001e\u001f\u0085";

/** A letter without its case and marks, as one or more; white space as Python knows it.
 *  @param {string} letter */
function folded(letter) {
  if (/[^\S\ufeff]/.test(letter) || SPACES_OF_PYTHON.includes(letter)) return " ";
  const letters = lower(lower(letter)).replace(MARKS, "");
  return [...letters].map((one) => ALONE[one] ?? one).join("");
}
