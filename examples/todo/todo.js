// @ts-check
// The guest of todo, and where its list is kept: any object that can do what `localStorage` does.

import { instantiate } from "./host.js";

/** Under which the list is kept. */
export const KEY = "handwire.todo";

/** @typedef {Pick<Storage, "getItem" | "setItem">} Store */

/**
 * Opens the guest with what the store has. What can't be read is left where it is until the list changes, and `problem` says what is wrong with it.
 * @param {import("../../host-js/core.js").Source} source of todo.wasm
 * @param {Store} store
 * @param {object} element that holds the list @param {object} template of an entry
 */
export async function open(source, store, element, template) {
  const save = (/** @type {unknown} */ todos) => store.setItem(KEY, JSON.stringify(todos));
  const instance = await instantiate(source, { imports: { page: { save } } });
  let problem = "";
  try {
    instance.exports.open(element, template, JSON.parse(store.getItem(KEY) ?? "[]"));
  } catch (error) {
    problem = `What was kept here is no list: ${/** @type {Error} */ (error).message}`;
    instance.exports.open(element, template, []);
  }
  return { ...instance, problem };
}
