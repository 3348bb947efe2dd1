// @ts-check
// JSON text both ways.

import { handlesOf } from "../handles.js";
import { NONE } from "../slab.js";

/** @type {import("../core.js").Group} */
export const json = {
  name: "json",
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    return {
      json_parse(ptr, len) {
        const text = guest.text(ptr, len, "json_parse");
        let value;
        try {
          value = JSON.parse(text);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        return slab.add(value);
      },
      json_stringify(handle) {
        const value = slab.get(handle, "json_stringify");
        let text;
        try {
          text = JSON.stringify(value);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        return handles.own(text);
      },
    };
  },
};
