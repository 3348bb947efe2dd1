/* hello, in C: the guest of examples/hello over again, to show that nothing on the wire is Rust's. In the page it is the same
   `exports.greet("Ada")`, through the same host: a function that returns a string or throws an Error.

   Two more look at an object of the host that they borrow for the call, by operations that crates/handwire is made of, too. */
#include "handwire.h"

HW_GUEST(16 * 1024);
HW_ALLOCATOR;

static bool is_blank(const char *text, uint32_t len) {
    for (uint32_t i = 0; i < len; i++)
        if (text[i] != ' ') return false;
    return true;
}

HW_LINE("export greet(name: str) -> result<str> \"Greets by name; fails for a name with nothing in it.\"");
HW_EXPORT(greet) int32_t greet(const char *name, uint32_t name_len) {
    if (is_blank(name, name_len)) return hw_fail_text(HW_TEXT("a greeting needs a name"));
    uint32_t len = name_len + sizeof("Hello, !") - 1;
    char *greeting = hw_alloc(len, 1);
    if (!greeting) return hw_fail_text(HW_TEXT("no memory is left for the greeting"));
    char *end = hw_append(greeting, HW_TEXT("Hello, "));
    end = hw_append(end, name, name_len);
    hw_append(end, HW_TEXT("!"));
    return hw_ok(hw_hand_over(hw_text(greeting, len)));
}

HW_LINE("export count_keys(object: &js) -> result<u32> \"How many own enumerable string keys it has.\"");
HW_EXPORT(count_keys) int32_t count_keys(hw_handle object) {
    hw_owned keys = hw_object_keys(object);
    if (keys == HW_NONE) return hw_fail_thrown();
    double count;
    hw_owned length = hw_array_length(keys, &count);
    hw_release(keys);
    return length == HW_NUMBER ? hw_ok(hw_number(count)) : hw_fail_thrown();
}

/* A property that must be a number, at `out`: 0; or the status of the export that failed by it. */
static int32_t read_number(hw_handle object, const char *key, uint32_t key_len, double *out) {
    hw_owned value = hw_object_get_named(object, key, key_len, out);
    if (value == HW_NUMBER) return 0;
    if (value == HW_NONE) return hw_fail_thrown();
    hw_release(value);
    return hw_fail_text(HW_TEXT("a shape needs a width and a height, both numbers"));
}

HW_LINE("export area(shape: &js) -> result<f64> \"The area of { width, height }; what a getter throws comes back as it is.\"");
HW_EXPORT(area) int32_t area(hw_handle shape) {
    double width, height;
    int32_t failed = read_number(shape, HW_TEXT("width"), &width);
    if (!failed) failed = read_number(shape, HW_TEXT("height"), &height);
    return failed ? failed : hw_ok(hw_number(width * height));
}
