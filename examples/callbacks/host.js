// @ts-check
// The host with the groups that the guest of this page needs, and no others: what the page downloads.

import "../../host-js/advice.js";
import * as base from "../../host-js/base.js";
import { class_ } from "../../host-js/imports/class.js";
import { declared } from "../../host-js/imports/declared.js";
import { error } from "../../host-js/imports/error.js";
import { fast } from "../../host-js/imports/fast.js";
import { handle } from "../../host-js/imports/handle.js";
import { interface_ } from "../../host-js/imports/interface.js";
import { scalar } from "../../host-js/imports/scalar.js";
import { string } from "../../host-js/imports/string.js";
import { types } from "../../host-js/imports/types.js";

/** What `handwire esm` finds in the module; and `fast`, which no guest needs. */
export const groups = [class_, declared, error, fast, handle, interface_, scalar, string, types];

/** @param {base.Source} source @param {base.Options} [options] @returns {Promise<base.Instance>} */
export const instantiate = (source, options) => base.instantiate(source, { ...options, with: [...groups, ...(options?.with ?? [])] });
