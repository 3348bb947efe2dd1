//! The crossings: a buffer to the host, a buffer from it, a part of what it wrote. Writer and
//! buffer stay for the next time; a crossing inside of another makes its own.

use super::Options;
use super::error::DataError;
use super::form;
use super::reader::Reader;
use super::writer::Writer;
use crate::exports::Shared;
use crate::returns::write_slot;
use crate::{JsError, JsValue};
use core::mem::MaybeUninit;
use handwire_abi as abi;
use handwire_abi::{Handle, Slot, kind};
use heap::boxed::Box;
use heap::vec::Vec;
use serde::de::DeserializeOwned;
use serde::ser::Serialize;

/// A buffer up to this size is kept.
const KEEP: usize = 64 * 1024;

static WRITER: Shared<Option<Box<Writer>>> = Shared::new(None);
/// Whether a writer was made: only the first one numbers its tables, as numbers are for one tree of shapes.
static MADE: Shared<bool> = Shared::new(false);
static BUFFER: Shared<Vec<u8>> = Shared::new(Vec::new());

/// What is kept of a kind, if it isn't in use.
#[cfg(target_arch = "wasm32")]
fn take<T: Default>(kept: &Shared<T>) -> T {
    // SAFETY: one thread is in this instance, and no reference to the content is ever kept.
    core::mem::take(unsafe { &mut *kept.get() })
}

#[cfg(target_arch = "wasm32")]
fn keep<T>(kept: &Shared<T>, content: T) {
    // SAFETY: as above; what was there is dropped after it was replaced.
    drop(core::mem::replace(unsafe { &mut *kept.get() }, content));
}

/// On other targets, where tests run in many threads, nothing is kept.
#[cfg(not(target_arch = "wasm32"))]
fn take<T: Default>(_kept: &Shared<T>) -> T {
    T::default()
}

#[cfg(not(target_arch = "wasm32"))]
fn keep<T>(_kept: &Shared<T>, content: T) {
    drop(content);
}

#[cold]
fn make_writer() -> Box<Writer> {
    let mut writer = Box::new(Writer::new());
    writer.numbered = cfg!(target_arch = "wasm32") && !take(&MADE);
    keep(&MADE, true);
    writer
}

/// Writes a value, and gives what is made of the buffer.
pub(super) fn write<T: Serialize + ?Sized, R>(
    value: &T,
    options: Options,
    give: impl FnOnce(&mut Vec<u8>) -> R,
) -> Result<R, DataError> {
    let mut writer = take(&WRITER).unwrap_or_else(make_writer);
    writer.start(options.big, options.null);
    let result = match value.serialize(&mut *writer).and_then(|()| writer.finish()) {
        Ok(()) => Ok(give(&mut writer.out)),
        Err(error) => {
            writer.abandon();
            Err(error)
        }
    };
    if writer.out.capacity() > KEEP {
        writer.out = Vec::new();
    }
    keep(&WRITER, Some(writer));
    result
}

/// The host's value of a Rust value.
pub(super) fn to_js<T: Serialize + ?Sized>(value: &T, options: Options) -> Result<JsValue, DataError> {
    // SAFETY: pointer and length are those of the buffer.
    write(value, options, |out| JsValue::made(unsafe { abi::data_to_value(out.as_ptr(), out.len()) }))
}

/// The buffer of a value without values of the host.
pub(super) fn encode<T: Serialize + ?Sized>(value: &T, options: Options) -> Result<Vec<u8>, DataError> {
    let mut writer = Writer::new();
    writer.start(options.big, options.null);
    value.serialize(&mut writer)?;
    if writer.has_handles() {
        return Err(DataError::new("a value of the host, which no buffer can keep"));
    }
    writer.finish()?;
    Ok(writer.out)
}

