//! The portal of Dagwright, in a browser.

fn main() {
    dagwright_web::start();
}
