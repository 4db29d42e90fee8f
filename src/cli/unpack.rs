//! Compressed files of many records, read as what they hold.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// What is read ahead, of the file and of what it holds.
const BUFFER_BYTES: usize = 1 << 20;

/// The plain bytes of a stream that is gzip or zstd by its first bytes, and any other as it is. `taken` counts the
/// bytes of the stream itself that have been read, for progress.
pub(super) fn plain(stream: impl Read + 'static, taken: Rc<Cell<u64>>) -> io::Result<Box<dyn BufRead>> {
    let mut stream = BufReader::with_capacity(BUFFER_BYTES, Counted { stream, taken });
    let mut start = Vec::with_capacity(4);
    stream.by_ref().take(4).read_to_end(&mut start)?;
    let packing = Packing::of(&start);
    let whole = Cursor::new(start).chain(stream);
    Ok(match packing {
        Packing::None => Box::new(whole),
        Packing::Gzip => Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(whole))),
        Packing::Zstd => Box::new(BufReader::with_capacity(BUFFER_BYTES, Frames::new(whole))),
    })
}

enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Packing {
    fn of(start: &[u8]) -> Self {
        match start {
            [0x1F, 0x8B, 0x08, ..] => Self::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD] | [0x50..=0x5F, 0x2A, 0x4D, 0x18] => Self::Zstd,
            _ => Self::None,
        }
    }
}

struct Counted<R> {
    stream: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.taken.set(self.taken.get() + count as u64);
        Ok(count)
    }
}

/// The frames of a zstd stream, one after the other. A frame that asks for a window of more than 128 MiB, as zstd's own
/// tool does without being told otherwise, is refused.
struct Frames<R> {
    stream: R,
    decoder: FrameDecoder,
}

impl<R: BufRead> Frames<R> {
    fn new(stream: R) -> Self {
        Self { stream, decoder: FrameDecoder::new() }
    }

    /// Begins the next frame; `false` at the end of the stream.
    fn next_frame(&mut self) -> io::Result<bool> {
        while !self.stream.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.stream) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.stream.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 {
            if !self.decoder.is_finished() {
                let step = self.decoder.decode_blocks(&mut self.stream, BlockDecodingStrategy::UptoBlocks(1));
                step.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            } else if self
                .decoder
                .get_checksum_from_data()
                .is_some_and(|sum| Some(sum) != self.decoder.get_calculated_checksum())
            {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum of a zstd frame is another"));
            } else if !self.next_frame()? {
                return Ok(0);
            }
        }
        self.decoder.read(buffer)
    }
}
