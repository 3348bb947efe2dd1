// @ts-check
// What the page and run.js share: the instance. A realm and what runs scripts in it is their
// own: a page has frames for that, Node its `node:vm`.

import { async_ } from "../../host-js/async.js";
import { instantiate } from "../../host-js/host.js";
import glue from "./runtime.glue.js";

/**
 * @typedef {{ lines: number, timers: number, requests: number, uncaught: number }} Report
 *
 * @typedef {object} Host
 * @property {(realm: object, script: string) => unknown} evaluate runs a script in a realm; a promise that it gives is waited for
 *   before the event loop begins, so it must not be one of the script's own
 * @property {(line: string) => void} print
 */

/**
 * Instantiates the guest.
 * @param {import("../../host-js/core.js").Source} source of runtime.wasm
 * @param {Host} host
 */
export const open = (source, host) => instantiate(source, { imports: { host: { ...host } }, with: [async_, glue] });

/** What a script has done. @param {Report} report */
export const reportText = ({ lines, timers, requests, uncaught }) => `${lines} lines, ${timers} timers, ${requests} requests, ${uncaught} uncaught errors`;
