// @ts-check
// Properties and methods, by every kind of key, on objects that do what they can to hinder.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports, host } = guest;

/** Names that bite, or could. */
const names = ["a", "", "__proto__", "constructor", "hasOwnProperty", "toString", "length", "0", "-1", "1.5", "é", "\u{1f600}", "\0", "\ufeff", "a b", "x".repeat(300)];

test("get: by name, by string, by index", () => {
  for (const name of names) {
    const object = Object.create(null, { [name]: { value: name, enumerable: true } });
    assert.equal(exports.object_get_named(object, name), name);
    assert.equal(exports.object_get(object, name), name);
  }
  assert.equal(exports.object_get_index(["a", "b"], 1), "b");
  assert.equal(exports.object_get_index({ 4294967295: "far" }, 0xffffffff), "far");
  assert.equal(exports.object_get([5], 0), 5);
  assert.equal(exports.object_get({ null: 1 }, null), 1);
});

test("get: what is missing is undefined, and what is inherited is found", () => {
  for (const name of ["__proto__", "constructor", "hasOwnProperty", "toString"]) {
    assert.equal(exports.object_get_named(Object.create(null), name), undefined);
    assert.equal(exports.object_get_named({}, name), /** @type {any} */ ({})[name]);
  }
});

test("get: primitives have properties, too; undefined and null throw", () => {
  assert.equal(exports.object_get_named("é", "length"), 1);
  assert.equal(exports.object_get_index("ab", 1), "b");
  assert.equal(exports.object_get_named(5n, "constructor"), BigInt);
  for (const value of [undefined, null]) {
    assert.throws(() => exports.object_get_named(value, "a"), { name: "TypeError", message: `Cannot read properties of ${value} (reading 'a')` });
    assert.throws(() => exports.object_get_index(value, 0), { name: "TypeError" });
    assert.throws(() => exports.object_get(value, "a"), { name: "TypeError" });
    assert.throws(() => exports.object_keys(value), { name: "TypeError" });
    assert.throws(() => exports.object_call_named(value, "a", []), { name: "TypeError" });
  }
});

test("set: by name, by string, by index, a text and a number", () => {
  for (const name of names) {
    const object = Object.create(null);
    assert.equal(exports.object_set_named(object, name, 1), true);
    assert.equal(object[name], 1);
    assert.equal(exports.object_set(object, name, "two"), true);
    assert.equal(object[name], "two");
    assert.equal(exports.object_set_text(object, name, "dré\0"), true);
    assert.equal(object[name], "dré\0");
    assert.equal(exports.object_set_number(object, name, -0), true);
    assert.ok(Object.is(object[name], -0));
  }
  const array = /** @type {unknown[]} */ ([]);
  assert.equal(exports.object_set_index(array, 2, null), true);
  assert.equal(array.length, 3);
  assert.equal(array[2], null);
});

test("set: __proto__ of a plain object is its prototype, as in JavaScript", () => {
  const object = /** @type {any} */ ({});
  assert.equal(exports.object_set_named(object, "__proto__", { inherited: 1 }), true);
  assert.equal(object.inherited, 1);
  assert.deepEqual(Object.keys(object), []);
});

test("set: what refuses says false", () => {
  const frozen = Object.freeze({ a: 1 });
  assert.equal(exports.object_set_named(frozen, "a", 2), false);
  assert.equal(exports.object_set_named(frozen, "b", 2), false);
  assert.equal(exports.object_set(Object.freeze([1]), 0, 2), false);
  assert.equal(exports.object_set_index(Object.freeze([1]), 0, 2), false);
  assert.equal(exports.object_set_named({ get a() { return 1; } }, "a", 2), false);
  assert.equal(exports.object_set_named(Object.preventExtensions({}), "a", 2), false);
  assert.equal(exports.object_set_named(new Proxy({}, { set: () => false }), "a", 2), false);
  assert.equal(frozen.a, 1);
});

