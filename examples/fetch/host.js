// @ts-check
// The host with the groups that the guest of this page needs, and its glue, and no others: what the page downloads.

import "../../host-js/advice.js";
import { async_ } from "../../host-js/async.js";
import * as base from "../../host-js/base.js";
import { bytes } from "../../host-js/imports/bytes.js";
import { closure } from "../../host-js/imports/closure.js";
import { declared } from "../../host-js/imports/declared.js";
import { error } from "../../host-js/imports/error.js";
import { fast } from "../../host-js/imports/fast.js";
import { function_ } from "../../host-js/imports/function.js";
import { handle } from "../../host-js/imports/handle.js";
import { kit } from "../../host-js/imports/kit.js";
import { object } from "../../host-js/imports/object.js";
import { scalar } from "../../host-js/imports/scalar.js";
import { string } from "../../host-js/imports/string.js";
import { types } from "../../host-js/imports/types.js";
import { value } from "../../host-js/imports/value.js";

/** What `handwire esm` finds in the module; `kit` is what glue calls; and `fast`, which no guest needs. */
export const groups = [async_, bytes, closure, declared, error, fast, function_, handle, kit, object, scalar, string, types, value];

/** @param {base.Source} source @param {base.Options} [options] @returns {Promise<base.Instance>} */
export const instantiate = (source, options) => base.instantiate(source, { ...options, with: [...groups, ...(options?.with ?? [])] });
