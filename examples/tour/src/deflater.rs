//! Deflate as a stream, in the zlib format.

use miniz_oxide::deflate::core::{CompressionStrategy, CompressorOxide};
use miniz_oxide::deflate::stream::deflate;
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

/// The output grows by so much at a time.
const STEP: usize = 32 * 1024;
const WINDOW_BITS: u8 = 15;

pub struct Deflater(Box<CompressorOxide>);

impl Deflater {
    /// `level` is 0 (stored) to 10 (smallest).
    pub fn new(level: u8) -> Deflater {
        let strategy = CompressionStrategy::Default;
        Deflater(Box::new(CompressorOxide::with_params(DataFormat::Zlib, level, strategy, WINDOW_BITS)))
    }

    /// Takes a piece; gives what is ready, which may be nothing.
    pub fn push(&mut self, piece: &[u8]) -> Vec<u8> {
        if piece.is_empty() { Vec::new() } else { self.run(piece, MZFlush::None) }
    }

    /// The rest. Nothing may be pushed after it.
    pub fn finish(&mut self) -> Vec<u8> {
        self.run(&[], MZFlush::Finish)
    }

    fn run(&mut self, mut piece: &[u8], flush: MZFlush) -> Vec<u8> {
        let mut out = Vec::new();
        let mut len = 0;
        loop {
            out.resize(len + STEP, 0);
            let step = deflate(&mut self.0, piece, &mut out[len..], flush);
            len += step.bytes_written;
            piece = &piece[step.bytes_consumed..];
            match step.status {
                // It stopped because the output is full; otherwise because there is no more input.
                Ok(MZStatus::Ok) if len == out.len() => {}
                Ok(_) => break,
                // Only an output without room or a piece after the end get this far.
                Err(error) => panic!("deflate: {error:?}"),
            }
        }
        out.truncate(len);
        out
    }
}
