// @ts-check
// Batches: a guest's operations, run together.

import { Batch } from "../batch.js";

/** @type {import("../core.js").Group} */
export const batch = {
  name: "batch",
  imports: (guest) => {
    /** Those that have run, for the next. A batch that comes from code that another one calls has its own. @type {Batch[]} */
    const idle = [];
    return {
      batch_run(ptr, len, text, text_len, results, count, flags) {
        const run = idle.pop() ?? new Batch(guest);
        const first = run.run(ptr, len, text, text_len, results, count, flags);
        idle.push(run);
        return first;
      },
    };
  },
};
