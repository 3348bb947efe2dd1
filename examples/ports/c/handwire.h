/* handwire.h: the handwire contract 1.0 for guests in C. One header, C11 with clang's attributes, no libc, nothing generated.

       #include "handwire.h"

       HW_GUEST(1024);

       HW_LINE("export answer(sure: bool) -> str");
       HW_EXPORT(answer) void answer(bool sure) { hw_return(sure ? hw_text(HW_TEXT("yes")) : hw_text(HW_TEXT("maybe"))); }

   The compiler is the whole build. Its stack goes first, so that running out of it is a trap and not another variable's end:

       clang --target=wasm32 -std=c11 -Oz -ffreestanding -mbulk-memory -nostdlib -Wl,--no-entry,--stack-first -o guest.wasm guest.c

   What each name means on the wire, and what an operation does in every case, is in WIRE.md; the sections are named here. */
#ifndef HANDWIRE_H
#define HANDWIRE_H

#include <stdbool.h>
#include <stdint.h>

_Static_assert(sizeof(void *) == 4, "handwire is for --target=wasm32");

/* ---- Numbers -------------------------------------------------------------------------------------------------------------------- */

enum hw_version { HW_MAGIC = 0x52495748, HW_MAJOR = 1, HW_MINOR = 0 };

/* A handle names a value of the host (section 4). Who has a `hw_handle` borrows it; who has a `hw_owned` must end it by `hw_release`, or
   give it away. The compiler takes the two for one. */
typedef uint32_t hw_handle;
typedef uint32_t hw_owned;

/* Handles with a fixed meaning. HW_NONE and HW_NUMBER are no values: "it failed", and "the result is a number and stands in `out`". */
enum hw_handles { HW_NONE = 0, HW_UNDEFINED = 1, HW_NULL = 2, HW_FALSE = 3, HW_TRUE = 4, HW_GLOBAL = 5, HW_EXTRAS = 6, HW_NUMBER = 7 };

/* Kinds of slots (section 5). */
enum hw_kinds {
    HW_KIND_NONE = 0, HW_KIND_UNDEFINED = 1, HW_KIND_NULL = 2, HW_KIND_BOOL = 3, HW_KIND_NUMBER = 4, HW_KIND_I64 = 5, HW_KIND_U64 = 6,
    HW_KIND_STRING = 7, HW_KIND_STRING16 = 8, HW_KIND_BYTES = 9, HW_KIND_HANDLE = 10, HW_KIND_BORROWED = 11, HW_KIND_ARRAY = 12,
    HW_KIND_LIST = 13, HW_KIND_RECORD = 14, HW_KIND_DATA = 15, HW_KIND_INSTANCE = 16
};

/* What hw_value_kind answers (section 8). */
enum hw_values {
    HW_VALUE_UNDEFINED = 1, HW_VALUE_NULL = 2, HW_VALUE_BOOL = 3, HW_VALUE_NUMBER = 4, HW_VALUE_BIGINT = 5, HW_VALUE_STRING = 6,
    HW_VALUE_SYMBOL = 7, HW_VALUE_FUNCTION = 8, HW_VALUE_OBJECT = 9
};

/* What hw_value_class answers; that of a typed array is HW_CLASS_TYPED_ARRAY plus its element. */
enum hw_classes {
    HW_CLASS_OTHER = 0, HW_CLASS_ARRAY = 1, HW_CLASS_DATE = 2, HW_CLASS_ERROR = 3, HW_CLASS_ARRAY_BUFFER = 4, HW_CLASS_DATA_VIEW = 5,
    HW_CLASS_TYPED_ARRAY = 16
};

/* Elements of typed arrays, and of hw_array. */
enum hw_elements {
    HW_ELEMENT_I8 = 1, HW_ELEMENT_U8 = 2, HW_ELEMENT_U8_CLAMPED = 3, HW_ELEMENT_I16 = 4, HW_ELEMENT_U16 = 5, HW_ELEMENT_I32 = 6,
    HW_ELEMENT_U32 = 7, HW_ELEMENT_F32 = 8, HW_ELEMENT_F64 = 9, HW_ELEMENT_I64 = 10, HW_ELEMENT_U64 = 11
};

