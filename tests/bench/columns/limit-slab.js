// @ts-check
// The limit's values: an array, and the places in it that are free. Nothing is checked.

/** @param {{ u32: () => Uint32Array }} views @param {() => number} findCaught where an import's error goes */
export function slabGlue(views, findCaught) {
  /** @type {any[]} */
  const values = [undefined];
  /** @type {number[]} */
  const free = [];
  /** @type {Map<string, number>} */
  const names = new Map();
  let caught = 0;

  /** @param {any} value @returns {number} */
  function add(value) {
    if (value === undefined) return 0;
    const index = free.length > 0 ? /** @type {number} */ (free.pop()) : values.length;
    values[index] = value;
    return index;
  }
  /** @param {number} index */
  function drop(index) {
    if (index === 0) return;
    values[index] = undefined;
    free.push(index);
  }
  /** @param {number} index */
  function take(index) {
    const value = values[index];
    drop(index);
    return value;
  }

  return {
    add,
    drop,
    take,
    get: (/** @type {number} */ index) => values[index],
    start() {
      caught = findCaught();
    },
    /** The place of a name, for good. @param {string} name */
    intern(name) {
      let index = names.get(name);
      if (index === undefined) names.set(name, (index = add(name)));
      return index;
    },
    /** @type {Record<string, (...numbers: number[]) => number | void>} */
    imports: {
      clone_of: (value) => add(values[value]),
      release: drop,
      get_value: (object, key) => add(values[object][values[key]]),
      get_x: (object) => values[object].x,
      set_number(object, key, number) {
        values[object][values[key]] = number;
      },
      set_x(object, number) {
        values[object].x = number;
      },
      call_scaled: (object, number) => values[object].scaled(number),
      call_number: (callee, number) => (0, values[callee])(number),
      push_number(array, number) {
        values[array].push(number);
      },
      length: (array) => values[array].length,
      index_number: (array, index) => values[array][index],
      is_text: (value) => (typeof values[value] === "string" ? 1 : 0),
      is_truthy: (value) => (values[value] ? 1 : 0),
      number_of: (value) => values[value],
      value_of: add,
      attempt(callee, number) {
        try {
          return (0, values[callee])(number);
        } catch (error) {
          views.u32()[caught] = add(error);
          return 0;
        }
      },
    },
    /** The exports that take or give a value. @param {Record<string, any>} raw @returns {import("./column.js").Calls} */
    calls(raw) {
      /** @type {import("./column.js").Calls} */
      const calls = {
        value_in(value) {
          const index = add(value);
          const result = raw.value_in(index);
          drop(index);
          return result;
        },
        value_same: (value) => take(raw.value_same(add(value))),
        warm_js: (value) => take(raw.warm_js(add(value))),
        warm_result_js(value) {
          const index = add(value);
          const result = take(raw.warm_result_js(index));
          drop(index);
          return result;
        },
      };
      const lent = ["clone_value", "get", "get_key", "get_typed", "set", "set_typed", "call_method", "call_function", "push", "index"];
      for (const name of [...lent, "is_string", "is_undefined", "to_number", "try_ok", "try_ready", "try_new", "warm_ref"]) {
        calls[name] = (value, n) => {
          const index = add(value);
          const result = raw[name](index, n);
          drop(index);
          return result;
        };
      }
      return calls;
    },
  };
}
