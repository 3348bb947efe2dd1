// @ts-check
// Arguments in the form that a guest has told: when it is asked, what is written so, and what
// happens with all that isn't of the form.

import assert from "node:assert/strict";
import test from "node:test";
import { Arena } from "../host-js/arena.js";
import { formWriter } from "../host-js/form-text.js";
import { Memory } from "../host-js/memory.js";
import { Words } from "../host-js/words.js";
import { ASKS, formGuest, giving, without } from "./support/form-guest.js";
import { bytesOf, formOf, normal, open } from "./support/forms.js";

const point = { x: "number", y: "number" };
const person = { name: "text", age: "number", active: "boolean", tags: ["list", "text"], nick: ["option", "text"], home: { street: "text", at: ["tuple", "number", "number"] }, notes: ["map", "text"] };
const ada = () => ({ name: "Ada Müller", age: 36, active: true, tags: ["first", "second"], nick: null, home: { street: "Long Street", at: [47.375, 8.5] }, notes: { a: "1", b: "" } });

for (const compiled of [false, true]) {
  const way = compiled ? "compiled" : "by tree";
  /** @param {Parameters<typeof formGuest>[0]} tells @param {Parameters<typeof formGuest>[1]} [options] */
  const start = (tells, options) => formGuest(tells, { ...options, compiled });

  test(`${way}: the second value asks, and from the third on values go in the form`, () => {
    const { exports, taken, host } = start(() => person);
    const values = Array.from({ length: 200 }, (_, i) => ({ ...ada(), age: i, nick: i % 3 ? `nick ${i}` : null, tags: Array(i % 5).fill(`tag ${i}`) }));
    for (const value of values) exports.take(value);
    assert.deepEqual(taken.map(({ asked }) => asked), values.map((_, i) => i === 1));
    assert.deepEqual(taken.map(({ formed }) => formed), values.map((_, i) => i > 1));
    for (const [i, { value, source }] of taken.slice(2).entries()) {
      assert.deepEqual(value, normal(person, values[i + 2]));
      assert.ok(source > 0 && source < ASKS);
    }
    assert.equal(host.handles.live, 0);
  });

  test(`${way}: each parameter has a form of its own`, () => {
    const { exports, taken } = start((number) => (number === 0 ? point : ["list", "text"]));
    for (let i = 0; i < 100; i++) exports.two({ x: i, y: -i }, [`${i}`]);
    const formed = taken.filter(({ formed }) => formed);
    assert.equal(formed.length, 196);
    for (const [i, { value, number }] of formed.entries()) assert.deepEqual(value, number === 0 ? new Map([["x", (i >> 1) + 2], ["y", -(i >> 1) - 2]]) : [`${(i >> 1) + 2}`]);
    // What one learned, the other knows nothing of.
    exports.take({ x: 1, y: 1 });
    assert.equal(taken.at(-1)?.formed, false);
  });

  test(`${way}: constructors, methods, static functions and async ones have forms of their own`, async () => {
    const { exports, taken, host } = start(() => person);
    const { C } = /** @type {any} */ (exports);
    const instance = new C(ada());
    /** @type {((value: any) => any)[]} */
    const calls = [exports.later, (value) => new C(value), (value) => instance.put(value), (value) => new C(ada()).give(value), C.all];
    for (const call of calls) {
      taken.length = 0;
      for (let i = 0; i < 50; i++) await call({ ...ada(), age: i });
      const formed = taken.filter(({ formed }) => formed);
      assert.ok(formed.length >= 48, `${formed.length}`);
      assert.deepEqual(formed.at(-1)?.value, normal(person, { ...ada(), age: 49 }));
    }
    assert.equal(host.dead, null);
  });

  test(`${way}: fields that are missing, undefined, in another order; what else there is`, () => {
    const { exports, last } = start(() => person);
    for (let i = 0; i < 50; i++) exports.take(ada());
    const values = [
      {}, { name: "a" }, { notes: {} }, { age: 1, name: "b" }, Object.fromEntries(Object.entries(ada()).reverse()), { ...ada(), name: undefined, nick: undefined }, { nick: undefined },
      { home: {} }, Object.assign(Object.create(null), ada()), { ...ada(), tags: undefined }, { home: { at: [1, 2] }, active: false },
      { more: 1, ...ada() }, { ...ada(), more: null, most: undefined, some: "text", none: 1n }, { notes: {}, more: 1, name: "b" },
    ];
    for (let round = 0; round < 20; round++)
      for (const value of values) {
        exports.take(value);
        assert.deepEqual(last().value, normal(person, value));
      }
  });

  test(`${way}: what isn't of the form is written as before`, () => {
    const { exports, last, taken } = start(() => person);
    for (let i = 0; i < 1000; i++) exports.take(ada());
    const odd = [
      { ...ada(), more: {} }, { ...ada(), age: "36" }, { ...ada(), age: 36n }, { ...ada(), active: 1 }, { ...ada(), tags: new Set() }, { ...ada(), tags: ["a", 1] }, { ...ada(), home: new Date(0) },
      { ...ada(), home: { street: "a", at: [1] } }, { ...ada(), home: { street: "a", at: [1, 2, 3] } }, { ...ada(), notes: { a: undefined } }, { ...ada(), notes: new Map() }, new (class { name = "a"; })(),
      [ada()], new Map(), { ...ada(), name: null }, { ...ada(), tags: [,] }, Object.assign(ada(), { nick: new String("a") }),
    ];
    for (const value of odd) {
      exports.take(value);
      assert.equal(last().formed, false);
      exports.take(ada());
      assert.equal(last().formed, true);
    }
    // It is asked for what the form lacks, but not for ever.
    assert.equal(taken.filter(({ asked }) => asked).length, 17);
  });

  test(`${way}: properties that aren't enumerable, and those of a prototype, are none`, () => {
    const { exports, last } = start(() => point);
    for (let i = 0; i < 1000; i++) exports.take({ x: 1, y: 2 });
    exports.take(Object.defineProperty({ x: 1 }, "y", { value: 2 }));
    assert.ok(!last().formed || last().value.get("y") === undefined);
    exports.take(Object.defineProperty({ y: undefined }, "x", { value: 2 }));
    assert.ok(!last().formed || last().value.get("x") === undefined);
    exports.take(Object.create({ x: 1, y: 2 }));
    assert.equal(last().formed, false);
    Object.defineProperty(Object.prototype, "y", { value: 5, configurable: true });
    try {
      exports.take({ x: 1 });
      assert.ok(!last().formed || last().value.get("y") === undefined);
    } finally {
      delete (/** @type {any} */ (Object.prototype).y);
    }
    exports.take({ x: 1 });
    assert.deepEqual(last().value, new Map([["x", 1]]));
  });

  test(`${way}: with properties that every object has, nothing is written in a form`, () => {
    const { exports, last } = start(() => point);
    for (let i = 0; i < 100; i++) exports.take({ x: 1, y: 2 });
    for (const key of ["y", "x", "z"]) {
      /** @type {any} */ (Object.prototype)[key] = 5;
      try {
        exports.take({ x: 1 });
        assert.equal(last().formed, false, key);
        exports.take({ x: 1, y: 2 });
        // All of it is its own: a form or none.
        assert.deepEqual(last().value ?? "no form", last().formed ? new Map([["x", 1], ["y", 2]]) : "no form", key);
      } finally {
        delete (/** @type {any} */ (Object.prototype)[key]);
      }
    }
    const maps = start(() => ({ m: ["map", "number"] }));
    for (let i = 0; i < 100; i++) maps.exports.take({ m: { a: 1 } });
    assert.equal(maps.last().formed, true);
    /** @type {any} */ (Object.prototype).b = 5;
    try {
      maps.exports.take({ m: { a: 1 } });
      assert.equal(maps.last().formed, false);
    } finally {
      delete (/** @type {any} */ (Object.prototype).b);
    }
  });

  test(`${way}: objects of which many lack a field are no others`, () => {
    const { exports, last } = start(() => ({ a: ["option", "number"], b: ["option", "text"], c: ["option", ["list", "text"]], d: "number" }));
    const whole = () => ({ a: 1, b: "b", c: ["c", "é"], d: 4 });
    const lacking = [{ d: 1 }, { a: 1, d: 2 }, { b: "b", d: 3 }, { c: ["c"], d: 4 }, { a: 1, b: "é", d: 5 }, { b: "b", c: [], d: 6 }, whole()];
    for (let i = 0; i < 200; i++) {
      const value = lacking[i % lacking.length];
      exports.take(value);
      if (i >= 100) assert.deepEqual([last().formed, last().value], [true, new Map(Object.entries(value))]);
    }
    // What lacks the last one, comes in another order, is null or undefined, or has more.
    const others = [{ a: 1 }, { d: 4, c: ["x"], b: "y" }, { a: null, b: null, c: null, d: 4 }, { a: undefined, d: 4 }, { a: 1, more: 2, d: 4 }];
    const wanted = [{ a: 1 }, { b: "y", c: ["x"], d: 4 }, { a: null, b: null, c: null, d: 4 }, { d: 4 }, { a: 1, d: 4 }];
    for (const [i, value] of others.entries()) {
      exports.take(value);
      exports.take(value);
      assert.deepEqual([last().formed, last().value], [true, new Map(Object.entries(wanted[i]))]);
    }
    for (const hidden of [Object.defineProperty({ d: 4 }, "a", { value: 1 }), Object.defineProperty({ a: 1 }, "d", { value: 4 })]) {
      exports.take(hidden);
      assert.ok(!last().formed || !last().value.has(hidden.propertyIsEnumerable("d") ? "a" : "d"));
    }
    for (const value of [Object.create(whole()), { ...whole(), more: {} }, { ...whole(), d: "4" }, { a: 1, d: 4, __proto__: { b: "b" } }]) {
      exports.take(value);
      assert.equal(last().formed, false);
      exports.take(whole());
    }
    const circle = /** @type {any} */ ({ d: 4 });
    circle.more = circle;
    assert.throws(() => exports.take(circle), { name: "TypeError", message: "take: value.more: it is inside of itself: data has no cycles" });
    for (const key of ["d", "b", "more"]) {
      /** @type {any} */ (Object.prototype)[key] = 5;
      try {
        for (const value of [{ a: 1 }, { a: 1, c: [] }]) {
          exports.take(value);
          assert.equal(last().formed, false);
        }
      } finally {
        delete (/** @type {any} */ (Object.prototype)[key]);
      }
    }
  });

  test(`${way}: keys that every object has are in no form; in a map they are keys as any`, () => {
    for (const key of ["constructor", "__proto__", "toString"]) {
      assert.equal(formOf([7, 1, key.length, ...new TextEncoder().encode(key), 2]), null);
      const { exports, taken } = start(() => [7, 1, key.length, ...new TextEncoder().encode(key), 2]);
      for (let i = 0; i < 100; i++) exports.take({ [key]: 1 });
      assert.ok(taken.every(({ formed }) => !formed));
      // At the second value, the eighth, the sixty-fourth.
      assert.deepEqual(taken.flatMap(({ asked }, i) => (asked ? [i] : [])), [1, 7, 63]);
    }
    const { exports, last } = start(() => ["map", "number"]);
    const value = JSON.parse('{"__proto__":1,"constructor":2,"b":3,"2":4,"1":5}');
    for (let i = 0; i < 50; i++) exports.take(value);
    assert.deepEqual(last().value, new Map([["1", 5], ["2", 4], ["__proto__", 1], ["constructor", 2], ["b", 3]]));
  });

  test(`${way}: a getter that throws has the error that it always has`, () => {
    const { exports, last, host } = start(() => point);
    for (let i = 0; i < 50; i++) exports.take({ x: 1, y: 2 });
    const cause = new Error("no");
    assert.throws(() => exports.take({ x: 1, get y() { throw cause; } }), { name: "TypeError", message: 'take: value.y: reading it threw "no"', cause });
    // And one that throws at first only has its value written.
    let times = 0;
    exports.take({ x: 1, y: 2 });
    exports.take({ x: 1, get y() { if (times++ === 0) throw cause; return 3; } });
    assert.deepEqual([last().formed, times], [false, 2]);
    times = 0;
    exports.take({ x: 1, y: 2 });
    exports.take({ x: 1, get y() { return times++ === 0 ? "text" : 4; } });
    assert.equal(last().formed, false);
    assert.equal(host.dead, null);
  });

  test(`${way}: values in circles end, and have the error that they always have`, () => {
    const { exports } = start(() => ({ next: ["option", { next: ["option", { next: ["option", "unknown"] }] }] }));
    for (let i = 0; i < 50; i++) exports.take({ next: { next: null } });
    const circle = { next: /** @type {any} */ (null) };
    circle.next = circle;
    assert.throws(() => exports.take(circle), { name: "TypeError", message: "take: value.next: it is inside of itself: data has no cycles" });
    const list = start(() => ["list", ["list", "number"]]);
    for (let i = 0; i < 50; i++) list.exports.take([[i]]);
    const inside = /** @type {any[]} */ ([]);
    inside.push(inside);
    assert.throws(() => list.exports.take(inside), /it is inside of itself/);
  });

  test(`${way}: halves of a pair in two texts are not one character`, () => {
    const { exports, last, host } = start(() => ["list", "text"]);
    for (let i = 0; i < 50; i++) exports.take(["a"]);
    const value = ["\ud83d", "\ude00"];
    exports.take(value);
    // The guest found it, and asked for the value by itself.
    assert.equal(last().formed, true);
    assert.equal(last().value, value);
    exports.take(["\ud83d", "a", "\ude00"]);
    assert.deepEqual([last().formed, last().asked], [false, true]);
    exports.take(["\ud83d", "a", "\ude00"]);
    assert.deepEqual(last().value, ["\ufffd", "a", "\ufffd"]);
    // Each by itself, where what was put together is encoded in between.
    exports.take(["x".repeat(5000) + "\ud83d", "\ude00"]);
    assert.deepEqual(last().value, ["x".repeat(5000) + "\ufffd", "\ufffd"]);
    assert.equal(host.dead, null);
  });

  test(`${way}: long lists and texts, in blocks of the guest's that go back`, () => {
    const { exports, last, raw } = start(() => ["list", { n: "number", t: "text" }]);
    for (let i = 0; i < 50; i++) exports.take([{ n: 1, t: "x" }]);
    const list = Array.from({ length: 100_000 }, (_, n) => ({ n, t: n % 1000 ? "é" : "long ".repeat(100) }));
    exports.take(list);
    assert.deepEqual(last().value, normal(["list", { n: "number", t: "text" }], list));
    assert.ok(raw.freed.value >= last().buffer.length);
    for (const t of ["x".repeat(1025), "x".repeat(300), "é".repeat(5000), "x".repeat(100_000)]) {
      exports.take([{ n: 1, t }]);
      assert.deepEqual(last().value, [new Map(/** @type {any} */ ([["n", 1], ["t", t]]))]);
    }
  });

  test(`${way}: a getter that calls the same export, and memory that grows between check and copy`, () => {
    const { exports, taken, raw, host } = start(() => person);
    for (let i = 0; i < 50; i++) exports.take(ada());
    let depth = 0;
    const nested = () => ({
      ...ada(),
      get nick() {
        raw.memory.grow(1);
        if (depth++ < 5) exports.take(nested());
        return `nick ${depth}`;
      },
    });
    const before = taken.length;
    exports.take(nested());
    assert.equal(taken.length, before + 6);
    for (const { value, formed } of taken.slice(before)) {
      assert.equal(formed, true);
      assert.deepEqual(value, normal(person, { ...ada(), nick: value.get("nick") }));
    }
    assert.equal(host.handles.live, 0);
  });

  test(`${way}: a form learns what it didn't know, and two different ones make the later`, () => {
    const shapes = [{ a: ["list", "unknown"], b: ["option", "unknown"] }, { a: ["list", "number"], b: ["option", "unknown"] }, { a: ["list", "unknown"], b: ["option", "text"] }];
    let told = 0;
    const { exports, taken } = start((number, { source }) => (assert.ok(source >= ASKS && number === 0), shapes[told++]), { type: { a: ["list", "number"], b: ["option", "text"] } });
    exports.take({ a: [], b: null });
    exports.take({ a: [], b: null });
    exports.take({ a: [1], b: null });
    exports.take({ a: [], b: "b" });
    exports.take({ a: [1], b: "b" });
    assert.deepEqual(taken.map(({ asked }) => asked), [false, true, true, true, false]);
    assert.equal(taken[4].formed, true);
    assert.deepEqual(open(taken[4].buffer).words, [0, 1, 1, 1, 1]);
  });

  test(`${way}: a form of which few values are is forgotten for good`, () => {
    const { exports, taken } = start(() => point);
    for (let i = 0; i < 200; i++) exports.take(i === 1 ? { x: 1, y: 2 } : { x: "1" });
    assert.ok(taken.every(({ formed }) => !formed));
    for (let i = 0; i < 200; i++) exports.take({ x: 1, y: 2 });
    assert.ok(taken.every(({ formed }) => !formed));
    assert.ok(taken.filter(({ asked }) => asked).length < 15);
  });

  test(`${way}: a guest that asks for what it was given in a form is soon given that no more`, () => {
    let parts = 0;
    const { exports, taken, raw, host } = start(() => point, {
      during({ formed, source }) {
        if (!formed) return;
        parts++;
        host.release(raw.part(source));
      },
    });
    for (let i = 0; i < 200; i++) exports.take({ x: 1, y: 2 });
    assert.ok(parts > 0 && parts < 12, `${parts}`);
    assert.ok(taken.slice(100).every(({ formed, asked }) => !formed && !asked));
    assert.equal(host.handles.live, 0);
  });
}

