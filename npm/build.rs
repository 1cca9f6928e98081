//! Limits the memory of the engine in WebAssembly to 1 GB: without a limit a fault could take all that a machine has.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|architecture| architecture == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=--max-memory=1073741824");
    }
}
