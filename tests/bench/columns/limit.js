// @ts-check
// The column `limit`: glue tuned to just these rows. What it leaves out that a library can't
// is said in guests/limit.

import { slabGlue } from "./limit-slab.js";
import { structGlue } from "./limit-structs.js";
import { slowUtf8, textGlue } from "./limit-text.js";
import * as user from "./user.js";
import { viewsOf } from "./views.js";

/** @type {import("./column.js").Open} */
export async function open({ guest, hello }) {
  /** @type {Record<string, any>} */
  let raw = {};
  const views = viewsOf(() => raw.memory);
  const text = textGlue(views, (size) => raw.room(size));
  const slab = slabGlue(views, () => raw.caught() >> 2);
  /** Why an export has refused. @type {string | undefined} */
  let refusal;

  const env = {
    ...slab.imports,
    add: user.add,
    add_i64: user.addI64,
    take_text: (/** @type {number} */ ptr, /** @type {number} */ len, /** @type {number} */ shape) => user.takeText(text.read(ptr >>> 0, len, shape)),
    take_constant: (/** @type {number} */ constant) => user.takeText(slab.get(constant)),
    take_bytes: (/** @type {number} */ ptr, /** @type {number} */ len) => user.takeBytes(views.u8().subarray(ptr, ptr + len)),
    constant: (/** @type {number} */ ptr, /** @type {number} */ len) => slab.intern(text.read(ptr >>> 0, len, 2)),
    refuse: (/** @type {number} */ ptr, /** @type {number} */ len) => void (refusal = text.read(ptr >>> 0, len, 2)),
  };
  raw = (await WebAssembly.instantiate(guest, { env })).exports;
  const out = raw.out() >> 2;
  slab.start();
  raw.slow_utf8(slowUtf8);

  /** @template T @param {T} result @returns {T} */
  const orThrow = (result) => {
    if (refusal === undefined) return result;
    const message = refusal;
    refusal = undefined;
    throw new Error(message);
  };
  /** The text of the last return. @param {number} shape */
  const textOut = (shape) => {
    const u32 = views.u32();
    return text.read(u32[out], u32[out + 1], shape);
  };
  const bytesOut = () => {
    const u32 = views.u32();
    return views.u8().slice(u32[out], u32[out] + u32[out + 1]);
  };
  /** What the promises of calls under way call, by their places: kept for the next call there. @type {((value: unknown) => number)[]} */
  const waits = [];
  const { then } = Promise.prototype;
  /** @param {number} place @returns {(value: unknown) => number} */
  const resumed = (place) => (value) => {
    const number = raw.end_awaited(place, value);
    if (typeof value !== "number") throw new Error("no number");
    return number;
  };
  /** @type {import("./column.js").Calls} */
  const calls = {
    ...raw,
    awaited(promise) {
      const place = raw.begin_awaited();
      return then.call(promise, (waits[place] ??= resumed(place)));
    },
    ...slab.calls(raw),
    ...structGlue(views, raw, text, out),
    text_out: () => textOut(raw.text_out()),
    json_out: () => textOut(raw.json_out()),
    json_outs: () => textOut(raw.json_outs()),
    half: (number) => orThrow(raw.half(number)),
    add_u64: (a, b) => BigInt.asUintN(64, raw.add_u64(a, b)),
    bytes_out: () => (raw.bytes_out(), bytesOut()),
    start: () => startHello(/** @type {WebAssembly.Module} */ (hello)),
    warm_result: (number) => orThrow(raw.warm_result(number)),
    warm_char: (char) => String.fromCodePoint(raw.warm_char(char.codePointAt(0))),
    warm_u64: (a, b) => BigInt.asUintN(64, raw.warm_u64(a, b)),
    warm_texts(a, b) {
      text.reserve((a.length + b.length) * 3);
      const len = text.write(a, 0);
      const more = text.write(b, len);
      return textOut(raw.warm_texts(text.room(), len, text.room() + len, more));
    },
    warm_text_number(string, times) {
      const len = text.put(string);
      return textOut(raw.warm_text_number(text.room(), len, times));
    },
    warm_bytes(bytes) {
      text.reserve(bytes.length);
      views.u8().set(bytes, text.room());
      raw.warm_bytes(text.room(), bytes.length);
      return bytesOut();
    },
    warm_ref_text(value, string) {
      const len = text.put(string);
      const index = slab.add(value);
      const result = slab.take(raw.warm_ref_text(index, text.room(), len));
      slab.drop(index);
      return result;
    },
    warm_result_text(string) {
      const len = text.put(string);
      const shape = raw.warm_result_text(text.room(), len);
      return orThrow(textOut(shape));
    },
  };
  // Each has a text of its own: a function that is made many times is one to the engine.
  /** @param {string} name @returns {(string: string) => any} */
  const textIn = (name) => new Function("call", "text", `return (string) => { const len = text.put(string); return call(text.room(), len); } // ${name}`)(raw[name], text);
  for (const name of ["hold_text", "text_digest", "text_in", "json_in", "json_ins", "hold_people", "warm_text"]) calls[name] = textIn(name);
  for (const name of ["hold_bytes", "bytes_digest", "bytes_in"]) {
    calls[name] = (bytes) => {
      text.reserve(bytes.length);
      views.u8().set(bytes, text.room());
      return raw[name](text.room(), bytes.length);
    };
  }
  return { calls, user };
}

/** @param {WebAssembly.Module} module */
function startHello(module) {
  const { exports } = new WebAssembly.Instance(module);
  /** @type {Record<string, any>} */
  const { memory, room, greet } = exports;
  const text = textGlue(viewsOf(() => memory), room);
  return (/** @type {string} */ name) => {
    const len = text.put(name);
    return text.read(text.room(), greet(len), 2);
  };
}
