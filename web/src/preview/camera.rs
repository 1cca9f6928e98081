//! How the picture of a DAG lies in its frame, and the ways to move it.

use dagwright_core::layout::Layout;
use leptos::{ev, html, prelude::*};
use web_sys::{KeyboardEvent, PointerEvent, WheelEvent};

use super::curve::short;

/// The place of the picture: moved by `x` and `y` pixels after it was scaled.
#[derive(Clone, Copy, Debug, PartialEq)]
struct View {
    x: f64,
    y: f64,
    scale: f64,
}

const SMALLEST: f64 = 0.1;
const LARGEST: f64 = 2.5;
/// One press of a button or key.
const ZOOM: f64 = 1.25;
/// One turn of the wheel.
const WHEEL: f64 = 1.05;
/// One press of an arrow key, in pixels.
const STEP: f64 = 48.0;
/// Room between the picture and its frame, in pixels.
const MARGIN: f64 = 24.0;
/// A pointer that moves less than this, in pixels, is clicking.
const CLICK: f64 = 4.0;

impl View {
    /// The whole picture, in the middle, never larger than life.
    fn fit(layout: &Layout, width: f64, height: f64) -> Self {
        let room = |frame: f64, picture: f64| (frame - 2.0 * MARGIN).max(1.0) / picture.max(1.0);
        let scale = room(width, layout.width)
            .min(room(height, layout.height))
            .clamp(SMALLEST, 1.0);
        Self {
            x: (width - layout.width * scale) / 2.0,
            y: (height - layout.height * scale) / 2.0,
            scale,
        }
    }

    /// Larger or smaller, with the point at (`x`, `y`) of the frame in its place.
    fn zoomed(self, by: f64, x: f64, y: f64) -> Self {
        let scale = (self.scale * by).clamp(SMALLEST, LARGEST);
        let share = scale / self.scale;
        Self {
            x: x - (x - self.x) * share,
            y: y - (y - self.y) * share,
            scale,
        }
    }

    fn moved(self, x: f64, y: f64) -> Self {
        Self {
            x: self.x + x,
            y: self.y + y,
            ..self
        }
    }
}

/// The frame of a picture. Copies are the same frame.
#[derive(Clone, Copy)]
pub struct Camera {
    /// The element.
    pub frame: NodeRef<html::Div>,
    /// Whether the picture is being dragged.
    pub dragging: RwSignal<bool>,
    layout: RwSignal<Option<Layout>>,
    view: RwSignal<View>,
    /// Whether the person has moved the picture, which is then left where it is.
    touched: StoredValue<bool>,
    /// Where the pointer was last, and whether it has begun to drag.
    grip: StoredValue<Option<(f64, f64, bool)>>,
}

impl Camera {
    /// A frame that shows the whole picture, also while it grows, until somebody moves it.
    pub fn new(layout: RwSignal<Option<Layout>>) -> Self {
        let camera = Self {
            frame: NodeRef::new(),
            dragging: RwSignal::new(false),
            layout,
            view: RwSignal::new(View {
                x: 0.0,
                y: 0.0,
                scale: 1.0,
            }),
            touched: StoredValue::new(false),
            grip: StoredValue::new(None),
        };
        Effect::new(move |_| {
            layout.track();
            request_animation_frame(move || camera.follow());
        });
        let resized = window_event_listener(ev::resize, move |_| camera.follow());
        on_cleanup(move || resized.remove());
        camera
    }

    /// The CSS transform of the picture.
    pub fn transform(self) -> String {
        let View { x, y, scale } = self.view.get();
        format!(
            "translate({}px, {}px) scale({}%)",
            short(x),
            short(y),
            short(scale * 100.0)
        )
    }

    /// Shows the whole picture.
    pub fn whole(self) {
        self.touched.set_value(false);
        self.follow();
    }

    /// Makes the picture larger or smaller around the middle of the frame.
    pub fn zoom(self, larger: bool) {
        let (width, height) = self.size().unwrap_or_default();
        let by = if larger { ZOOM } else { 1.0 / ZOOM };
        self.change(|view| view.zoomed(by, width / 2.0, height / 2.0));
    }

