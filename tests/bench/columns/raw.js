// @ts-check
// The column `handwire raw`: the host's operations, and the guest's exports called as they
// are; arguments and results go by hand, with `host.bytes` and `host.text`.

import { Host } from "../../../host-js/host.js";
import * as user from "./user.js";
import { viewsOf } from "./views.js";

const encoder = new TextEncoder();

/** @type {import("./column.js").Open} */
export async function open({ guest }) {
  /** @type {(ptr: number, len: number) => void} */
  const take_text = (ptr, len) => user.takeText(host.text(ptr, len));
  const take_value = (/** @type {number} */ handle) => user.takeText(host.value(handle));
  /** @type {(ptr: number, len: number) => void} */
  const take_bytes = (ptr, len) => user.takeBytes(host.bytes(ptr, len));
  const env = { add: user.add, add_i64: user.addI64, take_text, take_value, take_bytes };
  const host = new Host(guest, { imports: { env } });
  const { raw } = host.attach(await WebAssembly.instantiate(guest, host.imports));
  return { calls: { ...raw, ...glue(host, raw) }, user };
}

/** @param {Host} host @param {Record<string, any>} raw */
function glue(host, raw) {
  const views = viewsOf(() => raw.memory);
  const out = raw.out() >> 2;
  let room = 0;
  let size = 0;

  /** @param {number} needed in bytes */
  function reserve(needed) {
    if (needed > size) room = raw.room((size = needed * 2));
  }
  /** @param {string} text @param {number} [at] in the room @returns {number} its length */
  function write(text, at = 0) {
    reserve(at + text.length * 3);
    return encoder.encodeInto(text, host.bytes(room + at, text.length * 3)).written;
  }
  const first = () => views.u32()[out];
  const second = () => views.u32()[out + 1];
  const readText = () => host.text(first(), second());

  const textIn = (/** @type {string} */ name) => (/** @type {string} */ text) => {
    const len = write(text);
    return raw[name](room, len);
  };
  const bytesIn = (/** @type {string} */ name) => (/** @type {Uint8Array} */ bytes) => {
    reserve(bytes.length);
    views.u8().set(bytes, room);
    return raw[name](room, bytes.length);
  };
  const textOut = (/** @type {string} */ name) => () => {
    raw[name]();
    return readText();
  };
  const bytesOut = () => host.bytes(first(), second()).slice();
  /** Lends a value for the time of a call. */
  const valueIn = (/** @type {string} */ name) => (/** @type {unknown} */ value, /** @type {number} */ n) => {
    const handle = host.handle(value);
    const result = raw[name](handle, n);
    if (handle > 7 || handle < 0) host.release(handle);
    return result;
  };
  /** Takes a value over. @param {number} handle */
  const valueOut = (handle) => {
    const value = host.value(handle);
    if (handle > 7 || handle < 0) host.release(handle);
    return value;
  };
  const fallible = (/** @type {string} */ name) => (/** @type {number} */ number) => {
    if (raw[name](number) !== 0) throw new Error(readText());
    return first() | 0;
  };
  /** @type {import("./column.js").Calls} */
  const calls = {
    text_out: textOut("text_out"),
    json_out: textOut("json_out"),
    json_outs: textOut("json_outs"),
    half: fallible("half"),
    warm_result: fallible("warm_result"),
    add_u64: (a, b) => BigInt.asUintN(64, raw.add_u64(a, b)),
    bytes_out: () => (raw.bytes_out(), bytesOut()),
    value_same: (value) => valueOut(raw.value_same(host.handle(value))),
    push: valueIn("push"),
    warm_char: (char) => String.fromCodePoint(raw.warm_char(char.codePointAt(0))),
    warm_u64: (a, b) => BigInt.asUintN(64, raw.warm_u64(a, b)),
    warm_texts(a, b) {
      reserve((a.length + b.length) * 3);
      const len = write(a);
      raw.warm_texts(room, len, room + len, write(b, len));
      return readText();
    },
    warm_text_number: (text, times) => (raw.warm_text_number(room, write(text), times), readText()),
    warm_bytes: (bytes) => (bytesIn("warm_bytes")(bytes), bytesOut()),
    warm_ref_text(value, text) {
      const len = write(text);
      const handle = host.handle(value);
      const result = valueOut(raw.warm_ref_text(handle, room, len));
      host.release(handle);
      return result;
    },
    warm_js: (value) => valueOut(raw.warm_js(host.handle(value))),
    warm_result_text(text) {
      if (raw.warm_result_text(room, write(text)) !== 0) throw new Error(readText());
      return readText();
    },
    warm_result_js: (value) => valueOut(valueIn("warm_result_js")(value, 0)),
  };
  for (const name of ["hold_text", "text_digest", "text_in", "json_in", "json_ins", "hold_people", "warm_text"]) calls[name] = textIn(name);
  for (const name of ["hold_bytes", "bytes_digest", "bytes_in"]) calls[name] = bytesIn(name);
  const handles = ["value_in", "clone_value", "get", "get_key", "get_typed", "set", "set_typed", "call_method", "call_function", "index"];
  for (const name of [...handles, "is_string", "is_undefined", "to_number", "try_ok", "try_ready", "try_new", "warm_ref"]) calls[name] = valueIn(name);
  return calls;
}
