//! Compressed values become plain ones: gzip and zstd, told by their first bytes, and what HTTP calls deflate.
//!
//! The bytes have the last word: many HTTP clients inflate a body and keep its `content-encoding`, so a value that is
//! not compressed as its header says is taken as it is, with a warning. Members of gzip and frames of zstd that follow
//! one another are one text, as their own tools read them.
//!
//! Bounded whatever the bytes: no more is inflated than the limit and one block, however large a window a frame asks for,
//! and the parts and layers of a value are counted. Brotli, LZ4, Snappy and xz are not taken.

use std::borrow::Cow;
use std::io::{ErrorKind, Read};

use flate2::bufread::GzDecoder;
use flate2::{Decompress, FlushDecompress, Status};
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{Reject, RejectReason};
use crate::event::{Warning, WarningCode};

/// How many compressions may lie around one another. Two happen: a `.gz` file that a server compresses once more.
const LAYERS_MAX: usize = 2;

/// How many gzip members or zstd frames a value may have. Each costs a decoder's tables, 50 KB of memory, whatever
/// little it holds; writers that cut their output (bgzip, pigz, pzstd) make parts of 64 KiB and more.
const PARTS_MAX: usize = 1_024;

/// A text of this many bytes without a control character is no compressed data, by a chance of 10⁻¹².
const CHANCE_BYTES: usize = 256;

/// A value as its sender had it, and what was odd about the compression.
pub(super) type Inflated<'a> = (Cow<'a, [u8]>, Vec<Warning>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Gzip,
    Zstd,
    /// With or without the frame of zlib: HTTP means the former, some servers send the latter.
    Deflate,
    /// One that is not taken, with its name.
    Refused(&'static str),
}

/// What compressions are called in `content-encoding` (the HTTP content coding registry of IANA, and their usual names).
const CODINGS: &[(&str, Coding)] = &[
    ("br", Coding::Refused("a Brotli-compressed value")),
    ("brotli", Coding::Refused("a Brotli-compressed value")),
    ("bzip2", Coding::Refused("a bzip2-compressed value")),
    ("compress", Coding::Refused("an LZW-compressed value")),
    ("deflate", Coding::Deflate),
    ("gzip", Coding::Gzip),
    ("lz4", Coding::Refused("an LZ4-compressed value")),
    ("snappy", Coding::Refused("a Snappy-compressed value")),
    ("x-compress", Coding::Refused("an LZW-compressed value")),
    ("x-gzip", Coding::Gzip),
    ("xz", Coding::Refused("an xz-compressed value")),
    ("zlib", Coding::Deflate),
    ("zstd", Coding::Zstd),
];

impl Coding {
    fn named(name: &str) -> Option<Self> {
        CODINGS.iter().find(|(listed, _)| listed.eq_ignore_ascii_case(name)).map(|(_, coding)| *coding)
    }

    /// What the first bytes say. Of gzip's methods only deflate was ever given out (RFC 1952 §2.3.1).
    fn of_magic(value: &[u8]) -> Option<Self> {
        match value {
            [0x1F, 0x8B, 0x08, ..] => Some(Self::Gzip),
            _ => starts_frame(value).then_some(Self::Zstd),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Deflate => "deflate",
            Self::Refused(kind) => kind,
        }
    }

    /// Whether a value under this name can be what the name says; what starts with no magic number is judged by whether
    /// it can be text.
    fn fits(self, value: &[u8]) -> bool {
        match self {
            Self::Gzip | Self::Zstd => false,
            Self::Deflate | Self::Refused(_) => !is_text(value),
        }
    }
}

/// The first bytes of a zstd frame, or of one to be skipped (RFC 8878 §3.1).
fn starts_frame(value: &[u8]) -> bool {
    matches!(value, [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..])
}

fn is_text(value: &[u8]) -> bool {
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | 0xB | 0xC | b'\r');
    !value.iter().any(control) && (value.len() >= CHANCE_BYTES || std::str::from_utf8(value).is_ok())
}

