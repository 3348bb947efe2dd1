// @ts-check
// Values of any kind: what they are, how they compare, JavaScript's own coercions.

import { classOf } from "../brand.js";
import { handlesOf } from "../handles.js";
import { NONE } from "../slab.js";

/** `typeof` by its number on the wire; `null` is apart. */
const kinds = { undefined: 1, boolean: 3, number: 4, bigint: 5, string: 6, symbol: 7, function: 8, object: 9 };
const NULL_KIND = 2;

/** @type {import("../core.js").Group} */
export const value = {
  name: "value",
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    const { memory } = guest;
    return {
      value_kind(handle) {
        const value = slab.get(handle, "value_kind");
        return value === null ? NULL_KIND : kinds[typeof value];
      },
      value_class(handle) {
        const result = classOf(slab.get(handle, "value_class"));
        handles.alive();
        return result;
      },
      value_number(handle) {
        const value = slab.get(handle, "value_number");
        return typeof value === "number" ? value : NaN;
      },
      value_from_number(number) {
        return slab.put(number);
      },
      value_equal(a, b) {
        return slab.get(a, "value_equal") === slab.get(b, "value_equal") ? 1 : 0;
      },
      value_same(a, b) {
        return Object.is(slab.get(a, "value_same"), slab.get(b, "value_same")) ? 1 : 0;
      },
      value_truthy(handle) {
        return slab.get(handle, "value_truthy") ? 1 : 0;
      },
      value_to_string(handle) {
        const value = slab.get(handle, "value_to_string");
        let text;
        try {
          text = String(value);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        return handles.own(text);
      },
      value_to_number(handle, out) {
        const value = slab.get(handle, "value_to_number");
        const at = memory.at(out, 8, "value_to_number");
        let number;
        try {
          number = Number(value);
        } catch (thrown) {
          return handles.fail(thrown, -1);
        }
        handles.alive();
        memory.view.setFloat64(at, number, true);
        return 0;
      },
    };
  },
};