test("set: what refuses, and what throws a TypeError of its own, on every way there", () => {
  let turns = 0;
  const own = new TypeError("an age is a number");
  const deny = () => {
    turns++;
    return false;
  };
  const fail = () => {
    turns++;
    throw own;
  };
  class Base {
    /** @param {unknown} value */
    set written(value) {
      fail();
    }
    get read() {
      return 1;
    }
  }
  class Strict {
    /** @param {unknown} value */
    set a(value) {
      turns++;
      /** @type {any} */ (Object.freeze({ b: 1 })).b = value;
    }
  }
  /** @type {[object: any, key: string][]} */
  const refusing = [
    [new Proxy({}, { set: deny }), "a"],
    [new Proxy(Object.freeze({ a: 1 }), {}), "a"],
    [Object.create(new Proxy({}, { set: deny })), "a"],
    [Object.create(Object.freeze({ a: 1 })), "a"],
    [Object.preventExtensions(Object.create({ a: 1 })), "a"],
    [new Base(), "read"],
    [Object.defineProperty(() => 1, "name", { value: "" }), "name"],
    [Object.preventExtensions([1, 2]), "2"],
  ];
  for (const [object, key] of refusing) {
    turns = 0;
    assert.equal(exports.object_set_named(object, key, 2), false, key);
    assert.equal(exports.object_set(object, key, 2), false, key);
    assert.ok(turns === 0 || turns === 2, "a proxy is asked once for each");
  }
  /** @type {[object: any, key: string][]} */
  const throwing = [[new Proxy({}, { set: fail }), "a"], [Object.create(new Proxy({}, { set: fail })), "a"], [new Base(), "written"], [Object.create(new Base()), "written"]];
  for (const [object, key] of throwing) {
    turns = 0;
    assert.equal(thrownBy(() => exports.object_set_named(object, key, 2)), own, key);
    assert.equal(turns, 1);
  }
  turns = 0;
  assert.throws(() => exports.object_set_named(new Strict(), "a", 2), { name: "TypeError" });
  assert.equal(turns, 1);
  assert.throws(() => exports.object_set_named([], "length", -1), { name: "RangeError" });
});

test("set: a proxy's own error is thrown, however much it sounds like the engine's", () => {
  for (const words of ["'set' on proxy: trap returned falsish", "proxy set handler returned false", "Cannot assign to read only property 'a' of object '#<Object>'", "a is read-only", ""]) {
    const own = new TypeError(words);
    const proxy = new Proxy({}, { set() { throw own; } });
    for (const target of [proxy, Object.create(proxy)]) assert.equal(thrownBy(() => exports.object_set_named(target, "a", 2)), own);
  }
  for (const key of [Symbol("s"), "é", "0"]) assert.equal(exports.object_set(new Proxy({}, { set: () => false }), key, 2), false);
});

test("set: a module takes nothing", async () => {
  const module = await import("../host-js/kind.js");
  assert.equal(exports.object_set_named(module, "DATA", 2), false);
  assert.equal(exports.object_set_named(module, "other", 2), false);
});

test("set: a primitive is no object to set on", () => {
  for (const value of [undefined, null, 1, "text", true, 1n, Symbol()]) {
    assert.throws(() => exports.object_set_named(value, "a", 1), { name: "TypeError" });
    assert.throws(() => exports.object_set_index(value, 0, 1), { name: "TypeError" });
  }
});

test("has and delete", () => {
  for (const name of names) {
    const object = Object.create(null);
    assert.equal(exports.object_has_named(object, name), false);
    object[name] = undefined;
    assert.equal(exports.object_has_named(object, name), true);
    assert.equal(exports.object_has(object, name), true);
    assert.equal(exports.object_delete_named(object, name), true);
    assert.equal(name in object, false);
    assert.equal(exports.object_delete_named(object, name), true);
  }
  assert.equal(exports.object_has_named({}, "toString"), true);
  assert.equal(exports.object_delete_named(Object.freeze({ a: 1 }), "a"), false);
  assert.equal(exports.object_delete(Object.freeze({ a: 1 }), "a"), false);
  for (const value of [undefined, null, 1, "text"]) {
    assert.throws(() => exports.object_has_named(value, "a"), { name: "TypeError" });
    assert.throws(() => exports.object_delete_named(value, "a"), { name: "TypeError" });
  }
});

test("keys: own, enumerable, strings, in JavaScript's order", () => {
  const object = { b: 1, 1: 1, a: 1, 0: 1, [Symbol("s")]: 1 };
  Object.defineProperty(object, "hidden", { value: 1 });
  assert.deepEqual(exports.object_keys(object), ["0", "1", "b", "a"]);
  assert.deepEqual(exports.object_keys(Object.create({ inherited: 1 })), []);
  assert.deepEqual(exports.object_keys("ab"), ["0", "1"]);
  assert.deepEqual(exports.object_keys(5), []);
});

test("a round of all properties", () => {
  const object = { a: 1, é: "text", "": null, list: [1], constructor: undefined, hasOwnProperty: 0 };
  const copy = exports.object_round(object);
  assert.deepEqual(copy, object);
  assert.notEqual(copy, object);
  assert.deepEqual(exports.object_new(), {});
});

