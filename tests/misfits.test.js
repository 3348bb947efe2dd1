// @ts-check
// What the guest finds it can't have: data of another shape, and instances in use, wherever a
// value of the host can stand. An error with the path, of that call; nothing is taken, nothing leaks.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { data } from "../host-js/data.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { leavesNothing, thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-misfits")));
/** What an import gives now. @type {() => any} */
let give = () => undefined;
const gives = () => give();
const imports = { app: Object.fromEntries(["find", "list", "maybe", "order", "failing", "held", "baskets", "sure", "list_later", "failing_later"].map((name) => [name, gives])) };
const start = () => instantiate(module, { imports, with: [async_, data] });
const guest = await start();
const { host } = guest;
/** @type {Record<string, any>} */
const { exports } = guest;

const mark = () => 1;
const ada = { name: "Ada", age: 36, mark };
const old = { name: "Bo", age: 300, mark };
const order = { item: "tea", buyer: ada, others: [ada, ada], parts: [] };
const wrong = { ...order, parts: [order, { ...order, others: [ada, old] }] };
const RANGE = "age: invalid value: integer `300`, expected u8";

/** What a call throws: a TypeError with a text, after which nothing of the call is left. @param {() => unknown} act @param {string} message */
function refuses(act, message) {
  assert.throws(act, (error) => error instanceof TypeError && error.message === message || assert.fail(`${error}, not ${message}`));
  assert.equal(host.dead, null);
  assert.equal(host.handles.live, 0, message);
}

/** The same of a promise. @param {Promise<unknown>} promise @param {string} message */
async function rejects(promise, message) {
  await assert.rejects(promise, (error) => error instanceof TypeError && error.message === message || assert.fail(`${error}, not ${message}`));
  assert.equal(host.dead, null);
  assert.equal(host.handles.live, 0, message);
}

test("arguments of exports: alone, in options, lists and records, at any depth", () => {
  assert.equal(exports.list([ada, ada]), 2);
  assert.equal(exports.nested([ada, undefined]), 2);
  assert.equal(exports.order({ ...order, parts: [order] }), "Ada");
  assert.equal(exports.orders(ada, [order], order), 5);
  refuses(() => exports.list([ada, old]), `list: people[1].${RANGE}`);
  refuses(() => exports.list([ada, ada, 5]), "list: people[2]: invalid type: integer `5`, expected struct Person");
  refuses(() => exports.maybe(old), `maybe: person.${RANGE}`);
  refuses(() => exports.nested([undefined, ada, old]), `nested: people[2].${RANGE}`);
  refuses(() => exports.order({ ...order, buyer: old }), `order: order.buyer.${RANGE}`);
  refuses(() => exports.order(wrong), `order: order.parts[1].others[1].${RANGE}`);
  refuses(() => exports.orders(old, [order]), `orders: first.${RANGE}`);
  refuses(() => exports.orders(ada, [order, wrong]), `orders: orders[1].parts[1].others[1].${RANGE}`);
  refuses(() => exports.orders(ada, [order], wrong), `orders: last.parts[1].others[1].${RANGE}`);
  refuses(() => exports.fallible([old]), `fallible: people[0].${RANGE}`);
});

test("nothing of a refused call is taken: instances have not moved, handles go back", () => {
  const baskets = [new exports.Basket(), new exports.Basket()];
  refuses(() => exports.held({}, { boxes: baskets, who: old }, [{}, mark]), `held: held.who.${RANGE}`);
  for (const basket of baskets) assert.equal(basket.add([ada]), 1, "it lives");
  const live = exports.live_values();
  assert.equal(exports.held({}, { boxes: baskets, who: ada }, [{}, mark]), 4);
  assert.equal(exports.live_values(), live - 2);
  const [first, second] = [new exports.Basket(), new exports.Basket()];
  refuses(() => first.add([ada, old]), `Basket.add: people[1].${RANGE}`);
  refuses(() => first.pour(second, old), `Basket.pour: last.${RANGE}`);
  assert.equal(second.count(), 0, "it lives");
  assert.equal(first.pour(second, ada), 1);
  assert.throws(() => first.pour(first, ada), { code: "re-entered" });
  first.free();
});

