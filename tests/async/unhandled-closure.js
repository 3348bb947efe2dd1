// @ts-check
// A listener whose promise rejects: as with any async function, nobody handles that.

import { settled, start } from "./start.js";

const { exports } = await start();
const target = new EventTarget();
exports.listen(target, () => {});
const { promise, reject } = settled();
target.dispatchEvent(Object.assign(new Event("tick"), { wait: promise }));
reject(new Error("refused by the wait"));