test("a setter on Object.prototype is met, as in JavaScript", () => {
  const thrown = new Error("from the prototype");
  Object.defineProperty(Object.prototype, "evil", { set() { throw thrown; }, configurable: true });
  try {
    const object = Object.defineProperty({}, "evil", { value: 1, enumerable: true });
    assert.equal(thrownBy(() => exports.object_round(object)), thrown);
  } finally {
    delete (/** @type {any} */ (Object.prototype).evil);
  }
});

test("call: by name, string, symbol and index, with this", () => {
  const object = { base: 10, add(/** @type {number[]} */ ...all) { return all.reduce((sum, n) => sum + n, this.base); }, [Symbol.for("s")]: () => "symbol" };
  assert.equal(exports.object_call_named(object, "add", [1, 2]), 13);
  assert.equal(exports.object_call(object, "add", []), 10);
  assert.equal(exports.object_call(object, Symbol.for("s"), []), "symbol");
  assert.equal(exports.object_call_index([(/** @type {number} */ a) => a * 2], 0, [4]), 8);
  assert.equal(exports.object_call_named("é", "toUpperCase", []), "É");
  assert.equal(exports.object_call_named(Object.create(null, { hasOwnProperty: { value: () => "mine" } }), "hasOwnProperty", []), "mine");
});

test("call: what is no function is a TypeError with its name", () => {
  assert.throws(() => exports.object_call_named({}, "é", []), { name: "TypeError", message: 'property "é" is undefined, not a function' });
  assert.throws(() => exports.object_call_named({ a: {} }, "a", []), { name: "TypeError", message: 'property "a" is object, not a function' });
  assert.throws(() => exports.object_call({}, Symbol("s"), []), { name: "TypeError", message: "property Symbol(s) is undefined, not a function" });
});

test("instanceof", () => {
  assert.equal(exports.object_instance_of([], Array), true);
  assert.equal(exports.object_instance_of(vm.runInNewContext("[]"), Array), false);
  assert.equal(exports.object_instance_of(1, Number), false);
  assert.equal(exports.object_instance_of({}, { [Symbol.hasInstance]: () => 1 }), true);
  for (const notClass of [undefined, null, 1, {}, () => {}]) assert.throws(() => exports.object_instance_of({}, notClass), { name: "TypeError" });
});

test("Symbol.hasInstance that throws", () => {
  const thrown = { thrown: true };
  assert.equal(thrownBy(() => exports.object_instance_of({}, { [Symbol.hasInstance]() { throw thrown; } })), thrown);
});

const thrown = new Error("by the trap");
const fail = () => {
  throw thrown;
};
/** Every way of looking at an object. @type {[trap: string, act: (object: any) => unknown][]} */
const looks = [
  ["get", (object) => exports.object_get_named(object, "a")],
  ["get", (object) => exports.object_get(object, Symbol.iterator)],
  ["get", (object) => exports.object_get_index(object, 0)],
  ["set", (object) => exports.object_set_named(object, "a", 1)],
  ["set", (object) => exports.object_set(object, "a", 1)],
  ["set", (object) => exports.object_set_index(object, 0, 1)],
  ["has", (object) => exports.object_has_named(object, "a")],
  ["deleteProperty", (object) => exports.object_delete_named(object, "a")],
  ["ownKeys", (object) => exports.object_keys(object)],
  ["get", (object) => exports.object_call_named(object, "a", [])],
  ["get", (object) => exports.object_call(object, "a", [])],
  ["getPrototypeOf", (object) => exports.object_instance_of(object, Array)],
  ["get", (object) => exports.object_instance_of({}, object)],
  ["apply", (object) => exports.function_call(object, undefined, [])],
  ["construct", (object) => exports.function_construct(object, [])],
  ["get", (object) => exports.value_to_js_string(object)],
  ["get", (object) => exports.value_to_number(object)],
];

