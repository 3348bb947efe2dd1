// Modules that exist in bundles only: `bundle.js` finds them.

declare module "bench:bindgen" {
  export function initSync(options: { module: WebAssembly.Module }): unknown;
}

declare module "bench:hello-bindgen" {
  export function initSync(options: { module?: WebAssembly.Module }): unknown;
  export function greet(name: string): string;
}