/* ---- Slots (section 5) ---------------------------------------------------------------------------------------------------------- */

/* One tagged value: an argument of an operation, or the result of an export. */
typedef struct {
    uint32_t kind;
    uint32_t aux;
    union {
        uint32_t boolean;
        double number;
        int64_t i64;
        uint64_t u64;
        hw_handle handle;
        struct { const void *ptr; uint32_t len; } range;
    } is;
} hw_slot;

_Static_assert(sizeof(hw_slot) == 16 && _Alignof(hw_slot) == 8, "a slot is 16 bytes, 8-aligned");

static inline hw_slot hw_slot_range(uint32_t kind, uint32_t aux, const void *ptr, uint32_t len) {
    return (hw_slot){ .kind = kind, .aux = aux, .is.range = { ptr, len } };
}

static inline hw_slot hw_none(void) { return (hw_slot){ .kind = HW_KIND_NONE }; }
static inline hw_slot hw_undefined(void) { return (hw_slot){ .kind = HW_KIND_UNDEFINED }; }
static inline hw_slot hw_null(void) { return (hw_slot){ .kind = HW_KIND_NULL }; }
static inline hw_slot hw_bool(bool value) { return (hw_slot){ .kind = HW_KIND_BOOL, .is.boolean = value }; }
static inline hw_slot hw_number(double value) { return (hw_slot){ .kind = HW_KIND_NUMBER, .is.number = value }; }
static inline hw_slot hw_i64(int64_t value) { return (hw_slot){ .kind = HW_KIND_I64, .is.i64 = value }; }
static inline hw_slot hw_u64(uint64_t value) { return (hw_slot){ .kind = HW_KIND_U64, .is.u64 = value }; }
/* UTF-8, its length in bytes; UTF-16, in units. What is pointed to must stay where it is until the slot has been read. */
static inline hw_slot hw_text(const char *ptr, uint32_t len) { return hw_slot_range(HW_KIND_STRING, 0, ptr, len); }
static inline hw_slot hw_text16(const uint16_t *ptr, uint32_t units) { return hw_slot_range(HW_KIND_STRING16, 0, ptr, units); }
static inline hw_slot hw_bytes(const void *ptr, uint32_t len) { return hw_slot_range(HW_KIND_BYTES, 0, ptr, len); }
/* A handle given away, and one that stays the guest's. */
static inline hw_slot hw_give(hw_owned handle) { return (hw_slot){ .kind = HW_KIND_HANDLE, .is.handle = handle }; }
static inline hw_slot hw_lend(hw_handle handle) { return (hw_slot){ .kind = HW_KIND_BORROWED, .is.handle = handle }; }
/* In results of exports only: `count` numbers, slots, or the slots of a record's fields. */
static inline hw_slot hw_array(enum hw_elements element, const void *ptr, uint32_t count) {
    return hw_slot_range(HW_KIND_ARRAY, (uint32_t)element << 8, ptr, count);
}
static inline hw_slot hw_list(const hw_slot *slots, uint32_t count) { return hw_slot_range(HW_KIND_LIST, 0, slots, count); }
static inline hw_slot hw_record(const hw_slot *fields, uint32_t count) { return hw_slot_range(HW_KIND_RECORD, 0, fields, count); }
/* The same text, bytes or array handed over (section 6.3): the host copies it, and gives it to hw_free. Never an empty one. */
static inline hw_slot hw_hand_over(hw_slot range) { return range.aux |= 1, range; }

/* ---- Operations (section 8) ----------------------------------------------------------------------------------------------------- */

/* The wire's name without its `hw_`. Failure is in what they return, HW_NONE or -1, and what was thrown waits for hw_error_take; so
   nothing they return may go unread. */
#define HW_COMMAND(name) __attribute__((import_module("handwire"), import_name(#name)))
#define HW_OPERATION(name) HW_COMMAND(name) __attribute__((warn_unused_result))

