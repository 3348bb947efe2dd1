// @ts-check
// examples/todo: the list through serde and back, in a store of this test's; what is drawn, in a
// DOM that has just what the guest uses of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { KEY, open } from "../examples/todo/todo.js";
import { wasmPath } from "../scripts/guests.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("todo")));

/** An element. */
class Element {
  /** @type {Element[]} */
  children = [];
  /** @type {Element | null} */
  nextElementSibling = null;
  /** @type {Record<string, unknown>} */
  dataset = {};
  className = "";
  textContent = "";
  checked = false;

  get firstElementChild() {
    return this.children[0] ?? null;
  }
  /** @returns {Element} */
  cloneNode() {
    const clone = new Element();
    for (const child of this.children) clone.appendChild(child.cloneNode());
    return clone;
  }
  /** @param {Element} child */
  appendChild(child) {
    const last = this.children.at(-1);
    if (last) last.nextElementSibling = child;
    this.children.push(child);
  }
  replaceChildren() {
    this.children = [];
  }
}

const template = new Element();
for (let i = 0; i < 3; i++) template.appendChild(new Element());

/** @param {string | null} kept what an earlier visit has left */
async function visit(kept) {
  let text = kept;
  const store = { getItem: (/** @type {string} */ key) => (key === KEY ? text : null), setItem: (/** @type {string} */ key, /** @type {string} */ value) => void (text = key === KEY ? value : text) };
  const element = new Element();
  const opened = await open(module, store, element, template);
  const shown = () => element.children.map(({ className, dataset, children: [check, title] }) => `${dataset.index}${check.checked ? "x" : " "}${className && "d"} ${title.textContent}`);
  return { ...opened, shown, kept: () => text };
}

test("what is added, toggled, renamed and removed is drawn, and kept", async () => {
  const { exports, shown, kept, problem } = await visit(null);
  assert.deepEqual([shown(), problem, kept()], [[], "", null]);
  exports.add("  buy milk ");
  exports.add("Grüße 🦀");
  exports.add("third");
  exports.toggle(1);
  assert.deepEqual(shown(), ["0  buy milk", "1xd Grüße 🦀", "2  third"]);
  exports.rename(2, "the third");
  exports.remove(0);
  assert.deepEqual(shown(), ["0xd Grüße 🦀", "1  the third"]);
  assert.deepEqual(exports.counts(), { open: 1, done: 1 });
  assert.deepEqual(JSON.parse(kept() ?? ""), [{ title: "Grüße 🦀", done: true }, { title: "the third", done: false }]);
  exports.clear_done();
  assert.deepEqual(shown(), ["0  the third"]);
});

test("the next visit has what this one has kept", async () => {
  const first = await visit(null);
  for (let i = 0; i < 100; i++) first.exports.add(`number ${i}`);
  for (let i = 0; i < 100; i += 3) first.exports.toggle(i);
  const second = await visit(first.kept());
  assert.deepEqual(second.shown(), first.shown());
  assert.deepEqual(second.exports.counts(), { open: 66, done: 34 });
});

test("a filter shows some, whose places stay those of the whole list", async () => {
  const { exports, shown } = await visit('[{"title":"a"},{"title":"b","done":true},{"title":"c"}]');
  exports.show("Open");
  assert.deepEqual(shown(), ["0  a", "2  c"]);
  exports.toggle(2);
  assert.deepEqual(shown(), ["0  a"]);
  exports.show("Done");
  assert.deepEqual(shown(), ["1xd b", "2xd c"]);
  exports.show("All");
  assert.equal(shown().length, 3);
  assert.throws(() => exports.show("all"), TypeError);
});

test("what can't be read is named by its place, and kept until something changes", async () => {
  /** @type {[kept: string, problem: RegExp][]} */
  const broken = [
    ['[{"title":"fine"},{"done":true}]', /\[1\].*title/],
    ['[{"title":5}]', /\[0\]\.title/],
    ['[{"title":"a","done":"yes"}]', /\[0\]\.done/],
    ['{"title":"a"}', /no list: .*/],
    ["{", /JSON/],
    ["null", /no list: .*/],
  ];
  for (const [text, message] of broken) {
    const { exports, problem, shown, kept } = await visit(text);
    assert.match(problem, /^What was kept here is no list: /, text);
    assert.match(problem, message);
    assert.deepEqual([shown(), kept()], [[], text]);
    exports.add("a new one");
    assert.deepEqual(JSON.parse(kept() ?? ""), [{ title: "a new one", done: false }]);
  }
});

test("an empty title and a place where nothing is are errors, and change nothing", async () => {
  const { exports, shown, kept } = await visit('[{"title":"a"}]');
  for (const title of ["", "  ", "\n"]) assert.throws(() => exports.add(title), { message: "there is nothing to do in it" });
  for (const act of [() => exports.toggle(1), () => exports.remove(1), () => exports.rename(7, "b")]) assert.throws(act, { message: "this one isn't there any more" });
  assert.deepEqual([shown(), kept()], [["0  a"], '[{"title":"a"}]']);
});

test("a store that is full: the error comes through, and the list is as it is drawn", async () => {
  const element = new Element();
  const full = new Error("the quota has been exceeded");
  const { exports } = await open(module, { getItem: () => null, setItem() { throw full; } }, element, template);
  assert.throws(() => exports.add("a"), (/** @type {unknown} */ thrown) => thrown === full);
  assert.equal(element.children.length, 1);
  assert.deepEqual(exports.counts(), { open: 1, done: 0 });
});

test("nothing is left of a thousand changes but the names and the two elements", async () => {
  const { exports, host } = await visit(null);
  exports.add("a");
  exports.toggle(0);
  const { live } = host.handles;
  for (let i = 0; i < 1000; i++) exports.toggle(0);
  assert.equal(host.handles.live, live);
});
