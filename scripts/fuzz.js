// @ts-check
// Damages data buffers for a minute, and has both sides read them: `fuzz.js [seconds] [seed]`. What they
// read must be a value or an error by its name, in a time and a memory that the buffer justifies; and with
// compiled functions for objects it must be the same.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { compile } from "../host-js/compile.js";
import { data } from "../host-js/data.js";
import { Reader } from "../host-js/decode.js";
import { Writer } from "../host-js/encode.js";
import { Host, WireError } from "../host-js/host.js";
import { damageForms } from "./fuzz-forms.js";
import { root, wasmPath } from "./guests.js";

const [seconds = "60", given = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
/** Where the host reads, in memory that the guest has but does not use. */
const ROOM = 1 << 20;
/** No buffer here takes as long. */
const SLOW = 2000;
let state = Number(given) | 1;

/** A number from 0 to below a limit, the same for the same seed. @param {number} limit */
function random(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return Math.abs(state) % limit;
}

const { vectors } = JSON.parse(readFileSync(`${root}tests/conformance/data.json`, "utf8"));
/** @type {Uint8Array[]} */
const corpus = vectors.map((/** @type {{ bytes: string }} */ { bytes }) => Uint8Array.from(bytes.split(" ").filter(Boolean), (digits) => parseInt(digits, 16)));
const writer = new Writer();
for (const value of [
  Array.from({ length: 50 }, (_, id) => ({ id, name: `name ${id}`, tags: ["same", "é same", "x".repeat(200)], deep: { deeper: [id / 3, null, new Map([[id, -id]])] } })),
  Array.from({ length: 60 }, (_, id) => [`text ${id}`, "😀"]),
  [new Float64Array(20), new Uint8Array(100), 2n ** 200n, new Date(0), "x".repeat(3000), Array(40).fill("again")],
]) {
  writer.write(value, "");
  corpus.push(writer.u8.slice(0, writer.at));
}

/** Damages a buffer in one of the ways in which they are damaged. @param {Uint8Array} buffer */
function damage(buffer) {
  let bytes = Uint8Array.from(buffer);
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(bytes.length + 1);
    const other = corpus[random(corpus.length)];
    switch (random(7)) {
      case 0: bytes[at] = random(256); break;
      case 1: bytes[at] = [0x7f, 0x80, 0x9f, 0xbf, 0xcb, 0xcc, 0xce, 0xcf, 0xd0, 0xd1, 0xd3, 0xd4, 0xd5, 0xd6, 0xe0, 0xff][random(16)]; break;
      case 2: bytes[at] ^= 1 << random(8); break;
      case 3: bytes = bytes.slice(0, at); break;
      case 4: bytes = Uint8Array.of(...bytes.subarray(0, at), ...other.subarray(random(other.length + 1)).subarray(0, 64), ...bytes.subarray(at)); break;
      case 5: bytes.copyWithin(random(bytes.length + 1), at, at + random(32)); break;
      default: if (bytes.length >= 4) new DataView(bytes.buffer).setUint32(random(bytes.length - 3), [0, 0xffffffff, 8, bytes.length, 0x7fffffff][random(5)], true);
    }
  }
  return bytes.subarray(0, 60_000);
}

const module = new WebAssembly.Module(readFileSync(wasmPath("test-data")));
const none = () => undefined;
const host = new Host(module, { imports: { app: { exchange: none, find: none, send: none, all: none } }, with: [data] });
const { exports, raw } = host.attach(new WebAssembly.Instance(module, host.imports));
raw.memory.grow(32);
const room = raw.memory.buffer.byteLength - ROOM;
const reader = new Reader();
const compiled = new Reader();
compiled.objects.maker = compile.maker;
const CODES = new Set(["bad-data", "forged-handle", "reserved-handle", "stale-handle", "out-of-bounds", "string-too-long"]);

/** What a reader makes of a buffer: a list with the value, or the code of an error. @param {Reader} reader @param {Uint8Array} buffer */
function outcome(reader, buffer) {
  try {
    return [reader.read(host.guest, room, buffer.length, "fuzz")];
  } catch (error) {
    assert.ok(error instanceof WireError && CODES.has(error.code), String(error));
    return error.code;
  }
}

/** A value as text, for comparison: an invalid date is the same as another then. @param {unknown} value */
const show = (value) => inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity });

let rounds = 0;
let values = 0;
let formed = 0;
const end = Date.now() + Number(seconds) * 1000;
while (Date.now() < end) {
  const buffer = damage(corpus[random(corpus.length)]);
  const start = performance.now();
  try {
    host.bytes(room, buffer.length).set(buffer);
    const read = outcome(reader, buffer);
    if (typeof read !== "string") values++;
    // What took a handle took it from the other.
    const again = outcome(compiled, buffer);
    if (again !== "stale-handle") assert.equal(show(again), show(read));
    try {
      exports.decode(buffer);
    } catch (error) {
      assert.equal(host.dead, null, String(error));
    }
    if (damageForms(host, exports, room, random)) formed++;
    assert.ok(performance.now() - start < SLOW, "a buffer that takes its time");
  } catch (error) {
    console.error(`fuzz.js: seed ${given}, round ${rounds}: ${Buffer.from(buffer).toString("hex")}`);
    throw error;
  }
  rounds++;
}
assert.ok(formed > 0, "no words of a form were damaged");
console.log(`fuzz: ${rounds} buffers, of which the host read ${values}, and ${formed} values in a form; seed ${given}`);
