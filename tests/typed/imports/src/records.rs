//! Records and enums: in each other, in options and lists.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::JsValue;

handwire::record! {
    /// A place.
    pub struct Point { x: f64, y: f64 }

    /// How to round.
    #[derive(Clone, Copy)]
    pub enum Mode { Fast, Exact, Odd1 }

    /// All that needs room of its own, and a handle.
    pub struct Shape { name: String, center: Point, corners: Vec<Point>, label: Option<String>, mode: Mode, bits: Vec<u8>, tag: JsValue }

    /// A list of itself.
    pub struct Tree { value: i32, children: Vec<Tree> }
}

through! {
    Point: PointField point point_try point_option point_list point_field;
    Mode: ModeField mode mode_try mode_option mode_list mode_field;
    Shape: ShapeField shape shape_try shape_option shape_list shape_field;
    Tree: TreeField tree tree_try tree_option tree_list tree_field;
}
