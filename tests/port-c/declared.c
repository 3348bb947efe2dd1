/* A guest in C for the test of handwire.h: an import of values, and inline code. */
#include "handwire.h"

HW_GUEST(256);
HW_ALLOCATOR;

HW_DECLARED("app.ask(question: str) -> str") void app_ask(const char *question, uint32_t len, hw_slot *out);

HW_LINE("export consult() -> result<str> \"Asks the embedder, and answers the same.\"");
HW_EXPORT(consult) int32_t consult(void) {
    static char kept[256];
    hw_slot answer;
    app_ask(HW_TEXT("why?"), &answer);
    hw_owned thrown = hw_take_thrown();
    if (thrown != HW_NONE) return hw_fail(hw_give(thrown));
    /* A long answer is the guest's, a short one lies in the arena until the guest returns. */
    if (answer.aux & 1) return hw_ok(answer);
    hw_append(kept, answer.is.range.ptr, answer.is.range.len);
    return hw_ok(hw_text(kept, answer.is.range.len));
}

HW_INLINE("hypot(a: f64, b: f64) -> f64", "Math.hypot($1, $2)") double js_hypot(double a, double b);

HW_LINE("export hypot(a: f64, b: f64) -> f64");
HW_EXPORT(hypot) double hypot_of(double a, double b) { return js_hypot(a, b); }

HW_INLINE("pick(object: &js) -> js", "(it) => it['a b']") hw_owned js_pick(hw_handle object);

HW_LINE("export pick(object: &js) -> result<js>");
HW_EXPORT(pick) int32_t pick(hw_handle object) {
    hw_owned picked = js_pick(object), thrown = hw_take_thrown();
    return thrown == HW_NONE ? hw_ok(hw_give(picked)) : hw_fail(hw_give(thrown));
}
