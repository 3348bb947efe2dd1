/* A guest in C for the test of handwire.h: every kind of slot both ways, every way to return. */
#include "handwire.h"

HW_GUEST(256);
HW_ALLOCATOR;

HW_LINE("record Point { x: f64, y: f64 }");
HW_LINE("enum Colour { red, green }");

/* All kinds of slots that operations take, as the elements of an array. */
HW_LINE("export every_slot(given: &js) -> js.Array");
HW_EXPORT(every_slot) hw_owned every_slot(hw_handle given) {
    static const uint16_t units[] = { 0xd83d, 'x' };
    hw_slot slots[] = {
        hw_none(), hw_undefined(), hw_null(), hw_bool(true), hw_bool(false), hw_number(-0.5), hw_i64(INT64_MIN), hw_u64(UINT64_MAX),
        hw_text(HW_TEXT("a\0\xc3\xa9")), hw_text(HW_TEXT("")), hw_text16(units, 2), hw_bytes("\1\2", 2), hw_give(hw_object_new()), hw_lend(given)
    };
    return hw_array_from(slots, sizeof slots / sizeof *slots);
}

HW_LINE("export squares(n: u32) -> [f64] \"Handed over.\"");
HW_EXPORT(squares) void squares(uint32_t n) {
    double *numbers = n == 0 ? 0 : hw_alloc(n * 8, 8);
    for (uint32_t i = 0; i < n; i++) numbers[i] = (double)i * i;
    hw_slot all = hw_array(HW_ELEMENT_F64, numbers, n);
    hw_return(n == 0 ? all : hw_hand_over(all));
}

HW_LINE("export kept() -> bytes \"Stays the guest's.\"");
HW_EXPORT(kept) void kept(void) { hw_return(hw_bytes("\0\xff", 2)); }

HW_LINE("export words() -> [str]");
HW_EXPORT(words) void words(void) {
    static hw_slot list[2];
    list[0] = hw_text(HW_TEXT("one"));
    list[1] = hw_text(HW_TEXT("t\xc3\xa9n"));
    hw_return(hw_list(list, 2));
}

HW_LINE("export middle(a: Point, b: Point) -> Point");
HW_EXPORT(middle) void middle(const hw_slot *a, const hw_slot *b) {
    static hw_slot point[2];
    for (int i = 0; i < 2; i++) point[i] = hw_number((a[i].is.number + b[i].is.number) / 2);
    hw_return(hw_record(point, 2));
}

HW_LINE("export half(n: i32?) -> i64?");
HW_EXPORT(half) void half(const hw_slot *n) { hw_return(n->kind == HW_KIND_NONE ? hw_none() : hw_i64((int64_t)n->is.number / 2)); }

HW_LINE("export next(colour: Colour, by: i8) -> Colour");
HW_EXPORT(next) uint32_t next(uint32_t colour, int8_t by) { return (colour + (uint32_t)by) % 2; }

HW_LINE("export refuse(error: js) -> result<()>");
HW_EXPORT(refuse) int32_t refuse(hw_owned error) {
    if (error == HW_UNDEFINED) return hw_ok(hw_none());
    return hw_fail(hw_give(error));
}

HW_LINE("export drop_all() \"Fixed handles are left alone.\"");
HW_EXPORT(drop_all) void drop_all(void) {
    for (hw_handle fixed = HW_NONE; fixed <= HW_NUMBER; fixed++) hw_release(fixed);
    hw_release(hw_object_new());
}

HW_LINE("export die()");
HW_EXPORT(die) void die(void) { hw_die(HW_TEXT("no way on")); }

HW_LINE("export sink(depth: u32) -> u32 \"Uses up the stack in memory long before the engine's own.\"");
HW_EXPORT(sink) uint32_t sink(uint32_t depth) {
    volatile uint32_t room[256];
    room[depth % 256] = depth;
    return depth == 0 ? 0 : sink(depth - 1) + room[depth % 256];
}

HW_LINE("export echo(text: str) -> str");
HW_EXPORT(echo) void echo(const char *text, uint32_t len) {
    static char kept[256];
    hw_return(hw_text(kept, (uint32_t)(hw_append(kept, text, len) - kept)));
}

/* A class, by the contract's own names: hw_drop is the guest's. */
static struct { bool lives; int32_t sum; } tallies[4];

HW_LINE("class Tally \"Adds up.\"");
HW_LINE("method Tally.new(start: i32) -> Tally");
HW_EXPORT(Tally.new) uint32_t tally_new(int32_t start) {
    uint32_t id = 1;
    while (tallies[id].lives) id++;
    tallies[id].lives = true;
    tallies[id].sum = start;
    return id;
}
HW_LINE("method Tally.add(&mut self, by: i32) -> i32");
HW_EXPORT(Tally.add) int32_t tally_add(uint32_t id, int32_t by) { return tallies[id].sum += by; }
HW_EXPORT(hw_drop) void hw_drop(uint32_t id) { tallies[id].lives = false; }
HW_LINE("export tallies() -> u32");
HW_EXPORT(tallies) uint32_t count_tallies(void) { return tallies[1].lives + tallies[2].lives + tallies[3].lives; }
