// @ts-check
// The host in a web worker, as a module of the page's own server.

import assert from "node:assert/strict";
import test from "node:test";
import { serve } from "../../scripts/serve.js";
import { launch } from "../support/chromium.js";

test("a guest runs in a web worker, by a module of a few lines", async () => {
  const browser = await launch();
  const server = await serve();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/examples/index.html`);
    const answer = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const script = `
            import { instantiate } from "${location.origin}/host-js/host.js";
            const { exports, host } = await instantiate(fetch("${location.origin}/examples/hello/hello.wasm"));
            let error;
            try { exports.greet(""); } catch (thrown) { error = thrown.message; }
            postMessage([exports.greet("worker"), error, host.handles.live, typeof document]);
          `;
          const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), { type: "module" });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
        }),
    );
    assert.deepEqual(answer, ["Hello, worker!", "a greeting needs a name", 0, "undefined"]);
  } finally {
    await browser.close();
    await server.close();
  }
});