for (const compiled of [false, true])
  test(`texts are encoded alike by hand and by an encoder, which wants a view, until the memory grows, ${compiled ? "compiled" : "by tree"}`, () => {
    const { exports, last, raw } = formGuest(() => ["list", "text"], { compiled });
    for (let i = 0; i < 200; i++) {
      const value = [..."é".repeat(i % 70), "x".repeat(i % 40), "\ud83d", "long ".repeat(i % 9)];
      exports.take(value);
      assert.deepEqual(last().formed ? last().value : normal(["list", "text"], value), normal(["list", "text"], value));
      if (i > 2) assert.ok(last().formed, `${i}`);
      if (i % 50 === 0) raw.memory.grow(1);
    }
  });

test("reading a value may grow the memory, call the guest, throw, or kill it: what is written in place is not lost", () => {
  let tells = /** @type {any} */ (person);
  const { exports, last, taken, raw, host } = formGuest(() => tells, { compiled: true });
  for (let i = 0; i < 100; i++) exports.take(ada());
  /** A value whose last field but one is read by a function. @param {() => string} read */
  const reading = (read) => Object.defineProperty(ada(), "nick", { get: read, enumerable: true, configurable: true });
  exports.take(reading(() => (raw.memory.grow(1), "grown")));
  assert.deepEqual(last().value, normal(person, { ...ada(), nick: "grown" }));
  for (let i = 0; i < 5; i++) {
    const before = taken.length;
    exports.take(reading(() => (exports.take({ ...ada(), age: 7 }), `called ${i}`)));
    assert.deepEqual(last().value, normal(person, { ...ada(), nick: `called ${i}` }));
    assert.deepEqual(taken[before].value, normal(person, { ...ada(), age: 7 }));
  }
  assert.throws(() => exports.take(reading(() => { throw new RangeError("no nick"); })), { name: "TypeError", message: 'take: value.nick: reading it threw "no nick"' });
  // The next one asks for what the form lacked, if anything.
  for (let i = 0; i < 2; i++) exports.take(ada());
  assert.deepEqual(last().value, normal(person, ada()));
  assert.equal(host.handles.live, 0);
  assert.equal(host.dead, null);
  tells = [5, 9];
  const deadly = reading(() => {
    exports.two([1], [1]);
    assert.throws(() => exports.two([1], [1]), { code: "panic" });
    return "dead";
  });
  assert.throws(() => exports.take(deadly), { code: "poisoned" });
});

