// @ts-check
// Builders of objects, by their keys. They are the same text eight times: engines keep what
// they learn at a place of the text, and where each shape of objects has places of its own, a
// property that is set there is always the same one, four times as fast as one of any name.
// Code that is written at run time could do that for every shape, but not where a page's policy
// forbids it. Shapes beyond the first seven share the last one.

/** @typedef {import("./decode.js").Reader} Reader */
/** @typedef {(keys: string[], reader: Reader, depth: number) => Record<string, any>} Maker the keys in turn, each with the next value */

const ordinary = Object.prototype;

/** Keys beyond the sixteenth. @param {any} o @param {string[]} k @param {Reader} r @param {number} d */
function rest(o, k, r, d) {
  for (let i = 16; i < k.length; i++) o[k[i]] = r.value(d);
  return o;
}

/**
 * Makes a function whose objects are plain ones, with room for sixteen properties at first, which engines cut to what
 * the first few used: `{}` has room for four, and makes more by one allocation for each few. Its name is what tools
 * for looking at objects show.
 * @returns {any}
 */
function plain() {
  /** @this {any} @param {boolean} [never] engines count what is set in here, and make room for more */
  const Plain = function Object(never) {
    if (never) this.a = this.b = this.c = this.d = this.e = this.f = this.g = this.h = 0;
  };
  Plain.prototype = ordinary;
  return Plain;
}

const plains = Array.from({ length: 8 }, plain);
const [Plain1, Plain2, Plain3, Plain4, Plain5, Plain6, Plain7, Plain8] = plains;