/* Handles. A fixed one must not be released: hw_release looks. */
HW_OPERATION(handle_clone) hw_owned hw_handle_clone(hw_handle handle);
HW_COMMAND(handle_release) void hw_handle_release(hw_owned handle);
HW_COMMAND(handle_release_all) void hw_handle_release_all(const hw_owned *ptr, uint32_t count);

/* Values */
HW_OPERATION(value_kind) uint32_t hw_value_kind(hw_handle handle);
HW_OPERATION(value_class) uint32_t hw_value_class(hw_handle handle);
HW_OPERATION(value_number) double hw_value_number(hw_handle handle);
HW_OPERATION(value_from_number) hw_owned hw_value_from_number(double number);
HW_OPERATION(value_equal) uint32_t hw_value_equal(hw_handle a, hw_handle b);
HW_OPERATION(value_same) uint32_t hw_value_same(hw_handle a, hw_handle b);
HW_OPERATION(value_truthy) uint32_t hw_value_truthy(hw_handle handle);
HW_OPERATION(value_to_string) hw_owned hw_value_to_string(hw_handle handle);
HW_OPERATION(value_to_number) int32_t hw_value_to_number(hw_handle handle, double *out);

/* Big integers. To a number: 1, or 0 when it is out of range. */
HW_OPERATION(bigint_from_i64) hw_owned hw_bigint_from_i64(int64_t number);
HW_OPERATION(bigint_from_u64) hw_owned hw_bigint_from_u64(uint64_t number);
HW_OPERATION(bigint_to_i64) uint32_t hw_bigint_to_i64(hw_handle handle, int64_t *out);
HW_OPERATION(bigint_to_u64) uint32_t hw_bigint_to_u64(hw_handle handle, uint64_t *out);
HW_OPERATION(bigint_parse) hw_owned hw_bigint_parse(const char *ptr, uint32_t len);

/* Text. Into a buffer if all of it fits; the whole length in either case. */
HW_OPERATION(string_from_utf8) hw_owned hw_string_from_utf8(const char *ptr, uint32_t len);
HW_OPERATION(string_from_utf16) hw_owned hw_string_from_utf16(const uint16_t *ptr, uint32_t units);
HW_OPERATION(string_write_utf8) uint32_t hw_string_write_utf8(hw_handle handle, char *ptr, uint32_t capacity);
HW_OPERATION(string_write_utf16) uint32_t hw_string_write_utf16(hw_handle handle, uint16_t *ptr, uint32_t units);

/* Errors */
HW_OPERATION(error_take) hw_owned hw_error_take(void);
HW_OPERATION(error_new) hw_owned hw_error_new(const char *ptr, uint32_t len);
HW_OPERATION(error_message) hw_owned hw_error_message(hw_handle handle);
HW_OPERATION(error_stack) hw_owned hw_error_stack(hw_handle handle);
HW_COMMAND(error_panic) void hw_error_panic(const char *ptr, uint32_t len);
HW_COMMAND(error_misuse) void hw_error_misuse(uint32_t code, const char *ptr, uint32_t len);

/* Bytes. `len` of hw_bytes_new and the answer of hw_bytes_length count elements, all else bytes. */
HW_OPERATION(bytes_new) hw_owned hw_bytes_new(uint32_t element, const void *ptr, uint32_t len);
HW_OPERATION(bytes_length) uint32_t hw_bytes_length(hw_handle handle);
HW_OPERATION(bytes_write) uint32_t hw_bytes_write(hw_handle handle, void *ptr, uint32_t capacity);
HW_OPERATION(bytes_set) uint32_t hw_bytes_set(hw_handle handle, uint32_t offset, const void *ptr, uint32_t len);

