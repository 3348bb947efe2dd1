// @ts-check
// Classes: members, borrows at run time, what moves, what is refused. The same tests run on all
// three facades; lifetimes are in instances.test.js, types in class-types.test.js.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { PanicError, PoisonedError, WireError, instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { thrownBy } from "./support/guest.js";
import { facades } from "./classes/facades.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-classes")));

/** What a call that is refused must throw: a code and who is named. @param {() => unknown} act @param {string} code @param {RegExp} said */
function refused(act, code, said) {
  const error = thrownBy(act);
  assert.ok(error instanceof WireError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, said);
}

for (const [way, options] of facades) {
  /** @type {Record<string, any>} */
  const supplied = { take: () => 0, give: () => undefined, give_or_throw: () => undefined, maybe: (/** @type {any} */ c) => c, all: (/** @type {any} */ c) => c };
  const app = Object.fromEntries(Object.keys(supplied).map((name) => [name, (/** @type {any[]} */ ...args) => supplied[name](...args)]));
  const start = () => instantiate(module, { ...options, imports: { app }, with: [async_, ...(options.with ?? [])] });
  const { exports, host } = await start();
  const { Counter, Node } = /** @type {Record<string, any>} */ (exports);
  const edge = (/** @type {string} */ name, /** @type {() => void | Promise<void>} */ act) =>
    test(`${way}: ${name}`, async () => {
      await act();
      assert.equal(host.dead, null);
      assert.equal(host.handles.live, 0);
    });
  /** Runs with counters, and frees them. @param {(...counters: any[]) => void} act @param {...number} counts */
  const withCounters = (act, ...counts) => {
    const counters = counts.map((count) => new Counter(count));
    try {
      act(...counters);
    } finally {
      for (const counter of counters) counter.free();
    }
  };

  edge("constructor, methods, accessors, static functions, instanceof", () => {
    withCounters((counter) => {
      assert.ok(counter instanceof Counter);
      assert.equal(counter.constructor, Counter);
      assert.equal(counter.add(2), 3);
      assert.equal(counter.value(), 3);
      assert.equal(counter.count, 3);
      counter.count = 4_000_000_000;
      assert.equal(counter.count, 4_000_000_000);
      counter.count = 5;
      assert.equal(counter.label, "counter 5");
      assert.equal(thrownBy(() => { counter.label = "x"; }).constructor, TypeError, "it has no setter");
      assert.equal(counter.farewell, undefined, "it has no getter");
    }, 1);
    const parsed = Counter.parse("12");
    const pair = Counter.fromPair(3, 4);
    assert.ok(parsed instanceof Counter && pair instanceof Counter);
    assert.deepEqual([parsed.into_value(), pair.into_value()], [12, 7]);
    assert.equal(thrownBy(() => Counter.parse("x")).message, "no number");
    assert.equal(Counter.from_pair, undefined);
  });

  edge("names, lengths and descriptors are those of a class", () => {
    assert.deepEqual([Counter.name, Counter.length, typeof Counter], ["Counter", 1, "function"]);
    const proto = Counter.prototype;
    for (const [name, length] of /** @type {[string, number][]} */ ([["add", 1], ["value", 0], ["sum", 2], ["change", 1], ["into_value", 0]])) {
      assert.deepEqual([proto[name].name, proto[name].length], [name, length]);
      const { enumerable, writable, configurable } = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(proto, name));
      assert.deepEqual({ enumerable, writable, configurable }, { enumerable: false, writable: true, configurable: true });
      assert.throws(() => new proto[name](), TypeError, "a method is no constructor");
    }
    assert.deepEqual([Counter.parse.name, Counter.parse.length, Counter.fromPair.length], ["parse", 1, 2]);
    const count = /** @type {Required<PropertyDescriptor>} */ (Object.getOwnPropertyDescriptor(proto, "count"));
    assert.deepEqual([count.get?.name, count.set?.name, count.enumerable], ["get count", "set count", false]);
    assert.equal(proto.free.name, "free");
    withCounters((counter) => assert.deepEqual([Object.keys(counter), Object.getOwnPropertySymbols(counter), JSON.stringify(counter)], [[], [], "{}"]), 1);
    assert.equal(exports["Counter.add"], undefined, "members are in their class, and nowhere else");
  });

  edge("a class without new is a TypeError", () => {
    for (const act of [() => Counter(1), () => Counter.call({}, 1), () => Reflect.apply(Counter, Object.create(Counter.prototype), [1])]) assert.equal(thrownBy(act).constructor, TypeError);
  });

  edge("arguments and arity are checked, as those of functions are", () => {
    withCounters((counter) => {
      for (const [act, kind, message] of /** @type {[() => unknown, Function, string][]} */ ([
        [() => counter.add("x"), TypeError, 'Counter.add: by must be a number, got "x"'],
        [() => counter.add(1.5), RangeError, "Counter.add: by must be an integer"],
        [() => counter.add(), TypeError, "Counter.add takes 1 arguments, got 0"],
        [() => counter.add(1, 2), TypeError, "Counter.add takes 1 arguments, got 2"],
        [() => counter.value(1), TypeError, "Counter.value takes 0 arguments, got 1"],
        [() => counter.sum(counter), TypeError, "Counter.sum takes 2 arguments, got 1"],
        [() => counter.keep_values([], 1, 2, 3), TypeError, "Counter.keep_values takes 3 arguments, got 4"],
        [() => { counter.count = -1; }, RangeError, "Counter.count: n must be"],
        [() => new Counter("1"), TypeError, 'new Counter: start must be a number, got "1"'],
        [() => new Counter(), TypeError, "new Counter takes 1 arguments, got 0"],
        [() => Counter.parse(1), TypeError, "Counter.parse: text must be a string, got 1"],
        [() => Counter.fromPair(1), TypeError, "Counter.fromPair takes 2 arguments, got 1"],
      ])) {
        const error = thrownBy(act);
        assert.equal(error.constructor, kind, error.message);
        assert.ok(error.message.startsWith(message), error.message);
      }
      assert.equal(counter.value(), 1);
      assert.equal(counter.keep_values([1, {}], {}), 2, "an option at the end may be left out");
    }, 1);
  });

  edge("a method on what is no instance, or one of another class, is a TypeError that names both", () => {
    const node = new Node("a");
    withCounters((counter) => {
      for (const [self, got] of /** @type {[any, string][]} */ ([[{}, "object"], [undefined, "undefined"], [null, "null"], [1, "1"], [Object.create(counter), "object"], [Counter.prototype, "object"], [() => {}, "function"], [node, "Node"], [new Proxy(counter, {}), "object"]])) {
        for (const [name, ...args] of [["add", 1], ["value"], ["into_value"], ["sum", counter, []]]) {
          const error = thrownBy(() => Counter.prototype[name].apply(self, args));
          assert.deepEqual([error.constructor, error.message], [TypeError, `Counter.${name}: this must be a Counter, got ${got}`]);
        }
        assert.throws(() => exports.read(self), { name: "TypeError", message: `read: counter must be a Counter, got ${got}` });
        assert.throws(() => exports.echo(self), { name: "TypeError", message: `echo: counter must be a Counter, got ${got}` });
        assert.throws(() => exports.all([self]), { name: "TypeError", message: `all: counters[0] must be a Counter, got ${got}` });
        assert.throws(() => Reflect.get(Counter.prototype, "count", self ?? {}), TypeError);
        if (self !== node) assert.throws(() => Counter.prototype.free.call(self), TypeError);
      }
    }, 1);
    node.free();
  });

  edge("instances can't be forged, and ids can't be read", () => {
    const Base = Object.getPrototypeOf(Counter);
    for (const args of [[], [1], [{}, 1], [{ guest: host.guest, live: 0 }, 1]]) assert.throws(() => new Base(...args), TypeError);
    assert.throws(() => Reflect.construct(Base, [{}, 1], Counter), TypeError);
    assert.throws(() => class extends Base {}.prototype.free(), TypeError);
    withCounters((counter) => {
      for (let object = counter; object; object = Object.getPrototypeOf(object)) for (const key of Reflect.ownKeys(object)) assert.ok(!/id|family/i.test(String(key)), String(key));
      assert.deepEqual(Object.getOwnPropertyNames(Base).sort(), ["length", "name", "prototype"]);
    }, 1);
  });

  edge("a class can be extended", () => {
    class Double extends Counter {
      constructor(/** @type {number} */ start) {
        super(start * 2);
        this.extra = "kept";
      }
      add(/** @type {number} */ by) {
        return super.add(by * 2);
      }
    }
    const double = new Double(2);
    assert.ok(double instanceof Counter && double instanceof Double);
    assert.deepEqual([double.value(), double.add(3), double.count, double.extra], [4, 10, 10, "kept"]);
    assert.equal(exports.read(double), 10);
    assert.equal(exports.echo(double).into_value(), 10);
    refused(() => double.add(1), "moved", /^Counter\.add: moved Counter: /);
  });

  edge("&mut self re-entered through a callback: re-entered, and the outer call goes on", () => {
    withCounters((counter, other) => {
      for (const [name, act] of Object.entries({
        add: () => counter.add(1),
        value: () => counter.value(),
        count: () => counter.count,
        into_value: () => counter.into_value(),
        sum: () => counter.sum(other, []),
      })) {
        /** @type {any} */
        let inner;
        const before = counter.value();
        counter.change(() => { inner = thrownBy(act); });
        assert.deepEqual([inner.constructor, inner.code], [WireError, "re-entered"], name);
        assert.match(inner.message, new RegExp(`^Counter\\.${name}: re-entered Counter: it is in use, .*use it when`));
        assert.equal(counter.value(), before + 2);
      }
      counter.change(() => assert.equal(other.add(1), 11, "another instance can be used"));
      // An error that nobody catches in between is that of the outer call, too.
      refused(() => counter.change(() => counter.add(1)), "re-entered", /^Counter\.add: /);
      refused(() => counter.change(() => exports.read(counter)), "re-entered", /^read: re-entered Counter/);
    }, 1, 10);
  });

  edge("&self re-entered: reading is no conflict, changing and taking are", () => {
    withCounters((counter) => {
      assert.equal(counter.look(() => counter.look(() => counter.value())), 1);
      refused(() => counter.look(() => counter.add(1)), "re-entered", /^Counter\.add: /);
      refused(() => counter.look(() => counter.into_value()), "re-entered", /^Counter\.into_value: /);
      refused(() => counter.look(() => { counter.count = 1; }), "re-entered", /^Counter\.count: /);
      assert.equal(counter.add(1), 2);
    }, 1);
  });

  edge("method after free(): dropped, and free() again is nothing", () => {
    const counter = new Counter(1);
    counter.free();
    for (const [name, act] of /** @type {[string, () => unknown][]} */ ([["add", () => counter.add(1)], ["value", () => counter.value()], ["into_value", () => counter.into_value()], ["count", () => counter.count]]))
      refused(act, "dropped", new RegExp(`^Counter\\.${name}: dropped Counter: it was freed, .*keep it alive`));
    refused(() => exports.read(counter), "dropped", /^read: counter: dropped Counter: /);
    withCounters((other) => refused(() => exports.all([other, counter]), "dropped", /^all: counters\[1\]: dropped Counter/), 1);
    counter.free();
  });

  edge("consuming self twice: moved", () => {
    const counter = new Counter(7);
    assert.equal(counter.into_value(), 7);
    for (const [name, act] of /** @type {[string, () => unknown][]} */ ([["into_value", () => counter.into_value()], ["add", () => counter.add(1)], ["count", () => counter.count]]))
      refused(act, "moved", new RegExp(`^Counter\\.${name}: moved Counter: an earlier call took it by value; make a new one`));
    counter.free();
    refused(() => counter.value(), "moved", /moved/);
  });

  edge("what has moved into a call that runs has moved", () => {
    const counter = new Counter(3);
    let inner;
    assert.equal(counter.end((/** @type {number} */ count) => { inner = thrownBy(() => counter.add(count)); }), 3);
    assert.match(String(inner), /Counter\.add: moved Counter/);
    const other = new Counter(4);
    assert.throws(() => other.end(() => { throw new Error("mine"); }), { message: "mine" });
    refused(() => other.value(), "moved", /moved/);
  });

  edge("one instance twice in a call: refused before anything moves", () => {
    withCounters((a, b) => {
      for (const [act, code, said] of /** @type {[() => unknown, string, RegExp][]} */ ([
        [() => exports.two_changed(a, a), "re-entered", /^two_changed: re-entered Counter: .*as another argument/],
        [() => exports.read_and_change(a, a), "re-entered", /^read_and_change: re-entered Counter/],
        [() => exports.two_taken(a, a), "moved", /^two_taken: b: moved Counter/],
        [() => exports.read_and_take(a, a), "re-entered", /^read_and_take: re-entered Counter/],
        [() => exports.all([b, a, b]), "moved", /^all: counters\[2\]: moved Counter/],
        [() => exports.all_and_one([b, a], b), "moved", /^all_and_one: one: moved Counter/],
        [() => exports.pair({ first: a, name: "x", second: a }), "moved", /^pair: pair\.second: moved Counter/],
        [() => a.swap(a), "re-entered", /^Counter\.swap: re-entered/],
        [() => a.absorb(a), "re-entered", /^Counter\.absorb: re-entered/],
        [() => a.merge(a), "moved", /^Counter\.merge: other: moved/],
        [() => a.sum(b, [b]), "re-entered", /^Counter\.sum: re-entered/],
        [() => a.sum(a, [b, a]), "re-entered", /^Counter\.sum: re-entered/],
      ])) {
        refused(act, code, said);
        assert.deepEqual([a.value(), b.value()], [1, 10], String(act));
      }
      assert.equal(exports.two_read(a, a), 2, "reading twice is no conflict");
      assert.equal(exports.two_changed(a, b), 13);
      assert.deepEqual(host.instances.Counter, 2);
    }, 1, 10);
  });

  edge("a call that the guest refuses takes nothing: no instance, no handle, no memory", () => {
    withCounters((a, b, c) => {
      const before = exports.held();
      a.look(() => {
        refused(() => exports.two_taken(b, a), "re-entered", /^two_taken: /);
        refused(() => exports.all([c, b, a]), "re-entered", /^all: /);
        refused(() => exports.all_and_one([c, b], a), "re-entered", /^all_and_one: /);
        refused(() => exports.both([undefined, c, a]), "re-entered", /^both: /);
        refused(() => exports.pair({ first: b, name: "é".repeat(20_000), second: a }), "re-entered", /^pair: /);
        refused(() => exports.pair({ first: a, name: "", second: b }), "re-entered", /^pair: /);
        refused(() => exports.maybe(a), "re-entered", /^maybe: /);
        refused(() => a.merge(b), "re-entered", /^Counter\.merge: /);
        refused(() => b.absorb(a), "re-entered", /^Counter\.absorb: /);
        refused(() => exports.taken_with_values({}, [{}, {}, Symbol()], {}, a), "re-entered", /^taken_with_values: /);
        refused(() => a.keep_values([{}, {}], {}, {}), "re-entered", /^Counter\.keep_values: /);
      });
      assert.deepEqual([a.value(), b.value(), c.value()], [1, 10, 100]);
      assert.equal(exports.held(), before);
      assert.equal(exports.taken_with_values({}, [{}, {}], {}, b), 2);
    }, 1, 10, 100);
  });

  edge("in Option, Vec, Result and records, both ways", () => {
    const of = (/** @type {number} */ n) => new Counter(n);
    const value = (/** @type {any} */ counter) => counter?.into_value();
    assert.equal(value(exports.echo(of(1))), 1);
    assert.equal(value(exports.maybe(of(2))), 2);
    for (const nothing of [undefined, null]) assert.equal(exports.maybe(nothing), undefined);
    assert.deepEqual(exports.all([of(1), of(2), of(3)]).map(value), [1, 2, 3]);
    assert.deepEqual(exports.all([]), []);
    assert.deepEqual(exports.both([of(1), undefined, of(3)]).map(value), [1, undefined, 3]);
    assert.equal(value(exports.tried(of(4), false)), 4);
    assert.throws(() => exports.tried(of(4), true), { message: "told to fail" });
    const { first, name, second } = exports.pair({ first: of(1), name: "é", second: of(2) });
    assert.deepEqual([value(first), name, value(second)], [1, "é", 2]);
    assert.equal(exports.pair_sum({ first: of(1), name: "" }), 1);
    const echoed = of(5);
    const same = exports.echo(echoed);
    refused(() => echoed.value(), "moved", /moved/);
    assert.notEqual(same, echoed);
    assert.equal(value(same), 5);
    withCounters((a, b) => {
      assert.deepEqual([exports.read(a), exports.change(a, 5), exports.read(a)], [1, 6, 6]);
      a.swap(b);
      assert.deepEqual([a.value(), b.value(), a.sum(b, [of(7), of(8)])], [2, 6, 23]);
      assert.equal(a.absorb(of(5)), 7);
    }, 1, 2);
    assert.equal(of(1).merge(of(2)).into_value(), 3);
    assert.equal(exports.counters_alive(), 0);
  });

  edge("as arguments and results of imports", () => {
    supplied.take = (/** @type {any} */ counter) => counter.add(1) + counter.into_value();
    assert.equal(exports.import_take(4), 10);
    supplied.give = () => new Counter(5);
    assert.equal(exports.import_give(), 5);
    supplied.give_or_throw = supplied.give;
    assert.equal(exports.import_give_or_throw(), 5);
    supplied.maybe = (/** @type {any} */ counter) => counter;
    assert.deepEqual([exports.import_maybe(6), exports.import_maybe()], [6, undefined]);
    supplied.all = (/** @type {any[]} */ counters) => [...counters, new Counter(9)].reverse();
    assert.deepEqual([...exports.import_all([1, 2])], [9, 2, 1]);
    for (const [wrong, message] of /** @type {[any, RegExp][]} */ ([[{}, /^app\.give_or_throw: result must be a Counter, got object$/], [new Node("x"), /got Node$/]])) {
      supplied.give_or_throw = () => wrong;
      assert.match(thrownBy(() => exports.import_give_or_throw()).message, message);
      wrong.free?.();
    }
    const gone = new Counter(1);
    gone.free();
    supplied.give_or_throw = () => gone;
    refused(() => exports.import_give_or_throw(), "dropped", /^app\.give_or_throw: result: dropped Counter/);
    assert.equal(exports.counters_alive(), 0);
  });

  edge("an import that gives what is in use is an Err where there is a Result", () => {
    withCounters((counter) => {
      supplied.give_or_throw = () => counter;
      const error = thrownBy(() => counter.look(() => exports.import_give_or_throw()));
      assert.match(error.message, /the host gave a Counter that is in use, shared, or gone/);
      refused(() => counter.value(), "moved", /moved/);
      assert.equal(exports.counters_alive(), 0, "nobody would end it otherwise");
    }, 1);
  });

  edge("async exports take and give instances, and are refused before anything moves", async () => {
    assert.equal((await exports.later(new Counter(3))).into_value(), 3);
    const node = new Node("x");
    assert.equal(await exports.shared_later(node), 2);
    assert.equal(node.grow(), 2, "it was given back");
    node.free();
    const [a, b, c] = [new Counter(1), new Counter(2), new Counter(3)];
    const refusals = a.look(() => [exports.later(a), exports.all_later([b, a]), exports.all_later([b, c], a), exports.all_later([b, c], c)]);
    const codes = (await Promise.allSettled(refusals)).map((settled) => /** @type {any} */ (settled).reason?.code);
    assert.deepEqual(codes, ["re-entered", "re-entered", "re-entered", "moved"]);
    assert.deepEqual([a.value(), b.value(), c.value()], [1, 2, 3]);
    assert.equal(await exports.all_later([a, b], c), 3);
    assert.equal(exports.counters_alive(), 0);
  });

  edge("an Rc is shared: both keep it, and only a sole owner changes or takes it", () => {
    const root = new Node("root");
    const child = new Node("child");
    assert.equal(child.grow(), 2);
    assert.equal(root.add(child), 1);
    assert.equal(child.name, "child", "it has not moved");
    for (const [name, act] of /** @type {[string, () => unknown][]} */ ([["grow", () => child.grow()], ["take", () => child.take()]])) refused(act, "shared", new RegExp(`^Node\\.${name}: shared Node: the guest has owners of its own`));
    assert.equal(child.name, "child", "a refused call takes nothing");
    const again = root.child(0);
    assert.notEqual(again, child);
    assert.equal(again.name, "child");
    assert.equal(Node.owners(again), 4, "the parent, two objects, and the argument");
    again.free();
    root.clear();
    assert.equal(child.grow(), 3, "nobody else has it any more");
    refused(() => Node.watched(child, () => child.grow()), "shared", /^Node\.grow: /);
    assert.equal(Node.watched(child, () => {}), true);
    const shared = Node.shared("s");
    assert.equal(shared.grow(), 2);
    assert.equal(root.adopt([shared, child]), 2);
    refused(() => shared.name, "moved", /^Node\.name: moved Node/);
    assert.deepEqual(root.children().map((/** @type {any} */ node) => [node.name, node.free()][0]), ["s", "child"]);
    // One that is freed while a shared owner lives stays.
    const held = root.child(1);
    root.free();
    assert.equal(held.name, "child");
    assert.equal(held.take(), 3);
    assert.equal(host.instances.Node, 0);
  });

  edge("an instance of another host: wrong instance", async () => {
    /** @type {{ exports: Record<string, any> }} */
    const other = await start();
    const counter = new other.exports.Counter(1);
    withCounters((mine) => {
      refused(() => exports.read(counter), "wrong-instance", /^read: counter: wrong-instance Counter: it was made by another instance, .*use it with the one that made it/);
      refused(() => exports.echo(counter), "wrong-instance", /^echo: counter: wrong-instance/);
      refused(() => mine.add.call(counter, 1), "wrong-instance", /^Counter\.add: wrong-instance Counter/);
      refused(() => mine.sum(mine, [counter]), "wrong-instance", /^Counter\.sum: more\[0\]: wrong-instance/);
      assert.ok(!(counter instanceof Counter));
    }, 1);
    assert.equal(counter.value(), 1);
    counter.free();
  });

  edge("an instance that died, or was restarted: poisoned, and wrong instance for the next", async () => {
    /** @type {{ exports: Record<string, any>, host: import("../host-js/host.js").Host }} */
    const { exports: old, host: mortal } = await start();
    const counter = new old.Counter(1);
    const spare = new old.Counter(2);
    assert.ok(thrownBy(() => counter.break_down()) instanceof PanicError);
    const poisoned = thrownBy(() => counter.value());
    assert.ok(poisoned instanceof PoisonedError);
    assert.match(poisoned.message, /^Counter\.value: poisoned .*broken at 1.*host\.restart\(\)/);
    for (const act of [() => counter.add(1), () => counter.into_value(), () => counter.count, () => new old.Counter(1), () => old.Counter.parse("1"), () => old.read(counter)]) assert.ok(thrownBy(act) instanceof PoisonedError, String(act));
    counter.free();
    /** @type {{ exports: Record<string, any> }} */
    const { exports: next } = await mortal.restart();
    assert.notEqual(next.Counter, old.Counter);
    refused(() => next.read(spare), "wrong-instance", /^read: counter: wrong-instance Counter: it was made by another instance, or before a restart/);
    refused(() => next.Counter.prototype.add.call(spare, 1), "wrong-instance", /^Counter\.add: /);
    refused(() => next.all([spare]), "wrong-instance", /^all: counters\[0\]: /);
    assert.ok(thrownBy(() => spare.value()) instanceof PoisonedError);
    spare.free();
    const fresh = new next.Counter(7);
    assert.deepEqual([fresh.value(), next.all([fresh]).map((/** @type {any} */ c) => c.into_value())], [7, [7]]);
    assert.equal(mortal.instances.Counter, 0);
  });

  edge("six misuses are six texts, each with class, method and what to do", () => {
    const moved = new Counter(1);
    moved.into_value();
    const dropped = new Counter(1);
    dropped.free();
    const node = new Node("a");
    const parent = new Node("b");
    parent.add(node);
    withCounters((counter) => {
      const state = exports.opaque_state(1);
      const texts = [() => counter.change(() => counter.add(1)), () => dropped.add(1), () => moved.add(1), () => counter.add.call(node, 1), () => node.grow(), () => exports.opaque_read(state)].map((act) => thrownBy(act).message);
      assert.equal(new Set(texts.map((text) => text.replace(/^\S+ /, ""))).size, 6);
      for (const text of texts) assert.match(text, /^(?:(?:Counter|Node)\.\w+|opaque_read): .*(?:Counter|Node|String)/);
      state.free();
    }, 1);
    for (const each of [node, parent]) each.free();
  });

  edge("an error of a method is thrown, by each way that errors go", () => {
    withCounters((counter) => {
      assert.throws(() => counter.fail("mine"), { name: "Error", message: "mine" });
      const thrown = {};
      assert.equal(thrownBy(() => counter.change(() => { throw thrown; })), thrown);
      assert.equal(counter.value(), 3);
    }, 1);
  });

  edge("opaque values: carried, borrowed, given back, and nothing else", () => {
    const state = exports.opaque_state(3);
    assert.deepEqual([typeof state, Reflect.ownKeys(state)], ["object", []]);
    assert.deepEqual([exports.opaque_steps(state), exports.opaque_step(state), exports.opaque_steps(state)], [3, 4, 4]);
    const text = exports.opaque_text("é");
    assert.equal(exports.opaque_read(text), "é");
    refused(() => exports.opaque_steps(text), "wrong-value", /^opaque_steps: wrong-value \S*State: the guest takes back a value of its own type only/);
    refused(() => exports.opaque_step(text), "wrong-value", /^opaque_step: /);
    refused(() => exports.opaque_end(text), "wrong-value", /^opaque_end: /);
    refused(() => exports.opaque_all([state, text]), "wrong-value", /^opaque_all: /);
    assert.equal(exports.opaque_read(text), "é", "a refused call takes nothing");
    refused(() => exports.opaque_during(state, () => exports.opaque_steps(state)), "re-entered", /^opaque_steps: re-entered \S*State/);
    const same = exports.opaque_maybe(state);
    assert.equal(exports.opaque_maybe(), undefined);
    refused(() => exports.opaque_steps(state), "moved", /^opaque_steps: state: moved opaque/);
    const [last, second] = exports.opaque_all([same, exports.opaque_state(9)]);
    assert.deepEqual([exports.opaque_end(last), exports.opaque_end(second)], [4, 9]);
    refused(() => exports.opaque_end(last), "moved", /moved/);
    for (const wrong of [{}, 1, null, undefined, new Counter(1)]) assert.throws(() => exports.opaque_end(wrong), { name: "TypeError", message: /^opaque_end: state must be an opaque, got / });
    assert.throws(() => new state.constructor(), TypeError);
    text.free();
    refused(() => exports.opaque_read(text), "dropped", /^opaque_read: text: dropped opaque/);
    const wrapped = exports.opaque_counter(new Counter(1));
    wrapped.free();
    assert.equal(host.instances.opaque, 0);
  });

  test(`${way}: after all of this nothing is held`, () => {
    // What these tests have forgotten is the collector's, which instances.test.js looks at.
    assert.equal(exports.held(), Object.values(host.instances).reduce((sum, live) => sum + live, 0));
  });
}
