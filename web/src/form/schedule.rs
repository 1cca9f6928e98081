use dagwright_core::field::{Choice, FieldKind};
use leptos::prelude::*;
use serde_json::Value;

use super::{group::Enclosed, question::Question};
use crate::{
    moment,
    part::When,
    schedule::{Plan, Time},
    session::Pace,
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

/// When the DAG runs, in plain choices.
#[component]
pub fn Schedule(
    /// The field.
    question: Question,
) -> impl IntoView {
    let presets = Memo::new(move |_| {
        question.field(|field| match &field.kind {
            FieldKind::Schedule { presets, .. } => presets.clone(),
            _ => Vec::new(),
        })
    });
    let value = Memo::new(move |_| question.value());
    let chosen = RwSignal::new(None::<Way>);
    let way = Memo::new(move |_| {
        let value = value.get();
        let natural = presets.with(|presets| natural(value.as_ref(), presets));
        match chosen.get() {
            Some(way) if presets.with(|presets| fits(way, value.as_ref(), presets)) => way,
            _ => natural,
        }
    });
    let plan = Memo::new(move |_| match value.get() {
        Some(Value::String(text)) => Plan::read(&text),
        _ => Plan::Cron(String::new()),
    });
    let time = move || plan.with(Plan::time).unwrap_or(FIRST_TIME);

    let choose = move |way: Way| {
        let time = untrack(time);
        let value = match way {
            Way::Unsaid => None,
            Way::ByHand => Some(Value::Null),
            Way::Preset(index) => {
                presets.with_untracked(|presets| presets.get(index).map(|preset| preset.value.clone()))
            }
            Way::Daily => Some(Plan::Daily(time).write()),
            Way::Weekdays => Some(Plan::Weekdays(time).write()),
            Way::Weekly => Some(Plan::Weekly(1, time).write()),
            Way::Monthly => Some(Plan::Monthly(1, time).write()),
            Way::Cron => match value.get_untracked() {
                Some(Value::String(text)) => Some(Value::String(text)),
                _ => Some(Plan::Daily(time).write()),
            },
        };
        chosen.set(Some(way));
        question.say(value, Pace::Now);
    };
    let at = move |time: Time| {
        let plan = match plan.get_untracked() {
            Plan::Weekdays(_) => Plan::Weekdays(time),
            Plan::Weekly(day, _) => Plan::Weekly(day, time),
            Plan::Monthly(day, _) => Plan::Monthly(day, time),
            Plan::Daily(_) | Plan::Cron(_) => Plan::Daily(time),
        };
        question.say(Some(plan.write()), Pace::Typing);
    };
    let on = move |day: u8| {
        let time = untrack(time);
        let plan = if way.get_untracked() == Way::Monthly {
            Plan::Monthly(day, time)
        } else {
            Plan::Weekly(day, time)
        };
        question.say(Some(plan.write()), Pace::Now);
    };
    let cron = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(Value::String(text)) = value.get()
            && cron.with_untracked(|cron| cron.trim() != text)
        {
            cron.set(text);
        }
    });

    let options = move || {
        presets.with(|presets| {
            let by_hand = presets.iter().all(|preset| !preset.value.is_null());
            let mut options = Vec::new();
            if way.get() == Way::Unsaid {
                options.push((Way::Unsaid, words::CHOOSE.to_owned()));
            }
            options.extend(by_hand.then(|| (Way::ByHand, words::BY_HAND.to_owned())));
            options.extend(
                presets
                    .iter()
                    .enumerate()
                    .map(|(index, preset)| (Way::Preset(index), preset.label.clone())),
            );
            options.extend([
                (Way::Daily, words::DAILY.to_owned()),
                (Way::Weekdays, words::ON_WEEKDAYS.to_owned()),
                (Way::Weekly, words::WEEKLY.to_owned()),
                (Way::Monthly, words::MONTHLY.to_owned()),
                (Way::Cron, words::CRON.to_owned()),
            ]);
            options
        })
    };
    let has_time = move || matches!(way.get(), Way::Daily | Way::Weekdays | Way::Weekly | Way::Monthly);

    view! {
        <Enclosed question>
            <div class="schedule">
                <div class="schedule-part">
                    <label class="visually-hidden" for=question.part("way")>{words::HOW_OFTEN}</label>
                    <select
                        class="input select"
                        id=question.part("way")
                        aria-describedby=move || question.described_by()
                        aria-invalid=move || question.invalid()
                        on:change=move |event| {
                            let index = event_target_value(&event).parse::<usize>().ok();
                            if let Some((way, _)) = index.and_then(|index| untrack(options).into_iter().nth(index)) {
                                choose(way);
                            }
                        }
                    >
                        {move || {
                            options()
                                .into_iter()
                                .enumerate()
                                .map(|(index, (own, label))| {
                                    view! { <option value=index.to_string() prop:selected=move || way.get() == own>{label}</option> }
                                })
                                .collect_view()
                        }}
                    </select>
                </div>
                <When when=move || way.get() == Way::Weekly>
                    <DayChoice question label=words::WEEKDAY days=words::weekdays first=0 plan choose=on/>
                </When>
                <When when=move || way.get() == Way::Monthly>
                    <DayChoice question label=words::DAY_OF_MONTH days=words::month_days first=1 plan choose=on/>
                </When>
                <When when=move || has_time()>
                    <div class="schedule-part">
                        <label for=question.part("time")>{words::AT}</label>
                        <input
                            class="input input-time"
                            id=question.part("time")
                            type="time"
                            prop:value=move || time().write()
                            on:input=move |event| {
                                if let Some(time) = Time::read(&event_target_value(&event)) {
                                    at(time);
                                }
                            }
                            on:blur=move |_| question.left()
                        />
                    </div>
                </When>
                <When when=move || way.get() == Way::Cron>
                    <div class="schedule-part schedule-cron">
                        <label for=question.part("cron")>{words::CRON_LABEL}</label>
                        <input
                            class="input code"
                            id=question.part("cron")
                            type="text"
                            autocomplete="off"
                            spellcheck="false"
                            aria-describedby=question.part("cron-hint")
                            aria-invalid=move || question.invalid()
                            prop:value=move || cron.get()
                            on:input=move |event| {
                                let text = event_target_value(&event);
                                chosen.set(Some(Way::Cron));
                                cron.set(text.clone());
                                question.say(Some(Value::String(text.trim().to_owned())), Pace::Typing);
                            }
                            on:blur=move |_| question.left()
                        />
                        <p class="aside" id=question.part("cron-hint")>{words::CRON_HINT}</p>
                    </div>
                </When>
            </div>
            <Sentence question/>
            <Upcoming question/>
        </Enclosed>
    }
}

/// The way that a value speaks for itself.
fn natural(value: Option<&Value>, presets: &[Choice]) -> Way {
    let Some(value) = value else {
        return Way::Unsaid;
    };
    if let Some(index) = presets.iter().position(|preset| preset.value == *value) {
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
    question: Question,
    label: &'static str,
    days: fn() -> Vec<String>,
    /// The number of the first day.
    first: u8,
    plan: Memo<Plan>,
    choose: impl Fn(u8) + Copy + Send + 'static,
) -> impl IntoView {
    let chosen = Memo::new(move |_| match plan.get() {
        Plan::Weekly(day, _) | Plan::Monthly(day, _) => Some(day),
        _ => None,
    });
    view! {
        <div class="schedule-part">
            <label for=question.part("day")>{label}</label>
            <select
                class="input select"
                id=question.part("day")
                on:change=move |event| {
                    if let Ok(day) = event_target_value(&event).parse() {
                        choose(day);
                    }
                }
            >
                {(first..)
                    .zip(days())
                    .map(|(day, name)| {
                        view! { <option value=day.to_string() prop:selected=move || chosen.get() == Some(day)>{name}</option> }
                    })
                    .collect_view()}
            </select>
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
                    <caption>{words::NEXT_RUNS}</caption>
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