test("an arena beyond 2 GiB: what is called meanwhile finds its top behind the value", () => {
  const memory = new Memory();
  memory.memory = new WebAssembly.Memory({ initial: 2 ** 15 + 2 });
  memory.top = 2 ** 31 + 8;
  memory.end = 2 ** 31 + 16384;
  const form = formOf(bytesOf(point));
  assert.ok(form);
  const write = formWriter(form, (names, text) => /** @type {any} */ (new Function(...names, text)));
  assert.ok(write);
  let top = 0;
  const arena = new Arena();
  assert.equal(arena.write(memory, form, { get x() { top = memory.top; return 1.5; }, y: 2 }, write), "");
  assert.equal(arena.count, 3);
  assert.ok(top > 2 ** 31 + 8 + 5 * 8 && top <= memory.end, `${top}`);
  assert.equal(memory.top, 2 ** 31 + 8);
  assert.deepEqual([0, 8, 16].map((at) => memory.view.getFloat64(2 ** 31 + 8 + 16 + at, true)), [0, 1.5, 2]);
  arena.head(memory.top, 0x7fffffff, 3, 4);
  assert.deepEqual([0, 4, 8, 12].map((at) => memory.view.getUint32(2 ** 31 + 8 + at, true)), [0, 0x7fffffff, 3, 4]);
});

