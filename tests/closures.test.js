// @ts-check
// Closures of the guest: kept by it, given to the host, lent for a call; and what is said to
// those who call one that can't be called.

import assert from "node:assert/strict";
import test from "node:test";
import v8 from "node:v8";
import vm from "node:vm";
import { PanicError, PoisonedError, WireError } from "../host-js/host.js";
import { nothingLeft, start } from "./closures/start.js";
import { thrownBy } from "./support/guest.js";

/** A call that is refused: nothing ends by it. @param {() => unknown} act @param {string} code @param {RegExp} message @param {{ host: import("../host-js/host.js").Host }} instance */
function refused(act, code, message, { host }) {
  const error = thrownBy(act);
  assert.ok(error instanceof WireError && !(error instanceof PanicError), String(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
  assert.equal(host.dead, null);
}

const DROPPED = /^closure fn\(.*\)->\w+: dropped closure: it was freed, or its owner in the guest dropped it/;
const REENTERED = /^closure fn\(.*: re-entered while it runs: it is in use, by a call further out/;

test("a closure keeps its state between calls, and is one function", async () => {
  const guest = await start();
  const sum = guest.exports.keep_sum();
  assert.deepEqual([sum(1), sum(2), sum(-5)], [1, 3, -2]);
  assert.deepEqual([guest.exports.live_values(), guest.exports.tokens(), guest.host.handles.live], [1, 1, 1]);
  assert.equal(guest.exports.same_function(), true);
  const [up, get] = guest.exports.keep_counted();
  up();
  up();
  assert.equal(get(), 2);
  nothingLeft(guest);
});

test("FnMut re-entered directly: re-entered, and the outer call goes on", async () => {
  const guest = await start();
  /** @type {any} */
  let inner;
  const f = guest.exports.keep_calling((/** @type {number} */ x) => {
    inner = thrownBy(() => f(x));
    return "outer";
  });
  assert.equal(f(1), "outer");
  assert.match(inner.message, REENTERED);
  assert.equal(inner.code, "re-entered");
  assert.equal(f(2), "outer", "it can be called again");
  const through = guest.exports.keep_calling((/** @type {number} */ x) => through(x));
  refused(() => through(1), "re-entered", REENTERED, guest);
  nothingLeft(guest);
});

test("FnMut re-entered through an event", async () => {
  const guest = await start();
  const target = new EventTarget();
  /** @type {any[]} */
  const errors = [];
  let calls = 0;
  const f = guest.exports.keep_calling(() => {
    if (calls++ === 0) target.dispatchEvent(new Event("again"));
  });
  target.addEventListener("again", () => errors.push(thrownBy(() => f(0))));
  f(0);
  assert.deepEqual(errors.map(({ code }) => code), ["re-entered"]);
  nothingLeft(guest);
});

test("FnMut re-entered through a getter", async () => {
  const guest = await start();
  /** @type {any} */
  let error;
  const f = guest.exports.keep_getting({
    get value() {
      error = thrownBy(() => f());
      return 5;
    },
  });
  assert.equal(f(), 5);
  assert.match(error.message, /^closure fn\(\)->f64: re-entered/);
  nothingLeft(guest);
});

test("a closure that only looks at what it captured can be called while it runs", async () => {
  const guest = await start();
  /** @type {any} */
  const next = (/** @type {number} */ n) => factorial(n);
  const factorial = guest.exports.keep_factorial(next);
  assert.equal(factorial(10), 3628800);
  nothingLeft(guest);
});

test("a closure that drops itself while it runs goes on to its end, and is dropped then", async () => {
  const guest = await start();
  const f = guest.exports.keep_self_drop(0);
  assert.equal(f(), "still here");
  assert.deepEqual([guest.exports.live_values(), guest.exports.tokens()], [0, 0]);
  refused(() => f(), "dropped", DROPPED, guest);
  nothingLeft(guest);
});

test("called after drop: dropped, which differs from re-entered; whatever takes the place in the table", async () => {
  const guest = await start();
  const f = guest.exports.keep_sum();
  const text = guest.exports.greeter("x");
  guest.exports.drop_kept(0);
  text.free();
  refused(() => f(1), "dropped", DROPPED, guest);
  refused(() => text("a"), "dropped", DROPPED, guest);
  const others = Array.from({ length: 50 }, () => guest.exports.keep_sum());
  assert.equal(others[0](3), 3);
  refused(() => f(1), "dropped", DROPPED, guest);
  nothingLeft(guest);
});

test("a wrong argument is refused before the guest is entered, of a dropped one, too", async () => {
  const guest = await start();
  const f = guest.exports.keep_sum();
  assert.throws(() => f("1"), { name: "TypeError", message: 'closure fn(i32)->i32: argument 1 must be a number, got "1"' });
  assert.throws(() => f(2 ** 31), { name: "RangeError", message: "closure fn(i32)->i32: argument 1 must be an integer from -2147483648 to 2147483647, got 2147483648" });
  assert.throws(() => f(0.5), RangeError);
  assert.equal(f(1), 1);
  nothingLeft(guest);
});

test("once called twice: dropped, with a text that says it was a once", async () => {
  const guest = await start();
  const f = guest.exports.keep_once();
  assert.throws(() => f("x"), TypeError);
  assert.equal(f(2), 4, "a refused argument doesn't count as its call");
  assert.deepEqual([guest.exports.live_values(), guest.exports.tokens()], [1, 0], "what it captured ended with its call; it is its owner's still");
  const once = /^closure once fn\(.*: dropped after its only call/;
  refused(() => f(2), "dropped", once, guest);
  const text = guest.exports.keep_once_text();
  assert.equal(text("World"), "Hello, World");
  refused(() => text("World"), "dropped", once, guest);
  /** @type {any} */
  const calling = guest.exports.keep_once_calling(() => calling());
  refused(() => calling(), "dropped", once, guest);
  nothingLeft(guest);
});

test("once, given to the host: its call frees it", async () => {
  const guest = await start();
  for (const [name, value, want] of [["given_once", 1, 2], ["given_once_text", "a", "a"]]) {
    const f = guest.exports[name]();
    assert.equal(guest.host.closures.live, 1);
    assert.throws(() => f(Symbol()), TypeError);
    assert.equal(guest.host.closures.live, 1);
    assert.equal(f(value), want);
    assert.deepEqual([guest.host.closures.live, guest.exports.live_values(), guest.exports.tokens()], [0, 0, 0]);
    refused(() => f(value), "dropped", /once/, guest);
    f.free();
  }
  const unused = guest.exports.given_once();
  unused.free();
  refused(() => unused(1), "dropped", /once/, guest);
  nothingLeft(guest);
});

test("a panic inside ends the instance, and then it is poisoned, called directly and through an export", async () => {
  const { exports, host } = await start();
  const f = exports.keep_panic();
  assert.equal(f(false), 1);
  const error = thrownBy(() => f(true));
  assert.ok(error instanceof PanicError);
  assert.match(error.message, /^closure fn\(bool\)->i32: panic at tests\/closures\/src\/kept\.rs:\d+:\d+: told to panic/);
  assert.equal(host.dead, error);
  for (const again of [() => f(false), () => exports.live_values()]) {
    const poisoned = thrownBy(again);
    assert.ok(poisoned instanceof PoisonedError);
    assert.equal(poisoned.cause, error);
  }
});

test("a panic in a closure's destructor, at a drop of the guest's and at free()", async () => {
  const first = await start();
  first.exports.keep_bad_drop();
  assert.match(thrownBy(() => first.exports.drop_kept(0)).message, /told to panic when dropped/);
  const { exports, host } = await start();
  const f = exports.give_bad_drop();
  const error = thrownBy(() => f.free());
  assert.ok(error instanceof PanicError);
  assert.match(error.message, /told to panic when dropped/);
  assert.equal(host.dead, error);
  f.free();
  assert.ok(thrownBy(() => f()) instanceof PoisonedError);
});

test("fewer arguments than declared are undefined, which is checked; more are left out", async () => {
  const guest = await start();
  const f = guest.exports.keep_sum();
  assert.equal(f(1, 2, "x"), 1);
  assert.throws(() => f(), { name: "TypeError", message: "closure fn(i32)->i32: argument 1 must be a number, got undefined" });
  assert.deepEqual([1, 2, 3].map(f), [2, 4, 7], "as map calls it, with index and array");
  const option = guest.exports.echo_option();
  assert.deepEqual([option(), option(null), option(5, 6)], [undefined, undefined, 5]);
  const any = guest.exports.echo_js();
  assert.equal(any(), undefined);
  any.free();
  option.free();
  nothingLeft(guest);
});

test("a typed closure has no use for this, and is no constructor", async () => {
  const guest = await start();
  const f = guest.exports.keep_sum();
  assert.equal(f.call({}, 1), 1);
  assert.throws(() => new f(1), TypeError);
  assert.throws(() => new (guest.exports.greeter("x"))("y"), TypeError);
  assert.equal(f.length, 1);
});

test("given to the host: a result, through an import, inside of a record; free() ends it, once", async () => {
  /** @type {any[]} */
  const taken = [];
  const take = (/** @type {any} */ f) => void taken.push(f);
  const guest = await start({ app: { take, take_text: take, give: () => (/** @type {number} */ x) => x + 1, take_handlers: (handlers) => handlers } });
  const { exports, host } = guest;
  const adder = exports.adder(5);
  assert.equal(adder(1), 6);
  assert.equal(exports.greeter("Hello, ")("World"), "Hello, World");
  assert.equal(exports.curried()(6)(7), 42);
  exports.pass_adder(10);
  exports.pass_text();
  assert.deepEqual([taken[0](1), taken[1]("a"), taken[1]("a", 0.5)], [11, "a", "a 0.5"]);
  assert.equal(exports.call_given(1), 2);
  assert.throws(() => exports.try_adder(0), { message: "zero" });
  assert.equal(exports.try_adder(1)(1), 2);

  assert.equal(host.handles.live, 0, "a function that was given takes no handle");
  const { live } = host.closures;
  assert.equal(live, exports.live_values());
  adder.free();
  adder.free();
  assert.equal(host.closures.live, live - 1);
  refused(() => adder(1), "dropped", DROPPED, guest);
});

test("functions inside of records, options and lists, both ways", async () => {
  const guest = await start({ app: { take_handlers: (handlers) => ({ ...handlers, on_end: handlers.on_end ?? (() => {}) }) } });
  const { exports, host } = guest;
  const made = exports.new_handlers(true);
  assert.deepEqual([made.on_value(1.5), made.on_end(), made.more.map((/** @type {any} */ f) => f(1))], ["1.5", undefined, [2, 3, 4]]);
  assert.equal(exports.new_handlers(false).on_end, undefined);
  const mine = { on_value: (/** @type {number} */ x) => `${x}`, more: [Math.abs] };
  const back = exports.handlers(mine);
  assert.equal(back.on_value, mine.on_value);
  assert.equal(back.more[0], Math.abs);
  assert.throws(() => exports.handlers({ ...mine, more: [Math.abs, 1] }), { name: "TypeError", message: "handlers: handlers.more[1] must be a function, got 1" });
  assert.equal(host.handles.live, 0);
});

test("put on any object: the global, an event target", async () => {
  const global = /** @type {Record<string, any>} */ ({});
  const guest = await start({}, { global });
  assert.equal(guest.exports.put_on_global("plus100"), true);
  assert.equal(global.plus100(1), 101);
  global.plus100.free();
  const target = new EventTarget();
  const [up, get] = guest.exports.keep_counted();
  guest.exports.listen(target, "tick", up);
  target.dispatchEvent(new Event("tick"));
  target.dispatchEvent(new Event("tick"));
  target.removeEventListener("tick", up);
  target.dispatchEvent(new Event("tick"));
  assert.equal(get(), 2);
  nothingLeft(guest);
});

test("lent for a call of an import: it borrows, and the import's function sees a function", async () => {
  /** @type {any[]} */
  const kept = [];
  const guest = await start({
    lent: {
      each(f) {
        kept.push(f);
        return f(1) + f(2, "more") + 0 * f(3);
      },
      plain(f) {
        kept.push(f);
        f();
        f();
      },
      texts(f) {
        kept.push(f);
        assert.equal(f("a"), "a");
        assert.equal(f("é"), "aé");
      },
      recursive: (f) => (kept.push(f), f(f(f(1)))),
      with_number: (f, x) => (kept.push(f), f(x) + f(1)),
      two(a, b) {
        kept.push(a, b);
        a(2);
        b(3);
        a(0.5);
      },
    },
  });
  const { exports } = guest;
  assert.equal(exports.sum_each(), 6);
  assert.equal(exports.count_plain(), 2);
  assert.deepEqual(exports.collect_texts(), ["a", "é"]);
  assert.equal(exports.recursive(10), 31);
  assert.equal(exports.with_number(10), 27);
  assert.deepEqual([...exports.two()], [2.5, 3]);
  assert.equal(exports.sum_inline(Float64Array.of(1, 2, 3.5)), 6.5);
  const [each, plain, texts, recursive, withNumber, a, b] = kept;
  for (const call of [() => each(1), () => plain(), () => texts("a"), () => recursive(1), () => withNumber(1), () => a(1), () => b(1)])
    refused(call, "dropped", /^closure lent fn\(.*: dropped after the call that it was lent for/, guest);
  nothingLeft(guest);
});

test("lent: dyn, in a box, by a reference, a function, one that is passed on, a type under another name", async () => {
  const guest = await start({ lent: { each: (f) => f(1), recursive: (f) => f(5), aliased: (f) => f(10) } });
  assert.deepEqual([...guest.exports.callables()], [2, 3, 13, 5, 15, 7, 2, 2, -1, -5, -5]);
  nothingLeft(guest);
});

test("a borrowed closure kept by JS beyond its scope", async () => {
  const guest = await start();
  /** @type {any} */
  let kept;
  assert.equal(guest.exports.lend((/** @type {any} */ f) => ((kept = f), f("abc") + f("é"))), 8);
  refused(() => kept("x"), "dropped", /^closure lent fn\(str\)->u32: dropped after the call that it was lent for/, guest);
  assert.equal(kept.free, undefined);
  assert.equal(guest.exports.sum_array([1, 2, 3.5]), 6.5);
  assert.deepEqual(guest.exports.for_each(["a", 1, null]), [null, 1, "a"]);
  nothingLeft(guest);
});

test("an error on the way out of a scope ends the loan", async () => {
  const guest = await start({ lent: { each: (f) => f("no number"), texts() { throw false; } } });
  assert.throws(() => guest.exports.sum_each(), { name: "TypeError", message: /^closure lent fn\(i32\)->i32: argument 1/ });
  assert.equal(thrownBy(() => guest.exports.collect_texts()), false);
  assert.throws(() => guest.exports.lend(() => { throw new Error("mine"); }), { message: "mine" });
  assert.throws(() => guest.exports.sum_array([1, "x"]), TypeError);
  nothingLeft(guest);
});

test("a lent closure re-entered: FnMut is refused, Fn is not", async () => {
  /** @type {any} */
  let error;
  const guest = await start();
  assert.equal(guest.exports.lend_calling((/** @type {any} */ f) => f(() => (error = thrownBy(() => f(() => {}))))), 1);
  assert.match(error.message, /^closure lent fn\(js\.Function\)->result<u32>: re-entered while it runs/);
  nothingLeft(guest);
  const nested = await start({ lent: { recursive: (f) => f({ valueOf: () => 1 }.valueOf() + f(1)) } });
  assert.equal(nested.exports.recursive(1), 4);
  nothingLeft(nested);
});

test("the same object lowered twice gives independent lifetimes", async () => {
  const { exports, host } = await start();
  const target = { addEventListener() {} };
  const f = exports.keep_sum();
  const before = host.handles.live;
  exports.listen(target, "a", f);
  exports.listen(target, "b", f);
  assert.equal(host.handles.live, before);
  assert.equal(exports.identity(f), f);
  assert.equal(exports.apply(f, 2, 1), 2);
  exports.drop_all();
  assert.throws(() => exports.apply(f, 1, 1), { code: "dropped" });
});

test("functions of the host: arguments, results, what they throw", async () => {
  const guest = await start();
  const { exports } = guest;
  assert.equal(exports.apply((/** @type {number} */ x) => x * 2, 10, 1), 1024);
  assert.equal(exports.apply_all((/** @type {any[]} */ ...args) => args.map(String).join()), "true,-8,18446744073709551615,0.5,hé,null,undefined,");
  let called = 0;
  exports.apply_unit(() => called++);
  assert.equal(called, 1);
  assert.deepEqual([exports.apply_option(undefined, 1), exports.apply_option(() => null, 1), exports.apply_option((/** @type {number} */ x) => x, 7)], [undefined, undefined, 7]);
  assert.equal(exports.apply_list([Math.sqrt, Math.abs, (/** @type {number} */ x) => x + 1], 16), 5);
  for (const [f, message] of [[() => "x", /expected integer of 32 bits/], [() => 0.5, /expected integer of 32 bits/], [() => { throw new RangeError("mine"); }, /^mine$/]]) assert.throws(() => exports.apply(f, 1, 1), { message });
  for (const falsy of [undefined, null, 0, "", false]) assert.equal(thrownBy(() => exports.apply(() => { throw falsy; }, 1, 1)), falsy);
  for (const wrong of [undefined, null, {}, "f"]) assert.throws(() => exports.apply(wrong, 1, 1), { name: "TypeError", message: /^apply: f must be a function, got / });
  nothingLeft(guest);
});

test("of another instance: a function is a function, and its misuse names it", async () => {
  const [a, b] = [await start(), await start()];
  const f = a.exports.keep_sum();
  assert.equal(b.exports.apply(f, 3, 1), 4);
  a.exports.drop_all();
  assert.throws(() => b.exports.apply(f, 1, 1), { code: "dropped" });
  assert.equal(b.host.dead, null);
  nothingLeft(b);
});

test("after the instance's death or a restart: poisoned, and free() does nothing", async () => {
  const { exports, host } = await start();
  const [kept, given] = [exports.keep_sum(), exports.adder(1)];
  const panic = exports.keep_panic();
  await host.restart();
  for (const f of [kept, given]) assert.throws(() => f(1), (/** @type {any} */ error) => error instanceof PoisonedError);
  assert.throws(() => panic(true), PoisonedError);
  given.free();
  assert.equal(host.closures.live, 0);
  assert.equal(host.exports.adder(1)(1), 2);
  assert.equal(host.closures.live, 1);
  assert.throws(() => kept(1), PoisonedError, "the old stay dead");
});

test("100,000 closures made and freed: live counts are zero on both sides, the guest's heap is flat", async () => {
  const guest = await start({ app: { take: (/** @type {any} */ f) => f.free() }, lent: { each: (f) => f(1) } });
  const { exports, host, raw } = guest;
  const round = (/** @type {number} */ n) => {
    exports.make_and_drop(n);
    for (const f of exports.give_many(n)) f.free();
    for (let i = 0; i < n; i++) {
      exports.pass_adder(i);
      exports.sum_each();
      exports.given_once()(i);
    }
    exports.many_scopes((/** @type {any} */ f) => f(1), n);
  };
  // An entry of the guest's table serves for 4,095 values: a few more than live at a time come to be used.
  for (const f of exports.give_many(2000)) f.free();
  round(1000);
  const { byteLength } = raw.memory.buffer;
  for (let i = 0; i < 100; i++) round(1000);
  assert.equal(raw.memory.buffer.byteLength, byteLength);
  assert.equal(host.closures.live, 0);
  nothingLeft(guest);
});

const turn = () => new Promise((done) => setTimeout(done));

test("forgotten functions are collected, and with them their closures", async () => {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc");
  const guest = await start();
  const { exports, host } = guest;
  const kept = exports.adder(1);
  (() => exports.give_many(1000).length)();
  assert.equal(host.closures.live, 1001);
  for (let i = 0; i < 200 && host.closures.live > 1; i++) {
    await turn();
    collect();
  }
  assert.equal(host.closures.live, 1);
  assert.deepEqual([exports.live_values(), exports.tokens()], [1, 1]);
  assert.equal(kept(1), 2);
  kept.free();
  nothingLeft(guest);
});

test("a finaliser after the instance's death does nothing; one that panics ends the instance, and nothing else", async () => {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc");
  /** @type {unknown[]} */
  const told = [];
  const [dead, bad] = [await start(), await start({}, { onError: (error) => told.push(error) })];
  (() => dead.exports.give_many(100).length)();
  assert.throws(() => dead.exports.keep_panic()(true), PanicError);
  (() => bad.exports.give_bad_drop().length)();
  for (let i = 0; i < 200 && (bad.host.dead === null || dead.host.closures.live > 0); i++) {
    await turn();
    collect();
  }
  assert.match(bad.host.dead?.message ?? "", /told to panic when dropped/);
  assert.deepEqual(told, [bad.host.dead], "the embedder was told");
  assert.equal(dead.host.closures.live, 0);
  assert.throws(() => bad.exports.live_values(), PoisonedError);
});