/* Objects. What has an `out` returns a handle, or HW_NUMBER and the number at `out`, or HW_NONE. */
HW_OPERATION(object_new) hw_owned hw_object_new(void);
HW_OPERATION(object_get) hw_owned hw_object_get(hw_handle object, hw_handle key, double *out);
HW_OPERATION(object_get_named) hw_owned hw_object_get_named(hw_handle object, const char *ptr, uint32_t len, double *out);
HW_OPERATION(object_set) int32_t hw_object_set(hw_handle object, hw_handle key, const hw_slot *value);
HW_OPERATION(object_set_named) int32_t hw_object_set_named(hw_handle object, const char *ptr, uint32_t len, const hw_slot *value);
HW_OPERATION(object_has) int32_t hw_object_has(hw_handle object, hw_handle key);
HW_OPERATION(object_delete) int32_t hw_object_delete(hw_handle object, hw_handle key);
HW_OPERATION(object_keys) hw_owned hw_object_keys(hw_handle object);
HW_OPERATION(object_call) hw_owned hw_object_call(hw_handle object, hw_handle key, const hw_slot *args, uint32_t argc, double *out);
HW_OPERATION(object_call_named) hw_owned hw_object_call_named(hw_handle object, const char *ptr, uint32_t len, const hw_slot *args, uint32_t argc, double *out);
HW_OPERATION(object_instance_of) int32_t hw_object_instance_of(hw_handle object, hw_handle class);

/* Arrays */
HW_OPERATION(array_from) hw_owned hw_array_from(const hw_slot *args, uint32_t argc);
HW_OPERATION(array_length) hw_owned hw_array_length(hw_handle array, double *out);
HW_OPERATION(array_get) hw_owned hw_array_get(hw_handle array, uint32_t index, double *out);
HW_OPERATION(array_set) int32_t hw_array_set(hw_handle array, uint32_t index, const hw_slot *value);
HW_OPERATION(array_push) int32_t hw_array_push(hw_handle array, const hw_slot *value);

/* Dates, symbols, JSON */
HW_OPERATION(date_new) hw_owned hw_date_new(double time);
HW_OPERATION(date_time) double hw_date_time(hw_handle handle);
HW_OPERATION(symbol_new) hw_owned hw_symbol_new(const char *ptr, uint32_t len);
HW_OPERATION(symbol_for) hw_owned hw_symbol_for(const char *ptr, uint32_t len);
HW_OPERATION(json_parse) hw_owned hw_json_parse(const char *ptr, uint32_t len);
HW_OPERATION(json_stringify) hw_owned hw_json_stringify(hw_handle handle);

/* Functions */
HW_OPERATION(function_call) hw_owned hw_function_call(hw_handle function, hw_handle this, const hw_slot *args, uint32_t argc, double *out);
HW_OPERATION(function_construct) hw_owned hw_function_construct(hw_handle function, const hw_slot *args, uint32_t argc);

/* Promises: what is waited for comes by hw_settle, a task's result by hw_task_settle (section 12). */
HW_COMMAND(promise_await) void hw_promise_await(hw_handle promise, uint32_t waiter);
HW_COMMAND(promise_await_number) void hw_promise_await_number(hw_handle promise, uint32_t waiter);
HW_COMMAND(promise_call) void hw_promise_call(hw_handle function, const hw_slot *args, uint32_t argc, uint32_t waiter);
HW_COMMAND(promise_forget) void hw_promise_forget(uint32_t waiter);
HW_COMMAND(task_wake) void hw_task_wake(void);
HW_COMMAND(task_settle) void hw_task_settle(uint32_t task, uint32_t status);

/* Streams: an item comes by hw_settle (section 12.4). */
HW_OPERATION(stream_open) hw_owned hw_stream_open(hw_handle items);
HW_COMMAND(stream_next) void hw_stream_next(hw_handle stream, uint32_t waiter);
HW_COMMAND(stream_close) void hw_stream_close(hw_owned stream);
HW_OPERATION(stream_new) hw_owned hw_stream_new(uint32_t number);

/* Values of the guest. The text of a closure's type must stay where it is. */
HW_OPERATION(closure_new) hw_owned hw_closure_new(uint32_t id, const char *ptr, uint32_t len);
HW_COMMAND(closure_give) void hw_closure_give(hw_handle handle);
HW_COMMAND(closure_end) void hw_closure_end(hw_owned handle);
HW_OPERATION(external_new) hw_owned hw_external_new(uint32_t id);
HW_OPERATION(external_id) uint32_t hw_external_id(hw_handle handle);
HW_OPERATION(interface_new) hw_owned hw_interface_new(uint32_t id, const char *ptr, uint32_t len);
HW_COMMAND(interface_release) void hw_interface_release(hw_owned handle);

