//! Values in all their wrappings. Frames of zstd's own compressor stand here as bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;

const TEXT: &str = "It rained in the hills, and it rained in the valley.";

/// [`TEXT`] with a checksum, by zstd 1.5.
const FRAME: &[u8] = b"(\xB5/\xFD$4]\x01\x00D\x02It rained in the hills, and ivalley.\x01\x00=2\x9D\xBF\xBBuR";

/// The same, compressed as a stream that asks for a window of 128 MiB.
const WIDE_FRAME: &[u8] =
    b"(\xB5/\xFD\x04\x88]\x01\x00D\x02It rained in the hills, and ivalley.\x01\x00=2\x9D\xBF\xBBuR";

/// [`TEXT`], compressed with a dictionary.
const DICTIONARY_FRAME: &[u8] =
    b"(\xB5/\xFD#\xFA\xE5\x97\x1F4-\x01\x00\xA8It rained in,ivalley.\x04\xFC\xCF\x9F\x1F\xE7\xFE\xAF[\x7F\xE2\xB2\xFF\xFE\xFD";

/// [`TEXT`], compressed by Brotli.
const BROTLI: &[u8] = b"\x1B3\x00\xE0\x8D\x94\xEE\x9A\x89l\x84Jo\x90$7:\xE5\x92\x06\x1Bp\xE0R2\x8E#^9]\x8ER\xAD91\xAA\xCET\xE9\xEE7\x10\x19";

const BYTES_MAX: usize = 1 << 20;

fn gzip(value: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(value).and_then(|()| encoder.finish()).expect("written to memory")
}

fn zlib(value: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(value).and_then(|()| encoder.finish()).expect("written to memory")
}

fn deflate(value: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(value).and_then(|()| encoder.finish()).expect("written to memory")
}

fn zstd(value: &[u8]) -> Vec<u8> {
    compress_to_vec(value, CompressionLevel::Fastest)
}

#[track_caller]
fn check(value: &[u8], encoding: &str, text: &[u8], warnings: &[WarningCode]) {
    let (plain, odd) = inflate(value, encoding, BYTES_MAX).expect("inflates");
    let codes: Vec<_> = odd.iter().map(|warning| warning.code).collect();
    assert_eq!((String::from_utf8_lossy(&plain), codes.as_slice()), (String::from_utf8_lossy(text), warnings));
}

#[track_caller]
fn refused(value: &[u8], encoding: &str, reason: RejectReason, words: &str) {
    let reject = inflate(value, encoding, BYTES_MAX).expect_err("refused");
    assert_eq!(reject.reason, reason, "{}", reject.detail);
    assert!(reject.detail.contains(words), "{}", reject.detail);
}

#[test]
fn each_compression_is_undone() {
    let text = TEXT.as_bytes();
    check(text, "", text, &[]);
    check(text, "identity", text, &[]);
    check(text, "aws-chunked", text, &[]);
    for (value, name) in
        [(gzip(text), "gzip"), (zstd(text), "zstd"), (FRAME.to_vec(), "zstd"), (WIDE_FRAME.to_vec(), "zstd")]
    {
        check(&value, name, text, &[]);
        check(&value, "", text, &[]);
        check(&value, &name.to_uppercase(), text, &[]);
    }
    check(&gzip(text), "x-gzip", text, &[]);
    check(&zlib(text), "deflate", text, &[]);
    check(&deflate(text), "deflate", text, &[]);
    check(&gzip(b""), "gzip", b"", &[]);
    check(&zstd(b""), "zstd", b"", &[]);
}

#[test]
fn layers_come_off_from_the_outside() {
    let text = TEXT.as_bytes();
    check(&zstd(&gzip(text)), "gzip, zstd", text, &[]);
    check(&zstd(&gzip(text)), "", text, &[]);
    check(&gzip(&zlib(text)), "deflate,gzip", text, &[]);
    // A file that was compressed already, and once more on its way.
    check(&gzip(&gzip(text)), "gzip", text, &[]);
    refused(&gzip(&gzip(&gzip(text))), "", RejectReason::Unsupported, "gzip within 2 compressions");
    refused(&gzip(&zstd(&zlib(text))), "deflate, zstd, gzip", RejectReason::Unsupported, "deflate within 2");
}

#[test]
fn a_header_that_lies_is_told_and_the_bytes_are_taken() {
    use WarningCode::EncodingConflict;
    let text = TEXT.as_bytes();
    for name in ["gzip", "zstd", "deflate", "br", "snappy", "lz4"] {
        check(text, name, text, &[EncodingConflict]);
        check("Nước lũ".as_bytes(), name, "Nước lũ".as_bytes(), &[EncodingConflict]);
    }
    check(&gzip(text), "zstd", text, &[EncodingConflict]);
    check(&gzip(text), "br", text, &[EncodingConflict]);
    check(&gzip(text), "gzip, gzip", text, &[EncodingConflict]);
    // A legacy charset, long enough to be no chance.
    let legacy = b"caf\xE9 noir, ".repeat(40);
    check(&legacy, "br", &legacy, &[EncodingConflict]);
    refused(BROTLI, "br", RejectReason::Unsupported, "a Brotli-compressed value");
    refused(&[9, 0, 0x80, 0xFF], "lz4", RejectReason::Unsupported, "an LZ4-compressed value");
}

