// @ts-check
// The steps: what each shows, and the calls that show it. A call is shown by its own text, and
// beside it which objects the guest holds from then on. The page and run.js share all of this.

import { instantiate } from "./host.js";

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {string} text
 * @property {(() => unknown)[]} calls those that are `void` only change something
 *
 * @typedef {{ code: string, value?: unknown, thrown?: unknown, held: string, log: string[] }} Shown `value` or `thrown` is there if the call
 *   gave a value or threw one, whatever it was; `log` is what was heard since the call before, once the guest had returned
 * @typedef {Awaited<ReturnType<typeof open>>} Callbacks
 */

/** A keychain of the page: an object like any other, with a switch for each thing that can go wrong. */
export class PageKeychain {
  /** @type {Map<string, string>} */
  secrets = new Map();
  locked = false;
  /** @type {unknown} */
  broken = undefined;

  /** @param {string[]} log */
  constructor(log) {
    this.log = log;
  }

  /** @param {string} key */
  get(key) {
    // The error that the trait declares, by its name; anything else is unexpected there.
    if (this.locked) throw "Locked";
    if (this.broken !== undefined) throw this.broken;
    return this.secrets.get(key);
  }

  /** @param {string} key @param {string} value */
  put(key, value) {
    if (this.locked) throw "Locked";
    this.secrets.set(key, value);
  }

  /** Called when the guest has dropped it. */
  dispose() {
    this.log.push("the keychain was disposed of");
  }
}

/**
 * Instantiates the guest.
 * @param {import("../../host-js/core.js").Source} source of callbacks.wasm
 */
export async function open(source) {
  /** What was heard, of calls that nobody waits for. @type {string[]} */
  const log = [];
  /** @type {import("../../host-js/base.js").Instance<Record<string, any>>} */
  const instance = await instantiate(source, {
    onError: (error, where) => log.push(`onError: ${where.interface}.${where.method} threw ${error instanceof Error ? error.message : String(error)}`),
  });
  return { ...instance, log };
}

/** @param {Callbacks} callbacks @returns {Step[]} */
export function steps({ exports, log }) {
  const keychain = new PageKeychain(log);
  const observer = {
    fails: false,
    changed(/** @type {string | undefined} */ user) {
      if (this.fails) throw new Error("nobody is listening");
      log.push(`changed: ${user ?? "nobody"}`);
    },
  };
  /** @type {any} */
  let auth;
  /** @type {any} */
  let other;
  /** @type {any} */
  let memory;
  return [
    {
      title: "Register a handler",
      text: "Any object with the methods of the trait will do: in Rust it is a Box<dyn Keychain>. What lacks methods is refused before the guest runs.",
      calls: [() => new exports.Authenticator({ get: 5 }, observer), () => void (auth = new exports.Authenticator(keychain, observer))],
    },
    {
      title: "Calls with results",
      text: "The guest calls the object's methods, with arguments and results of any type, and waits for them.",
      calls: [() => auth.enroll("Ada", "1815"), () => keychain.secrets.get("Ada"), () => auth.sign_in("Ada", "1815"), () => auth.sign_in("Eve", "?")],
    },
    {
      title: "Fire and forget",
      text: "A #[detached] method is called when the guest has returned: it can take its time, and can't come between.",
      calls: [() => [auth.sign_out(), log.length]],
    },
    {
      title: "Expected errors",
      text: "What the trait declares arrives as that: the enum's variant, to be matched. A guest's method that passes it on throws it at the page.",
      calls: [() => void (keychain.locked = true), () => auth.sign_in("Ada", "1815"), () => auth.enroll("Bob", "x"), () => void (keychain.locked = false)],
    },
    {
      title: "Unexpected errors",
      text: "Anything else arrives as unexpected, with the very value that was thrown. What a detached method throws goes to the page's onError.",
      calls: [
        () => void (keychain.broken = new RangeError("sector 7")),
        () => auth.sign_in("Ada", "1815"),
        () => void (keychain.broken = 0),
        () => auth.sign_in("Ada", "1815"),
        () => void (keychain.broken = undefined),
        () => void (observer.fails = true),
        () => auth.sign_in("Ada", "1815"),
        () => void (observer.fails = false),
      ],
    },
    {
      title: "The other way",
      text: "A Rust type that implements the trait is an object with its methods here, until it is freed. Passed back, it is an implementor like any other.",
      calls: [
        () => void (memory = exports.memory_keychain()),
        () => [memory.put("Bob", "y"), memory.get("Bob"), memory.get("Ada")],
        () => [memory.put("Cy", "z"), memory.put("Di", "z")],
        () => void (other = new exports.Authenticator(memory, observer)),
        () => other.sign_in("Bob", "y"),
      ],
    },
    {
      title: "Freed when dropped",
      text: "Dropping the Rust value tells the host, which takes the object out of the map and calls its dispose, if it has one. Then it is the page's alone.",
      calls: [() => other.free(), () => memory.free(), () => auth.free(), () => memory.get("Bob"), () => keychain.secrets.size],
    },
  ];
}

/** The handle map, as one line: what the guest holds of each interface, by handle. @param {Callbacks} callbacks */
export const held = ({ host }) =>
  Object.entries(host.interfaces).map(([name, map]) => `${name}: ${map.size === 0 ? "none" : Array.from(map, ([handle, object]) => `${handle} → ${object.constructor.name}`).join(", ")}`).join("; ");

/** Makes a call, waits for what it left to be called, and tells of it. @param {Callbacks} callbacks @param {() => unknown} call @returns {Promise<Shown>} */
export async function show(callbacks, call) {
  const { log } = callbacks;
  log.length = 0;
  const code = String(call).replace(/^.*?=>\s*(?:void \((.*)\)$)?/s, "$1").replace(/\s+/g, " ");
  /** @type {{ value?: unknown, thrown?: unknown }} */
  let outcome;
  try {
    const value = call();
    outcome = String(call).includes("=> void ") ? {} : { value };
  } catch (thrown) {
    outcome = { thrown };
  }
  await new Promise((resolve) => setTimeout(resolve));
  return { code, ...outcome, held: held(callbacks), log: [...log] };
}

/** A value as text. @param {unknown} value @returns {string} */
const text = (value) =>
  value instanceof Error ? `${value.name}: ${value.message}`
  : Array.isArray(value) ? `[${value.map(text).join(", ")}]`
  : typeof value === "string" ? JSON.stringify(value)
  : typeof value === "object" && value !== null ? value.constructor.name
  : String(value);

/** What a call gave, or threw; empty, if it only changed something. @param {Shown} shown */
export const outcome = (shown) => ("thrown" in shown ? `throws ${text(shown.thrown)}` : "value" in shown ? text(shown.value) : "");