test("a function of one argument has a text of its own: what it gives, how it fails, is refused, and ends the guest", () => {
  for (const compiled of [false, true]) {
    const { exports, last, raw, host, taken } = formGuest(() => point, { compiled, module: giving });
    const says = (/** @type {number} */ byte) => void (new Uint8Array(raw.memory.buffer)[0] = byte);
    const given = { half: 1.5, yes: true, five: 5, none: undefined, tried: 2.5, dead: 7 };
    for (const [name, result] of Object.entries(given)) {
      const call = exports[name];
      assert.deepEqual([call.name, call.length], [name, 1]);
      says(0);
      for (let i = 0; i < 100; i++) {
        assert.equal(call({ x: i, y: 2 }), result);
        assert.equal(last().formed, i > 1, `${name} ${i}`);
      }
      assert.equal(call({ x: "1", y: 2 }), result, "no value of the form");
      assert.equal(last().formed, false);
      for (const args of [[], [{ x: 1, y: 2 }, 1]]) assert.throws(() => call(...args), { name: "TypeError", message: `${name} takes 1 arguments, got ${args.length}` });
      says(3);
      for (let i = 0; i < 3; i++) assert.throws(() => call({ x: i, y: 2 }), { name: "TypeError", message: `${name}: wrong` });
      says(1);
      for (let i = 0; i < 3; i++) {
        if (name === "tried") assert.throws(() => call({ x: i, y: 2 }), (thrown) => thrown === 2.5);
        else assert.equal(call({ x: i, y: 2 }), result);
      }
      const calls = taken.length;
      says(2);
      if (name !== "dead") assert.equal(call({ x: 1, y: 2 }), result);
      else {
        assert.throws(() => call({ x: 1, y: 2 }), { code: "panic" });
        assert.ok(last().formed);
        assert.throws(() => call({ x: 1, y: 2 }), { code: "poisoned" });
      }
      assert.equal(taken.length, calls + 1);
    }
    assert.equal(host.handles.live, 0);
  }
});

