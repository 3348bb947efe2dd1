// @ts-check
// A progress bar on one line of a terminal. Where there is no terminal, one line that says what
// is being done; for a job of a moment, nothing.

const WIDTH = 30;
/** Milliseconds from one drawing to the next, and before the first. */
const PAUSE = 100;

export class Bar {
  /** When it may be drawn next. */
  next = performance.now() + PAUSE;
  drawn = false;

  /**
   * @param {{ isTTY?: boolean, write(text: string): unknown }} out
   * @param {string} name what is being read
   */
  constructor(out, name) {
    this.out = out;
    this.name = name;
  }

  /** @param {number} done in bytes @param {number} size in bytes; 0 if nobody knows */
  show(done, size) {
    const now = performance.now();
    if (now < this.next || (this.drawn && !this.out.isTTY)) return;
    this.next = now + PAUSE;
    this.drawn = true;
    this.out.write(this.out.isTTY ? `\r${draw(done, size)}` : `reading ${this.name}\n`);
  }

  /** Leaves the line as if nothing had been there. */
  clear() {
    if (this.drawn && this.out.isTTY) this.out.write("\r\x1b[K");
  }
}

/**
 * @param {number} done
 * @param {number} size
 * @returns {string}
 */
export function draw(done, size) {
  const megabytes = `${(done / 1e6).toFixed(1)} MB`;
  if (!(size > 0)) return megabytes;
  // A file may grow while it is read.
  const share = Math.min(1, done / size);
  const full = Math.floor(share * WIDTH);
  return `[${"#".repeat(full)}${"-".repeat(WIDTH - full)}] ${Math.floor(share * 100)} %, ${megabytes}`;
}
