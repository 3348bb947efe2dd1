// @ts-check
// Handles: clone and release, and values that cross as handles.

import { handlesOf } from "../handles.js";
import * as kind from "../kind.js";
import { u32 } from "../memory.js";
import { payload } from "../types.js";

/** @param {any} value */
const any = (value) => value;

/** @type {import("../core.js").Group} */
export const handle = {
  name: "handle",
  types: {
    js: {
      check: any,
      lower: (guest, value, name) => handlesOf(guest).grant(value, name),
      lift: (wire, guest, name) => handlesOf(guest).take(wire, name),
      kind: kind.HANDLE,
      read: (guest, at, name) => handlesOf(guest).take(guest.memory.view.getInt32(payload(guest, at, kind.HANDLE, name), true), name),
    },
    "&js": {
      check: any,
      lower: (guest, value, name) => handlesOf(guest).lend(value, name),
      borrowed: true,
      accept: (guest, wire, _, name) => handlesOf(guest).slab.get(wire, name),
      kind: -1, // a result is never borrowed
      read: any,
    },
  },
  imports: (guest) => {
    const { slab } = handlesOf(guest);
    return {
      handle_clone(handle) {
        return slab.clone(handle, "handle_clone");
      },
      handle_release(handle) {
        slab.release(handle, "handle_release");
      },
      handle_release_all(ptr, count) {
        const op = "handle_release_all";
        const { memory } = guest;
        const start = memory.at(ptr, count, op, 4);
        // Nothing that is released runs code, so the view stays.
        const { view } = memory;
        for (let at = start, end = start + u32(count) * 4; at < end; at += 4) slab.release(view.getInt32(at, true), op);
      },
    };
  },
};