/** @type {Maker[]} */
export const makers = [
  (k, r, d) => {
    const o = new Plain1();
    const n = k.length;
    if (n === 0) return o; o[k[0]] = r.value(d);
    if (n === 1) return o; o[k[1]] = r.value(d);
    if (n === 2) return o; o[k[2]] = r.value(d);
    if (n === 3) return o; o[k[3]] = r.value(d);
    if (n === 4) return o; o[k[4]] = r.value(d);
    if (n === 5) return o; o[k[5]] = r.value(d);
    if (n === 6) return o; o[k[6]] = r.value(d);
    if (n === 7) return o; o[k[7]] = r.value(d);
    if (n === 8) return o; o[k[8]] = r.value(d);
    if (n === 9) return o; o[k[9]] = r.value(d);
    if (n === 10) return o; o[k[10]] = r.value(d);
    if (n === 11) return o; o[k[11]] = r.value(d);
    if (n === 12) return o; o[k[12]] = r.value(d);
    if (n === 13) return o; o[k[13]] = r.value(d);
    if (n === 14) return o; o[k[14]] = r.value(d);
    if (n === 15) return o; o[k[15]] = r.value(d);
    return n === 16 ? o : rest(o, k, r, d);
  },
  (k, r, d) => {
    const o = new Plain2();
    const n = k.length;
    if (n === 0) return o; o[k[0]] = r.value(d);
    if (n === 1) return o; o[k[1]] = r.value(d);
    if (n === 2) return o; o[k[2]] = r.value(d);
    if (n === 3) return o; o[k[3]] = r.value(d);
    if (n === 4) return o; o[k[4]] = r.value(d);
    if (n === 5) return o; o[k[5]] = r.value(d);
    if (n === 6) return o; o[k[6]] = r.value(d);
    if (n === 7) return o; o[k[7]] = r.value(d);
    if (n === 8) return o; o[k[8]] = r.value(d);
    if (n === 9) return o; o[k[9]] = r.value(d);
    if (n === 10) return o; o[k[10]] = r.value(d);
    if (n === 11) return o; o[k[11]] = r.value(d);
    if (n === 12) return o; o[k[12]] = r.value(d);
    if (n === 13) return o; o[k[13]] = r.value(d);
    if (n === 14) return o; o[k[14]] = r.value(d);
    if (n === 15) return o; o[k[15]] = r.value(d);
    return n === 16 ? o : rest(o, k, r, d);
  },
  (k, r, d) => {
    const o = new Plain3();
    const n = k.length;
    if (n === 0) return o; o[k[0]] = r.value(d);
    if (n === 1) return o; o[k[1]] = r.value(d);
    if (n === 2) return o; o[k[2]] = r.value(d);
    if (n === 3) return o; o[k[3]] = r.value(d);
    if (n === 4) return o; o[k[4]] = r.value(d);
    if (n === 5) return o; o[k[5]] = r.value(d);
    if (n === 6) return o; o[k[6]] = r.value(d);
    if (n === 7) return o; o[k[7]] = r.value(d);
    if (n === 8) return o; o[k[8]] = r.value(d);
    if (n === 9) return o; o[k[9]] = r.value(d);
    if (n === 10) return o; o[k[10]] = r.value(d);
    if (n === 11) return o; o[k[11]] = r.value(d);
    if (n === 12) return o; o[k[12]] = r.value(d);
    if (n === 13) return o; o[k[13]] = r.value(d);
    if (n === 14) return o; o[k[14]] = r.value(d);
    if (n === 15) return o; o[k[15]] = r.value(d);
    return n === 16 ? o : rest(o, k, r, d);
  },
  (k, r, d) => {
    const o = new Plain4();
    const n = k.length;
    if (n === 0) return o; o[k[0]] = r.value(d);
    if (n === 1) return o; o[k[1]] = r.value(d);
    if (n === 2) return o; o[k[2]] = r.value(d);
    if (n === 3) return o; o[k[3]] = r.value(d);
    if (n === 4) return o; o[k[4]] = r.value(d);
    if (n === 5) return o; o[k[5]] = r.value(d);
    if (n === 6) return o; o[k[6]] = r.value(d);
    if (n === 7) return o; o[k[7]] = r.value(d);
    if (n === 8) return o; o[k[8]] = r.value(d);
    if (n === 9) return o; o[k[9]] = r.value(d);
    if (n === 10) return o; o[k[10]] = r.value(d);
    if (n === 11) return o; o[k[11]] = r.value(d);
    if (n === 12) return o; o[k[12]] = r.value(d);
    if (n === 13) return o; o[k[13]] = r.value(d);
    if (n === 14) return o; o[k[14]] = r.value(d);
    if (n === 15) return o; o[k[15]] = r.value(d);
    return n === 16 ? o : rest(o, k, r, d);
  },
  (k, r, d) => {
    const o = new Plain5();
    const n = k.length;
    if (n === 0) return o; o[k[0]] = r.value(d);
    if (n === 1) return o; o[k[1]] = r.value(d);
    if (n === 2) return o; o[k[2]] = r.value(d);
    if (n === 3) return o; o[k[3]] = r.value(d);
    if (n === 4) return o; o[k[4]] = r.value(d);
    if (n === 5) return o; o[k[5]] = r.value(d);
    if (n === 6) return o; o[k[6]] = r.value(d);
    if (n === 7) return o; o[k[7]] = r.value(d);
    if (n === 8) return o; o[k[8]] = r.value(d);
    if (n === 9) return o; o[k[9]] = r.value(d);
    if (n === 10) return o; o[k[10]] = r.value(d);
    if (n === 11) return o; o[k[11]] = r.value(d);
    if (n === 12) return o; o[k[12]] = r.value(d);
    if (n === 13) return o; o[k[13]] = r.value(d);
    if (n === 14) return o; o[k[14]] = r.value(d);
    if (n === 15) return o; o[k[15]] = r.value(d);
    return n === 16 ? o : rest(o, k, r, d);
  },
  (k, r, d) => {
    const o = new Plain6();
    const n = k.length;
    if (n === 0) return o; o[k[0]] = r.value(d);
    if (n === 1) return o; o[k[1]] = r.value(d);
    if (n === 2) return o; o[k[2]] = r.value(d);
    if (n === 3) return o; o[k[3]] = r.value(d);
    if (n === 4) return o; o[k[4]] = r.value(d);
    if (n === 5) return o; o[k[5]] = r.value(d);
    if (n === 6) return o; o[k[6]] = r.value(d);
    if (n === 7) return o; o[k[7]] = r.value(d);
    if (n === 8) return o; o[k[8]] = r.value(d);
    if (n === 9) return o; o[k[9]] = r.value(d);
    if (n === 10) return o; o[k[10]] = r.value(d);
    if (n === 11) return o; o[k[11]] = r.value(d);
    if (n === 12) return o; o[k[12]] = r.value(d);
    if (n === 13) return o; o[k[13]] = r.value(d);
    if (n === 14) return o; o[k[14]] = r.value(d);
    if (n === 15) return o; o[k[15]] = r.value(d);
    return n === 16 ? o : rest(o, k, r, d);
  },
  (k, r, d) => {
    const o = new Plain7();
    const n = k.length;
    if (n === 0) return o; o[k[0]] = r.value(d);
    if (n === 1) return o; o[k[1]] = r.value(d);
    if (n === 2) return o; o[k[2]] = r.value(d);
    if (n === 3) return o; o[k[3]] = r.value(d);
    if (n === 4) return o; o[k[4]] = r.value(d);
    if (n === 5) return o; o[k[5]] = r.value(d);
    if (n === 6) return o; o[k[6]] = r.value(d);
    if (n === 7) return o; o[k[7]] = r.value(d);
    if (n === 8) return o; o[k[8]] = r.value(d);
    if (n === 9) return o; o[k[9]] = r.value(d);
    if (n === 10) return o; o[k[10]] = r.value(d);
    if (n === 11) return o; o[k[11]] = r.value(d);
    if (n === 12) return o; o[k[12]] = r.value(d);
    if (n === 13) return o; o[k[13]] = r.value(d);
    if (n === 14) return o; o[k[14]] = r.value(d);
    if (n === 15) return o; o[k[15]] = r.value(d);
    return n === 16 ? o : rest(o, k, r, d);
  },
  (k, r, d) => {
    const o = new Plain8();
    const n = k.length;
    if (n === 0) return o; o[k[0]] = r.value(d);
    if (n === 1) return o; o[k[1]] = r.value(d);
    if (n === 2) return o; o[k[2]] = r.value(d);
    if (n === 3) return o; o[k[3]] = r.value(d);
    if (n === 4) return o; o[k[4]] = r.value(d);
    if (n === 5) return o; o[k[5]] = r.value(d);
    if (n === 6) return o; o[k[6]] = r.value(d);
    if (n === 7) return o; o[k[7]] = r.value(d);
    if (n === 8) return o; o[k[8]] = r.value(d);
    if (n === 9) return o; o[k[9]] = r.value(d);
    if (n === 10) return o; o[k[10]] = r.value(d);
    if (n === 11) return o; o[k[11]] = r.value(d);
    if (n === 12) return o; o[k[12]] = r.value(d);
    if (n === 13) return o; o[k[13]] = r.value(d);
    if (n === 14) return o; o[k[14]] = r.value(d);
    if (n === 15) return o; o[k[15]] = r.value(d);
    return n === 16 ? o : rest(o, k, r, d);
  },
];

/**
 * An object as a builder makes them, of the same keys and kinds of values as another of it, which keeps nothing alive:
 * numbers and booleans are the same, texts are empty, and there is nothing else in it.
 * @param {Maker} make @param {string[]} keys @param {Record<string, any>} object
 */
export function sampleOf(make, keys, object) {
  const sample = new plains[makers.indexOf(make)]();
  for (const key of keys) {
    const value = object[key];
    sample[key] = typeof value === "string" ? "" : typeof value === "number" || typeof value === "boolean" || value === undefined ? value : null;
  }
  return sample;
}