#[test]
fn parts_in_a_row_are_one_text() {
    let text = TEXT.as_bytes();
    let twice = TEXT.repeat(2);
    check(&[gzip(text), gzip(text)].concat(), "", twice.as_bytes(), &[]);
    check(&[FRAME, FRAME].concat(), "", twice.as_bytes(), &[]);
    let skipped = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
    check(&[&skipped[..], FRAME, &skipped[..], FRAME].concat(), "", twice.as_bytes(), &[]);
    check(&[&gzip(text)[..], &[0; 512]].concat(), "", text, &[]);
    check(&[&gzip(text)[..], b"rest"].concat(), "", text, &[WarningCode::TrailingBytes]);
    check(&[FRAME, b"rest"].concat(), "", text, &[WarningCode::TrailingBytes]);
    check(&[&zlib(text)[..], b"rest"].concat(), "deflate", text, &[WarningCode::TrailingBytes]);
    refused(&[&gzip(text)[..], &[0x1F, 0x8B]].concat(), "", RejectReason::Undecodable, "cut short");
    refused(&gzip(b"").repeat(PARTS_MAX + 1), "", RejectReason::Unsupported, "more than 1024 members");
    check(&gzip(b".").repeat(PARTS_MAX), "", &b".".repeat(PARTS_MAX), &[]);
    refused(&skipped.repeat(PARTS_MAX + 1), "", RejectReason::Unsupported, "more than 1024 members");
}

#[test]
fn the_limit_holds_to_the_byte() {
    for wrap in [gzip, zstd, zlib] {
        let whole = wrap(&vec![b'a'; BYTES_MAX]);
        let (plain, _) = inflate(&whole, "deflate", BYTES_MAX).expect("at the limit");
        assert_eq!(plain.len(), BYTES_MAX);
        refused(&wrap(&vec![b'a'; BYTES_MAX + 1]), "deflate", RejectReason::TooLarge, "the limit of 1048576 bytes");
    }
    // The second part passes what the first one left.
    let part = vec![b'a'; BYTES_MAX / 2 + 1];
    for wrap in [gzip, zstd] {
        refused(&wrap(&part).repeat(2), "", RejectReason::TooLarge, "the limit of 1048576 bytes");
    }
    // Each layer of a bomb has the limit too.
    refused(&gzip(&gzip(&vec![0; 64 << 20])), "", RejectReason::TooLarge, "gzip: inflated");
}

#[test]
fn a_window_is_only_a_number() {
    // The largest window that the format can ask for, 3.75 TiB, and one raw block of four bytes.
    let frame = [&[0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xFE, 0x21, 0x00, 0x00][..], b"Rain"].concat();
    check(&frame, "", b"Rain", &[]);
    // Blocks that repeat one byte 128 KiB long, in four bytes each.
    let mut bomb = vec![0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xFE];
    bomb.extend([0x02, 0x00, 0x10, b'a'].repeat(100_000));
    refused(&bomb, "", RejectReason::TooLarge, "zstd: inflated");
    // A content of 2^60 bytes is announced.
    let frame = [&[0x28, 0xB5, 0x2F, 0xFD, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0x21, 0x00, 0x00][..], b"Rain"].concat();
    refused(&frame, "", RejectReason::TooLarge, "zstd: inflated");
}

#[test]
fn what_is_damaged_is_named() {
    use RejectReason::{Undecodable, Unsupported};
    let text = TEXT.repeat(50);
    for (name, whole) in [
        ("gzip", gzip(text.as_bytes())),
        ("zstd", zstd(text.as_bytes())),
        ("zstd", FRAME.to_vec()),
        ("deflate", zlib(text.as_bytes())),
    ] {
        for end in 4..whole.len() {
            refused(&whole[..end], "deflate", Undecodable, &format!("{name}: cut short, its {end} bytes"));
        }
        // The last byte of a checksum, or of a length.
        let mut damaged = whole.clone();
        *damaged.last_mut().expect("not empty") ^= 1;
        if inflate(&damaged, "deflate", BYTES_MAX).is_ok() {
            assert_eq!(whole, zstd(text.as_bytes()), "only a frame without a checksum can be damaged unseen");
        }
    }
    let mut damaged = FRAME.to_vec();
    damaged[20] ^= 1;
    refused(&damaged, "", Undecodable, "zstd: damaged at or before byte 56 of 56");
    refused(&[0x1F, 0x8B, 8, 0], "", Undecodable, "gzip: cut short, its 4 bytes");
    refused(&[0x28, 0xB5, 0x2F, 0xFD], "", Undecodable, "zstd: cut short, its 4 bytes");
    refused(&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7], "", Undecodable, "gzip: damaged");
    refused(DICTIONARY_FRAME, "", Unsupported, "zstd: compressed with a dictionary");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_wrapped_comes_back(value in prop::collection::vec(any::<u8>(), 0..2000), times in 1_usize..40) {
        let value = value.repeat(times);
        // A value that itself starts as a compressed one would lose that layer too.
        prop_assume!(Coding::of_magic(&value).is_none());
        for wrapped in [gzip(&value), zstd(&value)] {
            let (plain, warnings) = inflate(&wrapped, "", BYTES_MAX).expect("inflates");
            prop_assert_eq!(&*plain, &value[..]);
            prop_assert!(warnings.is_empty());
        }
    }

    #[test]
    fn damage_never_panics_and_never_passes_the_limit(
        value in prop::collection::vec(any::<u8>(), 0..500),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        encoding in prop::sample::select(vec!["", "gzip", "zstd", "deflate", "deflate, gzip", "br"]),
    ) {
        for mut wrapped in [gzip(&value), zstd(&value), zlib(&value), FRAME.to_vec(), [&value[..], FRAME].concat()] {
            for (place, byte) in &damage {
                let place = place.index(wrapped.len());
                wrapped[place] = *byte;
            }
            if let Ok((plain, _)) = inflate(&wrapped, encoding, 4096) {
                prop_assert!(plain.len() <= 4096.max(wrapped.len()));
            }
        }
    }
}
