//! The platform as a whole, on a local cloud of its own: by programs, in a browser, and when everything is killed.
//!
//! One cloud serves all tests; it starts before them and is stopped after them, whatever they do. Its state stays under
//! `.local/test`, so that the next run starts quickly. `SCREENSHOTS=1` keeps pictures of every page in `.local/screenshots`.

mod browser;
mod durability;
mod files;
mod grid;
mod imports;
mod jobs;
mod marks;
mod pages;
mod queue;
mod screens;
mod session;
mod tour;

use std::{process::ExitCode, sync::Arc};

use end_to_end::{
    driver::Driver,
    place::{Place, options},
};
use libtest_mimic::{Arguments, Conclusion, Trial};
use localstack::{Cloud, Console};

/// A test by its name, which is a sentence, and by its module.
macro_rules! trials {
    ($given:expr; $($module:ident: $($name:ident),+);+ $(;)?) => {
        vec![$($({
            let given = Arc::clone($given);
            Trial::test(stringify!($name), move || finished($module::$name(given))).with_kind(stringify!($module))
        }),+),+]
    };
}

/// Runs a test to its end. What it says when it fails has all its reasons.
fn finished(test: impl Future<Output = anyhow::Result<()>>) -> Result<(), libtest_mimic::Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime
        .map_err(|error| error.to_string())?
        .block_on(test)
        .map_err(|error| format!("{error:?}").into())
}

/// What tests of pages need besides the place.
struct Stage {
    place: Arc<Place>,
    driver: Driver,
}

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(durability::ONLY_A_CLOUD) {
        return durability::be_a_cloud();
    }
    let mut arguments = Arguments::from_args();
    // Two cores are what tests have everywhere.
    arguments.test_threads = arguments.test_threads.or(Some(2));
    let place = Arc::new(Place::of_tests());
    let Some(together) = run_on_one_cloud(&arguments, &place) else {
        return ExitCode::FAILURE;
    };
    // Each of these kills the cloud, so they go one by one, each with a process of its own.
    arguments.test_threads = Some(1);
    let trials = trials![&place; durability:
        killing_everything_during_writes_loses_no_acknowledged_mark_and_no_file,
        a_function_killed_in_the_middle_of_a_request_leaves_nothing_half_done];
    let apart = libtest_mimic::run(&arguments, trials);
    if together.has_failed() {
        together.exit_code()
    } else {
        apart.exit_code()
    }
}

/// Tests that share a cloud. Nothing if the cloud could not be started: it has said why.
fn run_on_one_cloud(arguments: &Arguments, place: &Arc<Place>) -> Option<Conclusion> {
    let driver = match Driver::start() {
        Ok(driver) => driver,
        Err(error) => {
            Console::shown().failure(&error);
            return None;
        }
    };
    let stage = Arc::new(Stage {
        place: Arc::clone(place),
        driver,
    });
    let mut trials = trials![place;
        session: every_persona_signs_in_and_comes_back_to_the_page_asked_for,
            personas_have_the_roles_that_they_are_described_by,
            forged_and_foreign_sessions_open_nothing,
            a_session_that_has_ended_is_renewed_without_asking,
            an_expired_token_is_no_session_but_leads_to_a_new_one,
            signing_out_ends_the_session_here_at_the_pool_and_at_gosuslugi;
        marks: a_mark_that_a_teacher_sets_stands_in_the_diary_of_the_family,
            strangers_find_neither_the_child_nor_the_journal,
            bad_input_gets_a_clear_problem_and_changes_nothing;
        files: the_description_of_the_api_is_served_as_the_repository_keeps_it,
            files_are_served_for_ever_and_pages_are_not_kept;
        imports: a_bundle_with_an_entry_outside_of_it_is_refused_as_a_whole,
            a_thousand_wrong_rows_are_reported_and_a_region_imported_again_stays_as_it_is];
    trials.extend(trials![&stage;
        browser: a_mark_typed_by_a_teacher_is_saved_and_the_parent_reads_it,
            without_scripts_the_form_of_a_lesson_does_the_same,
            a_person_signs_out_by_clicks_and_needs_gosuslugi_to_come_back;
        grid: a_cell_that_was_changed_meanwhile_is_asked_about_and_nothing_is_lost,
            keys_move_and_set_as_in_a_spreadsheet,
            a_column_of_a_spreadsheet_is_pasted_and_undone_as_one,
            undoing_goes_back_step_by_step_but_not_over_a_change_by_somebody_else,
            pressing_twice_and_typing_the_same_in_two_tabs_is_one_change;
        screens: on_a_tablet_keys_on_the_screen_set_marks_and_hide_no_cell,
            every_state_of_the_grid_is_accessible_in_every_width_and_scheme;
        queue: marks_typed_without_a_connection_wait_and_are_sent_in_their_order,
            marks_that_wait_outlast_a_reload_of_the_page,
            a_session_that_ends_between_two_marks_is_renewed_or_asked_for,
            what_one_person_typed_is_not_sent_by_another_on_the_same_computer;
        jobs: a_report_of_the_school_is_made_by_its_worker_and_stays,
            a_timetable_is_made_by_its_worker_without_a_conflict;
        pages: every_page_is_accessible_in_every_width_and_scheme,
            no_page_is_heavier_than_its_budget]);
    if arguments.list || trials.iter().all(|trial| arguments.is_filtered_out(trial)) {
        return Some(libtest_mimic::run(arguments, trials));
    }
    let cloud = match Cloud::start(options(), Console::shown()) {
        Ok(cloud) => cloud,
        Err(error) => {
            Console::shown().failure(&error);
            return None;
        }
    };
    let conclusion = libtest_mimic::run(arguments, trials);
    if let Err(error) = cloud.stop() {
        Console::shown().failure(&error);
    }
    Some(conclusion)
}
