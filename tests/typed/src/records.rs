//! Records and enums: in each other, in options and lists, with a field of every type.

use crate::handles::{Label, Node};
use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsDate, JsValue};

handwire::record! {
    /// A place.
    #[derive(Clone, Copy)]
    pub struct Point { pub x: f64, pub y: f64 }

    /// How to round.
    #[derive(Clone, Copy)]
    pub enum Mode { Fast, Exact, Odd1 }

    /// Records in a record, in options and in lists.
    pub struct Shape { name: String, center: Point, corners: Vec<Point>, label: Option<Point>, mode: Mode, modes: Vec<Mode>, hint: Option<Mode> }

    /// A list of itself.
    pub struct Tree { value: i32, children: Vec<Tree> }

    /// A field of every type.
    pub struct Every {
        flag: bool,
        a: i8, b: u8, c: i16, d: u16, e: i32, f: u32, size: usize, g: i64, h: u64, i: f32, j: f64,
        letter: char,
        text: String,
        blob: Vec<u8>,
        floats: Vec<f32>,
        bigs: Vec<u64>,
        texts: Vec<String>,
        sometimes: Option<String>,
        sparse: Option<Vec<Option<i32>>>,
        shape: Shape,
        mode: Mode,
        any: JsValue,
        date: JsDate,
        node: Node,
        labels: Vec<Label>,
    }
}

every! {
    Point: point point_try point_option point_list point_both;
    Mode: mode mode_try mode_option mode_list mode_both;
    Shape: shape shape_try shape_option shape_list shape_both;
    Tree: tree tree_try tree_option tree_list tree_both;
    Every: every every_try every_option every_list every_both;
}

handwire::export! {
    fn middle(points: Vec<Point>, mode: Mode) -> Option<Point> {
        let count = points.len() as f64;
        let sum = points.iter().copied().reduce(|a, b| Point { x: a.x + b.x, y: a.y + b.y })?;
        let middle = Point { x: sum.x / count, y: sum.y / count };
        Some(match mode {
            Mode::Fast => Point { x: middle.x as i32 as f64, y: middle.y as i32 as f64 },
            Mode::Exact | Mode::Odd1 => middle,
        })
    }
}
