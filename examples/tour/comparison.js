// @ts-check
// Inflates what comes, and holds it against what is expected, byte for byte, as a stream: a
// file of any size takes no more memory than what the deflater keeps back.

/** @typedef {{ writable: WritableStream<any>, readable: ReadableStream<Uint8Array> }} Inflater takes zlib's format, gives the bytes */

export class Comparison {
  /** What was given to the deflater and has not come back. @type {Uint8Array[]} */
  expected = [];
  /** Bytes of the first of them that have. */
  offset = 0;
  same = true;

  /** @param {Inflater} inflater */
  constructor({ writable, readable }) {
    this.writer = writable.getWriter();
    this.reading = this.read(readable.getReader());
    // What fails here fails in `inflate` or `end` too, where somebody waits for it.
    this.reading.catch(() => {});
    this.writer.closed.catch(() => {});
  }

  /** @param {Uint8Array} piece of the original, before what it deflates to */
  expect(piece) {
    this.expected.push(piece);
  }

  /** @param {Uint8Array} deflated */
  async inflate(deflated) {
    if (deflated.length > 0) await this.writer.write(deflated);
  }

  /**
   * @returns {Promise<boolean>} whether all came back as it was, and nothing else
   * @throws when what came can't be inflated
   */
  async end() {
    await this.writer.close();
    await this.reading;
    return this.same && this.expected.every((piece) => piece.length === 0);
  }

  /** @private @param {ReadableStreamDefaultReader<Uint8Array>} reader */
  async read(reader) {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.compare(value);
    }
  }

  /** @private @param {Uint8Array} inflated */
  compare(inflated) {
    let at = 0;
    while (at < inflated.length && this.same) {
      const [piece] = this.expected;
      this.same = piece !== undefined;
      if (!piece) return;
      const length = Math.min(piece.length - this.offset, inflated.length - at);
      for (let i = 0; i < length; i++) if (piece[this.offset + i] !== inflated[at + i]) this.same = false;
      at += length;
      this.offset += length;
      if (this.offset < piece.length) continue;
      this.expected.shift();
      this.offset = 0;
    }
  }
}
