// @ts-check
// A realm on a page: a frame, with its own globals, and two ways to run a script in it.

/** A fresh realm. @returns {Promise<HTMLIFrameElement>} */
export function openFrame() {
  const frame = document.createElement("iframe");
  frame.src = "realm.html";
  return new Promise((resolve, reject) => {
    frame.onload = () => resolve(frame);
    frame.onerror = () => reject(new Error("realm.html can't be loaded"));
    document.body.append(frame);
  });
}

/**
 * Runs a script's text. It takes a policy that allows `eval`.
 * @param {HTMLIFrameElement} frame @param {string} text
 */
export const evaluate = (frame, text) => /** @type {any} */ (frame.contentWindow).eval(text);

/**
 * Runs a script that is a file, which any policy for files of this server allows.
 * @param {HTMLIFrameElement} frame @param {string} url
 * @returns {Promise<void>} rejected with what the script throws
 */
export function load(frame, url) {
  const realm = /** @type {Window} */ (frame.contentWindow);
  const script = realm.document.createElement("script");
  script.src = url;
  return new Promise((resolve, reject) => {
    realm.addEventListener(
      "error",
      (event) => {
        // The runtime tells of it.
        event.preventDefault();
        reject(event.error);
      },
      { once: true },
    );
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${url} can't be loaded`));
    realm.document.head.append(script);
  });
}