    /// The wheel turned: it zooms with Control, and else moves the picture, but only where there is more of it than the
    /// frame shows; otherwise the page scrolls.
    pub fn wheel(self, event: &WheelEvent) {
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let Some(frame) = self.frame.get_untracked() else {
                return;
            };
            let place = frame.get_bounding_client_rect();
            let x = f64::from(event.client_x()) - place.left();
            let y = f64::from(event.client_y()) - place.top();
            // A wheel has steps and a touch pad has not, so that it is the direction alone that counts.
            let by = if event.delta_y() < 0.0 { WHEEL } else { 1.0 / WHEEL };
            self.change(|view| view.zoomed(by, x, y));
        } else if self.has_more() {
            event.prevent_default();
            let (x, y) = if event.shift_key() {
                (event.delta_y(), 0.0)
            } else {
                (event.delta_x(), event.delta_y())
            };
            self.change(|view| view.moved(-x, -y));
        }
    }

    /// A key was pressed.
    pub fn key(self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "ArrowLeft" => self.change(|view| view.moved(STEP, 0.0)),
            "ArrowRight" => self.change(|view| view.moved(-STEP, 0.0)),
            "ArrowUp" => self.change(|view| view.moved(0.0, STEP)),
            "ArrowDown" => self.change(|view| view.moved(0.0, -STEP)),
            "+" | "=" => self.zoom(true),
            "-" => self.zoom(false),
            "0" => self.whole(),
            _ => return,
        }
        event.prevent_default();
    }

    /// The pointer went down.
    pub fn grip(self, event: &PointerEvent) {
        if event.button() == 0 {
            self.grip
                .set_value(Some((f64::from(event.client_x()), f64::from(event.client_y()), false)));
        }
    }

    /// The pointer moved.
    pub fn drag(self, event: &PointerEvent) {
        let Some((x, y, moving)) = self.grip.get_value() else {
            return;
        };
        let (to_x, to_y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        if !moving && (to_x - x).abs() + (to_y - y).abs() < CLICK {
            return;
        }
        if !moving && let Some(frame) = self.frame.get_untracked() {
            drop(frame.set_pointer_capture(event.pointer_id()));
            self.dragging.set(true);
        }
        self.grip.set_value(Some((to_x, to_y, true)));
        self.change(|view| view.moved(to_x - x, to_y - y));
    }

    /// The pointer went up.
    pub fn release(self) {
        self.grip.set_value(None);
        self.dragging.set(false);
    }

    fn change(self, step: impl FnOnce(View) -> View) {
        self.touched.set_value(true);
        self.view.update(|view| *view = step(*view));
    }

    fn follow(self) {
        if self.touched.try_get_value() == Some(false)
            && let Some((width, height)) = self.size()
            && let Some(Some(fitted)) = self
                .layout
                .try_with_untracked(|layout| layout.as_ref().map(|layout| View::fit(layout, width, height)))
        {
            self.view.set(fitted);
        }
    }

    fn size(self) -> Option<(f64, f64)> {
        let frame = self.frame.try_get_untracked().flatten()?.get_bounding_client_rect();
        Some((frame.width(), frame.height()))
    }

    fn has_more(self) -> bool {
        let (width, height) = self.size().unwrap_or_default();
        let scale = self.view.get_untracked().scale;
        self.layout.with_untracked(|layout| {
            layout
                .as_ref()
                .is_some_and(|layout| layout.width * scale > width || layout.height * scale > height)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_picture_is_not_blown_up_and_a_large_one_is_whole() {
        let small = Layout {
            width: 100.0,
            height: 50.0,
            ..Layout::default()
        };
        let view = View::fit(&small, 500.0, 300.0);
        assert!((view.scale - 1.0).abs() < f64::EPSILON);
        assert!((view.x - 200.0).abs() < 0.001 && (view.y - 125.0).abs() < 0.001);
        let large = Layout {
            width: 1000.0,
            height: 100.0,
            ..Layout::default()
        };
        let view = View::fit(&large, 548.0, 300.0);
        assert!((view.scale - 0.5).abs() < 0.001);
    }

    #[test]
    fn zooming_keeps_the_point_below_the_pointer() {
        let view = View {
            x: 10.0,
            y: 20.0,
            scale: 1.0,
        };
        let zoomed = view.zoomed(2.0, 110.0, 220.0);
        assert!(((110.0 - zoomed.x) / zoomed.scale - 100.0).abs() < 0.001);
        assert!(((220.0 - zoomed.y) / zoomed.scale - 200.0).abs() < 0.001);
        assert!((view.zoomed(1e9, 0.0, 0.0).scale - LARGEST).abs() < f64::EPSILON);
    }
}
