//! Any file of configuration, or as many flags.

#![no_main]

#[allow(dead_code, reason = "the promises of the other targets")]
#[path = "../../tests/fuzz/promises.rs"]
mod promises;

libfuzzer_sys::fuzz_target!(|input: &[u8]| promises::config::read(input));
