//! Any text: a first byte that chooses its language, a second for what was said of its day.

#![no_main]

#[allow(dead_code, reason = "the promises of the other targets")]
#[path = "../../tests/fuzz/promises.rs"]
mod promises;

libfuzzer_sys::fuzz_target!(|input: &[u8]| promises::dates::tagged(input));
