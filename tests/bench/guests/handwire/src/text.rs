//! Text: as argument, as result, to a function of the embedder.

use handwire::{export, import};

import! {
    mod env {
        fn take_text(text: &str);
    }
}

export! {
    fn hold_text(text: &str) {
        bench_common::hold_text(text);
    }

    fn text_digest(text: &str) -> u32 {
        bench_common::digest(text.as_bytes())
    }

    fn text_in(text: &str) -> u32 {
        bench_common::glance(text.as_bytes())
    }

    fn text_out() -> String {
        bench_common::text()
    }

    fn send_text(n: u32) {
        bench_common::with_text(|text| {
            for _ in 0..n {
                env::take_text(text);
            }
        });
    }

    fn send_constant(n: u32) {
        for _ in 0..n {
            env::take_text(bench_common::CONSTANT);
        }
    }
}
