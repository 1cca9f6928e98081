use dagwright_core::field::{Choice, FieldKind};
use leptos::prelude::*;
use serde_json::Value;

use super::{
    group::{Enclosed, Group},
    question::Question,
};
use crate::{
    control::Select,
    moment,
    part::When,
    schedule::{Plan, Time},
    session::Urgency,
    words,
};

/// How the person says it. What they chose stands even where another way would give the same schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Unsaid,
    ByHand,
    Preset(usize),
    Daily,
    Weekdays,
    Weekly,
    Monthly,
    Cron,
}

const FIRST_TIME: Time = Time { hour: 2, minute: 0 };

/// What the controls of a schedule share. Copies are the same.
#[derive(Clone, Copy)]
struct Timing {
    question: Question,
    presets: Memo<Vec<Choice>>,
    value: Memo<Option<Value>>,
    plan: Memo<Plan>,
    way: Memo<Way>,
    chosen: RwSignal<Option<Way>>,
}

impl Timing {
    fn new(question: Question) -> Self {
        let presets = Memo::new(move |_| {
            question.field(|field| match &field.kind {
                FieldKind::Schedule { presets, .. } => presets.clone(),
                _ => Vec::new(),
            })
        });
        let value = Memo::new(move |_| question.value());
        let plan = Memo::new(move |_| match value.get() {
            Some(Value::String(text)) => Plan::read(&text),
            _ => Plan::Cron(String::new()),
        });
        let chosen = RwSignal::new(None);
        let way = Memo::new(move |_| {
            let value = value.get();
            presets.with(|presets| match chosen.get() {
                Some(way) if fits(way, value.as_ref(), presets) => way,
                _ => natural(value.as_ref(), presets),
            })
        });
        Self {
            question,
            presets,
            value,
            plan,
            way,
            chosen,
        }
    }

    fn time(self) -> Time {
        self.plan.with(Plan::time).unwrap_or(FIRST_TIME)
    }

    /// The ways on offer, in words.
    fn ways(self) -> Vec<(Way, String)> {
        self.presets.with(|presets| {
            let by_hand = presets.iter().all(|preset| !preset.value.is_null());
            let mut ways = Vec::new();
            if self.way.get() == Way::Unsaid {
                ways.push((Way::Unsaid, words::choose().to_owned()));
            }
            ways.extend(by_hand.then(|| (Way::ByHand, words::by_hand().to_owned())));
            let presets = presets.iter().enumerate();
            ways.extend(presets.map(|(index, preset)| (Way::Preset(index), preset.label.clone())));
            ways.extend([
                (Way::Daily, words::daily().to_owned()),
                (Way::Weekdays, words::on_weekdays().to_owned()),
                (Way::Weekly, words::weekly().to_owned()),
                (Way::Monthly, words::monthly().to_owned()),
                (Way::Cron, words::cron().to_owned()),
            ]);
            ways
        })
    }

    fn choose(self, way: Way) {
        let time = untrack(|| self.time());
        let value = match way {
            Way::Unsaid => None,
            Way::ByHand => Some(Value::Null),
            Way::Preset(index) => self
                .presets
                .with_untracked(|presets| presets.get(index).map(|preset| preset.value.clone())),
            Way::Daily => Some(Plan::Daily(time).write()),
            Way::Weekdays => Some(Plan::Weekdays(time).write()),
            Way::Weekly => Some(Plan::Weekly(1, time).write()),
            Way::Monthly => Some(Plan::Monthly(1, time).write()),
            Way::Cron => match self.value.get_untracked() {
                Some(Value::String(text)) => Some(Value::String(text)),
                _ => Some(Plan::Daily(time).write()),
            },
        };
        self.chosen.set(Some(way));
        self.question.say(value, Urgency::Now);
    }

    /// The same at another time of the day.
    fn at(self, time: Time) {
        let plan = match self.plan.get_untracked() {
            Plan::Weekdays(_) => Plan::Weekdays(time),
            Plan::Weekly(day, _) => Plan::Weekly(day, time),
            Plan::Monthly(day, _) => Plan::Monthly(day, time),
            Plan::Daily(_) | Plan::Cron(_) => Plan::Daily(time),
        };
        self.question.say(Some(plan.write()), Urgency::Typing);
    }

    /// The same on another day of the week or of the month.
    fn on(self, day: u8) {
        let time = untrack(|| self.time());
        let plan = if self.way.get_untracked() == Way::Monthly {
            Plan::Monthly(day, time)
        } else {
            Plan::Weekly(day, time)
        };
        self.question.say(Some(plan.write()), Urgency::Now);
    }

    fn is(self, way: Way) -> bool {
        self.way.get() == way
    }
}

/// When the DAG runs, in plain choices.
#[component]
pub fn Schedule(
    /// The field.
    question: Question,
) -> impl IntoView {
    let timing = Timing::new(question);
    let has_time = move || {
        matches!(
            timing.way.get(),
            Way::Daily | Way::Weekdays | Way::Weekly | Way::Monthly
        )
    };
    view! {
        <Enclosed question>
            <div class="schedule">
                <div class="schedule-part">
                    <label class="visually-hidden" for=question.part("way")>{words::how_often()}</label>
                    <Select
                        id=question.part("way")
                        options=Signal::derive(move || timing.ways().into_iter().map(|(_, label)| label).collect())
                        chosen=Signal::derive(move || timing.ways().into_iter().position(|(way, _)| timing.is(way)))
                        described_by=Signal::derive(move || question.described_by())
                        wrong=Signal::derive(move || question.wrong())
                        choose=move |index: usize| {
                            if let Some((way, _)) = untrack(|| timing.ways()).into_iter().nth(index) {
                                timing.choose(way);
                            }
                        }
                    />
                </div>
                <When when=move || timing.is(Way::Weekly)>
                    <DayChoice timing label=words::weekday() days=words::weekdays first=0/>
                </When>
                <When when=move || timing.is(Way::Monthly)>
                    <DayChoice timing label=words::day_of_month() days=words::month_days first=1/>
                </When>
                <When when=has_time>
                    <TimeOfDay timing/>
                </When>
                <When when=move || timing.is(Way::Cron)>
                    <Expression timing/>
                </When>
            </div>
            <Group question/>
            <Sentence question/>
            <Upcoming question/>
        </Enclosed>
    }
}