/// The value without its compressions. `encoding` is the `content-encoding` header, a list in the order in which the
/// codings were applied.
///
/// # Errors
/// `too_large` past `bytes_max`, `undecodable` if a stream is damaged, `unsupported` for a compression that is not
/// taken and for more layers or parts than one value can need.
pub(super) fn inflate<'a>(value: &'a [u8], encoding: &str, bytes_max: usize) -> Result<Inflated<'a>, Reject> {
    let mut declared = encoding.rsplit(',').filter_map(|name| Coding::named(name.trim()));
    let (mut value, mut warnings) = (Cow::Borrowed(value), Vec::new());
    for layer in 0.. {
        let claimed = declared.next();
        let found = Coding::of_magic(&value).or(claimed.filter(|coding| coding.fits(&value)));
        if let Some(claimed) = claimed.filter(|claimed| found != Some(*claimed)) {
            let detail = format!("the header says {}, the bytes do not", claimed.name());
            warnings.push(Warning::new(WarningCode::EncodingConflict, detail));
        }
        let Some(coding) = found else { break };
        if layer == LAYERS_MAX {
            let detail = format!("{} within {LAYERS_MAX} compressions: this is not taken", coding.name());
            return Err(Reject::new(RejectReason::Unsupported, detail));
        }
        value = Cow::Owned(Stream::new(coding, &value, bytes_max).read(&mut warnings)?);
    }
    Ok((value, warnings))
}

/// One layer of compression on its way to plain bytes.
struct Stream<'a> {
    coding: Coding,
    whole: &'a [u8],
    /// What is not yet read.
    rest: &'a [u8],
    text: Vec<u8>,
    bytes_max: usize,
}

/// Why a part could not be inflated.
enum Fault {
    /// The text passes the limit.
    TooLarge,
    /// The bytes end before the stream does.
    Cut,
    /// The bytes are not what the format or its checksum says.
    Damaged,
    /// The stream needs what only its sender has.
    Dictionary,
}

impl<'a> Stream<'a> {
    fn new(coding: Coding, whole: &'a [u8], bytes_max: usize) -> Self {
        Self { coding, whole, rest: whole, text: Vec::new(), bytes_max }
    }

    /// The whole text: of every member or frame in turn.
    fn read(mut self, warnings: &mut Vec<Warning>) -> Result<Vec<u8>, Reject> {
        for _ in 0..PARTS_MAX {
            let part = match self.coding {
                Coding::Gzip => self.member(),
                Coding::Zstd => self.frame(),
                Coding::Deflate => self.deflated(),
                Coding::Refused(kind) => {
                    return Err(Reject::new(RejectReason::Unsupported, format!("{kind}: this is not taken")));
                }
            };
            part.map_err(|fault| self.refuse(&fault))?;
            if !self.goes_on() {
                if self.rest.iter().any(|byte| *byte != 0) {
                    let detail =
                        format!("{} bytes after the end of the {} stream", self.rest.len(), self.coding.name());
                    warnings.push(Warning::new(WarningCode::TrailingBytes, detail));
                }
                return Ok(self.text);
            }
        }
        let detail = format!("{}: more than {PARTS_MAX} members or frames in one value", self.coding.name());
        Err(Reject::new(RejectReason::Unsupported, detail))
    }

    /// Whether another part of the same kind follows. Padding with zeros is usual, and anything else is no part of the
    /// text either.
    fn goes_on(&self) -> bool {
        match self.coding {
            Coding::Gzip => self.rest.starts_with(&[0x1F, 0x8B]),
            Coding::Zstd => starts_frame(self.rest),
            Coding::Deflate | Coding::Refused(_) => false,
        }
    }

    /// How much more text may come.
    fn left(&self) -> usize {
        self.bytes_max - self.text.len()
    }

    fn member(&mut self) -> Result<(), Fault> {
        let left = self.left();
        let read = GzDecoder::new(&mut self.rest).take(left as u64 + 1).read_to_end(&mut self.text);
        match read {
            Ok(count) if count > left => Err(Fault::TooLarge),
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(Fault::Cut),
            Err(_) => Err(Fault::Damaged),
        }
    }