test("a value that has no room in place goes as before, and so do all after it", () => {
  const { exports, last } = formGuest(() => person, { compiled: true });
  for (let i = 0; i < 100; i++) exports.take(ada());
  for (const size of [100, 300, 2000, 1, 3000, 5000, 6000, 7000, 1]) {
    for (const value of [{ ...ada(), tags: Array(size).fill("tag") }, { ...ada(), name: "é".repeat(size * 3) }, { ...ada(), tags: [..."x".repeat(size)] }]) {
      exports.take(value);
      assert.ok(last().formed);
      assert.deepEqual(last().value, normal(person, value));
    }
  }
});

test("a guest that doesn't import data_form is never asked", () => {
  const { exports, taken } = formGuest(() => point, { module: without });
  for (let i = 0; i < 100; i++) exports.take({ x: 1, y: 2 });
  assert.ok(taken.every(({ asked, formed }) => !asked && !formed));
});

test("values without containers ask for nothing", () => {
  const { exports, taken } = formGuest(() => point);
  for (let i = 0; i < 100; i++) exports.take(i % 2 ? i : "text");
  assert.ok(taken.every(({ asked, formed, source }) => !asked && !formed && source === 0));
});

test("a form that nobody asked for, or asked for before, is ignored", () => {
  for (const source of [0, 1, 2, ASKS, ASKS + 2, 0x7fffffff, 0xffffffff]) {
    const guest = formGuest(() => undefined, {
      during({ asked }) {
        if (!asked) return;
        new Uint8Array(guest.raw.memory.buffer).set(bytesOf(point), 8192);
        guest.raw.tell(source, 8192, bytesOf(point).length);
      },
    });
    for (let i = 0; i < 100; i++) guest.exports.take({ x: 1, y: 2 });
    assert.ok(guest.taken.every(({ formed }) => !formed), `${source}`);
    assert.equal(guest.taken.filter(({ asked }) => asked).length, 3);
    assert.equal(guest.host.dead, null);
  }
});