/* Data: a value and all that is in it, in a buffer (section 13). */
HW_OPERATION(data_to_value) hw_owned hw_data_to_value(const char *ptr, uint32_t len);
HW_OPERATION(data_from_value) int32_t hw_data_from_value(hw_handle handle, char *ptr, uint32_t capacity, uint32_t *out);
HW_OPERATION(data_part) hw_owned hw_data_part(hw_handle handle, uint32_t source, uint32_t number);
HW_COMMAND(data_form) void hw_data_form(uint32_t source, const char *ptr, uint32_t len);
HW_OPERATION(data_error) hw_owned hw_data_error(const char *ptr, uint32_t len);

/* Batches: words, their text, and a slot for each operation (section 14). */
HW_OPERATION(batch_run) int32_t hw_batch_run(const uint32_t *ptr, uint32_t len, const char *text, uint32_t text_len, hw_slot *results, uint32_t results_len, uint32_t flags);

/* Releases a handle, unless it is fixed. */
static inline void hw_release(hw_owned handle) {
    if (handle > HW_NUMBER) hw_handle_release(handle);
}

/* A literal as pointer and length in bytes: two arguments of a function. */
#define HW_TEXT(literal) ("" literal), (uint32_t)(sizeof(literal) - 1)

/* Copies, and returns where the copy ends. An empty range may have any pointer, which the machine's own copy would look at. */
static inline char *hw_append(char *to, const void *from, uint32_t len) {
    if (len != 0) __builtin_memcpy(to, from, len);
    return to + len;
}

/* Ends the instance. The host's PanicError has the text as its message. */
static inline _Noreturn void hw_die(const char *ptr, uint32_t len) {
    hw_error_panic(ptr, len);
    __builtin_trap();
}

/* ---- What makes a module a guest (sections 2, 3 and 10) ------------------------------------------------------------------------- */

typedef struct {
    uint32_t magic;
    uint16_t major, minor;
    uint32_t features;
    const void *arena_ptr;
    uint32_t arena_len;
    hw_slot *return_ptr;
    uint32_t *status_ptr;
    uint32_t reserved;
} hw_info_record;

_Static_assert(sizeof(hw_info_record) == 32, "the info record is 32 bytes");

#define HW_EXPORT(name) __attribute__((export_name(#name)))

/* A line of the contract section, a literal, at file level. It stands beside what it declares: of an archive, the linker takes both or
   none. The attribute `section` would make it data; only the assembler makes a section of the module. */
#define HW_LINE(literal) __asm__(HW_SECTION HW_ASCII(#literal) HW_ASCII("\"\\n\""))
#define HW_SECTION ".section .custom_section.handwire,\"\",@\n"
#define HW_ASCII(quoted) ".ascii " quoted "\n"

/* An import of the embedder's: a function of plain numbers. */
#define HW_IMPORT(module, name) __attribute__((import_module(module), import_name(name)))

/* One of values, and JavaScript for a host that takes inline code (section 10.2), each with its line. Behind every call hw_take_thrown
   says whether it failed. In inline code texts have single quotes, and nothing has a backslash.

       HW_DECLARED("app.log(level: u8, message: str)") void app_log(uint8_t level, const char *message, uint32_t len);
       HW_INLINE("hypot(a: f64, b: f64) -> f64", "Math.hypot($1, $2)") double hypot(double a, double b); */
