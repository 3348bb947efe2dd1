// @ts-check
// Runs the vectors of text as bytes, through a guest, and of the numbers of handles, through a
// host's own functions.

import assert from "node:assert/strict";
import { breach, load, thrownBy } from "../hostile/breach.js";
import { formGuest } from "../support/form-guest.js";
import { everyOperation, wat } from "../support/wat.js";
import { fromHex, make, same } from "./value.js";

const module = new WebAssembly.Module(everyOperation());
const AT = 2048;

/** @param {{ bytes: string, text?: string, units?: string[], only?: "lower" | "lift" }} vector */
export function runUtf8({ bytes, text, units, only }) {
  const { exports, host } = load(module);
  const encoded = fromHex(bytes);
  const string = text ?? String.fromCharCode(...(units ?? []).map((unit) => parseInt(unit, 16)));
  if (only !== "lower") {
    host.bytes(AT, encoded.length).set(encoded);
    assert.equal(host.value(exports.string_from_utf8(AT, encoded.length)), string);
  }
  if (only !== "lift") {
    assert.equal(exports.string_write_utf8(host.handle(string), AT, encoded.length), encoded.length);
    assert.deepEqual(host.bytes(AT, encoded.length), encoded);
  }
}

/** @param {{ bytes: string, value?: any, damaged?: true }} vector */
export function runData({ bytes, value, damaged }) {
  const instance = load(module);
  const { exports, host } = instance;
  const buffer = fromHex(bytes);
  host.bytes(AT, buffer.length).set(buffer);
  if (damaged) return void breach(instance, "data_to_value", [AT, buffer.length], "bad-data");
  const handle = exports.data_to_value(AT, buffer.length);
  same(host.value(handle), value, "what is read");
  // What this host writes of it is as good.
  const len = exports.data_from_value(handle, AT, 4096, 8);
  same(host.value(exports.data_to_value(AT, len)), value, "what is written");
}

/** @param {{ form: string, value?: any, buffer?: string, damaged?: true }} vector */
export function runForm({ form, value, buffer, damaged }) {
  const told = [...fromHex(form)];
  if (damaged) {
    const instance = load(module);
    instance.host.bytes(AT, told.length).set(told);
    return void breach(instance, "data_form", [1, AT, told.length], "bad-data");
  }
  for (const compiled of [false, true]) {
    const { exports, taken, last } = formGuest(() => told, { compiled, reads: false });
    while (!taken.some(({ asked }) => asked)) exports.take([]);
    // Compiled functions come with the use of a form.
    if (compiled) for (let i = 0; i < 100; i++) exports.take(make(value));
    const { length } = taken;
    exports.take(make(value));
    assert.equal(taken.length, length + 1);
    if (buffer === undefined) assert.equal(last().formed, false);
    else assert.equal([...last().buffer].map((byte, i) => (i >= 4 && i < 8 ? "??" : byte.toString(16).padStart(2, "0"))).join(" "), buffer);
  }
}

const INDEX = 0x3fffff;
const empty = new WebAssembly.Module(wat(""));

/** @param {{ steps: any[][] }} vector */
export function runSlab({ steps }) {
  const { host } = load(empty);
  /** @type {Record<string, number[]>} */
  const lists = {};
  const index = (/** @type {number} */ handle) => handle & INDEX;
  const generation = (/** @type {number} */ handle) => handle >>> 22;
  const code = (/** @type {number} */ handle) => thrownBy(() => host.value(handle)).code;
  const ordered = (/** @type {string} */ name, /** @type {string | undefined} */ order) => (order === "backwards" ? [...lists[name]].reverse() : lists[name]);

  /** @type {Record<string, (...args: any[]) => void>} */
  const actions = {
    make: (name, count) => void (lists[name] = Array.from({ length: count }, (_, i) => host.handle({ i }))),
    release: (name, order) => ordered(name, order).forEach((handle) => host.release(handle)),
    rounds(count) {
      for (let i = 0; i < count; i++) host.release(host.handle({}));
    },
    fixed: (json, handle) => assert.equal(host.handle(make(json)), handle),
    above: (name, least) => lists[name].forEach((handle) => assert.ok(handle >>> 0 > least)),
    apart(a, b) {
      const indexes = new Set(lists[b].map(index));
      for (const handle of lists[a]) assert.ok(!indexes.has(index(handle)), `${handle} uses an index again`);
    },
    reuses(a, from, b, start, count, order) {
      const old = ordered(b, order);
      for (let i = 0; i < count; i++) {
        assert.equal(index(lists[a][from + i]), index(old[start + i]));
        assert.equal(generation(lists[a][from + i]), (generation(old[start + i]) + 1) % 1024);
      }
    },
    stale: (name) => lists[name].forEach((handle) => assert.equal(code(handle), "stale-handle")),
    alive: (name) => lists[name].forEach((handle, i) => assert.equal(host.value(handle).i, i)),
    forged: (handle) => assert.equal(code(handle), "forged-handle"),
    ahead: (name, generations) => lists[name].forEach((handle) => assert.equal(code((handle + generations * (INDEX + 1)) | 0), "forged-handle")),
    reserved: (handle) => assert.equal(code(handle), "reserved-handle"),
  };
  for (const [action, ...args] of steps) (actions[action] ?? assert.fail(`no step ${action}`))(...args);
}
