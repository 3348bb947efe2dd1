// @ts-check
// examples/table: the guest's table and the one in plain JavaScript are the same after each
// action, in as many crossings as there are changes. The DOM here is the little of it that they use.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { actions, median, time } from "../examples/table/actions.js";
import { PlainTable } from "../examples/table/plain.js";
import { instantiate } from "../host-js/host.js";
import { trace } from "../host-js/trace.js";
import { wasmPath } from "../scripts/guests.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("table")));

/** An element of a page, as far as the tables use one. */
class Element {
  /** @type {Element[]} */
  children = [];
  /** @type {Element | null} */
  parent = null;
  text = "";
  className = "";

  get rows() {
    return this.children;
  }
  get firstChild() {
    return this.children[0] ?? null;
  }
  /** @returns {Element | null} */
  get lastChild() {
    return this.children.at(-1) ?? null;
  }
  get nextSibling() {
    const siblings = this.parent?.children ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }
  get textContent() {
    return this.text;
  }
  set textContent(text) {
    this.children = [];
    this.text = String(text);
  }
  /** @param {boolean} _deep @returns {Element} */
  cloneNode(_deep) {
    const clone = Object.assign(new Element(), { text: this.text, className: this.className });
    for (const child of this.children) clone.appendChild(child.cloneNode(true));
    return clone;
  }
  /** @param {Element} child */
  appendChild(child) {
    return this.insertBefore(child, null);
  }
  /** @param {Element} child @param {Element | null} before */
  insertBefore(child, before) {
    child.remove();
    child.parent = this;
    this.children.splice(before ? this.children.indexOf(before) : this.children.length, 0, child);
    return child;
  }
  remove() {
    const siblings = this.parent?.children;
    if (siblings) siblings.splice(siblings.indexOf(this), 1);
    this.parent = null;
  }
  /** All that can be seen. @returns {unknown} */
  shown() {
    return this.children.length > 0 ? [this.className, ...this.children.map((child) => child.shown())] : this.text;
  }
}

const template = new Element();
template.appendChild(new Element());
template.appendChild(new Element());

/** Both tables. @param {number} seed */
async function open(seed) {
  const [guest, plain] = [new Element(), new Element()];
  /** @type {string[]} */
  const crossings = [];
  const instance = await instantiate(module, { with: [trace], trace: ({ step, side, name }) => void (step === "call" && side === "import" && crossings.push(name)) });
  const { exports } = instance;
  exports.open(guest, template, seed);
  const table = /** @type {import("../examples/table/actions.js").Table} */ (/** @type {any} */ (exports));
  const other = new PlainTable(/** @type {any} */ (plain), /** @type {any} */ (template), seed);
  const same = () => assert.deepEqual(guest.shown(), plain.shown());
  return { ...instance, table, other, guest, same, crossings: () => crossings.splice(0).filter((name) => name !== "handle_release") };
}

for (const [id, action] of Object.entries(actions))
  test(`${action.title}: the same in both, three times over`, async () => {
    const { table, other, same, host } = await open(7);
    for (let i = 0; i < (id === "many" ? 1 : 3); i++) {
      for (const one of [table, other]) assert.ok(time(one, action) >= 0);
      assert.equal(table.rows(), other.rows());
      same();
    }
    assert.ok(host.handles.live < 25, "no handle for a row");
  });

test("each change is one crossing, and a replacement two; names cross once for all", async () => {
  const { table, crossings } = await open(1);
  table.create(10);
  crossings();
  /** @type {[() => void, string[]][]} */
  const changes = [
    [() => table.append(1000), ["batch_run"]],
    [() => table.update(), ["batch_run"]],
    [() => table.swap(), ["batch_run"]],
    [() => table.select(3), ["batch_run"]],
    [() => table.select(4), ["batch_run"]],
    [() => table.remove(0), ["batch_run"]],
    [() => table.create(5), ["object_set", "batch_run"]],
    [() => table.clear(), ["object_set"]],
  ];
  for (const [change, expected] of changes) {
    change();
    assert.deepEqual(crossings().filter((name) => name !== "string_from_utf8"), expected, String(change));
  }
  for (const [change, expected] of changes.slice(0, -1)) {
    change();
    assert.deepEqual(crossings(), expected, String(change));
  }
});

test("what is selected stays selected where it goes, and goes with its row", async () => {
  const { table, other, same, guest } = await open(3);
  /** @param {(table: import("../examples/table/actions.js").Table) => void} act */
  const both = (act) => {
    act(table);
    act(other);
    same();
  };
  both((table) => table.create(10));
  for (const index of [1, 8, 0, 9]) both((table) => (table.select(index), table.swap(), table.select(index)));
  both((table) => table.select(5));
  both((table) => table.remove(2));
  both((table) => table.select(4));
  both((table) => table.remove(4));
  both((table) => table.select(0));
  assert.equal(guest.children.filter(({ className }) => className === "danger").length, 1);
  both((table) => (table.create(3), table.swap(), table.update()));
});

test("a row that isn't there is an error, and changes nothing", async () => {
  const { table, other, same } = await open(3);
  for (const one of [table, other]) {
    one.create(4);
    assert.throws(() => one.remove(4), { message: "there is no row 4: there are 4" });
    assert.throws(() => one.select(9), { message: "there is no row 9: there are 4" });
  }
  same();
});

test("a guest without a table says so", async () => {
  const { exports } = await instantiate(module);
  assert.throws(() => exports.create(1), { message: "open a table first" });
});

test("a median is the one in the middle", () => {
  assert.deepEqual([median([3, 1, 2]), median([5]), median([10, 9, 100, 1])], [2, 5, 10]);
});