#define HW_DECLARED(declaration)                                                                                                       \
    __asm__(HW_SECTION HW_ASCII("\"import \"") HW_ASCII(#declaration) HW_ASCII("\" as \\\"\"") HW_ASCII(#declaration) HW_ASCII("\"\\\"\\n\"")); \
    HW_IMPORT("declared", declaration)
#define HW_INLINE(declaration, code)                                                                                                   \
    __asm__(HW_SECTION HW_ASCII("\"import js.\"") HW_ASCII(#declaration) HW_ASCII("\" as \\\"js.\"") HW_ASCII(#declaration)            \
            HW_ASCII("\" = \"") HW_ASCII(#code) HW_ASCII("\"\\\"\\n\""));                                                            \
    HW_IMPORT("declared", "js." declaration " = " code)

/* Once in a guest that takes or returns more than numbers: the info record, an arena of so many bytes (8 or more, a multiple of 8) for
   arguments, the return slot and the status word. */
#define HW_GUEST(arena_size)                                                                                                           \
    static uint64_t hw_arena[(arena_size) / 8];                                                                                        \
    hw_slot hw_return_slot;                                                                                                            \
    uint32_t hw_status;                                                                                                                \
    HW_EXPORT(hw_info) const hw_info_record *hw_info(void) {                                                                           \
        static const hw_info_record record = { HW_MAGIC, HW_MAJOR, HW_MINOR, 0, hw_arena, sizeof hw_arena, &hw_return_slot, &hw_status, 0 }; \
        return &record;                                                                                                                \
    }                                                                                                                                  \
    _Static_assert((arena_size) >= 8 && (arena_size) % 8 == 0, "the length of an arena is a multiple of 8")

extern hw_slot hw_return_slot;
extern uint32_t hw_status;
const hw_info_record *hw_info(void);

/* How an export ends, as its last act (section 6.2). What text and bytes point to is the guest's, and must stay until its next return.
   An export that can't fail: */
static inline void hw_return(hw_slot value) { hw_return_slot = value; }
/* One that can, `result<T>`: its status. For `result<()>` the value is hw_none(). */
static inline int32_t hw_ok(hw_slot value) { return hw_return_slot = value, 0; }
/* An error: a handle is thrown as that very value, a text as an Error with that message. */
static inline int32_t hw_fail(hw_slot error) { return hw_return_slot = error, 1; }
static inline int32_t hw_fail_text(const char *ptr, uint32_t len) { return hw_fail(hw_text(ptr, len)); }
/* What the last failed operation threw. */
static inline int32_t hw_fail_thrown(void) { return hw_fail(hw_give(hw_error_take())); }

/* What the declared import threw that was called last; HW_NONE if it returned. */
static inline hw_owned hw_take_thrown(void) {
    hw_owned thrown = hw_status;
    hw_status = HW_NONE;
    return thrown;
}

/* ---- An allocator, for guests that have none ------------------------------------------------------------------------------------ */

/* HW_ALLOCATOR; once in a guest: arguments that don't fit into the arena get blocks above the guest's data, and memory grows for them.
   A block's place is used again when it was the last, or when all are back: right for what lives as long as a call, such as
   arguments and results handed over; a block that is kept pins all above it. */
#define HW_ALLOCATOR                                                                                                                   \
    static hw_heap hw_blocks;                                                                                                          \
    HW_EXPORT(hw_alloc) void *hw_alloc(uint32_t size, uint32_t align) { return hw_heap_take(&hw_blocks, size, align); }                \
    HW_EXPORT(hw_free) void hw_free(void *ptr, uint32_t size, uint32_t align) { hw_heap_give(&hw_blocks, ptr, size, align); }          \
    _Static_assert(1, "so that a semicolon can follow")

typedef struct { uint32_t top, live; } hw_heap;

void *hw_alloc(uint32_t size, uint32_t align);
void hw_free(void *ptr, uint32_t size, uint32_t align);

static inline void *hw_heap_take(hw_heap *heap, uint32_t size, uint32_t align) {
    extern unsigned char __heap_base;
    uint32_t top = heap->live == 0 ? (uint32_t)&__heap_base : heap->top;
    uint32_t start = (top + align - 1) & ~(align - 1), end = start + size;
    if (start < top || end < start) return 0;
    uint32_t pages = (end >> 16) + ((end & 0xffff) != 0), has = __builtin_wasm_memory_size(0);
    if (pages > has && __builtin_wasm_memory_grow(0, pages - has) == UINT32_MAX) return 0;
    heap->top = end;
    heap->live++;
    return (void *)start;
}

static inline void hw_heap_give(hw_heap *heap, void *ptr, uint32_t size, uint32_t align) {
    (void)align;
    heap->live--;
    if ((uint32_t)ptr + size == heap->top) heap->top = (uint32_t)ptr;
}

#endif
