//! The icons, drawn with lines of one width.

use leptos::prelude::*;

/// An icon beside words that say the same.
#[component]
pub fn Icon(
    /// Which one.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=lines(name)></path>
        </svg>
    }
}

/// The lines of an icon, as an SVG path in a square of 24.
pub fn lines(name: &str) -> &'static str {
    match name {
        "up" => "M6 14l6-6 6 6",
        "down" => "M6 10l6 6 6-6",
        "chevron" => "M9 6l6 6-6 6",
        "back" => "M15 6l-6 6 6 6",
        "plus" => "M12 5v14M5 12h14",
        "minus" => "M5 12h14",
        "remove" => "M6 6l12 12M18 6L6 18",
        "fit" => "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
        "copy" => "M9 9h11v11H9zM5 15H4V4h11v1",
        "download" => "M12 4v11M7 11l5 5 5-5M5 20h14",
        "open" => "M4 6h6l2 2h8v11H4zM4 11h16",
        "undo" => "M8 5L4 9l4 4M4 9h10a5 5 0 010 10h-3",
        "redo" => "M16 5l4 4-4 4M20 9H10a5 5 0 000 10h3",
        "clock" => "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3 2",
        "error" => "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7.5v5.5M12 16.2v.3",
        "warning" => "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.3",
        "information" => "M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v5.5M12 7.5v.3",
        "check" => "M5 12.5l4.5 4.5L19 7.5",
        "light" => {
            "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
        }
        "dark" => "M20 14.5A8.5 8.5 0 119.5 4a7 7 0 0010.5 10.5z",
        "device" => "M4 5h16v11H4zM9 20h6M12 16v4",
        "edit" => "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
        "container" => "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
        "python" => "M8 8l-4 4 4 4M16 8l4 4-4 4M13.5 6l-3 12",
        "shell" => "M5 7l5 5-5 5M12 17h7",
        "database" => {
            "M5 6c0-1.7 3.1-3 7-3s7 1.3 7 3-3.1 3-7 3-7-1.3-7-3zM5 6v12c0 1.7 3.1 3 7 3s7-1.3 7-3V6M5 12c0 1.7 3.1 3 7 3s7-1.3 7-3"
        }
        "sensor" => {
            "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z"
        }
        "transfer" => "M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4",
        "message" => "M3.5 6h17v12h-17zM3.5 7l8.5 6.5L20.5 7",
        "branch" => "M6 4v16M6 14c0-4 12-2 12-8M18 3.5v5",
        "web" => "M12 3a9 9 0 100 18 9 9 0 000-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
        "empty" => "M12 6a6 6 0 100 12 6 6 0 000-12z",
        "trigger" => "M8 5l11 7-11 7z",
        _ => "M5 5h14v14H5z",
    }
}
