// @ts-check
// The part of the fuzzer that damages forms of data: what a guest tells of them, read by the host, and the
// words of values in them, read by a guest.

import assert from "node:assert/strict";
import { compile } from "../host-js/compile.js";
import { merge, readForm } from "../host-js/form.js";
import { WireError } from "../host-js/host.js";
import { Words } from "../host-js/words.js";

/** @typedef {(limit: number) => number} Random */

/** Forms of all kinds, in each other. */
const FORMS = ["07 03 04 6e 61 6d 65 03 04 74 61 67 73 05 03 03 61 67 65 04 02", "05 07 02 01 61 06 03 01 02 04 03 01 62 08 05 02", "06 02 08 07 01 01 78 04 05 00 07 00", "04 05 04 06 01 01"].map((hex) =>
  Uint8Array.from(hex.split(" "), (digits) => parseInt(digits, 16)),
);
/** What may be of such a form. */
const VALUES = [{ name: "a", tags: ["é"], age: 1 }, { name: "a", tags: [], extra: 1 }, [{ a: [true, 1, null], b: { x: [1] } }], [{}, {}], [[]], null, 1, { a: { x: [] } }];

const order = (/** @type {Random} */ random) => ({
  id: random(99), name: "Ada ü 😀".slice(random(4)), paid: true, weight: random(9) / 4, note: random(2) ? "note" : undefined, tags: Array(random(4)).fill("tag"), place: { street: "Länge", zip: random(9) },
  stock: { a: random(9), é: -1 }, colour: "Red", pair: [random(9), "p"], count: random(3) ? 5 : undefined,
});

/**
 * Damages a form, and has the host read it.
 * @param {import("../host-js/guest.js").Guest} guest @param {number} room where, in its memory @param {Random} random
 */
function damagedForm(guest, room, random) {
  const bytes = Uint8Array.from(FORMS[random(FORMS.length)]);
  for (let times = random(4); times > 0; times--) bytes[random(bytes.length)] = random(4) ? random(10) : random(256);
  const { length } = bytes;
  guest.memory.u8.set(bytes, room);
  try {
    const form = readForm(guest, room, random(8) ? length : random(length), "fuzz");
    if (form === null) return;
    const other = readForm(guest, room, length, "fuzz") ?? form;
    for (const one of [form, merge(form, other), merge(other, form)]) {
      const [words, compiled] = [new Words(), new Words()];
      const write = compile.formWriter?.(one) ?? null;
      for (const value of VALUES) {
        const fits = words.write(one, value, null);
        assert.equal(compiled.write(one, value, write), fits);
        if (fits) assert.deepEqual([...compiled.words.subarray(0, compiled.count), compiled.text], [...words.words.subarray(0, words.count), words.text]);
      }
    }
  } catch (error) {
    assert.ok(error instanceof WireError && error.code === "bad-data", String(error));
  }
}

/** One in so many is damaged: a host gives a form up of which too much doesn't fit. */
const RARE = 12;

/** Has a guest read words that no host writes: it gives some value, or asks for the one that was meant. Gives whether they were. @param {any} exports @param {Random} random */
function damagedWords(exports, random) {
  const { write } = Words.prototype;
  let damaged = false;
  Words.prototype.write = function (...args) {
    const fits = write.apply(this, args);
    if (random(RARE) > 0) return fits;
    damaged = fits;
    const { words, count } = this;
    for (let times = random(3); times > 0 && count > 0; times--) words[random(count)] = [0, 1, 2, -1, 0.5, NaN, Infinity, 1e300, 2 ** 31, 2 ** 32, count, random(100)][random(12)];
    if (random(8) === 0) this.count = random(count + 1);
    return fits;
  };
  try {
    if (random(2)) exports.order(order(random));
    else exports.orders([order(random), order(random)]);
  } finally {
    Words.prototype.write = write;
  }
  return damaged;
}

/**
 * One of each; gives whether words were damaged.
 * @param {import("../host-js/host.js").Host} host @param {any} exports @param {number} room @param {Random} random
 */
export function damageForms(host, exports, room, random) {
  damagedForm(host.guest, room, random);
  const damaged = damagedWords(exports, random);
  assert.equal(host.dead, null);
  return damaged;
}
