//! Every raw operation, so that this module imports all of them.

use handwire::abi;
use handwire::contract;

/// Addresses, which are kept for nobody to call.
struct Operations([*const (); 54]);

// SAFETY: addresses of functions never change.
unsafe impl Sync for Operations {}

static OPERATIONS: Operations = Operations([
    abi::handle_clone as *const (),
    abi::handle_release as *const (),
    abi::value_kind as *const (),
    abi::value_class as *const (),
    abi::value_number as *const (),
    abi::value_from_number as *const (),
    abi::value_equal as *const (),
    abi::value_same as *const (),
    abi::value_truthy as *const (),
    abi::value_to_string as *const (),
    abi::value_to_number as *const (),
    abi::bigint_from_i64 as *const (),
    abi::bigint_from_u64 as *const (),
    abi::bigint_to_i64 as *const (),
    abi::bigint_to_u64 as *const (),
    abi::bigint_parse as *const (),
    abi::string_from_utf8 as *const (),
    abi::string_from_utf16 as *const (),
    abi::string_write_utf8 as *const (),
    abi::string_write_utf16 as *const (),
    abi::error_take as *const (),
    abi::error_new as *const (),
    abi::error_message as *const (),
    abi::error_stack as *const (),
    abi::error_panic as *const (),
    abi::error_misuse as *const (),
    abi::bytes_new as *const (),
    abi::bytes_length as *const (),
    abi::bytes_write as *const (),
    abi::bytes_set as *const (),
    abi::object_new as *const (),
    abi::object_get as *const (),
    abi::object_get_named as *const (),
    abi::object_set as *const (),
    abi::object_set_named as *const (),
    abi::object_has as *const (),
    abi::object_delete as *const (),
    abi::object_keys as *const (),
    abi::object_call as *const (),
    abi::object_call_named as *const (),
    abi::object_instance_of as *const (),
    abi::array_from as *const (),
    abi::array_length as *const (),
    abi::array_get as *const (),
    abi::array_set as *const (),
    abi::array_push as *const (),
    abi::date_new as *const (),
    abi::date_time as *const (),
    abi::symbol_new as *const (),
    abi::symbol_for as *const (),
    abi::json_parse as *const (),
    abi::json_stringify as *const (),
    abi::function_call as *const (),
    abi::function_construct as *const (),
]);

contract!(
    r#"export all_operations(index: usize) -> usize "The place of an operation in the module's table; 0 past the last.""#
);

#[unsafe(no_mangle)]
extern "C" fn all_operations(index: usize) -> usize {
    OPERATIONS.0.get(index).map_or(0, |operation| operation.addr())
}
