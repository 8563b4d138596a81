//! Small invented landscapes as PNG (W3C PNG, third edition): palette, 8 bits, one tEXt chunk that says SYNTHETIC.
//!
//! The altered picture is the agency's with a sign put into it and part of the crowd painted over.

use crate::rng::Rng;
use crate::squeeze::{crc32, zlib};

const WIDTH: usize = 176;
const HEIGHT: usize = 112;
const COLOURS: usize = 64;
/// Said in every picture's tEXt chunk.
const MARK: &[u8] = b"Comment\0SYNTHETIC picture, made up for a demonstration";

/// A picture before it is written down.
#[derive(Debug, Clone)]
pub struct Picture {
    palette: Vec<[u8; 3]>,
    /// Rows of indices into the palette.
    cells: Vec<u8>,
}

impl Picture {
    /// Sky, hills, houses and a crowd.
    pub fn paint(rng: &mut Rng) -> Self {
        let palette = palette(rng);
        let mut picture = Self { palette, cells: vec![0; WIDTH * HEIGHT] };
        picture.sky(rng);
        picture.hills(rng);
        for _ in 0..rng.count(5, 11) {
            let (x, w) = (rng.below(WIDTH - 24), rng.count(9, 22));
            let (top, colour) = (rng.count(38, 66), 40 + rng.below(8) as u8);
            picture.block(x, top, w, 84 - top, colour);
            picture.block(x + w / 3, top + 5, 3, 4, 48);
        }
        for _ in 0..rng.count(60, 140) {
            let (x, y) = (rng.below(WIDTH - 4), rng.count(84, HEIGHT - 8));
            let colour = 50 + rng.below(14) as u8;
            picture.block(x, y, 2, 2, 49);
            picture.block(x, y + 2, 3, 5, colour);
        }
        picture
    }

    /// The same scene with a placard that was never there, and fewer people.
    pub fn altered(&self, rng: &mut Rng) -> Self {
        let mut other = self.clone();
        let (x, w) = (rng.count(20, 90), rng.count(40, 60));
        other.block(x, 60, w, 18, 0);
        other.block(x + 2, 62, w - 4, 14, 50 + rng.below(14) as u8);
        for i in 0..rng.count(5, 8) {
            other.block(x + 5 + i * 5, 66, 3, 6, 0);
        }
        other.block(x + w / 2, 78, 2, 14, 49);
        let gap = rng.count(10, 120);
        other.block(gap, 84, rng.count(24, 44), HEIGHT - 84, 38);
        other
    }

    fn sky(&mut self, rng: &mut Rng) {
        for (i, cell) in self.cells.iter_mut().enumerate() {
            let row = i / WIDTH;
            *cell = (row * 30 / HEIGHT + rng.below(2)) as u8;
        }
    }

    fn hills(&mut self, rng: &mut Rng) {
        let mut height = rng.count(50, 70) as i64;
        for x in 0..WIDTH {
            height = (height + rng.range(-1, 1)).clamp(40, 78);
            self.block(x, height as usize, 1, HEIGHT - height as usize, 32 + (x / 44) as u8);
        }
        self.block(0, 84, WIDTH, HEIGHT - 84, 38);
    }

    fn block(&mut self, x: usize, y: usize, w: usize, h: usize, colour: u8) {
        for row in y..(y + h).min(HEIGHT) {
            self.cells[row * WIDTH + x.min(WIDTH)..row * WIDTH + (x + w).min(WIDTH)].fill(colour);
        }
    }

    /// As PNG.
    pub fn png(&self) -> Vec<u8> {
        let mut rows = Vec::with_capacity((WIDTH + 1) * HEIGHT);
        for row in self.cells.chunks(WIDTH) {
            rows.push(0);
            rows.extend_from_slice(row);
        }
        let mut header = Vec::new();
        header.extend((WIDTH as u32).to_be_bytes());
        header.extend((HEIGHT as u32).to_be_bytes());
        header.extend([8, 3, 0, 0, 0]);
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        let palette = self.palette.concat();
        for (name, data) in
            [(b"IHDR", &header[..]), (b"tEXt", MARK), (b"PLTE", &palette), (b"IDAT", &zlib(&rows)), (b"IEND", &[])]
        {
            chunk(&mut out, name, data);
        }
        out
    }
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    let from = out.len();
    out.extend_from_slice(name);
    out.extend_from_slice(data);
    out.extend(crc32(&out[from..]).to_be_bytes());
}

/// 32 of sky, 8 of ground, 8 of houses, a window, a face, 14 coats.
fn palette(rng: &mut Rng) -> Vec<[u8; 3]> {
    let top = [rng.range(40, 120), rng.range(90, 170), rng.range(170, 240)];
    let mut out: Vec<[u8; 3]> = (0..32).map(|i| top.map(|c| (c + i * 2).min(255) as u8)).collect();
    while out.len() < COLOURS {
        let shade = match out.len() {
            32..40 => [rng.range(60, 110), rng.range(100, 150), rng.range(50, 90)],
            48 => [250, 230, 140],
            49 => [225, 180, 150],
            _ => [rng.range(40, 240), rng.range(40, 220), rng.range(40, 220)],
        };
        out.push(shade.map(|c| c as u8));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_pixels_come_back() {
        let mut rng = Rng::new(9);
        let picture = Picture::paint(&mut rng);
        let png = picture.png();
        let at = png.windows(4).position(|w| w == b"IDAT").expect("IDAT");
        let len = u32::from_be_bytes(png[at - 4..at].try_into().expect("4")) as usize;
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(&png[at + 4..at + 4 + len]).read_to_end(&mut rows).expect("zlib");
        assert_eq!(rows.len(), (WIDTH + 1) * HEIGHT);
        assert!(png.len() < 12_000, "{}", png.len());
        assert_ne!(png, picture.altered(&mut rng).png());
    }
}
