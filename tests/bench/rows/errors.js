// @ts-check
// Rows k: errors, each way.

import { loop } from "./row.js";

/** @type {import("./row.js").Row[]} */
export const errors = [
  { row: "k.ok", family: "errors", what: "Result export, Ok", body: loop("acc = (acc + x.half(i << 1)) | 0;") },
  {
    row: "k.err",
    family: "errors",
    what: "Result export, Err(text) caught in JS",
    check: ({ calls }) => {
      try {
        return calls.half(1);
      } catch (error) {
        return error instanceof Error && error.message;
      }
    },
    body: loop("try { acc += x.half(i | 1); } catch (error) { acc += error.message.length; }"),
  },
  { row: "k.imp.ok", family: "errors", what: "catching import, does not throw", body: "return x.try_ok(user.attemptOk, n);" },
  { row: "k.imp.ready", family: "errors", what: "catching import, throws a ready Error", body: "return x.try_ready(user.attemptReady, n);" },
  { row: "k.imp.new", family: "errors", what: "catching import, throws new Error", body: "return x.try_new(user.attemptNew, n);" },
];