/// A Rust value of the host's.
pub(super) fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, DataError> {
    let mut buffer = take(&BUFFER);
    let mut block = MaybeUninit::<*mut u8>::uninit();
    // SAFETY: the buffer has that capacity, and there is room for an address.
    let len =
        unsafe { abi::data_from_value(value.borrow(), buffer.as_mut_ptr(), buffer.capacity(), block.as_mut_ptr()) };
    if len == usize::MAX {
        keep(&BUFFER, buffer);
        return Err(DataError::thrown(JsError::take()));
    }
    // SAFETY: the host wrote so many bytes: into the buffer if they fit, else into a block of just that size.
    unsafe {
        if len <= buffer.capacity() {
            buffer.set_len(len);
        } else {
            buffer = Vec::from_raw_parts(block.assume_init(), len, len);
        }
    }
    // SAFETY: the host wrote it as the contract says.
    let reader = unsafe { Reader::new(&buffer, true) };
    let result = reader.and_then(|reader| read_whole(reader.of(value.borrow())));
    if buffer.capacity() <= KEEP {
        buffer.clear();
        keep(&BUFFER, buffer);
    }
    result
}

/// A Rust value of a buffer.
///
/// # Safety
///
/// If `trusted`, a host wrote the buffer.
pub(super) unsafe fn read<T: DeserializeOwned>(bytes: &[u8], trusted: bool) -> Result<T, DataError> {
    // SAFETY: the caller says so.
    read_whole(unsafe { Reader::new(bytes, trusted) }?)
}

/// The value of an argument that is not in a form; the host is told the form if it asks for it.
///
/// # Safety
///
/// The host wrote it, for an argument of data.
pub(super) unsafe fn argument<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DataError> {
    // SAFETY: the caller says so.
    unsafe {
        let value = read(bytes, true)?;
        form::tell::<T>(bytes);
        Ok(value)
    }
}

/// An argument that is no value of the type in its form, by itself.
#[cold]
#[inline(never)]
pub(super) fn misread<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DataError> {
    from_js(&part(Handle::NONE, super::raw::word(bytes, 4)?, 0)?)
}

fn read_whole<T: DeserializeOwned>(mut reader: Reader<'_>) -> Result<T, DataError> {
    let value = T::deserialize(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Writes the return slot. The buffer stays until the next time; a large one goes to the host.
pub(super) fn give_back<T: Serialize>(value: T) -> Result<(), DataError> {
    let mut writer = take(&WRITER).unwrap_or_else(make_writer);
    writer.start(false, false);
    let result = value.serialize(&mut *writer).and_then(|()| writer.finish());
    // Its destructor may call the host, and that the guest: before the slot is written, not after.
    drop(value);
    match result {
        Ok(()) if writer.out.capacity() <= KEEP => {
            write_slot(Slot::range(kind::DATA, 0, writer.out.as_ptr() as usize, writer.out.len()));
        }
        Ok(()) => {
            let bytes = Box::into_raw(core::mem::take(&mut writer.out).into_boxed_slice());
            write_slot(Slot::range(kind::DATA, Slot::HANDED_OVER, bytes.cast::<u8>() as usize, bytes.len()));
        }
        Err(error) => {
            writer.abandon();
            return Err(error);
        }
    }
    keep(&WRITER, Some(writer));
    Ok(())
}

/// The value in a slot, and the end of what was handed over.
///
/// # Safety
///
/// The host wrote the slot, for data.
pub(super) unsafe fn take_slot<T: DeserializeOwned>(slot: Slot) -> Result<T, DataError> {
    let payload = slot.payload();
    let (ptr, len) = (payload as u32 as usize as *mut u8, (payload >> 32) as usize);
    if slot.aux() & Slot::HANDED_OVER != 0 {
        // SAFETY: what the host hands over is an allocation of that size, written as the contract says.
        return unsafe { read(&Vec::from_raw_parts(ptr, len, len), true) };
    }
    // What lies in the arena is there until the next crossing, which a type's own code may make.
    let mut buffer = take(&BUFFER);
    buffer.clear();
    // SAFETY: the host wrote it there.
    let result = unsafe {
        buffer.extend_from_slice(crate::export::lift_bytes(ptr, len));
        read(&buffer, true)
    };
    keep(&BUFFER, buffer);
    result
}

/// A container inside of the value that the host wrote.
pub(super) fn part(handle: Handle, source: u32, number: u32) -> Result<JsValue, DataError> {
    JsValue::checked(abi::data_part(handle, source, number)).map_err(DataError::thrown)
}
