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
        "remove" => "M6 6l12 12M18 6L6 18",
        "copy" => "M9 9h11v11H9zM5 15H4V4h11v1",
        "link" => "M9.5 14.5l5-5M8 11l-2.5 2.5a3.5 3.5 0 005 5L13 16M11 8l2.5-2.5a3.5 3.5 0 015 5L16 13",
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
        _ => "M5 5h14v14H5z",
    }
}