/// The time of the day.
#[component]
fn TimeOfDay(timing: Timing) -> impl IntoView {
    let question = timing.question;
    view! {
        <div class="schedule-part">
            <label for=question.part("time")>{words::at()}</label>
            <input
                class="input input-time"
                id=question.part("time")
                type="time"
                prop:value=move || timing.time().write()
                on:input=move |event| {
                    if let Some(time) = Time::read(&event_target_value(&event)) {
                        timing.at(time);
                    }
                }
                on:blur=move |_| question.left()
            />
        </div>
    }
}

/// The cron expression itself.
#[component]
fn Expression(timing: Timing) -> impl IntoView {
    let question = timing.question;
    let text = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(Value::String(value)) = timing.value.get()
            && text.with_untracked(|text| text.trim() != value)
        {
            text.set(value);
        }
    });
    view! {
        <div class="schedule-part schedule-cron">
            <label for=question.part("cron")>{words::cron_label()}</label>
            <input
                class="input code"
                id=question.part("cron")
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=move || {
                    let ids = question.described_by().into_iter().chain([question.part("cron-hint")]);
                    ids.collect::<Vec<_>>().join(" ")
                }
                aria-invalid=move || question.invalid()
                prop:value=move || text.get()
                on:input=move |event| {
                    let written = event_target_value(&event);
                    timing.chosen.set(Some(Way::Cron));
                    text.set(written.clone());
                    question.say(Some(Value::String(written.trim().to_owned())), Urgency::Typing);
                }
                on:blur=move |_| question.left()
            />
            <p class="aside" id=question.part("cron-hint")>{words::cron_hint()}</p>
        </div>
    }
}

/// The way that a value speaks for itself.
fn natural(value: Option<&Value>, presets: &[Choice]) -> Way {
    let Some(value) = value else {
        return Way::Unsaid;
    };
    // Whichever assets are waited for, it is one way.
    let alike = |preset: &Choice| preset.value == *value || (preset.value.is_object() && value.is_object());
    if let Some(index) = presets.iter().position(alike) {
        return Way::Preset(index);
    }
    match value {
        Value::Null => Way::ByHand,
        Value::String(text) => match Plan::read(text) {
            Plan::Daily(_) => Way::Daily,
            Plan::Weekdays(_) => Way::Weekdays,
            Plan::Weekly(..) => Way::Weekly,
            Plan::Monthly(..) => Way::Monthly,
            Plan::Cron(_) => Way::Cron,
        },
        _ => Way::Cron,
    }
}

/// Whether a value can be said in the way that the person chose.
fn fits(way: Way, value: Option<&Value>, presets: &[Choice]) -> bool {
    match way {
        Way::Cron => matches!(value, Some(Value::String(_))),
        way => natural(value, presets) == way || natural(value, &[]) == way,
    }
}

/// The day of the week or of the month.
#[component]
fn DayChoice(
    timing: Timing,
    label: &'static str,
    days: fn() -> Vec<String>,
    /// The number of the first day.
    first: u8,
) -> impl IntoView {
    let id = timing.question.part("day");
    let chosen = move || match timing.plan.get() {
        Plan::Weekly(day, _) | Plan::Monthly(day, _) => Some(usize::from(day.saturating_sub(first))),
        _ => None,
    };
    view! {
        <div class="schedule-part">
            <label for=id.clone()>{label}</label>
            <Select
                id
                options=Signal::derive(days)
                chosen=Signal::derive(chosen)
                choose=move |index: usize| timing.on(first.saturating_add(u8::try_from(index).unwrap_or(u8::MAX)))
            />
        </div>
    }
}

/// The schedule in words.
#[component]
fn Sentence(question: Question) -> impl IntoView {
    let sentence = move || {
        question.field(|field| match &field.kind {
            FieldKind::Schedule { sentence, .. } => sentence.clone(),
            _ => None,
        })
    };
    move || sentence().map(|sentence| view! { <p class="schedule-sentence">{sentence}</p> })
}

/// The next runs, in the person's zone and in UTC.
#[component]
fn Upcoming(question: Question) -> impl IntoView {
    let runs = Memo::new(move |_| {
        question.field(|field| match &field.kind {
            FieldKind::Schedule { upcoming, .. } => upcoming.iter().take(5).copied().collect(),
            _ => Vec::new(),
        })
    });
    let zone = moment::zone();
    move || {
        let runs = runs.get();
        let elsewhere = runs.iter().any(|run| moment::local(*run) != moment::utc(*run));
        let zone = zone.clone();
        (!runs.is_empty()).then(|| {
            view! {
                <table class="runs">
                    <caption>{words::next_runs()}</caption>
                    <thead>
                        <tr>
                            {elsewhere.then(|| view! { <th scope="col">{zone}</th> })}
                            <th scope="col">"UTC"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {runs
                            .into_iter()
                            .map(|run| {
                                view! {
                                    <tr>
                                        {elsewhere.then(|| view! { <td>{moment::local(run)}</td> })}
                                        <td>{moment::utc(run)}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            }
        })
    }
}
