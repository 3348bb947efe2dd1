// @ts-check
// JSON, by the host's parser.

import assert from "node:assert/strict";
import test from "node:test";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports } = guest;

test("parse: what JSON.parse gives", () => {
  for (const text of ["null", "true", "0", "-0", "1e400", '""', '"\\ud83d"', '"\\u0000é😀"', "[]", "[1,[2,{}]]", '{"a":{"b":null}}', ' { "x" : 1.5 }\n', '{"a":1,"a":2}'])
    assert.deepEqual(exports.json_parse(text), JSON.parse(text));
});

test("parse: __proto__ is a key like any other", () => {
  const value = exports.json_parse('{"__proto__":{"polluted":true}}');
  assert.deepEqual(Object.keys(value), ["__proto__"]);
  assert.equal(value.polluted, undefined);
});

test("parse: what is no JSON is the SyntaxError that JSON.parse throws", () => {
  for (const text of ["", "{", "undefined", "'a'", "[1,]", "NaN", "\ufeff1", '"\n"', "1 2", "\ud83d"]) {
    const { name, message } = thrownBy(() => JSON.parse(text.replace("\ud83d", "\ufffd")));
    assert.throws(() => exports.json_parse(text), { name, message });
  }
});

test("stringify: what JSON.stringify gives", () => {
  for (const value of [null, true, -0, NaN, "é\ud83d\u2028", [undefined, () => {}, 1], { a: undefined, b: [1] }, new Date(0), { toJSON: () => "mine" }, Object.create(null), new Map()])
    assert.equal(exports.json_stringify(value), JSON.stringify(value));
});

test("stringify: undefined for what JSON can't say", () => {
  for (const value of [undefined, () => {}, Symbol("s"), { toJSON: () => undefined }]) assert.equal(exports.json_stringify(value), undefined);
});

test("stringify: cycles and BigInts throw, and so does the value's own code", () => {
  const cycle = /** @type {any} */ ({});
  cycle.self = cycle;
  assert.throws(() => exports.json_stringify(cycle), { name: "TypeError", message: /circular/ });
  assert.throws(() => exports.json_stringify([1n]), { name: "TypeError", message: /BigInt/ });
  const thrown = Symbol("thrown");
  assert.equal(thrownBy(() => exports.json_stringify({ get a() { throw thrown; } })), thrown);
  assert.equal(thrownBy(() => exports.json_stringify({ toJSON() { throw undefined; } })), undefined);
});

test("stringify: a getter that calls the guest again", () => {
  assert.equal(exports.json_stringify({ get a() { return exports.json_stringify({ b: 1 }); } }), '{"a":"{\\"b\\":1}"}');
});

test("there and back: a large document", () => {
  const document = Array.from({ length: 5000 }, (_, i) => ({ i, text: `é${i}`, list: [i / 2, null, true] }));
  const text = JSON.stringify(document);
  assert.deepEqual(exports.json_parse(text), document);
  assert.equal(exports.json_stringify(document), text);
});

leavesNothing(guest, (i) => {
  exports.json_stringify(exports.json_parse(`{"a":[${i}]}`));
  try {
    exports.json_parse("{");
  } catch {}
});
