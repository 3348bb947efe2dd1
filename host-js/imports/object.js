// @ts-check
// Objects: properties, methods, what they are an instance of. Each operation loads (a bad
// handle or slot is a breach and leaves at once), acts (what throws is the guest's to see),
// and stores.

import { assign } from "../assign.js";
import { callSlots } from "../call.js";
import { handlesOf } from "../handles.js";
import { namesOf } from "../names.js";
import { NONE } from "../slab.js";
import { readSlot } from "../slot.js";

/** @type {import("../core.js").Group} */
export const object = {
  name: "object",
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    const { memory } = guest;
    const nameAt = namesOf(guest);

    /** @param {any} target @param {any} key @param {number} out */
    const get = (target, key, out) => {
      let value;
      try {
        value = target[key];
      } catch (thrown) {
        return handles.fail(thrown, NONE);
      }
      return handles.give(value, out);
    };
    /** @param {any} target @param {any} key @param {any} value */
    const set = (target, key, value) => {
      let done;
      try {
        done = assign(target, key, value);
      } catch (thrown) {
        return handles.fail(thrown, -1);
      }
      handles.alive();
      return done;
    };

    return {
      object_new() {
        return slab.add({});
      },
      object_get(object, key, out) {
        const op = "object_get";
        return get(slab.get(object, op), slab.get(key, op), memory.at(out, 8, op));
      },
      object_get_named(object, ptr, len, out) {
        const op = "object_get_named";
        return get(slab.get(object, op), nameAt(ptr, len, op), memory.at(out, 8, op));
      },
      object_set(object, key, value) {
        const op = "object_set";
        return set(slab.get(object, op), slab.get(key, op), readSlot(guest, value, op));
      },
      object_set_named(object, ptr, len, value) {
        const op = "object_set_named";
        return set(slab.get(object, op), nameAt(ptr, len, op), readSlot(guest, value, op));
      },
      object_has(object, key) {
        const target = slab.get(object, "object_has");
        const name = slab.get(key, "object_has");
        let found;
        try {
          found = name in target;
        } catch (thrown) {
          return handles.fail(thrown, -1);
        }
        handles.alive();
        return found ? 1 : 0;
      },
      object_delete(object, key) {
        const target = slab.get(object, "object_delete");
        const name = slab.get(key, "object_delete");
        let done;
        try {
          done = Reflect.deleteProperty(target, name);
        } catch (thrown) {
          return handles.fail(thrown, -1);
        }
        handles.alive();
        return done ? 1 : 0;
      },
      object_keys(object) {
        const target = slab.get(object, "object_keys");
        let keys;
        try {
          keys = Object.keys(target);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        return handles.own(keys);
      },
      object_call(object, key, args, argc, out) {
        const op = "object_call";
        const self = slab.get(object, op);
        return callSlots(guest, self, slab.get(key, op), self, args, argc, out, op);
      },
      object_call_named(object, ptr, len, args, argc, out) {
        const op = "object_call_named";
        const self = slab.get(object, op);
        return callSlots(guest, self, nameAt(ptr, len, op), self, args, argc, out, op);
      },
      object_instance_of(object, type) {
        const target = slab.get(object, "object_instance_of");
        const constructor = slab.get(type, "object_instance_of");
        let is;
        try {
          is = target instanceof constructor;
        } catch (thrown) {
          return handles.fail(thrown, -1);
        }
        handles.alive();
        return is ? 1 : 0;
      },
    };
  },
};