test("arguments of async exports and methods: a rejection, and nothing stays borrowed", async () => {
  assert.equal(await exports.later(order, [ada]), 3);
  await rejects(exports.later(wrong, [ada]), `later: order.parts[1].others[1].${RANGE}`);
  await rejects(exports.later(order, [ada, old]), `later: people[1].${RANGE}`);
  const basket = new exports.Basket();
  await rejects(basket.add_later(old), `Basket.add_later: person.${RANGE}`);
  assert.equal(await basket.add_later(ada), 1);
  basket.free();
  assert.equal(host.tasks, 0);
});

test("arguments of closures, also of those that are called once or lent", () => {
  const closure = exports.closure();
  assert.equal(closure([ada], order), 2);
  const type = "closure fn([data],Order?)->usize";
  refuses(() => closure([ada, old], order), `${type}: argument 1[1].${RANGE}`);
  refuses(() => closure([ada], wrong), `${type}: argument 2.parts[1].others[1].${RANGE}`);
  closure.free();
  const once = exports.closure_once();
  refuses(() => once(old), `closure once fn(data)->usize: argument 1.${RANGE}`);
  assert.throws(() => once(ada), { code: "dropped", message: /after its only call/ });
  refuses(() => exports.lent((/** @type {any} */ count) => count([old])), `closure lent fn([data]): argument 1[0].${RANGE}`);
  assert.equal(exports.lent((/** @type {any} */ count) => void count([ada, ada])), 2);
});

test("data as results of closures, of functions of the host, as elements and properties", () => {
  const closure = exports.closure_of_data();
  assert.deepEqual(closure(ada), [ada]);
  refuses(() => closure(old), `closure fn(data)->data: argument 1.${RANGE}`);
  closure.free();
  assert.equal(exports.host_function((/** @type {string} */ name) => ({ ...ada, name: `${name}!` }), [{ ...ada, name: "x" }]), "Ada!xx");
  refuses(() => exports.host_function(() => old, [ada]), RANGE);
  refuses(() => exports.host_function(() => ada, [ada, old]), `closure lent fn(data): argument 1.${RANGE}`);
  refuses(() => exports.host_function(() => 5, []), "invalid type: integer `5`, expected struct Person");
});

test("arguments of async closures: a rejection", async () => {
  const closure = exports.closure_later();
  assert.equal(await closure([ada]), 1);
  await rejects(closure([ada, old]), `closure fn([data])->async<usize>: argument 1[1].${RANGE}`);
  assert.equal(await closure([]), 0);
  closure.free();
  assert.equal(host.tasks, 0);
});

test("an instance that a closure can't have, is that call's error, and is said by name", () => {
  const closure = exports.closure_of_baskets();
  const basket = new exports.Basket();
  basket.during(() => {
    const error = thrownBy(() => closure(basket, ada));
    assert.equal(error.code, "re-entered");
    assert.match(error.message, /^closure fn\(Basket,data\)->usize: re-entered Basket:/);
  });
  assert.equal(basket.count(), 0, "it has not moved");
  refuses(() => closure(basket, old), `closure fn(Basket,data)->usize: argument 2.${RANGE}`);
  assert.equal(basket.count(), 0, "it has not moved");
  assert.equal(closure(basket, ada), 3);
  assert.throws(() => basket.count(), { code: "moved" });
  closure.free();
});

test("methods of an object of the guest", async () => {
  const shop = exports.own_shop();
  assert.equal(shop.sell(order), 2);
  refuses(() => shop.sell(wrong), `Shop.sell: order.parts[1].others[1].${RANGE}`);
  shop.free();
});

