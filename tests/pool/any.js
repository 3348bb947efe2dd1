// @ts-check
// Imports for guests of other tests, whatever they want: each function gives its first argument.

import { async_ } from "../../host-js/async.js";
import { compile } from "../../host-js/compile.js";
import { data } from "../../host-js/data.js";

/** An object that has a property of every name. @param {(name: string) => unknown} value @returns {any} */
const all = (value) => new Proxy({}, { get: (_, name) => value(String(name)), getOwnPropertyDescriptor: (_, name) => ({ configurable: true, enumerable: true, value: value(String(name)) }) });

const functions = all(() => (/** @type {unknown} */ first) => first);
export default all(() => functions);
export const options = { with: [async_, compile, data] };
