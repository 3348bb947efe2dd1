// @ts-check
// Implementors of interfaces: the end of those that the guest holds, the beginning of those
// that it has itself.

import { readTypes } from "../contract.js";
import { handlesOf } from "../handles.js";
import { dispose, implementorOf, interfacesOf, isMethod, readMethod, resolveInterface } from "../interface.js";
import { offersOf } from "../offer.js";

/** @type {import("../core.js").Group} */
export const interface_ = {
  name: "interface",
  resolve: (type, find, name, module) => resolveInterface(type, module),
  readMethod,
  hides: (name, module) => isMethod(name, readTypes(module)),
  held: (module, handles) => interfacesOf(readTypes(module), handles),
  imports: (guest, module) => {
    const handles = handlesOf(guest);
    const offer = offersOf(guest, module);
    return {
      interface_new(id, ptr, len) {
        return handles.slab.add(offer(guest.text(ptr, len, "interface_new"))(id));
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
