// @ts-check
// Dates, as milliseconds since 1970.

import { isDate } from "../brand.js";
import { WireError, show } from "../errors.js";
import { handlesOf } from "../handles.js";

const { getTime } = Date.prototype;

/** @type {import("../core.js").Group} */
export const date = {
  name: "date",
  imports: (guest) => {
    const { slab } = handlesOf(guest);
    return {
      date_new(time) {
        return slab.add(new Date(time));
      },
      date_time(handle) {
        const value = slab.get(handle, "date_time");
        if (!isDate(value)) throw new WireError("wrong-kind", "date_time", `${show(value)}, not a Date`);
        return getTime.call(value);
      },
    };
  },
};
