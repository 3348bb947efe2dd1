// @ts-check
// Classes of the guest, and what it has that is opaque.

import { instanceType, makeClasses, memberExports, refusableShape } from "../class.js";
import { bad } from "../contract.js";
import { handlesOf } from "../handles.js";
import { makeRefusable } from "../refusable.js";

/** @type {import("../core.js").Group} */
export const class_ = {
  name: "class",
  imports: () => ({}),
  resolve: (type, find, name, module, guest) => instanceType(module, guest, type),
  // Whatever is given an instance can be refused; data has makers of its own, which know that.
  shape: (params, name, guest) => refusableShape(params, name, guest) ?? (guest.raw.hw_drop && !params.some(({ type }) => type.choose) ? makeRefusable : undefined),
  hides: (name, module) => memberExports(module).has(name),
  attach(module, guest, find, exports) {
    const classes = makeClasses(module, guest, find, handlesOf(guest).traced);
    for (const name in classes) {
      if (exports[name]) throw bad(`export ${name} | class ${name}`);
      exports[name] = classes[name];
    }
  },
};
