// @ts-check
// Calls within calls of one instance, by members that take and give numbers alone: what others
// have is refused or shared, whoever came first and whoever ends first. On all three facades.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { WireError, instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { facades } from "./classes/facades.js";
import { thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-classes")));
const imports = { app: { take: () => 0, give() {}, give_or_throw() {}, maybe() {}, all() {} } };

/** @param {() => unknown} act @param {string} code */
function refused(act, code) {
  const error = thrownBy(act);
  assert.ok(error instanceof WireError, String(error));
  assert.equal(error.code, code);
}

for (const [way, options] of facades) {
  const { exports, host } = await instantiate(module, { ...options, imports, with: [async_, ...(options.with ?? [])] });
  const { Nest } = /** @type {Record<string, any>} */ (exports);
  /** What the guest calls, by the number that it calls with; what fails in there is thrown when all is over. @param {((step: number) => void)[]} steps @param {() => unknown} act */
  const nested = (steps, act) => {
    /** @type {unknown[]} */
    const failures = [];
    Nest.back((/** @type {number} */ step) => {
      try {
        steps[step](step);
      } catch (failure) {
        failures.push(failure);
      }
    });
    const result = act();
    Nest.back(undefined);
    if (failures.length > 0) throw failures[0];
    return result;
  };
  const edge = (/** @type {string} */ name, /** @type {(nest: any) => void | Promise<void>} */ act) =>
    test(`${way}: ${name}`, async () => {
      const nest = new Nest(1);
      const dropped = Nest.dropped();
      await act(nest);
      nest.free();
      Nest.let_go();
      assert.equal(Nest.dropped(), dropped + 1, "the value has ended, once");
      assert.equal(host.dead, null);
      assert.equal(host.handles.live, 0);
      assert.equal(host.instances.Nest, 0);
    });
  /** That it is nobody's now. @param {any} nest */
  const isFree = (nest) => assert.equal(nest.change(0), nest.count);

  edge("what is read is read within, at any depth, and changed by nobody until the last has read", (nest) => {
    const change = () => refused(() => nest.change(0), "re-entered");
    const read = (/** @type {number} */ step) => {
      change();
      assert.equal(nest.read(step + 1), 1);
      assert.equal(nest.count, 1);
      change();
    };
    assert.equal(nested([read, read, read, change], () => nest.read(0)), 1);
    isFree(nest);
  });

  edge("what is changed is nobody else's, until that is over", (nest) => {
    const all = () => {
      refused(() => nest.read(1), "re-entered");
      refused(() => nest.count, "re-entered");
      refused(() => nest.change(1), "re-entered");
      refused(() => Nest.keep(nest), "re-entered");
    };
    assert.equal(nested([all], () => nest.change(0)), 3);
    isFree(nest);
  });

  edge("one that is freed within stays for those that have it, and for nobody else", (nest) => {
    const before = Nest.dropped();
    const gone = () => {
      for (const act of [() => nest.read(0), () => nest.count, () => nest.change(0)]) refused(act, "dropped");
      assert.equal(Nest.dropped(), before, "it is read yet");
    };
    const free = () => {
      nest.free();
      gone();
    };
    const read = (/** @type {number} */ step) => {
      assert.equal(nest.read(step + 1), 1);
      gone();
    };
    assert.equal(nested([read, read, free], () => nest.read(0)), 1);
    assert.equal(Nest.dropped(), before + 1);
  });

  edge("one that is freed while it is changed", (nest) => {
    const before = Nest.dropped();
    assert.equal(nested([() => nest.free()], () => nest.change(0)), 3);
    assert.equal(Nest.dropped(), before + 1);
    refused(() => nest.change(0), "dropped");
  });

  edge("an async borrow that ends within a call that reads leaves that its own", async (nest) => {
    const abort = new AbortController();
    const lease = nest.lease(new Promise(() => {}), { signal: abort.signal });
    refused(() => nest.change(0), "re-entered");
    const end = () => {
      abort.abort();
      refused(() => nest.change(0), "re-entered");
      assert.equal(nest.count, 1);
      refused(() => nest.change(0), "re-entered");
    };
    assert.equal(nested([end], () => nest.read(0)), 1);
    isFree(nest);
    await assert.rejects(lease, { name: "AbortError" });
  });

  edge("an async borrow that begins within a call outlasts it", async (nest) => {
    let settle = () => {};
    const until = new Promise((/** @type {(value?: undefined) => void} */ resolve) => (settle = resolve));
    /** @type {Promise<number>[]} */
    const leases = [];
    const begin = (/** @type {number} */ step) => {
      leases.push(nest.lease(until));
      if (step < 2) assert.equal(nest.read(step + 1), 1);
      leases.push(nest.lease(until));
    };
    assert.equal(nested([begin, begin, begin], () => nest.read(0)), 1);
    refused(() => nest.change(0), "re-entered");
    assert.equal(nest.count, 1);
    refused(() => nest.change(0), "re-entered");
    settle();
    assert.deepEqual(await Promise.all(leases), [1, 1, 1, 1, 1, 1]);
    isFree(nest);
  });

  edge("one that the guest has an owner of is read within, and changed when that is gone", (nest) => {
    Nest.keep(nest);
    const change = () => refused(() => nest.change(0), "re-entered");
    const read = (/** @type {number} */ step) => {
      change();
      assert.equal(nest.read(step + 1), 1);
      change();
    };
    refused(() => nest.change(0), "shared");
    assert.equal(nested([read, read, change], () => nest.read(0)), 1);
    refused(() => nest.change(0), "shared");
    Nest.let_go();
    const all = () => {
      refused(() => nest.read(1), "re-entered");
      refused(() => nest.change(1), "re-entered");
    };
    assert.equal(nested([all], () => nest.change(0)), 3);
    assert.equal(nested([all], () => nest.change(0)), 5);
    Nest.keep(nest);
    refused(() => nest.change(0), "shared");
  });

  edge("one that gets an owner while it is read, and one whose owner goes then", (nest) => {
    assert.equal(nested([() => Nest.keep(nest)], () => nest.read(0)), 1);
    refused(() => nest.change(0), "shared");
    const within = () => {
      Nest.let_go();
      refused(() => nest.change(0), "re-entered");
    };
    assert.equal(nested([within], () => nest.read(0)), 1);
    isFree(nest);
  });
}
