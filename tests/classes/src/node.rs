//! A class whose values the guest shares with the host.

use alloc::rc::{Rc, Weak};
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use handwire::JsFunction;

pub(crate) struct Node {
    name: String,
    weight: u32,
    children: RefCell<Vec<Rc<Node>>>,
}

handwire::class! {
    /// A tree of nodes, each shared by its parent and the host.
    impl Node {
        fn new(name: String) -> Self {
            Node { name, weight: 1, children: RefCell::default() }
        }

        fn shared(name: String) -> Rc<Self> {
            Rc::new(Node::new(name))
        }

        #[get]
        fn name(&self) -> String {
            self.name.clone()
        }

        fn add(&self, child: Rc<Node>) -> usize {
            self.children.borrow_mut().push(child);
            self.children.borrow().len()
        }

        fn child(&self, at: u32) -> Option<Rc<Node>> {
            self.children.borrow().get(at as usize).cloned()
        }

        fn children(&self) -> Vec<Rc<Node>> {
            self.children.borrow().clone()
        }

        fn adopt(&self, nodes: Vec<Rc<Node>>) -> usize {
            self.children.borrow_mut().extend(nodes);
            self.children.borrow().len()
        }

        fn clear(&self) {
            // Not while it is borrowed: a destructor may come here.
            let children = self.children.take();
            drop(children);
        }

        /// Changes it, which only works while nobody else has it.
        fn grow(&mut self) -> u32 {
            self.weight += 1;
            self.weight
        }

        fn take(self) -> u32 {
            self.weight
        }

        fn owners(this: Rc<Node>) -> usize {
            Rc::strong_count(&this)
        }

        /// Calls with a weak owner alive.
        fn watched(this: Rc<Node>, callback: &JsFunction) -> Result<bool, handwire::JsError> {
            let weak: Weak<Node> = Rc::downgrade(&this);
            drop(this);
            callback.call(&handwire::JsValue::UNDEFINED, ())?;
            Ok(weak.upgrade().is_some())
        }
    }
}