test("bytes that are no form end the instance, those of too much are ignored", () => {
  /** @param {number} n @param {number[]} inside @returns {number[]} */
  const deep = (n, inside) => (n === 0 ? inside : [5, ...deep(n - 1, inside)]);
  const fields = (/** @type {number} */ n) => [7, n, ...Array.from({ length: n }, (_, i) => [2, 97 + (i >> 4), 97 + (i & 15), 2]).flat()];
  const none = [[], [9], [255], [5], [4], [8], [6], [7], [6, 2, 2], [6, 0x80], [6, 0xff, 0xff, 0xff, 0xff, 0xff], [7, 1], [7, 1, 1], [7, 1, 1, 97], [7, 1, 4, 97, 2], [5, 2, 2], [7, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 1, 97, 2], deep(20, [])];
  for (const bytes of none) assert.throws(() => formOf(bytes), { code: "bad-data" }, `${bytes}`);
  for (const bytes of [deep(33, [2]), deep(5000, [2]), fields(54), [7, 2, 1, 97, 2, 1, 97, 2], [2], [3], [0], [1], [4, 2], [4, 4, 0], [6, 0x88, 0x27, ...Array(5000).fill(2)]]) assert.equal(formOf(bytes), null);
  for (const bytes of [deep(32, [2]), fields(53), [6, 0], [7, 0], [4, 5, 0], [7, 1, 0, 2]]) assert.ok(formOf(bytes));
  const { exports, host } = formGuest(() => [5, 9]);
  exports.take([1]);
  assert.throws(() => exports.take([1]), { code: "panic" });
  assert.equal(/** @type {any} */ (host.dead).cause.code, "bad-data");
});

test("53 fields: every bit of the mask, in both ways", () => {
  const shape = Object.fromEntries(Array.from({ length: 53 }, (_, i) => [`f${i}`, "number"]));
  const form = formOf(bytesOf(shape));
  assert.ok(form);
  const compiled = formWriter(form, (names, text) => /** @type {any} */ (new Function(...names, text)));
  for (let i = 0; i < 53; i++) {
    const value = { [`f${i}`]: i };
    for (const way of [null, compiled]) {
      const words = new Words();
      assert.equal(words.write(form, value, way), true);
      assert.deepEqual([...words.words.subarray(0, words.count)], [2 ** 53 - 1 - 2 ** i, i]);
      assert.equal(words.write(form, Object.defineProperty({ [`f${i}`]: 1 }, `f${(i + 1) % 53}`, { value: 1 }), way), way === null);
    }
  }
});
