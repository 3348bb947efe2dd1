//! Methods of [`interface!`](crate::interface!), of both kinds: those that return, and those that are `async`.

/// A method of the trait.
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_item {
    ([] [$($docs:tt)*] $method:ident [$($arg:ident: $type:ty),*] [$($result:ty)?]) => {
        $($docs)* fn $method(&self $(, $arg: $type)*) $(-> $result)?;
    };
    ([async] $($rest:tt)*) => {
        $crate::__interface_async!(item $($rest)*);
    };
}

/// The list of parameters.
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_params {
    ([] $($params:tt)*) => {
        $crate::__export_params!([] $($params)*)
    };
    ([async] $($params:tt)*) => {
        $crate::__interface_async!(params $($params)*)
    };
}

/// ` -> type`, ` -> async type`, ` detached`, or nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_result {
    ([] []) => {
        $crate::wire::Piece::Str("")
    };
    ([] [$result:ty]) => {
        $crate::wire::received::<$result>()
    };
    ([async] $result:tt) => {
        $crate::__interface_async!(result $result)
    };
    ([detached] []) => {
        $crate::wire::Piece::Str(" detached")
    };
    ([detached] [$result:ty]) => {
        compile_error!("a detached method has no result: nobody waits for it")
    };
    ([detached async] $result:tt) => {
        compile_error!("a detached method has no result: nobody waits for it, so it can't be async")
    };
}

/// A method that is the host's.
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_host {
    ([] $key:tt $method:ident [$($arg:ident: $type:ty),*] [$($result:ty)?]) => {
        #[track_caller]
        fn $method(&self $(, $arg: $type)*) $(-> $result)? {
            let this = self.0.handle();
            $crate::__interface_call!([this] [$($result)?] $key [] [] [] [$($arg: $type,)*])
        }
    };
    ([async] $($rest:tt)*) => {
        $crate::__interface_async!(host $($rest)*);
    };
}

/// The export of a method that is the guest's.
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_own {
    ([] $export:tt [$of:ty] $method:ident [$($arg:ident: $type:ty),*] [$($result:ty)?]) => {
        #[allow(clippy::too_many_arguments)]
        fn call(own: $crate::interface::Receiver<$of> $(, $arg: $type)*) $(-> $result)? {
            own.$method($($arg),*)
        }
        $crate::__export_shim!([call] $export [$($result)?] [] [] [] [] [] [] [] [own: $crate::interface::Receiver<$of>, $($arg: $type,)*]);
    };
    ([async] $($rest:tt)*) => {
        $crate::__interface_async!(own $($rest)*);
    };
}

/// The body of a method that is the host's. Each step takes one argument, as in `__import_function!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_call {
    ($this:tt $result:tt $key:tt [$($params:tt)*] [$($holds:tt)*] [$($wires:tt)*] [$arg:ident: $type:ty, $($rest:tt)*]) => {
        $crate::__interface_call!(
            $this $result $key
            [$($params)* a: <$type as $crate::wire::Wire>::A, b: <$type as $crate::wire::Wire>::B,]
            [$($holds)*
                let hold = $crate::wire::Pass::hold($arg);
                let (a, b) = <$type as $crate::wire::Pass>::pass(&hold);
            ]
            [$($wires)* a, b,]
            [$($rest)*]
        )
    };

    ($this:tt [] $key:tt $params:tt $holds:tt $wires:tt []) => {
        $crate::__interface_call!($this [()] $key $params $holds $wires [])
    };

    ([$this:ident] [$result:ty] [$($key:tt)*] [$($params:tt)*] [$($holds:tt)*] [$($wires:tt)*] []) => {{
        #[cfg_attr(target_arch = "wasm32", link(wasm_import_module = "declared"))]
        #[allow(improper_ctypes)]
        unsafe extern "C" {
            #[cfg_attr(target_arch = "wasm32", link_name = $($key)*)]
            #[allow(dead_code)]
            fn raw(this: u32, $($params)* out: <$result as $crate::wire::Receive>::Out) -> <$result as $crate::wire::Receive>::Wire;
        }

        #[cfg(target_arch = "wasm32")]
        {
            $($holds)*
            let mut slot = ::core::mem::MaybeUninit::uninit();
            // SAFETY: what the wires point to stays until the call returns.
            let wire = unsafe { raw($this, $($wires)* <$result as $crate::wire::Receive>::out(&mut slot)) };
            match $crate::wire::take_status() {
                // SAFETY: the host threw nothing, so it gave a value.
                ::core::option::Option::None => unsafe { <$result as $crate::wire::Receive>::receive(wire, slot, $($key)*) },
                ::core::option::Option::Some(status) => <$result as $crate::wire::Receive>::caught(status),
            }
        }
        #[cfg(not(target_arch = "wasm32"))]
        {
            let _ = $this;
            $($holds)*
            let _ = ($($wires)*);
            panic!(concat!($($key)*, ": there is a host on wasm32 only"))
        }
    }};
}

