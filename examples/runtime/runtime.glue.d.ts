// The types of runtime.glue.js, which `make guests` writes as `handwire freeze` does.
import type { Group } from "../../host-js/core.js";

declare const glue: Group;
export default glue;