    /// A frame is decoded until it ends or passes the limit by a block (128 KiB). The window that its header asks for is
    /// never set aside: a fresh decoder holds what it has decoded and no more.
    fn frame(&mut self) -> Result<(), Fault> {
        let left = self.left();
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(u64::MAX);
        if let Err(error) = decoder.init(&mut self.rest) {
            return match error {
                FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. }) => {
                    self.rest = self.rest.get(length as usize..).ok_or(Fault::Cut)?;
                    Ok(())
                }
                FrameDecoderError::DictNotProvided { .. } => Err(Fault::Dictionary),
                FrameDecoderError::WindowSizeTooBig { .. } => Err(Fault::TooLarge),
                _ if self.rest.is_empty() => Err(Fault::Cut),
                _ => Err(Fault::Damaged),
            };
        }
        let declared = decoder.content_size();
        if declared > left as u64 {
            return Err(Fault::TooLarge);
        }
        let whole = decoder.decode_blocks(&mut self.rest, BlockDecodingStrategy::UptoBytes(left + 1));
        // What was asked for and not there is what the reader ran out of.
        let whole = whole.map_err(|_| if self.rest.is_empty() { Fault::Cut } else { Fault::Damaged })?;
        let before = self.text.len();
        decoder.collect_to_writer(&mut self.text).expect("writing to memory cannot fail");
        let count = self.text.len() - before;
        if !whole || count > left {
            return Err(Fault::TooLarge);
        }
        let checksum = decoder.get_checksum_from_data();
        let sound = checksum.is_none() || checksum == decoder.get_calculated_checksum();
        if sound && (declared == 0 || declared == count as u64) { Ok(()) } else { Err(Fault::Damaged) }
    }

    fn deflated(&mut self) -> Result<(), Fault> {
        // RFC 1950 §2.2: method 8, and a header that is a multiple of 31.
        let framed =
            matches!(self.rest, [cmf, flg, ..] if cmf & 0xF == 8 && (u16::from(*cmf) << 8 | u16::from(*flg)) % 31 == 0);
        let mut state = Decompress::new(framed);
        loop {
            self.text.reserve(self.rest.len().max(4096));
            let before = (state.total_in(), state.total_out());
            let status = state.decompress_vec(self.rest, &mut self.text, FlushDecompress::None);
            let used = usize::try_from(state.total_in() - before.0).expect("no more than was given");
            self.rest = &self.rest[used..];
            if self.text.len() > self.bytes_max {
                return Err(Fault::TooLarge);
            }
            match status {
                Ok(Status::StreamEnd) => return Ok(()),
                Ok(_) if used == 0 && state.total_out() == before.1 => return Err(Fault::Cut),
                Ok(_) => {}
                Err(_) => return Err(Fault::Damaged),
            }
        }
    }

    fn refuse(&self, fault: &Fault) -> Reject {
        let name = self.coding.name();
        let (at, of, out) = (self.whole.len() - self.rest.len(), self.whole.len(), self.text.len());
        match fault {
            Fault::TooLarge => {
                let max = self.bytes_max;
                let detail = format!("{name}: inflated it passes the limit of {max} bytes, at byte {at} of {of}");
                Reject::new(RejectReason::TooLarge, detail)
            }
            Fault::Cut => {
                let detail = format!("{name}: cut short, its {of} bytes end within the stream ({out} bytes inflated)");
                Reject::new(RejectReason::Undecodable, detail)
            }
            Fault::Damaged => {
                let detail = format!("{name}: damaged at or before byte {at} of {of} ({out} bytes inflated)");
                Reject::new(RejectReason::Undecodable, detail)
            }
            Fault::Dictionary => {
                let detail = format!("{name}: compressed with a dictionary, which a record cannot bring");
                Reject::new(RejectReason::Unsupported, detail)
            }
        }
    }
}

#[cfg(test)]
mod tests;
