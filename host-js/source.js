// @ts-check
// Where a module comes from: bytes, an answer of a server, or a module that is there already.

/** @param {import("./core.js").Source} source @returns {Promise<WebAssembly.Module>} */
export async function compileSource(source) {
  const given = await source;
  if (given instanceof WebAssembly.Module) return given;
  if (!("headers" in given)) return WebAssembly.compile(given);
  if (!given.ok) throw new TypeError(`${given.url}: ${given.status} ${given.statusText}: is this the path of the wasm file?`);
  // While the bytes arrive. Streaming insists on the MIME type; a server that doesn't know it must not stop the page.
  return given.headers.get("content-type") === "application/wasm" ? WebAssembly.compileStreaming(given) : WebAssembly.compile(await given.arrayBuffer());
}
