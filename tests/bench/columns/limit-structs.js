// @ts-check
// The limit's structs: the layout of guests/limit/src/structs.rs, written and read by name.

const { utf8Write } = /** @type {any} */ (globalThis).Buffer?.prototype ?? {};
const encoder = new TextEncoder();

/** The size of a record. */
const SIZE = 88;
/** More units than the texts of one of these people have. */
const UNITS = 200;

/** @typedef {ReturnType<typeof import("../rows/json.js").person>} Person */

/**
 * @param {{ u8: () => Uint8Array, u32: () => Uint32Array, f64: () => Float64Array }} views
 * @param {Record<string, any>} raw @param {ReturnType<typeof import("./limit-text.js").textGlue>} texts whose room is 8-aligned, as the guest's allocator gives it
 * @param {number} out the index of the first of two words
 */
export function structGlue(views, raw, texts, out) {
  let text = "";

  /** @param {number} records @returns {number} an address */
  function makeRoom(records) {
    texts.reserve(records * (SIZE + UNITS * 3));
    return texts.room();
  }

  /** @param {Float64Array} f64 @param {Uint32Array} u32 @param {number} ptr @param {Person} person */
  function put(f64, u32, ptr, person) {
    const { name, email, tags, manager, address } = person;
    const { street, city } = address;
    const f = ptr >> 3;
    f64[f] = person.score;
    f64[f + 1] = address.lat;
    f64[f + 2] = address.lon;
    f64[f + 3] = manager ?? NaN;
    const u = (ptr >> 2) + 8;
    u32[u] = person.id;
    u32[u + 1] = person.age;
    u32[u + 2] = person.active ? 1 : 0;
    u32[u + 3] = address.zip;
    u32[u + 4] = name.length;
    u32[u + 5] = email.length;
    u32[u + 6] = street.length;
    u32[u + 7] = city.length;
    let all = name + email + street + city;
    const count = tags.length;
    for (let i = 0; i < count; i++) {
      const tag = tags[i];
      u32[u + 8 + i] = tag.length;
      all += tag;
    }
    u32[u + 12] = count;
    text += all;
  }

  /** Writes the text. @param {number} start @returns {number} its length in bytes */
  function putText(start) {
    if (utf8Write) return utf8Write.call(views.u8(), text, start, text.length * 3);
    return encoder.encodeInto(text, views.u8().subarray(start)).written;
  }

  /** What is read: a text, and where in it. */
  let read = "";
  let at = 0;
  /** @param {number} units */
  const cut = (units) => read.substring(at, (at += units));

  /** @param {Float64Array} f64 @param {Uint32Array} u32 @param {number} ptr */
  function get(f64, u32, ptr) {
    const f = ptr >> 3;
    const u = (ptr >> 2) + 8;
    const name = cut(u32[u + 4]);
    const email = cut(u32[u + 5]);
    const street = cut(u32[u + 6]);
    const city = cut(u32[u + 7]);
    const tags = [];
    for (let i = 0; i < u32[u + 12]; i++) tags.push(cut(u32[u + 8 + i]));
    const manager = f64[f + 3];
    return {
      id: u32[u], name, email, age: u32[u + 1], score: f64[f], active: u32[u + 2] !== 0, tags, manager: manager === manager ? manager : undefined,
      address: { street, city, zip: u32[u + 3], lat: f64[f + 1], lon: f64[f + 2] },
    };
  }

  /** @param {number} len */
  function open(len) {
    const u32 = views.u32();
    read = texts.read(u32[out + 1], len, 2);
    at = 0;
    return u32[out];
  }

  return {
    /** @param {Person} person */
    struct_in(person) {
      const room = makeRoom(1);
      text = "";
      put(views.f64(), views.u32(), room, person);
      return raw.struct_in(room, putText(room + SIZE), text.length);
    },
    /** @param {Person[]} people */
    structs_in(people) {
      const { length } = people;
      const room = makeRoom(length);
      text = "";
      const f64 = views.f64();
      const u32 = views.u32();
      for (let i = 0; i < length; i++) put(f64, u32, room + i * SIZE, people[i]);
      return raw.structs_in(room, length, putText(room + length * SIZE), text.length);
    },
    struct_out: () => get(views.f64(), views.u32(), open(raw.struct_out())),
    structs_out() {
      const ptr = open(raw.structs_out());
      const f64 = views.f64();
      const u32 = views.u32();
      const people = [];
      for (let i = 0; i < 1000; i++) people.push(get(f64, u32, ptr + i * SIZE));
      return people;
    },
  };
}