test("results of imports: an error that the guest can handle, a TypeError with the path", async () => {
  /** @type {[call: () => unknown, given: any, good: unknown, wrong: any, message: string][]} */
  const table = [
    [exports.import_find, ada, "Ada", old, `app.find: result.${RANGE}`],
    [exports.import_list, [ada, ada], 2, [ada, old, ada, 5], `app.list: result[1].${RANGE}`],
    [exports.import_maybe, undefined, false, old, `app.maybe: result.${RANGE}`],
    [exports.import_order, order, "tea", wrong, `app.order: result.parts[1].others[1].${RANGE}`],
    [exports.import_held, { boxes: [], who: ada }, 0, { boxes: [], who: old }, `app.held: result.who.${RANGE}`],
  ];
  for (const [call, given, good, wrong, message] of table) {
    give = () => given;
    assert.equal(call(), good);
    give = () => wrong;
    refuses(call, message);
  }
  give = () => Promise.resolve([ada]);
  assert.equal(await exports.import_list_later(), 1);
  give = () => Promise.resolve([ada, old]);
  await rejects(exports.import_list_later(), `app.list_later: result[1].${RANGE}`);
  // Larger than the arena: handed over, and freed all the same.
  const long = { ...ada, name: "x".repeat(40_000) };
  give = () => [long, { ...old, name: long.name }, long];
  refuses(exports.import_list, `app.list: result[1].${RANGE}`);
});

test("a declared error whose data is wrong is an unexpected one", async () => {
  const failure = (/** @type {any} */ who) => () => {
    throw { reason: "late", who };
  };
  give = failure(ada);
  assert.equal(exports.import_failing(), "declared late of Ada");
  give = failure(old);
  refuses(exports.import_failing, `what was thrown.who.${RANGE}`);
  give = () => Promise.reject({ reason: "late", who: ada });
  assert.equal(await exports.import_failing_later(), "declared late of Ada");
  give = () => Promise.reject({ reason: "late", who: old });
  await rejects(exports.import_failing_later(), `app.failing_later: result.who.${RANGE}`);
});

test("results of an object's methods", async () => {
  const shop = (/** @type {any} */ value) => ({ find: () => value, all: () => value, sell: () => 0, look: async () => value });
  assert.equal(exports.shop_find(shop(ada)), "fine");
  refuses(() => exports.shop_find(shop(old)), `Shop.find: result.${RANGE}`);
  refuses(() => exports.shop_all(shop([undefined, old])), `Shop.all: result[1].${RANGE}`);
  assert.equal(await exports.shop_look(shop(order)), "tea");
  await rejects(exports.shop_look(shop(wrong)), `Shop.look: result.parts[1].others[1].${RANGE}`);
});

test("an item of a stream: an error, with which the stream ends, and its source is told", async () => {
  let stopped = 0;
  const items = (/** @type {unknown[]} */ ...all) => (function* () {
    try {
      yield* all;
    } finally {
      stopped++;
    }
  })();
  assert.equal(await exports.import_stream(items(ada, ada)), 2);
  await rejects(exports.import_stream(items(ada, old, ada)), `an item of a stream.${RANGE}`);
  assert.equal(stopped, 2);
});

test("instances in the result of an import that the guest can't have: an error, of a list too", () => {
  const basket = new exports.Basket();
  give = () => [new exports.Basket(), basket];
  const before = exports.live_values();
  basket.during(() => assert.throws(exports.import_baskets, { name: "Error", message: "app.baskets: result[1]: the host gave a Basket that is in use, shared, or gone" }));
  assert.equal(exports.live_values(), before - 1, "what was given has ended");
  give = () => [new exports.Basket()];
  assert.equal(exports.import_baskets(), 1);
  assert.equal(host.dead, null);
});

test("where nothing can hold the error, the guest ends with it: by name", async () => {
  const other = await start();
  give = () => [old];
  assert.throws(other.exports.import_sure, { name: "PanicError", message: new RegExp(`app\\.sure: result\\[0\\]\\.${RANGE}`) });
});

leavesNothing(guest, (i) => {
  const basket = new exports.Basket();
  thrownBy(() => exports.held({}, { boxes: [basket], who: old }, [{}]));
  thrownBy(() => exports.orders(ada, [order, wrong], order));
  give = () => [ada, old, ada];
  thrownBy(exports.import_list);
  assert.equal(exports.list([ada, { ...ada, name: `${i}` }]), 2);
  basket.free();
});
