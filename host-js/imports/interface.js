// @ts-check
// Implementors of interfaces: the end of those that the guest holds, the beginning of those
// that it has itself.

import { WireError } from "../errors.js";
import { handlesOf } from "../handles.js";
import { dispose, implementorOf } from "../interface.js";

/** @type {import("../core.js").Group} */
export const interface_ = {
  name: "interface",
  imports: (guest) => {
    const handles = handlesOf(guest);
    return {
      interface_new(id, ptr, len) {
        const { slab, offers } = handles;
        const text = guest.text(ptr, len, "interface_new");
        if (!offers) throw new WireError("bad-contract", "interface_new", `no interface "${text}"`);
        return slab.add(offers(text)(id));
      },
      interface_release(handle) {
        const op = "interface_release";
        const it = implementorOf(guest, handle, op);
        handles.slab.release(handle, op);
        dispose(guest, it);
        handles.alive();
      },
    };
  },
};