/// What differs of an async method.
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_async {
    (item $docs:tt $method:ident $args:tt []) => {
        $crate::__interface_async!(item $docs $method $args [()]);
    };
    (item [$($docs:tt)*] $method:ident [$($arg:ident: $type:ty),*] [$result:ty]) => {
        $($docs)* fn $method(&self $(, $arg: $type)*) -> $crate::LocalBoxFuture<'_, $result>;
    };
    (params $($params:tt)*) => {
        $crate::__async_params!([] $($params)*)
    };
    (result []) => {
        $crate::task::settled::<()>()
    };
    (result [$result:ty]) => {
        $crate::task::settled::<$result>()
    };
    (host $key:tt $method:ident $args:tt []) => {
        $crate::__interface_async!(host $key $method $args [()]);
    };
    (host $key:tt $method:ident [$($arg:ident: $type:ty),*] [$result:ty]) => {
        fn $method(&self $(, $arg: $type)*) -> $crate::LocalBoxFuture<'_, $result> {
            // It stays alive for as long as the future does, which borrows it.
            let this = self.0.handle();
            $crate::__interface_wait!([this] [$result] $key [] [] [] [] [$($arg: $type,)*])
        }
    };
    (own $export:tt [$of:ty] $method:ident [$($arg:ident: $type:ty),*] [$($result:ty)?]) => {
        #[allow(clippy::too_many_arguments)]
        async fn call(own: $crate::interface::Receiver<$of> $(, $arg: $type)*) $(-> $result)? {
            own.$method($($arg),*).await
        }
        $crate::__async_shim!([call] $export [$($result)?] [] [] [] [] [] [own: $crate::interface::Receiver<$of>, $($arg: $type,)*]);
    };
}

/// Without the feature, it is named: once, by the trait.
#[cfg(not(feature = "async"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_async {
    (item $docs:tt $method:ident $($rest:tt)*) => {
        compile_error!(concat!("async fn ", stringify!($method), " needs the feature `async` of handwire"));
    };
    (params $($rest:tt)*) => {
        $crate::wire::Piece::Str("")
    };
    (result $($rest:tt)*) => {
        $crate::wire::Piece::Str("")
    };
    ($what:ident $($rest:tt)*) => {};
}

/// The body of an async method that is the host's. What it is given is kept by the future, as what owns it, until the first poll makes the call.
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_wait {
    ($this:tt $result:tt $key:tt [$($params:tt)*] [$($keeps:tt)*] [$($holds:tt)*] [$($wires:tt)*] [$arg:ident: $type:ty, $($rest:tt)*]) => {
        $crate::__interface_wait!(
            $this $result $key
            [$($params)* a: <$type as $crate::wire::Wire>::A, b: <$type as $crate::wire::Wire>::B,]
            [$($keeps)* let kept = (&&$crate::task::Argument::<$type>::new()).give($arg);]
            [$($holds)*
                let passed = kept.pass();
                let (a, b) = passed.wires();
            ]
            [$($wires)* $crate::task::same(a), $crate::task::same(b),]
            [$($rest)*]
        )
    };

    ([$this:ident] [$result:ty] [$($key:tt)*] [$($params:tt)*] [$($keeps:tt)*] [$($holds:tt)*] [$($wires:tt)*] []) => {{
        #[cfg_attr(target_arch = "wasm32", link(wasm_import_module = "declared"))]
        #[allow(improper_ctypes)]
        unsafe extern "C" {
            #[cfg_attr(target_arch = "wasm32", link_name = $($key)*)]
            #[allow(dead_code)]
            fn raw(this: u32, $($params)* waiter: u32);
        }

        #[allow(unused_imports)]
        use $crate::task::{Copying as _, Giving as _};
        $($keeps)*
        #[cfg(target_arch = "wasm32")]
        let call = move |waiter: u32| {
            $($holds)*
            // SAFETY: what the wires point to stays until the call returns; those of what owns are those of the parameter.
            unsafe { raw($this, $($wires)* waiter) }
        };
        #[cfg(not(target_arch = "wasm32"))]
        let call = move |_: u32| {
            let _ = $this;
            panic!(concat!($($key)*, ": there is a host on wasm32 only"))
        };
        $crate::interface::Box::pin($crate::task::Waiting::<$result, _>::new($($key)*, call))
    }};
}