test("a Proxy that throws in every trap: what it throws arrives", () => {
  const traps = ["get", "set", "has", "deleteProperty", "ownKeys", "getOwnPropertyDescriptor", "defineProperty", "getPrototypeOf", "setPrototypeOf", "isExtensible", "preventExtensions", "apply", "construct"];
  const target = function () {};
  const hostile = new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, fail])));
  for (const [trap, look] of looks) assert.equal(thrownBy(() => look(hostile)), thrown, `${trap}: ${look}`);
  assert.equal(thrownBy(() => exports.json_stringify([new Proxy({}, { get: fail })])), thrown);
  assert.equal(exports.value_kind(hostile), "function");
  assert.equal(exports.cast_names(hostile), "Object Function");
  assert.equal(exports.value_flags(hostile), "truthy");
  assert.ok(Object.is(exports.value_echo(hostile), hostile));
  const array = /** @type {any} */ (new Proxy([], { get: fail }));
  assert.equal(thrownBy(() => exports.array_len(array)), thrown);
  assert.equal(thrownBy(() => exports.array_push(array, 1)), thrown);
  assert.equal(thrownBy(() => exports.array_copy(array)), thrown);
  assert.equal(exports.array_visit(array), "error by the trap");
});

test("a revoked Proxy: typeof works, the class is none, all else is a TypeError", () => {
  const { proxy, revoke } = Proxy.revocable(function () {}, {});
  revoke();
  for (const [, look] of looks) assert.throws(() => look(proxy), { name: "TypeError" }, String(look));
  assert.equal(exports.value_kind(proxy), "function");
  const list = Proxy.revocable([], {});
  list.revoke();
  assert.equal(exports.value_kind(list.proxy), "object");
  assert.equal(exports.cast_names(list.proxy), "Object");
  assert.throws(() => exports.array_len(list.proxy), { name: "Error", message: "no array" });
});

test("getters and setters that throw", () => {
  const object = { get a() { throw thrown; }, set a(_value) { throw thrown; } };
  assert.equal(thrownBy(() => exports.object_get_named(object, "a")), thrown);
  assert.equal(thrownBy(() => exports.object_set_named(object, "a", 1)), thrown);
  assert.equal(thrownBy(() => exports.object_call_named(object, "a", [])), thrown);
  assert.equal(thrownBy(() => exports.object_round(object)), thrown);
});

test("getters and setters that call the guest again", () => {
  /** @type {unknown[]} */
  const log = [];
  const object = {
    get a() { return exports.string_echo("inner"); },
    set a(value) { log.push(exports.value_echo(value)); },
  };
  assert.equal(exports.object_get_named(object, "a"), "inner");
  assert.equal(exports.object_set_text(object, "a", "set"), true);
  assert.deepEqual(log, ["set"]);
  assert.equal(exports.convert_property({ get value() { return exports.echo_f64(0.5); } }, "f64"), 0.5);
});

test("a getter that throws into the guest, which calls a getter that throws", () => {
  const inner = new Error("inner");
  const object = { get a() { return exports.object_get_named({ get b() { throw inner; } }, "b"); } };
  assert.equal(thrownBy(() => exports.object_get_named(object, "a")), inner);
  const swallowed = { get a() { try { exports.object_get_named({ get b() { throw inner; } }, "b"); } catch {} throw thrown; } };
  assert.equal(thrownBy(() => exports.object_get_named(swallowed, "a")), thrown);
});

test("a getter that frees the handle in use", () => {
  const object = { get gone() { exports.kept_drop(index); return "still read"; } };
  const index = exports.keep(object);
  assert.equal(host.handles.live, 1);
  assert.equal(exports.kept_get(index, "gone"), "still read");
  assert.equal(host.handles.live, 0);
});

test("a getter and a setter that grow memory", () => {
  const grow = () => exports.alloc_grow(1);
  const pages = exports.alloc_pages();
  const name = "é".repeat(100);
  const object = { get [name]() { grow(); return 1.5; }, set [name](/** @type {any} */ _value) { grow(); } };
  assert.equal(exports.object_get_named(object, name), 1.5);
  assert.equal(exports.object_set_text(object, name, "x".repeat(20_000)), true);
  assert.equal(exports.object_numbers(object, name, name), 3);
  assert.equal(exports.convert_property({ get value() { grow(); return "text"; } }, "String"), "text");
  assert.equal(exports.value_to_number({ valueOf: () => { grow(); return 7; } }), 7);
  assert.equal(exports.alloc_pages(), pages + 6);
});

test("a number is read and written again and again", () => {
  const object = { count: 0 };
  assert.equal(exports.object_count(object, 1000), 1000);
  assert.equal(object.count, 1000);
  assert.throws(() => exports.object_count({}, 1), { message: "expected unsigned integer of 32 bits" });
});

leavesNothing(guest, (i) => {
  const object = { a: i, b: "text", c: null, count: 0 };
  exports.object_round(object);
  exports.object_count(object, 3);
  exports.object_call(object, "toString", []);
  exports.object_delete(object, "a");
  thrownBy(() => exports.object_get({ get a() { throw thrown; } }, "a"));
});
