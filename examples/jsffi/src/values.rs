//! What crosses by value. The host checks each argument before this code runs.

use alloc::string::String;

handwire::record! {
    /// A place, as an object with two numbers.
    pub struct Point { x: f64, y: f64 }

    /// A corner of the compass, as its name.
    #[derive(Clone, Copy, PartialEq)]
    pub enum Corner { North, East, South, West }
}

handwire::export! {
    /// Half of an integer, which need not be one.
    fn half(number: i32) -> f64 {
        f64::from(number) / 2.0
    }

    fn is_even(number: u32) -> bool {
        number.is_multiple_of(2)
    }

    /// The next character; none after the last.
    fn next(letter: char) -> Option<char> {
        (letter..).nth(1)
    }

    /// The factorial; none if it has more than 64 bits.
    fn factorial(n: u64) -> Option<u64> {
        (1..=n).try_fold(1, u64::checked_mul)
    }

    /// The bits of a negative number, read as a positive one.
    fn as_unsigned(number: i64) -> u64 {
        number as u64
    }

    /// One step in a direction.
    fn step(from: Point, to: Corner) -> Point {
        match to {
            Corner::North => Point { y: from.y - 1.0, ..from },
            Corner::South => Point { y: from.y + 1.0, ..from },
            Corner::East => Point { x: from.x + 1.0, ..from },
            Corner::West => Point { x: from.x - 1.0, ..from },
        }
    }

    /// The corner on the right hand.
    fn right_of(corner: Corner) -> Corner {
        match corner {
            Corner::North => Corner::East,
            Corner::East => Corner::South,
            Corner::South => Corner::West,
            Corner::West => Corner::North,
        }
    }

    /// What is left out at the end is `None`.
    fn greeting(name: Option<&str>) -> String {
        alloc::format!("Hello, {}!", name.unwrap_or("whoever you are"))
    }
}
