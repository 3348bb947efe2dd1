// Modules that exist in bundles only: `bundle.js` finds them.

declare module "bench:bindgen" {
  export function initSync(options: { module: WebAssembly.Module }): unknown;
}

declare module "bench:hello-bindgen" {
  export function initSync(options: { module?: WebAssembly.Module }): unknown;
  export function greet(name: string): string;
}

declare module "bench:sledgehammer" {
  export function initSync(options: { module: WebAssembly.Module }): unknown;
  export function hold_text(text: string): void;
  export function set_labels(objects: object[], n: number): number;
  export function call_texts(function_: Function, n: number): number;
}
