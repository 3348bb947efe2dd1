//! The guest of the pool: rows of a picture of the Mandelbrot set. It knows nothing of workers;
//! a call of it computes for a while and gives bytes, and that is all it takes.
#![no_std]

extern crate alloc;

use alloc::string::String;
use alloc::vec::Vec;

handwire::record! {
    /// A part of the plane, and the picture that it fills.
    struct View {
        center_x: f64,
        center_y: f64,
        /// How much of the plane one pixel is.
        step: f64,
        width: u32,
        height: u32,
        /// How many steps a point may take before it counts as one of the set.
        limit: u32,
    }
}

handwire::export! {
    /// Some rows of the picture, as RGBA: `width * rows * 4` bytes.
    fn band(view: View, first: u32, rows: u32) -> Result<Vec<u8>, String> {
        let end = first.checked_add(rows).filter(|&end| end <= view.height).ok_or("these rows are not in the picture")?;
        let mut pixels = Vec::with_capacity(view.width as usize * rows as usize * 4);
        for row in first..end {
            let y = view.center_y + (f64::from(row) - f64::from(view.height) / 2.0) * view.step;
            for column in 0..view.width {
                let x = view.center_x + (f64::from(column) - f64::from(view.width) / 2.0) * view.step;
                pixels.extend(color(steps(x, y, view.limit), view.limit));
            }
        }
        Ok(pixels)
    }
}

/// How many steps a point takes until it is known to leave.
fn steps(x: f64, y: f64, limit: u32) -> u32 {
    let (mut a, mut b, mut count) = (0.0, 0.0, 0);
    while a * a + b * b <= 4.0 && count < limit {
        (a, b) = (a * a - b * b + x, 2.0 * a * b + y);
        count += 1;
    }
    count
}

/// Black for what never leaves; else a colour that repeats every 64 steps.
fn color(count: u32, limit: u32) -> [u8; 4] {
    if count == limit {
        return [0, 0, 0, 255];
    }
    let t = f64::from(count % 64) / 64.0;
    let u = 1.0 - t;
    [
        (9.0 * u * t * t * t * 255.0) as u8,
        (15.0 * u * u * t * t * 255.0) as u8,
        (8.5 * u * u * u * t * 255.0) as u8,
        255,
    ]
}
