// @ts-check
// The text of a function that reads the objects of one shape, for the group `compile`. A value
// is looked for by the tag that one stood there with before: a guess, which takes no call for the
// most frequent ones. Where it fails, the reader takes the value as it takes any.

import { BEHIND, BEHIND_AGAIN, DEFINED, F64, FALSE, I16, I32, I8, OBJECT, SHORT_ARRAY, SHORT_BEHIND, SHORT_TEXT, TRUE, UNDEFINED } from "./tags.js";

/** What is tried in turn: the tag as `t`, which stands at `at`; each puts the value in `v`, and `at` behind it. */
const SMALL = "if (t < 0x80) { v = t; at++; }";
const integers = [
  SMALL,
  `if (t === ${I16}) { v = view.getInt16(at + 1, true); at += 3; }`,
  `if (t === ${I32}) { v = view.getInt32(at + 1, true); at += 5; }`,
  `if (t === ${UNDEFINED}) { v = undefined; at++; }`,
];
const floats = [`if (t === ${F64}) { v = view.getFloat64(at + 1, true); at += 9; }`, SMALL];
const booleans = [`if (t === ${TRUE}) { v = true; at++; }`, `if (t === ${FALSE}) { v = false; at++; }`];
const texts = [
  `if (t >= ${SHORT_BEHIND}) { v = behind.next(t - ${SHORT_BEHIND}); at++; }`,
  `if (t >= ${SHORT_TEXT} && t < ${SHORT_ARRAY}) { v = reader.shortText(at + 1, t - ${SHORT_TEXT}); at += t - ${SHORT_TEXT - 1}; }`,
  `if (t === ${BEHIND_AGAIN}) { reader.at = at + 1; v = behind.again(reader.length(), reader.length()); at = reader.at; }`,
];
const arrays = [`if (t >= ${SHORT_ARRAY} && t < ${UNDEFINED}) { reader.at = at + 1; v = reader.array(t - ${SHORT_ARRAY}, depth); at = reader.at; }`];
const objects = [`if (t === ${DEFINED} || t === ${OBJECT}) { reader.at = at + 1; v = reader.object(depth); at = reader.at; }`];

/** What is tried for a value that had a tag. @param {number} tag @returns {string[]} */
function triesOf(tag) {
  if (tag < SHORT_TEXT || tag === I8 || tag === I16 || tag === I32) return integers;
  if (tag < SHORT_ARRAY || tag >= SHORT_BEHIND || tag === BEHIND || tag === BEHIND_AGAIN) return texts;
  if (tag < UNDEFINED) return arrays;
  if (tag === F64) return floats;
  if (tag === TRUE || tag === FALSE) return booleans;
  return tag === OBJECT || tag === DEFINED ? objects : [];
}

/**
 * The body of a `Maker`, with its parameters. A value may be looked for beyond the end of what it stands in: that is found
 * when all are read, and where it takes more than a few bytes, by the reader.
 * @param {string[]} keys @param {ArrayLike<number>} tags one for each
 * @returns {string}
 */
export function objectText(keys, tags) {
  const values = keys.map((_, i) => {
    const any = `{ reader.at = at; v = reader.value(depth); at = reader.at; }`;
    return ["let v; t = u8[at];", [...triesOf(tags[i]), any].join("\nelse ")].join("\n").replace(/\bv\b/g, `v${i}`);
  });
  return [
    "const { u8, view, behind } = reader;",
    "let { at } = reader, t;",
    ...values,
    'if (at > reader.end) throw reader.bad("its end");',
    "reader.at = at;",
    // As a literal: then an engine makes the object at once, and not a property at a time.
    `return { ${keys.map((key, i) => `${JSON.stringify(key)}: v${i}`).join(", ")} };`,
  ].join("\n");
}
