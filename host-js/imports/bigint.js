// @ts-check
// Big integers: 64 bits as they are, anything longer by its text.

import { WireError, show } from "../errors.js";
import { handlesOf } from "../handles.js";
import * as kind from "../kind.js";
import { outOfRange } from "../scalar.js";
import { NONE } from "../slab.js";
import { payload, wrongType } from "../types.js";

/** @param {bigint} low @param {bigint} high @param {(number: bigint) => bigint} lift the low 64 bits @param {number} kind @returns {import("../types.js").Type} */
const integer = (low, high, lift, kind) => ({
  check(value, where) {
    if (typeof value !== "bigint") throw wrongType(where, "a BigInt", value);
    // What is in range is its own low 64 bits: cheaper than two comparisons.
    if (lift(value) === value) return value;
    throw outOfRange(where, low, high, value);
  },
  lift,
  kind,
  read: (guest, at, name) => lift(guest.memory.view.getBigInt64(payload(guest, at, kind, name), true)),
});

/** @type {import("../core.js").Group} */
export const bigint = {
  name: "bigint",
  types: {
    i64: integer(-(2n ** 63n), 2n ** 63n - 1n, (number) => BigInt.asIntN(64, number), kind.I64),
    u64: integer(0n, 2n ** 64n - 1n, (number) => BigInt.asUintN(64, number), kind.U64),
  },
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    const { memory } = guest;
    /** @param {number} handle @param {string} op @returns {bigint} */
    const get = (handle, op) => {
      const value = slab.get(handle, op);
      if (typeof value !== "bigint") throw new WireError("wrong-kind", op, `${show(value)}, not a BigInt`);
      return value;
    };
    return {
      bigint_from_i64(number) {
        return slab.add(number);
      },
      bigint_from_u64(number) {
        return slab.add(BigInt.asUintN(64, number));
      },
      bigint_to_i64(handle, out) {
        const value = get(handle, "bigint_to_i64");
        const at = memory.at(out, 8, "bigint_to_i64");
        if (BigInt.asIntN(64, value) !== value) return 0;
        memory.view.setBigInt64(at, value, true);
        return 1;
      },
      bigint_to_u64(handle, out) {
        const value = get(handle, "bigint_to_u64");
        const at = memory.at(out, 8, "bigint_to_u64");
        if (BigInt.asUintN(64, value) !== value) return 0;
        memory.view.setBigUint64(at, value, true);
        return 1;
      },
      bigint_parse(ptr, len) {
        const text = guest.text(ptr, len, "bigint_parse");
        let value;
        try {
          value = BigInt(text);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        return slab.add(value);
      },
    };
  },
};
